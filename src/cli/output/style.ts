/** Colour for people: only on a terminal, and never when `NO_COLOR` is set. */
import { styleText } from 'node:util'
import type { CliHost, OutputStream } from '../host.ts'

type Format = Parameters<typeof styleText>[0]

/** Dresses text, or leaves it alone. */
export type Style = (format: Format, text: string) => string

/** The style for one stream; see https://no-color.org for the variable. */
export function styleFor(stream: OutputStream, env: CliHost['env']): Style {
  if (!stream.isTTY || env.NO_COLOR || env.TERM === 'dumb') return (_format, text) => text
  return (format, text) => styleText(format, text, { validateStream: false })
}

/**
 * Replaces control characters, and those that turn the direction of text around, so that data from elsewhere can't
 * drive the terminal or show itself as something else. Line feeds stay.
 */
export function withoutControls(text: string): string {
  return text.replace(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '\ufffd')
}
