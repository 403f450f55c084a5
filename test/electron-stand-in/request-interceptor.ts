/**
 * Every request of a page and its frames is decided here: the app's own schemes are answered by the app, `data:` and
 * `blob:` stay within the page, everything else is refused and recorded.
 */
import type { CdpSession, Protocol } from './cdp.ts'
import { protocolHandlerFor } from './protocol.ts'
import { records } from './records.ts'
import { fromPageUrl } from './urls.ts'
import { isCancelled, type RequestDetails, reviseHeaders } from './web-request.ts'

/** A frame is about to load another document. */
export interface Navigation {
  readonly url: string
  readonly frameId: string
  readonly isRedirect: boolean
}

type PausedRequest = Protocol.Fetch.requestPausedPayload

const WITHIN_PAGE = /^(data|blob|about):/

/** `allowNavigation` is asked before a document is loaded into any frame. */
export async function interceptRequests(
  session: CdpSession,
  webContentsId: number,
  allowNavigation: (navigation: Navigation) => boolean,
): Promise<void> {
  async function decide(paused: PausedRequest): Promise<void> {
    const { requestId, request, resourceType, frameId } = paused
    const url = fromPageUrl(request.url)
    const fail = (errorReason: Protocol.Network.ErrorReason) =>
      session.send('Fetch.failRequest', { requestId, errorReason })
    const isRedirect = paused.redirectedRequestId !== undefined
    if (resourceType === 'Document' && !allowNavigation({ url, frameId, isRedirect }))
      return void (await fail('Aborted'))

    const details = { url, method: request.method, resourceType: electronTypeOf(resourceType), webContentsId }
    if (await isCancelled(details)) return void (await fail('BlockedByClient'))
    const handler = protocolHandlerFor(url)
    if (handler) {
      const response = await handler(toRequest(url, request))
      if (response.type === 'error') return void (await fail('Failed'))
      return answer(requestId, response, details, fail)
    }
    if (WITHIN_PAGE.test(url)) return void (await session.send('Fetch.continueRequest', { requestId }))
    records.blockedRequests.push(url)
    await fail('BlockedByClient')
  }

  async function answer(
    requestId: string,
    response: Response,
    details: RequestDetails,
    fail: (reason: Protocol.Network.ErrorReason) => Promise<unknown>,
  ): Promise<void> {
    const given: Record<string, string[]> = {}
    response.headers.forEach((value, name) => {
      given[name] = [...(given[name] ?? []), value]
    })
    const headers = await reviseHeaders({ ...details, statusCode: response.status, responseHeaders: given })
    if (!headers) return void (await fail('BlockedByClient'))
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: response.status,
      responseHeaders: Object.entries(headers).flatMap(([name, values]) => values.map((value) => ({ name, value }))),
      body: Buffer.from(await response.arrayBuffer()).toString('base64'),
    })
  }

  session.on('Fetch.requestPaused', (paused) => {
    decide(paused).catch(async (error: unknown) => {
      // The page may have gone meanwhile, which is no failure of the app.
      if (!String(error).includes('Fetch.')) process.stderr.write(`Failed to answer ${paused.request.url}: ${error}\n`)
      await session.attempt('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Failed' })
    })
  })
  await session.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] })
}

function toRequest(url: string, { method, headers, postData }: Protocol.Network.Request): Request {
  return new Request(url, { method, headers, ...(postData !== undefined && { body: postData }) })
}

/** Electron's names for what a request is for. */
function electronTypeOf(type: Protocol.Network.ResourceType): string {
  const names: Partial<Record<Protocol.Network.ResourceType, string>> = {
    Document: 'mainFrame',
    Stylesheet: 'stylesheet',
    Script: 'script',
    Image: 'image',
    Font: 'font',
    XHR: 'xhr',
    Fetch: 'xhr',
    Media: 'media',
    Ping: 'ping',
  }
  return names[type] ?? 'other'
}
