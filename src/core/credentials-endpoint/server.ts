/**
 * A container credentials endpoint for one child process, as the SDKs know it from ECS and EKS
 * (`AWS_CONTAINER_CREDENTIALS_FULL_URI`, SDKs and Tools Reference Guide, "Container credential provider").
 *
 * - 127.0.0.1 only, under a port, a path and a token made for this one child.
 * - The Host header must be the address itself, so that no web page reaches it through a name of its own.
 * - GET only, without a body; small headers, few connections, no slow ones. Nothing is answered before all of that.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import { type CredentialsEndpointAddress, endpointDocument } from '../aws/credential-formats.ts'

export interface CredentialsEndpointOptions {
  /** Asked for every request that may have credentials. */
  readonly credentials: () => Promise<SessionCredentials>
  /** Told of every request that got none though it might have. */
  readonly onFailure?: (error: unknown) => void
}

export interface CredentialsEndpoint extends CredentialsEndpointAddress {
  /** Drops open connections and frees the port. */
  close(): Promise<void>
}

const HOST = '127.0.0.1'
/** Bytes; what the SDKs send has a few hundred. */
const MAX_HEADER_BYTES = 8 * 1024
/** Anybody on this machine may connect: there is room left for the child when somebody holds some of them. */
const MAX_CONNECTIONS = 256
/** Milliseconds for a request to arrive, and how often that is looked at. */
const ARRIVAL_TIMEOUT = 3_000
const ARRIVAL_CHECK = 1_000

/** Starts serving on a free port. */
export async function startCredentialsEndpoint({
  credentials,
  onFailure,
}: CredentialsEndpointOptions): Promise<CredentialsEndpoint> {
  const token = randomBytes(32).toString('base64url')
  const path = `/${randomBytes(24).toString('base64url')}`
  let host = ''
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      headersTimeout: ARRIVAL_TIMEOUT,
      requestTimeout: ARRIVAL_TIMEOUT,
      connectionsCheckingInterval: ARRIVAL_CHECK,
    },
    (request, response) => void respond(request, response),
  )
  server.maxConnections = MAX_CONNECTIONS
  server.on('clientError', (_error, socket) => socket.destroy())

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const refusal = refusalOf(request, { host, path, token })
    if (refusal) return reply(response, refusal.status, { code: refusal.code, message: refusal.message })
    try {
      reply(response, 200, endpointDocument(await credentials()))
    } catch (error) {
      onFailure?.(error)
      const { status, ...body } = describeFailure(error)
      reply(response, status, body)
    }
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: HOST, port: 0 }, resolve)
  })
  host = `${HOST}:${(server.address() as AddressInfo).port}`
  return {
    uri: `http://${host}${path}`,
    token,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}

/** Why a request is not for this endpoint, or `undefined`. */
function refusalOf(
  { headers, method, url = '' }: IncomingMessage,
  own: { readonly host: string; readonly path: string; readonly token: string },
): Refusal | undefined {
  if (headers.host !== own.host) return { status: 403, code: 'WrongHost', message: `This is ${own.host}.` }
  if (!isSame(headers.authorization ?? '', own.token)) {
    return { status: 401, code: 'Unauthorized', message: 'The authorization token is missing or wrong.' }
  }
  if (!isSame(url, own.path)) return { status: 404, code: 'NotFound', message: 'There is nothing here.' }
  if (method !== 'GET') return { status: 405, code: 'MethodNotAllowed', message: 'Only GET is answered.' }
  if (Number(headers['content-length'] ?? 0) > 0 || headers['transfer-encoding'] !== undefined) {
    return { status: 413, code: 'BodyNotAllowed', message: 'A request has no body.' }
  }
  return undefined
}

/** In a time that tells nothing about where they differ. */
function isSame(given: string, own: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(own)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/** What AWS or a person has to change is a refusal; SDKs try again what may pass by itself. */
function describeFailure(error: unknown): Refusal {
  const known = isHallpassError(error)
    ? error
    : new HallpassError('internal', 'Something unexpected went wrong in Hallpass.')
  const passes = known.exitCode === 6 || known.exitCode === 1 || known.code === 'sts.throttled'
  const message = known.hint === undefined ? known.message : `${known.message} ${known.hint}`
  return { status: passes ? 503 : 403, code: known.code, message }
}

function reply(response: ServerResponse, status: number, body: Record<string, string>): void {
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    connection: 'close',
    ...(status === 405 ? { allow: 'GET' } : {}),
  })
  response.end(text)
}
