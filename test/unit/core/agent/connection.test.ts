/** A client and an agent on a real socket, with an engine that does what a test wants. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { converse } from '#core/agent/conversation.ts'
import type { Endpoint } from '#core/agent/endpoint.ts'
import type { Asker } from '#core/agent/prompt-broker.ts'
import { type AgentRequest, type Answer, PROTOCOL, type Question } from '#core/agent/protocol.ts'
import { type AgentServer, startServer } from '#core/agent/server.ts'
import { HallpassError } from '#shared/errors.ts'

const quiet = () => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const QUESTION = { serial: 'arn:aws:iam::123456789012:mfa/dana', identity: 'work', target: 'prod' }

let folder: string
let endpoint: Endpoint
let server: AgentServer
let perform: (request: AgentRequest, asker: Asker) => Promise<unknown>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-'))
  const secrets = { token: 'token', proof: 'proof' }
  endpoint = { protocol: PROTOCOL, version: '1', kind: 'standalone', pid: 1, socket: join(folder, 's'), ...secrets }
  const work: typeof perform = (request, asker) => perform(request, asker)
  server = await startServer(endpoint.socket, { ...secrets, contexts: ['here'], log, perform: work, openingMs: 200 })
})
afterEach(async () => {
  await server.drain()
  rmSync(folder, { recursive: true, force: true })
})

const never = (): Promise<Answer> => Promise.reject(new Error('nothing is asked here'))
const ask = (options: Partial<Parameters<typeof converse>[0]> = {}) =>
  converse({
    endpoint,
    context: 'here',
    request: { op: 'credential-process', name: 'prod', askedAt: 1 },
    answer: never,
    ...options,
  })

/** What a client says that does not wait for the proof. */
const linesOf = (request: AgentRequest) =>
  [
    { protocol: PROTOCOL, token: 'token', context: 'here' },
    { caller: { pid: 1, parentPid: 1, folder: null }, request },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')

describe('a request', () => {
  it('brings its reply', async () => {
    perform = async (request) => ({ did: request })
    expect(await ask()).toEqual({ reply: { did: { op: 'credential-process', name: 'prod', askedAt: 1 } } })
  })

  it('tells which process asks', async () => {
    perform = async (_request, { caller }) => caller
    const { pid, ppid } = process
    expect(await ask()).toEqual({ reply: { pid, parentPid: ppid, folder: process.cwd() } })
  })

  it('brings its coded error, and an unknown one without its words', async () => {
    const refused = new HallpassError('role.not-found', 'There is no role.', { hint: 'Look.' })
    perform = () => Promise.reject(refused)
    expect(await ask()).toEqual({ error: refused.toReport() })
    perform = () => Promise.reject(new Error('planted-secret'))
    const unknown = await ask()
    expect(unknown).toMatchObject({ error: { code: 'internal' } })
    expect(JSON.stringify(unknown)).not.toContain('planted-secret')
  })

  it('from other surroundings is sent away, except for the status', async () => {
    perform = async () => 'reached'
    expect(await ask({ context: 'elsewhere' })).toEqual({ alone: true })
    expect(await ask({ context: 'elsewhere', request: { op: 'status' } })).toEqual({ reply: 'reached' })
  })

  it('to stop is understood from any protocol', async () => {
    perform = async ({ op }) => op
    const socket = connect(endpoint.socket)
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.write(`${JSON.stringify({ protocol: 99, token: 'token', news: true })}\n`)
    socket.write(`${JSON.stringify({ request: { op: 'stop' }, news: true })}\n`)
    await closed(socket)
    expect(Buffer.concat(chunks).toString()).toBe('{"proof":"proof"}\n{"reply":"stop"}\n')
  })

  it('with an answer nobody asked for is hung up on', async () => {
    perform = () => new Promise(() => {})
    const socket = connect(endpoint.socket)
    socket.on('error', quiet)
    socket.write(`${linesOf({ op: 'status' })}{"code":"123456"}\n`)
    await closed(socket.resume())
  })
})

describe('a question', () => {
  it('is answered by the client, in its words', async () => {
    perform = (_request, asker) => asker.ask({ ...QUESTION, problem: new HallpassError('sts.mfa-invalid', 'Wrong.') })
    const asked: Question[] = []
    const answer = async (question: Question) => {
      asked.push(question)
      return { code: '123456' }
    }
    expect(await ask({ answer })).toEqual({ reply: '123456' })
    expect(asked).toEqual([{ ...QUESTION, problem: { code: 'sts.mfa-invalid', message: 'Wrong.' } }])
    const refused = { code: 'cancelled', message: 'No.' } as const
    expect(await ask({ answer: async () => ({ refused }) })).toEqual({ error: refused })
  })

  it('fails when its client dies', async () => {
    const failed = new Promise<unknown>((resolve) => {
      perform = (_request, asker) => asker.ask(QUESTION).catch((error: unknown) => resolve(error) ?? 'over')
    })
    const socket = connect(endpoint.socket)
    const asked = new Promise<void>((resolve) => {
      socket.on('data', (chunk) => chunk.includes('"ask"') && resolve())
    })
    socket.write(linesOf({ op: 'status' }))
    await asked
    socket.destroy()
    expect(await failed).toBeInstanceOf(Error)
    expect(await failed).not.toBeInstanceOf(HallpassError)
  })

  it('whose agent dies still yields the code that is being typed', async () => {
    let type = (_answer: Answer) => {}
    perform = (_request, asker) => asker.ask(QUESTION)
    const outcome = ask({
      answer: () =>
        new Promise((resolve) => {
          type = resolve
          void server.drain()
        }),
    })
    await server.closed
    // Both ends are gone, so that the code can't have been sent.
    await until(() => !process.getActiveResourcesInfo().includes('PipeWrap'))
    type({ code: '654321' })
    expect(await outcome).toEqual({ alone: true, mfaCode: '654321' })
  })
})

describe('a client works alone', () => {
  it.each([
    ['says nothing', ''],
    ['shows no proof', '{"reply":"forged"}\n'],
    ['shows a wrong proof', '{"proof":"forged"}\n{"reply":"forged"}\n'],
    ['speaks no JSON', 'HTTP/1.1 400 Bad Request\n'],
    ['says null', '{"proof":"proof"}\nnull\n'],
    ['never ends a line', 'x'.repeat(300_000)],
  ])('when whoever is at the socket %s', async (_what, bytes) => {
    const path = join(folder, 'impostor')
    const impostor = createServer((socket) => {
      socket.on('error', quiet)
      socket.write(bytes)
    })
    impostor.listen(path)
    await once(impostor, 'listening')
    expect(await ask({ endpoint: { ...endpoint, socket: path }, silenceMs: 200 })).toEqual({ alone: true })
    impostor.close()
  })

  it.each([
    ['no proof', ''],
    ['a wrong proof', '{"proof":"forged"}\n'],
  ])('and keeps its MFA code from who shows %s', async (_what, bytes) => {
    const path = join(folder, 'impostor')
    let heard = ''
    const impostor = createServer((socket) => {
      socket.on('error', quiet)
      socket.on('data', (chunk) => {
        heard += chunk.toString()
        socket.write(bytes)
      })
    })
    impostor.listen(path)
    await once(impostor, 'listening')
    const request = { op: 'credentials', name: 'prod', options: { mfaCode: '654321' } } as const
    const place = { ...endpoint, socket: path }
    expect(await ask({ endpoint: place, request, silenceMs: 200 })).toEqual({ alone: true })
    expect(heard).toContain('"token"')
    expect(heard).not.toMatch(/654321|prod/)
    await new Promise((resolve) => impostor.close(resolve))
  })

  it('when nobody is there', async () => {
    expect(await ask({ endpoint: { ...endpoint, socket: join(folder, 'none') } })).toEqual({ alone: true })
  })

  it('when its token is not the agent’s', async () => {
    perform = async () => 'reached'
    expect(await ask({ endpoint: { ...endpoint, token: 'other' } })).toEqual({ alone: true })
  })
})

it('a peer that never says who it is is hung up on', async () => {
  const socket = connect(endpoint.socket)
  await closed(socket.resume())
  await until(() => server.clients === 0)
})

it('an agent that ends lets the requests under way finish', async () => {
  let finish = (_reply: string) => {}
  const reached = new Promise<void>((resolve) => {
    perform = () =>
      new Promise((reply) => {
        finish = reply
        resolve()
      })
  })
  const outcome = ask()
  await reached
  const drained = server.drain()
  finish('in time')
  expect(await outcome).toEqual({ reply: 'in time' })
  await drained
})

/** Waits for what comes by itself; the test's time limit ends it otherwise. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve))
}

/** A reset by the other side closes it as well; `once` would take that for a failure. */
function closed(socket: Socket): Promise<void> {
  return new Promise((resolve) => socket.once('close', () => resolve()))
}
