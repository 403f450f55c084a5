/** Electron's `net`: `file:` URLs alone, the only ones that the app's process may need Chromium's loader for. */
import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { knownOnly, lacking } from './known-only.ts'

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.txt': 'text/plain',
  '.woff2': 'font/woff2',
}

export const net = knownOnly('net', {
  /** @throws `net::ERR_FILE_NOT_FOUND` */
  async fetch(input: string | URL | Request): Promise<Response> {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.protocol !== 'file:') throw lacking(`net.fetch for ${url.protocol}`)
    const path = fileURLToPath(url)
    const content = await readFile(path).catch(() => {
      throw new Error('net::ERR_FILE_NOT_FOUND')
    })
    return new Response(new Uint8Array(content), {
      headers: { 'content-type': MEDIA_TYPES[extname(path)] ?? 'application/octet-stream' },
    })
  },
})
