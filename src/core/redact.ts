/**
 * The one redaction function. Everything that is logged, and every raw text that goes into an error's details,
 * passes through it. It blanks secrets by their shape, by the name they stand behind, and by exact value where the
 * caller knows them. Redacting twice gives the same text as redacting once.
 */

const BLANK = '••••'

/** Names that stand before a secret, in any case and with `_`, `-`, a blank or nothing between their words. */
const SECRET_NAME = [
  'secret[_ -]?access[_ -]?key',
  'secret[_ -]?key',
  'session[_ -]?key',
  'client[_ -]?secret',
  '(?:session|security|signin|access|refresh|id|authorization)[_ -]?token',
  'pass(?:word|phrase|wd)',
  'token[_ -]?code',
  'mfa[_ -]?code',
  '(?:totp[_ -]?)?(?:seed|secret)',
  'signature',
  'authorization',
].join('|')

// A value runs to its closing quote, or to white space or a separator when it has none. `%22`, `%3A` and `%26` are the
// quote, the colon and the ampersand inside a URL parameter that carries JSON.
const NAMED_QUOTED = new RegExp(`((?:${SECRET_NAME})\\\\?["']?\\s*[:=]\\s*)(\\\\?["'])((?:(?!\\2).)*)`, 'gi')
const NAMED_BARE = new RegExp(`((?:${SECRET_NAME})\\\\?["']?\\s*[:=]\\s*)([^\\s"'\\\\,;&<>(){}\\[\\]]+)`, 'gi')
const NAMED_ENCODED = new RegExp(`((?:${SECRET_NAME})%22%3A(?:%20|\\+)?%22)((?:(?!%22)[^\\s"'&])+)`, 'gi')
const NAMED_XML = new RegExp(`(<(?:${SECRET_NAME})>)[^<]*`, 'gi')
const HEADER = /(authorization\s*[:=]\s*)(?!["'\\])[^\r\n]+/gi
const OTPAUTH = /otpauth(-migration)?:\/\/[^\s"'<>\\]+/gi

// STS session tokens: base64 that starts with one of few protobuf prefixes; anything else that long is no name.
const SESSION_TOKEN = /(?<![A-Za-z0-9+/])(?:IQoJ|FwoG|FQoG|AQoD)[A-Za-z0-9+/=_%-]{16,}/g
const LONG_BASE64 = /[A-Za-z0-9+/_-]{100,}={0,2}/g
// Secret access keys: 40 base64 characters on their own. Git and SHA-1 hashes have 40 too, but no capitals.
const SECRET_KEY =
  /(?<![A-Za-z0-9+])(?=[A-Za-z0-9+/%]*[A-Z])(?=[A-Za-z0-9+/%]*[a-z])(?:[A-Za-z0-9+/]|%2[BFbf]){40}(?![A-Za-z0-9+/=_-])/g
const ACCESS_KEY_ID = /\b((?:AKIA|ASIA|ABIA|ACCA))[A-Z0-9]{8,120}([A-Z0-9]{4})\b/g

/** Shorter values would blank ordinary words and numbers. */
const SHORTEST_KNOWN = 6

/** `text` without secrets; of access key ids the first and last four characters stay. `known` are blanked exactly, also URL-encoded. */
export function redact(text: string, known: Iterable<string> = []): string {
  const blanked = blankKnown(text, known)
  const shaped = blanked
    .replace(OTPAUTH, `otpauth://${BLANK}`)
    .replace(HEADER, `$1${BLANK}`)
    .replace(NAMED_QUOTED, `$1$2${BLANK}`)
    .replace(NAMED_ENCODED, `$1${BLANK}`)
    .replace(NAMED_BARE, `$1${BLANK}`)
    .replace(NAMED_XML, `$1${BLANK}`)
    .replace(SESSION_TOKEN, BLANK)
    .replace(LONG_BASE64, BLANK)
  return blankKeys(shaped).replace(ACCESS_KEY_ID, `$1${BLANK}$2`)
}

/** One key blanked may leave another standing on its own. */
function blankKeys(text: string): string {
  const blanked = text.replace(SECRET_KEY, BLANK)
  return blanked === text ? text : blankKeys(blanked)
}

function blankKnown(text: string, known: Iterable<string>): string {
  const values = new Set<string>()
  for (const value of known) {
    if (value.length < SHORTEST_KNOWN || value.includes(BLANK)) continue
    values.add(value)
    if (value.isWellFormed()) values.add(encodeURIComponent(value))
  }
  // Longest first: a secret that contains another must not leave its rest behind.
  const longestFirst = [...values].sort((one, other) => other.length - one.length)
  let blanked = text
  for (const value of longestFirst) blanked = blanked.replaceAll(value, BLANK)
  return blanked
}

const SECRET_FIELD = new RegExp(`(?:^|[^a-z]|aws|x-amz-)(?:${SECRET_NAME})$|^(?:${SECRET_NAME})$`, 'i')
const DEEPEST = 6

/**
 * A plain copy of `value`, ready for JSON, with every text redacted and every field whose name promises a secret
 * blanked. Errors become name, message and code; bytes become their length; what is nested too deep is left out.
 */
export function redactFields(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redact(value)
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'function' || typeof value === 'symbol') return undefined
  if (typeof value !== 'object' || value === null) return value
  if (depth >= DEEPEST) return '…'
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `${value.byteLength} bytes`
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof URL) return redact(value.href)
  if (value instanceof Error) {
    const code: unknown = 'code' in value ? value.code : undefined
    return redactFields({ name: value.name, message: value.message, ...(code === undefined ? {} : { code }) }, depth)
  }
  if (Array.isArray(value) || value instanceof Set) return Array.from(value, (item) => redactFields(item, depth + 1))
  const entries: Iterable<[unknown, unknown]> = value instanceof Map ? value : Object.entries(value)
  return Object.fromEntries(
    Array.from(entries, ([name, field]): [string, unknown] => {
      const isSecret = SECRET_FIELD.test(String(name)) && field !== null && field !== undefined
      return [redact(String(name)), isSecret ? BLANK : redactFields(field, depth + 1)]
    }),
  )
}
