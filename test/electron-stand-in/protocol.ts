/** Electron's `protocol`: custom schemes, answered by the app. */
import { app } from './app.ts'
import { knownOnly, lacking } from './known-only.ts'

/** Gives the response for a request, at the app's own URLs. */
export type ProtocolHandler = (request: Request) => Response | Promise<Response>

interface CustomScheme {
  readonly scheme: string
  readonly privileges?: { readonly standard?: boolean; readonly secure?: boolean }
}

const schemes = new Set<string>()
const handlers = new Map<string, ProtocolHandler>()

/** Schemes that the app declared, without the colon. */
export const privilegedSchemes: ReadonlySet<string> = schemes

/** The handler that answers for this URL, if its scheme has one. */
export function protocolHandlerFor(url: string): ProtocolHandler | undefined {
  return handlers.get(url.slice(0, url.indexOf(':')))
}

export const protocol = knownOnly('protocol', {
  registerSchemesAsPrivileged(custom: readonly CustomScheme[]): void {
    if (app.isReady()) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready')
    for (const { scheme, privileges } of custom) {
      // Such a scheme is loaded as https (urls.ts), which has both.
      if (!privileges?.standard || !privileges.secure)
        throw lacking(`scheme '${scheme}' that is not standard and secure`)
      schemes.add(scheme)
    }
  },

  handle(scheme: string, handler: ProtocolHandler): void {
    if (!schemes.has(scheme)) throw lacking(`protocol.handle('${scheme}') without registerSchemesAsPrivileged`)
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`)
    handlers.set(scheme, handler)
  },

  unhandle(scheme: string): void {
    if (!handlers.delete(scheme)) throw new Error(`Failed to unhandle protocol: ${scheme}`)
  },

  isProtocolHandled: (scheme: string): boolean => handlers.has(scheme),
})
