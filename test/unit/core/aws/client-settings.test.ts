import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { watchAnswers } from '#core/aws/client-settings.ts'
import { createPortal } from '#core/identity-center/index.ts'

type Middleware = (next: (args: unknown) => Promise<unknown>) => (args: unknown) => Promise<unknown>

/** What the SDK gets of an answer with that body. */
function answered(body: unknown, onAnswer?: Parameters<typeof watchAnswers>[1]) {
  let middleware: Middleware | undefined
  const middlewareStack = { add: (given: Middleware) => (middleware = given) }
  watchAnswers({ middlewareStack }, onAnswer)
  return middleware?.(async () => ({ response: { headers: { date: 'Thu, 26 Nov 2026 12:00:00 GMT' }, body } }))({})
}

describe('an answer', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is read whole, and its time told as soon as it begins', async () => {
    const body = new PassThrough()
    const told = vi.fn()
    const answer = answered(body, told)
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toHaveBeenCalledWith(Date.UTC(2026, 10, 26, 12), expect.any(Number), expect.any(Number))
    body.write('{"a":')
    body.end('1}')
    expect(Buffer.from(((await answer) as { response: { body: Uint8Array } }).response.body).toString()).toBe('{"a":1}')
    expect(vi.getTimerCount()).toBe(0)
  })

  it('that has no body stays as it is', async () => {
    expect(await answered(undefined)).toMatchObject({ response: { body: undefined } })
  })

  it('that comes drop by drop is not waited for', async () => {
    const body = new PassThrough()
    const drops = setInterval(() => body.write(' '), 500)
    const answer = expect(answered(body)).rejects.toMatchObject({ code: 'ETIMEDOUT' })
    await vi.advanceTimersByTimeAsync(15_000)
    await answer
    clearInterval(drops)
    expect(body.destroyed).toBe(true)
  })

  it('that does not end is not read to the end', async () => {
    const body = new PassThrough()
    const answer = expect(answered(body)).rejects.toThrow('more than 10 MB')
    for (let count = 0; count < 200 && !body.destroyed; count++) {
      body.write(Buffer.alloc(64 * 1024))
      await vi.advanceTimersByTimeAsync(0)
    }
    await answer
    expect(body.destroyed).toBe(true)
  })
})

describe('a call of the SDK', () => {
  it('that is cancelled while its answer comes ends at once', async () => {
    const begun = Promise.withResolvers<ServerResponse>()
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.write('{')
      begun.resolve(response)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    const portal = createPortal({ AWS_ENDPOINT_URL_SSO: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
    const abort = new AbortController()
    const access = { accessToken: 'planted', region: 'eu-west-1', startUrl: 'https://acme.awsapps.com/start' }
    const listing = portal.listAccounts(access, { nextToken: null, signal: abort.signal })
    await begun.promise
    abort.abort()
    await expect(listing).rejects.toMatchObject({ code: 'cancelled' })
    portal.close()
    server.closeAllConnections()
    server.close()
  })
})
