/** Serves the built renderer under app://bundle, and nothing outside that folder. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { protocol } from 'electron'
import { fileForUrl, MIME_TYPES } from './app-url.ts'
import { CONTENT_SECURITY_POLICY } from './security.ts'

/** Declares the scheme. Call before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }])
}

/** Starts answering. `folder` is the built renderer, absolute. */
export function serveApp(folder: string): void {
  protocol.handle('app', async (request) => {
    const path = request.method === 'GET' ? fileForUrl(folder, request.url) : undefined
    if (!path) return new Response(null, { status: 404 })
    try {
      return new Response(new Uint8Array(await readFile(path)), { headers: headersFor(path) })
    } catch {
      return new Response(null, { status: 404 })
    }
  })
}

function headersFor(path: string): Record<string, string> {
  return {
    'content-type': MIME_TYPES[extname(path)] ?? 'application/octet-stream',
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
  }
}
