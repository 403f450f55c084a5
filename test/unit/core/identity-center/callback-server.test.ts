import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CallbackServer, startCallbackServer } from '#core/identity-center/callback-server.ts'

const STATE = '0d6d1e1a-2a5d-4a5d-9d2a-6d4f1e7a9b1c'
let server: CallbackServer
beforeEach(async () => {
  server = await startCallbackServer(STATE)
})
afterEach(() => server.close())

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

/** As a browser asks, but for what `change` says. */
function ask(pathAndQuery: string, change: { method?: string; host?: string } = {}): Promise<Reply> {
  const { hostname, port, host } = new URL(server.redirectUri)
  return new Promise((resolve, reject) => {
    const { method = 'GET' } = change
    const asked = request({ hostname, port, path: pathAndQuery, method, headers: { host: change.host ?? host } })
    asked.on('error', reject).on('response', (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }))
    })
    asked.end()
  })
}

const callback = (values: Record<string, string>) => `/oauth/callback?${new URLSearchParams(values)}`
const isWaiting = async () => (await Promise.race([server.code, Promise.resolve('waiting')])) === 'waiting'

describe('the way back from the browser', () => {
  it('gives the code that comes with the state', async () => {
    const reply = await ask(callback({ code: 'planted-code', state: STATE }))
    expect(await server.code).toBe('planted-code')
    expect(reply.status).toBe(200)
    expect(reply.body).toContain('You can close this tab')
  })

  it('is 127.0.0.1 on a port of its own', () => {
    expect(server.redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d{4,5}\/oauth\/callback$/)
  })

  it('shows a page without secrets that may load and run nothing', async () => {
    const reply = await ask(callback({ code: 'planted-code', state: STATE }))
    expect(reply.body).not.toMatch(/planted|<script|0d6d1e1a|http/)
    expect(reply.headers).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; style-src 'sha256-[^']+';/),
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    })
    expect(reply.headers['content-security-policy']).not.toContain('unsafe')
  })

  it.each([
    ['access_denied', 'sso.sign-in-denied'],
    ['server_error', 'sso.request-invalid'],
    ['<script>', 'sso.request-invalid'],
  ])('ends with the error %s', async (error, code) => {
    const reply = await ask(callback({ error, error_description: 'planted', state: STATE }))
    await expect(server.code).rejects.toMatchObject({ code, message: expect.not.stringContaining('<') })
    expect(reply.body).not.toContain('planted')
    expect(reply.body).toContain('declined')
  })
})

describe('strangers', () => {
  it.each([
    ['another state', callback({ code: 'theirs', state: STATE.replace('0', '1') })],
    ['no state', callback({ code: 'theirs' })],
    ['an empty state', callback({ code: 'theirs', state: '' })],
    ['an error without state', callback({ error: 'access_denied' })],
    ['an error with another state', callback({ error: 'access_denied', state: 'x' })],
    ['the state twice', `${callback({ code: 'theirs', state: STATE })}&state=${STATE}`],
    ['two codes', `${callback({ code: 'theirs', state: STATE })}&code=other`],
    ['no code', callback({ state: STATE })],
    ['a code without end', callback({ state: STATE, code: 'a'.repeat(9000) })],
  ])('%s changes nothing', async (_what, path) => {
    expect((await ask(path)).status).toBe(400)
    expect(await isWaiting()).toBe(true)
    await ask(callback({ code: 'mine', state: STATE }))
    expect(await server.code).toBe('mine')
  })

  it.each([
    ['/', 404],
    ['/favicon.ico', 404],
    ['/oauth/callback/x', 404],
    ['/oauth/../oauth/callback', 404],
  ])('%s is %i', async (path, status) => {
    expect((await ask(`${path}?code=a&state=${STATE}`)).status).toBe(status)
    expect(await isWaiting()).toBe(true)
  })

  it.each(['POST', 'PUT', 'OPTIONS', 'HEAD'])('%s is no way to come back', async (method) => {
    expect((await ask(callback({ code: 'a', state: STATE }), { method })).status).toBe(405)
    expect(await isWaiting()).toBe(true)
  })

  it.each(['attacker.example', 'localhost', '127.0.0.1', '127.0.0.1:1'])(
    'a page that calls this machine %s is refused',
    async (host) => {
      expect((await ask(callback({ code: 'a', state: STATE }), { host })).status).toBe(403)
      expect(await isWaiting()).toBe(true)
    },
  )

  it('a second answer is not the first', async () => {
    await ask(callback({ code: 'first', state: STATE }))
    expect((await ask(callback({ code: 'second', state: STATE }))).status).toBe(409)
    expect(await server.code).toBe('first')
  })

  it('noise on the line changes nothing', async () => {
    const { port } = new URL(server.redirectUri)
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('\0\0 nonsense\r\n\r\n'))
      socket.on('close', () => resolve()).on('error', () => undefined)
      socket.resume()
    })
    await ask(callback({ code: 'mine', state: STATE }))
    expect(await server.code).toBe('mine')
  })
})

it('closing frees the port, also while somebody holds a connection', async () => {
  const { port } = new URL(server.redirectUri)
  const socket = connect(Number(port), '127.0.0.1')
  await new Promise<void>((resolve) => socket.on('connect', () => resolve()))
  const dropped = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  await server.close()
  await dropped
  await expect(ask('/')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})
