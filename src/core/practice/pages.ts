/** The few HTML pages a browser sees: signed in, switch role, refused. Everything shown is escaped; nothing runs. */
import { createHash } from 'node:crypto'
import { escapeMarkup } from './query.ts'
import type { Reply } from './reply.ts'

const STYLE =
  ':root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem}' +
  'dt{opacity:.7;font-size:.875rem}dd{margin:0 0 .75rem;overflow-wrap:anywhere}h1{font-size:1.5rem;line-height:1.25}' +
  'form{display:inline-block;margin:0 .75rem 0 0}button,input{font:inherit;padding:.375rem 1rem}label{margin-right:.75rem}'
const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64')

/** A button, with what it sends. */
export interface PageForm {
  readonly method: 'get' | 'post'
  /** Path. */
  readonly action: string
  readonly button: string
  /** Sent along. */
  readonly hidden?: Readonly<Record<string, string>>
  /** A field to fill in. */
  readonly field?: { readonly name: string; readonly label: string }
}

/** A page with a heading, a sentence, a list of facts and, where something is asked, buttons. */
export function replyPage(
  status: number,
  title: string,
  text: string,
  facts: readonly (readonly [string, string])[],
  forms: readonly PageForm[] = [],
): Reply {
  const list = facts.map(([term, fact]) => `<dt>${escapeMarkup(term)}</dt><dd>${escapeMarkup(fact)}</dd>`).join('')
  const body =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeMarkup(title)}</title>` +
    `<style>${STYLE}</style></head><body><main><h1>${escapeMarkup(title)}</h1><p>${escapeMarkup(text)}</p>` +
    `<dl>${list}</dl>${forms.map(renderForm).join('')}</main></body></html>`
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
    },
    body,
  }
}

function renderForm({ method, action, button, hidden = {}, field }: PageForm): string {
  const kept = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${escapeMarkup(name)}" value="${escapeMarkup(value)}">`,
  )
  const shown = field
    ? `<label>${escapeMarkup(field.label)} <input name="${escapeMarkup(field.name)}" autocomplete="off" required></label>`
    : ''
  return `<form method="${method}" action="${escapeMarkup(action)}">${kept.join('')}${shown}<button>${escapeMarkup(button)}</button></form>`
}
