/** What the browser shows when it comes back from signing in: fixed texts, no script, nothing of the request. */
import { createHash } from 'node:crypto'

const STYLE =
  'body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:28rem;padding:0 1rem;color-scheme:light dark}' +
  ':root{color-scheme:light dark}h1{font-size:1.25rem;font-weight:600}'

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** Nothing but its own style: no script, no frame around it, no form, nothing loaded. */
export const CALLBACK_HEADERS: Readonly<Record<string, string>> = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  // The address has the code in it.
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
}

const TEXTS = {
  granted: ['You can close this tab', 'Hallpass goes on by itself.'],
  declined: ['The sign-in was declined', 'You can close this tab and try again in Hallpass.'],
  stranger: ['This is not the sign-in that Hallpass waits for', 'Go back to the tab that Hallpass opened.'],
  refused: ['There is nothing here', 'Hallpass only listens for the end of a sign-in.'],
} as const

export function callbackPage(kind: keyof typeof TEXTS): string {
  const [title, text] = TEXTS[kind]
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`
}
