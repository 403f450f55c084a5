/**
 * The single-instance lock, one per userData folder: a listening socket in Linux's abstract name space, which the
 * kernel frees with its process, however that ends, and which no long folder name can overflow.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { createServer } from 'node:net'
import { json } from 'node:stream/consumers'

/** What the first instance learns of a later one. */
export interface SecondInstance {
  readonly argv: string[]
  readonly workingDirectory: string
  readonly additionalData: unknown
}

export interface InstanceLock {
  release(): void
}

/** Runs in a process of its own, so that the second instance can wait for it without an event loop. */
const NOTIFY = `
  const { connect } = require('node:net')
  const [address, notice] = process.argv.slice(1)
  connect('\\0' + address).on('error', () => process.exit(1)).on('end', () => process.exit(0)).end(notice)`

/** Gives the lock, or undefined after telling the process that holds it. */
export function holdInstanceLock(
  folder: string,
  own: { argv: string[]; additionalData: unknown },
  onSecond: (second: SecondInstance) => void,
): InstanceLock | undefined {
  const address = `electron-stand-in-${createHash('sha256').update(realpathSync(folder)).digest('hex')}`
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => {})
    // Answering, by closing, only once it is read: then the second instance leaves knowing that it was heard.
    void json(socket).then((notice) => {
      onSecond(notice as SecondInstance)
      socket.end()
    })
  })
  // A name in use is an event too, but `listening` tells at once.
  server.on('error', () => {})
  server.listen(`\0${address}`)
  server.unref()
  if (server.listening) return { release: () => server.close() }

  const notice: SecondInstance = { ...own, workingDirectory: process.cwd() }
  spawnSync(process.execPath, ['-e', NOTIFY, address, JSON.stringify(notice)], { stdio: 'ignore', timeout: 5000 })
  return undefined
}
