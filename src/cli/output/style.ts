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

/** Replaces control characters, so that data from elsewhere can't drive the terminal. Line feeds stay. */
export function withoutControls(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this is about
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\ufffd')
}
