/** Addresses of the app's own pages: what counts as one, which file it names, and which frame may speak for it. */
import { extname, join, normalize, sep } from 'node:path'

/** Scheme and host the window is served from. */
export const APP_ORIGIN = 'app://bundle'

/** The types the built renderer is made of; nothing else is served. */
export const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
}

/** True for a URL of the app itself. */
export function isAppUrl(url: string): boolean {
  return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`)
}

/** The file a URL names, or `undefined` when it lies outside `folder` or has no known type. */
export function fileForUrl(folder: string, url: string): string | undefined {
  if (!isAppUrl(url)) return undefined
  let pathname: string
  try {
    pathname = decodeURIComponent(new URL(url).pathname)
  } catch {
    return undefined
  }
  const path = normalize(join(folder, pathname === '/' || pathname === '' ? 'index.html' : pathname))
  if (pathname.includes('\0') || !path.startsWith(folder + sep)) return undefined
  return extname(path) in MIME_TYPES ? path : undefined
}

/** The part of an IPC sender that tells who it is. */
export interface SenderFrame {
  readonly url: string
  /** null for the top frame. */
  readonly parent: unknown
}

/** Only the top frame of one of our own windows, showing the app's own page, is believed. */
export function isTrustedSender(frame: SenderFrame | null, isOwnWindow: boolean): boolean {
  return isOwnWindow && frame !== null && frame.parent === null && isAppUrl(frame.url)
}
