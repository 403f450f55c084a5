/**
 * Where the browser comes back to after signing in: a loopback server for one sign-in (RFC 8252, 7.3).
 *
 * - 127.0.0.1 only, a free port, listening before anybody is sent to it.
 * - The Host header must be the address itself, so that no web page reaches it through a name of its own.
 * - Only the state of this sign-in ends the waiting, and once: whoever guesses at the port changes nothing.
 */
import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HallpassError } from '#shared/errors.ts'
import { CALLBACK_HEADERS, callbackPage } from './callback-page.ts'

export interface CallbackServer {
  /** With the port. */
  readonly redirectUri: string
  /** The authorization code; settled once the browser has its page. @throws `sso.sign-in-denied`, `sso.request-invalid` */
  readonly code: Promise<string>
  /** Drops open connections and frees the port. */
  close(): Promise<void>
}

const HOST = '127.0.0.1'
export const CALLBACK_PATH = '/oauth/callback'
/** Bytes; the code is most of a request. */
const MAX_HEADER_BYTES = 16 * 1024
const MAX_CODE = 8 * 1024
const MAX_CONNECTIONS = 64
/** Milliseconds for a request to arrive, and how often that is looked at. */
const ARRIVAL_TIMEOUT = 3_000
const ARRIVAL_CHECK = 1_000

/**
 * Starts listening.
 * @param state what the sign-in was begun with
 * @throws `browser.unavailable` when nothing can listen on this machine
 */
export async function startCallbackServer(state: string): Promise<CallbackServer> {
  const { promise: code, resolve, reject } = Promise.withResolvers<string>()
  // Nobody may be waiting yet, or any more.
  code.catch(() => undefined)
  let host = ''
  let isAnswered = false
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: ARRIVAL_TIMEOUT,
      requestTimeout: ARRIVAL_TIMEOUT,
      connectionsCheckingInterval: ARRIVAL_CHECK,
    },
    (request, response) => {
      const callback = readCallback(request, host, state)
      if ('status' in callback) return respond(response, callback.status, callbackPage(callback.kind))
      if (isAnswered) return respond(response, 409, callbackPage('stranger'))
      isAnswered = true
      const settle = () => {
        if (callback.kind === 'granted') resolve(callback.code)
        else reject(declined(callback.error))
      }
      // Either way the browser has its page, or does not want it.
      response.once('finish', settle).once('close', settle)
      respond(response, 200, callbackPage(callback.kind))
    },
  )
  server.maxConnections = MAX_CONNECTIONS
  server.on('clientError', (_error, socket) => socket.destroy())
  await new Promise<void>((listening, failed) => {
    server.on('error', (cause) => failed(cannotListen(cause)))
    server.listen({ host: HOST, port: 0 }, listening)
  })
  host = `${HOST}:${(server.address() as AddressInfo).port}`
  return {
    redirectUri: `http://${host}${CALLBACK_PATH}`,
    code,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()))
      server.closeAllConnections()
      await closed
    },
  }
}

type Callback =
  | { readonly kind: 'refused' | 'stranger'; readonly status: number }
  | { readonly kind: 'granted'; readonly code: string }
  | { readonly kind: 'declined'; readonly error: string }

/** What a request is: the end of this sign-in, of another, or something else. */
function readCallback({ headers, method, url = '' }: IncomingMessage, host: string, state: string): Callback {
  if (headers.host !== host) return { kind: 'refused', status: 403 }
  const [path, query = ''] = splitOnce(url, '?')
  if (path !== CALLBACK_PATH) return { kind: 'refused', status: 404 }
  if (method !== 'GET') return { kind: 'refused', status: 405 }
  const values = new URLSearchParams(query)
  const one = (name: string) => (values.getAll(name).length === 1 ? (values.get(name) ?? '') : '')
  if (!isSame(one('state'), state)) return { kind: 'stranger', status: 400 }
  if (values.has('error')) return { kind: 'declined', error: one('error') }
  const code = one('code')
  return code === '' || code.length > MAX_CODE ? { kind: 'stranger', status: 400 } : { kind: 'granted', code }
}

/** In a time that tells nothing about where they differ, nor how long either is. */
function isSame(given: string, own: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(own))
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator)
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)]
}

function respond(response: ServerResponse, status: number, page: string): void {
  response.writeHead(status, {
    ...CALLBACK_HEADERS,
    'content-length': Buffer.byteLength(page),
    connection: 'close',
    ...(status === 405 ? { allow: 'GET' } : {}),
  })
  response.end(page)
}

/** @param error OAuth's word for it (RFC 6749, 4.1.2.1); shown only if it is one */
function declined(error: string): HallpassError {
  if (error === 'access_denied')
    return new HallpassError('sso.sign-in-denied', 'The sign-in was declined in the browser.', {
      hint: 'Sign in again, and allow the access that the browser asks for.',
    })
  const word = /^[a-z_]{1,64}$/.test(error) ? ` (${error})` : ''
  return new HallpassError('sso.request-invalid', `Identity Center ended the sign-in with an error${word}.`, {
    hint: 'Sign in again. If that does not help, sign in with a device code.',
  })
}

function cannotListen(cause: Error): HallpassError {
  return new HallpassError('browser.unavailable', 'Hallpass can’t listen for the browser on this machine.', {
    hint: 'Sign in with a device code.',
    details: cause.message,
    cause,
  })
}
