/** A loopback HTTP server whose answers a test decides; it remembers what it was asked. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface StubRequest {
  readonly method: string
  readonly url: URL
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface StubReply {
  readonly status?: number
  readonly headers?: Record<string, string>
  readonly body?: string
}

export interface StubServer {
  readonly endpoint: string
  readonly requests: StubRequest[]
  close(): Promise<void>
}

/** `answer` may return undefined to leave the request without an answer. */
export async function startStub(
  answer: (request: StubRequest, index: number) => StubReply | undefined,
): Promise<StubServer> {
  const requests: StubRequest[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const request = {
      method: incoming.method ?? '',
      url: new URL(incoming.url ?? '/', 'http://stub'),
      headers: incoming.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    const index = requests.push(request) - 1
    const reply = answer(request, index)
    if (!reply) return
    outgoing.writeHead(reply.status ?? 200, reply.headers).end(reply.body ?? '')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** STS's error document. */
export function stsError(status: number, code: string, message: string): StubReply {
  const body = `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>`
  return { status, headers: { 'content-type': 'text/xml' }, body }
}

/** STS's answer to an action. */
export function stsResult(action: string, content: string): StubReply {
  const body = `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result>${content}</${action}Result><ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></${action}Response>`
  return { headers: { 'content-type': 'text/xml' }, body }
}
