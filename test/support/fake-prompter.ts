/**
 * Stands in for the window in which gnome-keyring asks for a password, and either never answers (`hang`) or closes at
 * once (`dismiss`). Speaks just enough D-Bus to own the prompter's name and receive `BeginPrompting`.
 */
import { connect } from 'node:net'
import { endianness } from 'node:os'

if (endianness() !== 'LE') throw new Error('written for little-endian machines')

const METHOD_CALL = 1
const METHOD_RETURN = 2

interface Message {
  readonly type: number
  readonly serial: number
  readonly fields: ReadonlyMap<number, string | number>
  readonly body: Buffer
}

const FIELD = { path: 1, interface: 2, member: 3, replySerial: 5, destination: 6, sender: 7, signature: 8 } as const

class Writer {
  bytes: number[] = []
  align(to: number): void {
    while (this.bytes.length % to !== 0) this.bytes.push(0)
  }
  uint32(value: number): void {
    this.align(4)
    this.bytes.push(value & 255, (value >> 8) & 255, (value >> 16) & 255, (value >> 24) & 255)
  }
  string(text: string): void {
    const utf8 = Buffer.from(text)
    this.uint32(utf8.length)
    this.bytes.push(...utf8, 0)
  }
  signature(text: string): void {
    this.bytes.push(text.length, ...Buffer.from(text), 0)
  }
}

function encode(type: number, serial: number, fields: [number, string, string | number][], body: number[]): Buffer {
  const list = new Writer()
  for (const [code, signature, value] of fields) {
    list.align(8)
    list.bytes.push(code)
    list.signature(signature)
    if (typeof value === 'number') list.uint32(value)
    else if (signature === 'g') list.signature(value)
    else list.string(value)
  }
  const head = new Writer()
  head.bytes.push('l'.charCodeAt(0), type, 0, 1)
  head.uint32(body.length)
  head.uint32(serial)
  head.uint32(list.bytes.length)
  head.bytes.push(...list.bytes)
  head.align(8)
  return Buffer.from([...head.bytes, ...body])
}

/** The first message of `data` and its length, or undefined while it is incomplete. */
function decode(data: Buffer): { message: Message; size: number } | undefined {
  if (data.length < 16) return undefined
  const fieldsEnd = 16 + data.readUInt32LE(12)
  const bodyStart = Math.ceil(fieldsEnd / 8) * 8
  const size = bodyStart + data.readUInt32LE(4)
  if (data.length < size) return undefined
  const fields = new Map<number, string | number>()
  let at = 16
  while (at < fieldsEnd) {
    at = Math.ceil(at / 8) * 8
    const code = data.readUInt8(at)
    const signature = String.fromCharCode(data.readUInt8(at + 2))
    at += 4
    if (signature === 'g') {
      const length = data.readUInt8(at)
      fields.set(code, data.toString('utf8', at + 1, at + 1 + length))
      at += length + 2
    } else {
      const value = data.readUInt32LE(at)
      at += 4
      if (signature === 'u') fields.set(code, value)
      else {
        fields.set(code, data.toString('utf8', at, at + value))
        at += value + 1
      }
    }
  }
  const message = {
    type: data.readUInt8(1),
    serial: data.readUInt32LE(8),
    fields,
    body: data.subarray(bodyStart, size),
  }
  return { message, size }
}

const address = /unix:(path|abstract)=([^,;]+)/.exec(process.env.DBUS_SESSION_BUS_ADDRESS ?? '')
if (!address) throw new Error('no session bus')
const socket = connect(address[1] === 'abstract' ? `\0${address[2]}` : (address[2] ?? ''))
let serial = 0

function call(destination: string, path: string, iface: string, member: string, signature = '', body: number[] = []) {
  const fields: [number, string, string | number][] = [
    [FIELD.path, 'o', path],
    [FIELD.interface, 's', iface],
    [FIELD.member, 's', member],
    [FIELD.destination, 's', destination],
  ]
  if (signature !== '') fields.push([FIELD.signature, 'g', signature])
  serial += 1
  socket.write(encode(METHOD_CALL, serial, fields, body))
}

function onMessage(message: Message): void {
  const member = message.fields.get(FIELD.member)
  if (message.type === METHOD_RETURN && message.fields.get(FIELD.replySerial) === 2) process.stdout.write('ready\n')
  if (message.type !== METHOD_CALL) return
  const sender = String(message.fields.get(FIELD.sender))
  if (process.argv[2] === 'hang') return
  serial += 1
  const reply: [number, string, string | number][] = [
    [FIELD.replySerial, 'u', message.serial],
    [FIELD.destination, 's', sender],
  ]
  socket.write(encode(METHOD_RETURN, serial, reply, []))
  if (member !== 'BeginPrompting') return
  const callback = message.body.toString('utf8', 4, 4 + message.body.readUInt32LE(0))
  call(sender, callback, 'org.gnome.keyring.internal.Prompter.Callback', 'PromptDone')
}

let received = Buffer.alloc(0)
let isAuthenticated = false
socket.on('data', (data) => {
  received = Buffer.concat([received, data])
  if (!isAuthenticated) {
    if (!received.includes('\r\n')) return
    if (!received.toString().startsWith('OK')) throw new Error('the bus refused the connection')
    isAuthenticated = true
    received = Buffer.alloc(0)
    socket.write('BEGIN\r\n')
    const bus = ['org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus'] as const
    call(...bus, 'Hello')
    const name = new Writer()
    name.string('org.gnome.keyring.SystemPrompter')
    name.uint32(0)
    call(...bus, 'RequestName', 'su', name.bytes)
  }
  for (let next = decode(received); next; next = decode(received)) {
    received = received.subarray(next.size)
    onMessage(next.message)
  }
})
socket.on('close', () => process.exit(0))
const uid = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex')
socket.write(`\0AUTH EXTERNAL ${uid}\r\n`)
