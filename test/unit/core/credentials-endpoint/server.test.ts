import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type CredentialsEndpoint, startCredentialsEndpoint } from '#core/credentials-endpoint/index.ts'
import { HallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'

const CREDENTIALS: SessionCredentials = {
  accessKeyId: 'ASIAQNZGKIQY56JQ7WML',
  secretAccessKey: 'planted-secret-key',
  sessionToken: 'planted-token',
  expiration: new Date('2026-11-24T03:11:54.678Z'),
  accountId: '123456789012',
  roleArn: 'arn:aws:iam::123456789012:role/ReadOnly',
  assumedRoleArn: 'arn:aws:sts::123456789012:assumed-role/ReadOnly/dana',
  region: 'eu-west-1',
}

let endpoint: CredentialsEndpoint
let asked = 0
let answer: () => Promise<SessionCredentials>
const failures: unknown[] = []

beforeEach(async () => {
  asked = 0
  failures.length = 0
  answer = async () => CREDENTIALS
  endpoint = await startCredentialsEndpoint({
    credentials: () => {
      asked += 1
      return answer()
    },
    onFailure: (error) => failures.push(error),
  })
})
afterEach(() => endpoint.close())

interface Attempt {
  readonly method?: string
  readonly path?: string
  readonly headers?: Record<string, string>
  readonly body?: string
  readonly address?: string
}

/** A request that is right except for what is given. */
function send({ method = 'GET', path, headers = {}, body, address }: Attempt = {}) {
  const { hostname, port, pathname } = new URL(endpoint.uri)
  return new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>((resolve, reject) => {
    const request = httpRequest(
      {
        host: address ?? hostname,
        port,
        method,
        path: path ?? pathname,
        headers: { host: `127.0.0.1:${port}`, authorization: endpoint.token, ...headers },
      },
      async (response) =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) }),
    )
    request.once('error', reject)
    request.end(body)
  })
}

/** Bytes as they are; what came back until the connection ended. */
function sendRaw(bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(endpoint.uri).port) })
    let received = ''
    socket.setEncoding('latin1')
    socket.on('data', (chunk) => {
      received += chunk
    })
    socket.once('close', () => resolve(received))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') reject(error)
    })
    socket.write(bytes)
  })
}

describe('the answer', () => {
  it('is the document of a container credentials endpoint, with whole seconds and nothing to cache', async () => {
    const { status, headers, body } = await send()
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' })
    expect(JSON.parse(body)).toEqual({
      AccessKeyId: 'ASIAQNZGKIQY56JQ7WML',
      SecretAccessKey: 'planted-secret-key',
      Token: 'planted-token',
      Expiration: '2026-11-24T03:11:54Z',
      AccountId: '123456789012',
      RoleArn: 'arn:aws:iam::123456789012:role/ReadOnly',
    })
  })

  it('leaves out what there is none of', async () => {
    answer = async () => ({ ...CREDENTIALS, accountId: null, roleArn: null })
    expect(Object.keys(JSON.parse((await send()).body))).toEqual([
      'AccessKeyId',
      'SecretAccessKey',
      'Token',
      'Expiration',
    ])
  })

  it.each([
    ['what a person has to do', new HallpassError('mfa.required', 'Needs a code.', { hint: 'Start it.' }), 403],
    ['what AWS refuses', new HallpassError('sts.access-denied', 'No.'), 403],
    ['what may pass', new HallpassError('network.timeout', 'Slow.'), 503],
    ['throttling', new HallpassError('sts.throttled', 'Too many.'), 503],
  ])('says why there are none: %s', async (_, error, status) => {
    answer = () => Promise.reject(error)
    const reply = await send()
    expect(reply.status).toBe(status)
    const message = error.hint ? `${error.message} ${error.hint}` : error.message
    expect(JSON.parse(reply.body)).toEqual({ code: error.code, message })
    expect(failures).toEqual([error])
  })

  it('tells nothing of a failure it does not know', async () => {
    answer = () => Promise.reject(new Error('planted-secret-key'))
    const reply = await send()
    expect(reply.status).toBe(503)
    expect(reply.body).not.toContain('planted')
  })
})

describe('attacks', () => {
  const hostile: [string, Attempt, number][] = [
    ['no token', { headers: { authorization: '' } }, 401],
    ['a wrong token', { headers: { authorization: 'A'.repeat(43) } }, 401],
    ['a token in another scheme', { headers: { authorization: 'Bearer x' } }, 401],
    ['another path', { path: '/' }, 404],
    ['a query', { path: '?x' }, 404],
    ['a name rebound to this machine', { headers: { host: 'attacker.example' } }, 403],
    ['another name of this machine', { headers: { host: 'localhost' } }, 403],
    ['HEAD', { method: 'HEAD' }, 405],
    ['POST', { method: 'POST' }, 405],
    ['OPTIONS, as a page sends it first', { method: 'OPTIONS', headers: { origin: 'https://attacker.example' } }, 405],
    ['a body', { headers: { 'content-length': '2' }, body: '{}' }, 413],
    ['a body in chunks', { headers: { 'transfer-encoding': 'chunked' }, body: '{}' }, 413],
  ]
  it.each(hostile)('%s gets no credentials', async (_, attempt, status) => {
    const withPath = attempt.path === '?x' ? { ...attempt, path: `${new URL(endpoint.uri).pathname}?x` } : attempt
    const reply = await send(withPath)
    expect(reply.status).toBe(status)
    expect(reply.body).not.toContain('planted')
    expect(reply.headers).not.toHaveProperty('access-control-allow-origin')
    expect(asked).toBe(0)
  })

  it('a token cut short or drawn out gets none', async () => {
    for (const authorization of [endpoint.token.slice(0, -1), `${endpoint.token}A`, endpoint.token.toLowerCase()])
      expect((await send({ headers: { authorization } })).status).toBe(401)
    expect(asked).toBe(0)
  })

  it('huge headers, many headers and junk are dropped', async () => {
    const { host, pathname } = new URL(endpoint.uri)
    const start = `GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${endpoint.token}\r\n`
    for (const bytes of [
      `${start}X-Big: ${'x'.repeat(16 * 1024)}\r\n\r\n`,
      `${start}${'X-Many: 1\r\n'.repeat(4000)}\r\n`,
      `GET /${'x'.repeat(16 * 1024)} HTTP/1.1\r\n\r\n`,
      '\x16\x03\x01\x02\x00\x01\x00',
      'NONSENSE\r\n\r\n',
      `${start.replace('HTTP/1.1', 'HTTP/9.9')}\r\n`,
      `${start}Host: attacker.example\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n`,
    ])
      expect(await sendRaw(bytes)).not.toContain('planted')
    expect(asked).toBe(0)
    expect((await send()).status).toBe(200)
  })

  it('a request without Host, as HTTP/1.0 has it, gets none', async () => {
    const { pathname } = new URL(endpoint.uri)
    const received = await sendRaw(`GET ${pathname} HTTP/1.0\r\nAuthorization: ${endpoint.token}\r\n\r\n`)
    expect(received).not.toContain('planted')
    expect(asked).toBe(0)
  })

  it('a request that does not arrive is given up, and nobody waits for it', async () => {
    const { host, pathname } = new URL(endpoint.uri)
    const slow = sendRaw(`GET ${pathname} HTTP/1.1\r\nHost: ${host}\r\n`)
    expect((await send()).status).toBe(200)
    expect(await slow).not.toContain('planted')
    expect(asked).toBe(1)
  })

  it('is not reached from the network', async (context) => {
    const outside = Object.values(networkInterfaces())
      .flat()
      .find((address) => address?.family === 'IPv4' && !address.internal)
    if (!outside) return context.skip('this machine has no address but loopback ones')
    await expect(send({ address: outside.address })).rejects.toMatchObject({ code: 'ECONNREFUSED' })
    expect(asked).toBe(0)
  })

  it('each has a path, a token and a port of its own', async () => {
    const other = await startCredentialsEndpoint({ credentials: answer })
    try {
      expect(new URL(other.uri).pathname).not.toBe(new URL(endpoint.uri).pathname)
      expect(new URL(other.uri).port).not.toBe(new URL(endpoint.uri).port)
      expect(other.token).not.toBe(endpoint.token)
      // 32 and 24 random bytes.
      expect(Buffer.from(other.token, 'base64url')).toHaveLength(32)
      expect(Buffer.from(new URL(other.uri).pathname.slice(1), 'base64url')).toHaveLength(24)
    } finally {
      await other.close()
    }
  })

  it('ends at once, whoever is connected', async () => {
    let arrived = () => {}
    const waiting = new Promise<void>((resolve) => {
      arrived = resolve
    })
    answer = () => {
      arrived()
      return new Promise(() => {})
    }
    const pending = send()
    const broken = expect(pending).rejects.toThrow()
    await waiting
    await endpoint.close()
    await broken
    await expect(send()).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })
})
