/** A hundred thousand messages that no client of Hallpass would send, at a real socket. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { LONGEST_FOLDER, LONGEST_REQUEST, PROTOCOL } from '#core/agent/protocol.ts'
import { type AgentServer, startServer } from '#core/agent/server.ts'
import { closed, NONCE, provenBy, talkTo } from '../support/agent-peer.ts'

const MESSAGES = 100_000
const AT_ONCE = 40
const TOKEN = 'T'.repeat(43)
const SECRET = 'a-session-nobody-may-see'

let folder: string
let socketPath: string
let server: AgentServer
let performed = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-fuzz-'))
  socketPath = join(folder, 'socket')
  const quiet = () => {}
  server = await startServer(socketPath, {
    token: TOKEN,
    contexts: ['here'],
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    perform: async () => {
      performed += 1
      return SECRET
    },
  })
})
afterAll(async () => {
  await server?.drain()
  rmSync(folder, { recursive: true, force: true })
})

const opening = { protocol: PROTOCOL, nonce: NONCE }
const demand = {
  context: 'here',
  caller: { pid: 1, parentPid: 1, folder: '/' },
  request: { op: 'credential-process', name: 'prod', askedAt: 1 },
}

/** Sends bytes, hangs up on its own writing side or waits to be hung up on, and returns all that came back. */
async function exchange(bytes: Buffer | string): Promise<string> {
  const socket = connect(socketPath)
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk.toString()
  })
  // A server that hangs up while bytes are under way resets the connection.
  socket.on('error', () => {})
  socket.end(bytes)
  await closed(socket)
  return received
}

const proven = (nonce: string) => provenBy(TOKEN, 'client', NONCE, nonce)

/** As `exchange`, for a client that stays for its reply. */
async function request(first: unknown, second: unknown, prove: (nonce: string) => unknown = proven): Promise<string> {
  const { ended, received } = talkTo(socketPath, first, ({ nonce }) => {
    const shown = { proof: prove(nonce) }
    return [typeof second === 'object' && !Array.isArray(second) ? { ...shown, ...second } : second]
  })
  await ended
  return received()
}

const wrongProof = fc.oneof(
  fc.string(),
  fc.string({ minLength: 43, maxLength: 43 }),
  fc.constant(TOKEN),
  fc.constant([TOKEN]),
  fc.constant(provenBy(TOKEN, 'client', NONCE, NONCE)),
  fc.constant(provenBy(TOKEN, 'agent', NONCE)),
  fc.jsonValue(),
)
const unauthenticated = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.jsonValue({ maxDepth: 3 }).map((value) => `${JSON.stringify(value)}\n`),
  wrongProof.map((proof) => `${JSON.stringify(opening)}\n${JSON.stringify({ ...demand, proof })}\n`),
  fc.constant(`${JSON.stringify(demand)}\n`),
  fc.nat(JSON.stringify(opening).length - 1).map((length) => JSON.stringify(opening).slice(0, length)),
  fc.nat(JSON.stringify(opening).length - 1).map((length) => `${JSON.stringify(opening).slice(0, length)}\n`),
  fc.constant(`{"__proto__":{"protocol":${PROTOCOL},"nonce":"${NONCE}"}}\n`),
  fc.constant(`${'['.repeat(8000)}\n`),
  fc.constant('\n'.repeat(500)),
)
/** All that is said before a peer has shown that it knows the token: a nonce, and that the agent knows it. */
const GREETING = /^(?:\{"nonce":"[\w-]{22}","proof":"[\w-]{43}"\}\n)?$/
const tooLong = fc.integer({ min: 1, max: 5000 }).map((more) => 'x'.repeat(LONGEST_REQUEST + more))

describe('malformed messages', () => {
  it('100,000 of them from peers without the token: no session, no crash, no growth', {
    timeout: 240_000,
  }, async () => {
    // Few different ones, because making them takes longer than refusing them.
    const samples = [...fc.sample(unauthenticated, 4900), ...fc.sample(tooLong, 100)]
    let sent = 0
    const send = async () => {
      while (sent < MESSAGES) {
        sent += 1
        const received = await exchange(samples[sent % samples.length] ?? '')
        if (!GREETING.test(received)) throw new Error(`a peer without the token was told ${received}`)
      }
    }
    const crowd = () => Promise.all(Array.from({ length: AT_ONCE }, send))
    const before = sent
    await crowd()
    expect(sent - before).toBeGreaterThanOrEqual(MESSAGES)
    expect(performed).toBe(0)
    await settled(() => server.clients === 0)
    const handles = process.getActiveResourcesInfo().filter((kind) => /Pipe|Socket|Timeout/.test(kind))
    // The server itself, and the timers of the test runner.
    expect(handles.length).toBeLessThan(10)
    const first = heapInUse()
    sent = MESSAGES * 0.9
    await crowd()
    // Ten thousand more connections: two hundred bytes left of each would show.
    expect(heapInUse() - first).toBeLessThan(2 * 1024 * 1024)
    expect(await request(opening, demand)).toContain(SECRET)
  })

  it('from a peer with the token end its connection and reach nothing', async () => {
    performed = 0
    const wrongOpening = fc.oneof(
      fc.jsonValue().map((nonce) => ({ ...opening, nonce })),
      fc.jsonValue().map((protocol) => ({ ...opening, protocol: protocol === PROTOCOL ? null : protocol })),
      fc.integer({ min: PROTOCOL + 1 }).map((protocol) => ({ ...opening, protocol })),
    )
    const wrongDemand = fc.oneof(
      fc.jsonValue(),
      fc.jsonValue().map((context) => ({ ...demand, context })),
      fc.jsonValue().map((request_) => ({ ...demand, request: request_ })),
      fc.record({ op: fc.string(), name: fc.jsonValue() }).map((request_) => ({ ...demand, request: request_ })),
      fc.jsonValue().map((caller) => ({ ...demand, caller })),
      fc
        .constantFrom<unknown>(-1, 1.5, 2 ** 32, '1', null)
        .map((pid) => ({ ...demand, caller: { ...demand.caller, pid } })),
      fc.constant({ ...demand, caller: { ...demand.caller, folder: 'x'.repeat(LONGEST_FOLDER + 1) } }),
      fc.constant({ ...demand, more: 1 }),
      fc.constant({ ...demand, request: { ...demand.request, name: 'x'.repeat(257) } }),
      fc.constant({ ...demand, request: { ...demand.request, askedAt: -1 } }),
      fc.constant({ ...demand, request: { op: 'credentials', name: 'x', options: { mfaCode: 1 } } }),
    )
    for (const first of fc.sample(wrongOpening, 1000)) expect(await request(first, demand)).not.toContain(SECRET)
    for (const second of fc.sample(wrongDemand, 2000)) expect(await request(opening, second)).not.toContain(SECRET)
    for (const proof of fc.sample(wrongProof, 1000))
      expect(await request(opening, demand, () => proof)).toMatch(GREETING)
    expect(performed).toBe(0)
  })

  it('an opening that never ends is cut off', async () => {
    const socket = connect(socketPath)
    socket.on('error', () => {})
    await once(socket, 'connect')
    const cutOff = closed(socket)
    const drip = setInterval(() => socket.write('x'.repeat(4096)), 1)
    await cutOff
    clearInterval(drip)
    expect(socket.bytesWritten).toBeLessThan(40 * LONGEST_REQUEST)
  })
})

/** Bytes of the heap that something still refers to. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc')
  const collect: unknown = runInNewContext('gc')
  if (typeof collect !== 'function') throw new Error('no garbage collector to call')
  collect()
  return process.memoryUsage().heapUsed
}

/** Waits for what ends by itself; the test's time limit ends it otherwise. */
async function settled(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}
