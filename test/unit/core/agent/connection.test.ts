/** A client and an agent on a real socket, with an engine that does what a test wants. */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { converse } from '#core/agent/conversation.ts'
import type { Endpoint } from '#core/agent/endpoint.ts'
import type { Asker } from '#core/agent/prompt-broker.ts'
import { type AgentRequest, type Answer, PROTOCOL, type Question } from '#core/agent/protocol.ts'
import { type AgentServer, startServer } from '#core/agent/server.ts'
import { HallpassError } from '#shared/errors.ts'
import { closed, NONCE, provenBy, talkTo } from '../../../support/agent-peer.ts'

const quiet = () => {}
const log = { debug: quiet, info: quiet, warn: quiet, error: quiet }
const TOKEN = 'planted-token'
const QUESTION = { serial: 'arn:aws:iam::123456789012:mfa/dana', identity: 'work', target: 'prod' }

let folder: string
let endpoint: Endpoint
let server: AgentServer
let perform: (request: AgentRequest, asker: Asker) => Promise<unknown>

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'agent-'))
  const socket = join(folder, 's')
  endpoint = { protocol: PROTOCOL, version: '1', kind: 'standalone', pid: 1, socket, token: TOKEN }
  const work: typeof perform = (request, asker) => perform(request, asker)
  server = await startServer(socket, { token: TOKEN, contexts: ['here'], log, perform: work, openingMs: 200 })
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

const OPENING = { protocol: PROTOCOL, nonce: NONCE }
const demand = (request: unknown, nonce: string) => ({
  proof: provenBy(TOKEN, 'client', NONCE, nonce),
  context: 'here',
  caller: { pid: 1, parentPid: 1, folder: null },
  request,
})

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
    const { ended, received } = talkTo(endpoint.socket, { protocol: 99, nonce: NONCE, news: true }, ({ nonce }) => [
      { proof: provenBy(TOKEN, 'client', NONCE, nonce), request: { op: 'stop' }, news: true },
    ])
    await ended
    expect(received()).toMatch(/^\{"nonce":.+\}\n\{"reply":"stop"\}\n$/)
  })

  it('with an answer nobody asked for is hung up on', async () => {
    perform = () => new Promise(() => {})
    const { ended } = talkTo(endpoint.socket, OPENING, ({ nonce }) => [
      demand({ op: 'status' }, nonce),
      { code: '123456' },
    ])
    await ended
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

  it('that another client is asked is told to one that waits', async () => {
    let told = 0
    perform = async (_request, asker) => {
      asker.waits?.()
      return 'served'
    }
    expect(await ask({ onWaiting: () => void told++ })).toEqual({ reply: 'served' })
    expect(told).toBe(1)
  })

  it('fails when its client dies', async () => {
    const failed = new Promise<unknown>((resolve) => {
      perform = (_request, asker) => asker.ask(QUESTION).catch((error: unknown) => resolve(error) ?? 'over')
    })
    const { socket, received } = talkTo(endpoint.socket, OPENING, ({ nonce }) => [demand({ op: 'status' }, nonce)])
    await until(() => received().includes('"ask"'))
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
    ['shows a wrong proof', `{"nonce":"${NONCE}","proof":"${'f'.repeat(43)}"}\n{"reply":"forged"}\n`],
    ['shows the proof of another nonce', `{"nonce":"${NONCE}","proof":"${provenBy(TOKEN, 'agent', NONCE)}"}\n`],
    ['speaks no JSON', 'HTTP/1.1 400 Bad Request\n'],
    ['says null', 'null\n'],
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
    ['nothing', () => []],
    ['a wrong proof', () => [{ nonce: NONCE, proof: 'f'.repeat(43) }]],
    ['its own nonce', (nonce: string) => [{ nonce, proof: nonce }]],
    ['a proof of the right length and no text', () => [{ nonce: NONCE, proof: Array.from({ length: 43 }) }]],
    // As a client would prove it: the side is part of what is proven.
    ['the proof of the other side', (nonce: string) => [{ nonce, proof: provenBy(TOKEN, 'client', nonce, nonce) }]],
    ['a nonce that is none', (nonce: string) => [{ nonce: `${nonce} `, proof: provenBy(TOKEN, 'agent', nonce) }]],
  ])('and tells nothing to a listener that records everything and shows %s', async (_what, answer) => {
    const request = { op: 'credentials', name: 'prod', options: { mfaCode: '654321' } } as const
    const heard = await recordedBy(answer, (place) =>
      expect(ask({ endpoint: place, request, silenceMs: 200 })).resolves.toEqual({ alone: true }),
    )
    expect(JSON.parse(heard)).toEqual({ protocol: PROTOCOL, nonce: expect.stringMatching(/^[\w-]{22}$/) })
    expect(heard).not.toContain(TOKEN)
  })

  it('and no listener can use towards the agent what a client has told it', async () => {
    perform = async () => 'reached'
    // The listener relays the agent's greeting, so that the client proves itself to it.
    const relayed = talkTo(endpoint.socket, OPENING, () => [])
    await until(() => relayed.received().includes('\n'))
    const { nonce } = JSON.parse(relayed.received()) as { nonce: string }
    const heard = await recordedBy(
      (own, [, proof]) => {
        if (proof === undefined) return [{ nonce, proof: provenBy(TOKEN, 'agent', own) }]
        // Into the conversation whose greeting it was, where the client's nonce is another.
        relayed.socket.write(`${proof}\n`)
        return []
      },
      (place) => ask({ endpoint: place, silenceMs: 200 }),
    )
    expect(heard).not.toContain(TOKEN)
    const lines = heard.trim().split('\n')
    expect(lines).toHaveLength(2)
    await relayed.ended
    expect(relayed.received()).not.toContain('reached')
    // And all of it once more, where the agent's nonce is another.
    const again = talkTo(endpoint.socket, JSON.parse(lines[0] ?? ''), () => [JSON.parse(lines[1] ?? '')])
    await again.ended
    expect(again.received()).not.toContain('reached')
  })

  /** Runs `work` with an endpoint where somebody else listens. @returns all that listener hears */
  async function recordedBy(
    answer: (clientNonce: string, heard: readonly string[]) => readonly unknown[],
    work: (place: Endpoint) => Promise<unknown>,
  ): Promise<string> {
    const path = join(folder, 'impostor')
    let heard = ''
    const impostor = createServer((socket) => {
      socket.on('error', quiet)
      socket.on('data', (chunk) => {
        heard += chunk.toString()
        const lines = heard.trim().split('\n')
        const { nonce } = JSON.parse(lines[0] ?? '') as { nonce: string }
        for (const line of answer(nonce, lines)) socket.write(`${JSON.stringify(line)}\n`)
      })
    })
    impostor.listen(path)
    await once(impostor, 'listening')
    await work({ ...endpoint, socket: path })
    await new Promise((resolve) => impostor.close(resolve))
    return heard
  }

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

describe('a peer is turned away', () => {
  it.each([
    ['says the token instead of proving it', (nonce: string) => ({ ...demand({ op: 'status' }, nonce), proof: TOKEN })],
    ['proves it for another nonce', () => demand({ op: 'status' }, NONCE)],
    [
      'shows the agent its own proof',
      (nonce: string, proof: string) => ({ ...demand({ op: 'status' }, nonce), proof }),
    ],
    ['proves nothing', (nonce: string) => ({ ...demand({ op: 'status' }, nonce), proof: undefined })],
  ])('when it %s', async (_what, second) => {
    perform = async () => 'reached'
    const { ended, received } = talkTo(endpoint.socket, OPENING, ({ nonce, proof }) => [second(nonce, proof)])
    await ended
    expect(received()).toMatch(/^[^\n]+\n$/)
    expect(received()).not.toContain(TOKEN)
  })

  it.each([
    ['no nonce', { protocol: PROTOCOL }],
    ['a nonce of another length', { protocol: PROTOCOL, nonce: 'short' }],
    ['the token, as the first protocol did', { protocol: 1, token: TOKEN, context: 'here' }],
  ])('when it opens with %s, and is told nothing', async (_what, opening) => {
    const { ended, received } = talkTo(endpoint.socket, opening, () => [])
    await ended
    expect(received()).toBe('')
  })

  it('of a later protocol, but for what every protocol understands', async () => {
    perform = async ({ op }) => op
    const asking = (request: unknown) =>
      talkTo(endpoint.socket, { ...OPENING, protocol: PROTOCOL + 1 }, ({ nonce }) => [demand(request, nonce)])
    const wanting = asking({ op: 'credential-process', name: 'prod', askedAt: 1 })
    await wanting.ended
    expect(wanting.received()).toMatch(/\n\{"elsewhere":true\}\n$/)
    const status = asking({ op: 'status' })
    await status.ended
    expect(status.received()).toMatch(/\n\{"reply":"status"\}\n$/)
  })
})
