/**
 * Gives a browser a secret link without putting it on a command line, which every user of the machine can read: the
 * browser gets the address of a small server on the loopback interface, which sends it on to the link once and is gone.
 *
 * The address is good for one request of this user within half a minute. Its path can't be guessed, the host has to be
 * named as it is (a web page that gets at the port through a name of its own is refused), and where the system tells
 * whose process asks, another user's is refused.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { isOwnConnection } from './own-connection.ts'

export const HAND_OVER_MS = 30_000
const HOST = '127.0.0.1'

export interface HandOver {
  /** What the browser is told to open. */
  readonly url: string
  /** Whether the link has been fetched; false once the time is over or it was closed. */
  readonly taken: Promise<boolean>
  close(): void
}

export interface HandOverOptions {
  readonly lifetimeMs?: number
  /** Whether the process that asks is this user's; null where nobody can tell. */
  readonly isOwn?: typeof isOwnConnection
}

/** Starts it. Whoever does closes it, too. */
export async function startHandOver(link: string, options: HandOverOptions = {}): Promise<HandOver> {
  const { lifetimeMs = HAND_OVER_MS, isOwn = isOwnConnection } = options
  const path = `/${randomBytes(32).toString('base64url')}`
  const taken = Promise.withResolvers<boolean>()
  let left: string | undefined = link
  const server = createServer((request, response) => {
    const refusal = refuse(request)
    if (refusal !== undefined || left === undefined) return answer(response, refusal ?? 410)
    const location = left
    left = undefined
    response.once('close', () => {
      taken.resolve(response.writableFinished)
      close()
    })
    answer(response, 303, { location })
  })
  server.headersTimeout = 5_000

  function refuse({ method, url = '', headers, socket }: IncomingMessage): number | undefined {
    if (headers.host !== `${HOST}:${port}`) return 421
    if (method !== 'GET') return 405
    if (!isSame(url, path)) return 404
    const ports = { local: socket.localPort ?? 0, remote: socket.remotePort ?? 0 }
    return isOwn(ports) === false ? 403 : undefined
  }

  function close(): void {
    clearTimeout(timer)
    left = undefined
    taken.resolve(false)
    server.close()
    server.closeAllConnections()
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: HOST, port: 0 }, resolve)
  })
  const { port } = server.address() as AddressInfo
  const timer = setTimeout(close, lifetimeMs)
  return { url: `http://${HOST}:${port}${path}`, taken: taken.promise, close }
}

function answer(response: ServerResponse, status: number, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, {
    ...headers,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
    'content-length': '0',
  })
  response.end()
}

/** Tells nothing of the path by the time it takes. */
function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)]
  return one.length === other.length && timingSafeEqual(one, other)
}
