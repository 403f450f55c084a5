/** Electron's `session.webRequest`: the app may cancel any request, and change the headers of any response. */
import { knownOnly, lacking } from './known-only.ts'

export interface RequestDetails {
  readonly url: string
  readonly method: string
  readonly resourceType: string
  readonly webContentsId: number
}

export type Headers = Record<string, string[]>

interface BeforeReply {
  readonly cancel?: boolean
  readonly redirectURL?: string
}

interface HeadersReply {
  readonly cancel?: boolean
  readonly responseHeaders?: Record<string, string | string[]>
}

type BeforeListener = (details: RequestDetails, reply: (answer: BeforeReply) => void) => void
type HeadersListener = (
  details: RequestDetails & { statusCode: number; responseHeaders: Headers },
  reply: (answer: HeadersReply) => void,
) => void

let beforeListener: BeforeListener | null = null
let headersListener: HeadersListener | null = null

export const webRequest = knownOnly('session.webRequest', {
  onBeforeRequest(...given: [BeforeListener | null]): void {
    beforeListener = onlyListener(given)
  },
  onHeadersReceived(...given: [HeadersListener | null]): void {
    headersListener = onlyListener(given)
  },
})

function onlyListener<L>(given: readonly [L | null]): L | null {
  if (given.length > 1) throw lacking('session.webRequest filters')
  return given[0]
}

/** True when the app cancels the request. */
export async function isCancelled(details: RequestDetails): Promise<boolean> {
  const listener = beforeListener
  if (!listener) return false
  const { cancel, redirectURL } = await new Promise<BeforeReply>((reply) => listener(details, reply))
  if (redirectURL !== undefined) throw lacking('session.webRequest redirectURL')
  return cancel === true
}

/** The headers that the page gets, or undefined when the app cancels. */
export async function reviseHeaders(
  details: RequestDetails & { statusCode: number; responseHeaders: Headers },
): Promise<Headers | undefined> {
  const listener = headersListener
  if (!listener) return details.responseHeaders
  const { cancel, responseHeaders } = await new Promise<HeadersReply>((reply) => listener(details, reply))
  if (cancel) return undefined
  if (!responseHeaders) return details.responseHeaders
  return Object.fromEntries(Object.entries(responseHeaders).map(([name, value]) => [name, [value].flat()]))
}
