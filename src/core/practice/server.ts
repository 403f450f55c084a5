/**
 * The HTTP side of the practice account: 127.0.0.1 only, names of this machine only in the Host header (so that a web
 * page can't reach it by rebinding a name), bounded bodies, and no request that can bring it down.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { HallpassError } from '#shared/errors.ts'
import { answerControl, CONTROL_PREFIX } from './control-endpoint.ts'
import { Federation } from './federation.ts'
import { isIdentityCenterCall } from './identity-center/identity-center.ts'
import { QueryParameters, splitTarget } from './query.ts'
import { answerQuery } from './query-api.ts'
import { type Reply, replyJson } from './reply.ts'
import type { SignedRequest } from './sigv4.ts'
import type { PracticeState } from './state.ts'
import { answerSwitchRole } from './switch-role.ts'

const HOST = '127.0.0.1'
const MAX_BODY_BYTES = 256 * 1024

export interface PracticeServer {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string
  /** Drops open connections and frees the port. */
  close(): Promise<void>
}

/** @throws `practice.port-in-use`, or `usage.invalid` for a port this user may not take */
export async function startServer(state: PracticeState, controlToken: string, port: number): Promise<PracticeServer> {
  const federation = new Federation(state)
  const closing = new AbortController()
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, (request, response) => {
    void handle(request, response).catch(() => response.destroy())
  })
  server.on('clientError', (_error, socket) => socket.destroy())

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(request)
    const calledPath = splitTarget(request.url ?? '/').path
    const isCall = calledPath === '/' || isIdentityCenterCall(calledPath)
    const cut = isCall ? state.injections.takeCut() : undefined
    if (cut === 'before') return void response.destroy()
    const reply = body === undefined ? replyJson(413, { error: 'too large' }) : answer(toSignedRequest(request, body))
    const { latencyMs } = state.injections.state
    if (latencyMs > 0 && !request.url?.startsWith(CONTROL_PREFIX))
      await wait(latencyMs, undefined, { signal: closing.signal })
    if (cut === 'after') return void response.destroy()
    response.sendDate = false
    response.writeHead(reply.status, {
      ...reply.headers,
      // Clients take their clock offset from it, so it has to be the practice account's clock.
      date: new Date(state.now()).toUTCString(),
      'content-length': Buffer.byteLength(reply.body),
      'x-content-type-options': 'nosniff',
    })
    response.end(request.method === 'HEAD' ? undefined : reply.body)
  }

  function answer(request: SignedRequest): Reply {
    if (!isLocalHost(request)) return replyJson(403, { error: 'This server answers to 127.0.0.1 and localhost only.' })
    const { path, query } = splitTarget(request.target)
    if (path.startsWith(CONTROL_PREFIX)) return answerControl(path, request, state, controlToken)
    if (path === '/') return answerQuery(request, state)
    const ofIdentityCenter = state.identityCenter.answer(path, query, request)
    if (ofIdentityCenter) return ofIdentityCenter
    const isPage = path === '/federation' || path === '/switchrole'
    if (!isPage) return replyJson(404, { error: 'The practice account has nothing here.' })
    if (request.method !== 'GET') return replyJson(405, { error: 'This page answers to GET only.' })
    const parameters = new QueryParameters(query)
    return path === '/federation' ? federation.answer(parameters) : answerSwitchRole(parameters, state.directory)
  }

  await listen(server, port)
  return {
    endpoint: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    close: async () => {
      closing.abort()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new HallpassError('practice.port-in-use', `Port ${port} is in use by another program.`, {
              hint: 'Choose another port, or none: then a free one is taken.',
              cause: error,
            })
          : new HallpassError('usage.invalid', `The practice account can’t listen on port ${port}.`, {
              hint: 'Choose a port from 1024 to 65535, or none: then a free one is taken.',
              details: error.message,
              cause: error,
            }),
      ),
    )
    server.listen({ host: HOST, port }, resolve)
  })
}

/** `undefined` when it is larger than any call needs. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= MAX_BODY_BYTES) chunks.push(chunk)
  }
  return size <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined
}

function toSignedRequest(request: IncomingMessage, body: Buffer): SignedRequest {
  const { rawHeaders, method = 'GET', url: target = '/' } = request
  const headers: [string, string][] = []
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''])
  return { method, target, headers, body }
}

function isLocalHost(request: SignedRequest): boolean {
  const hosts = request.headers.filter(([name]) => name.toLowerCase() === 'host').map(([, value]) => value)
  return hosts.length === 1 && /^(127\.0\.0\.1|localhost)(:\d{1,5})?$/i.test(hosts[0] ?? '')
}
