/**
 * TOTP seeds as people have them: Base32 as AWS shows it ("Show secret key"), or the `otpauth://` URI that is in the QR
 * code (Key Uri Format of Google Authenticator). AWS's virtual devices use SHA-1, 6 digits and 30 s (facts F.4).
 */
import { HallpassError } from '#shared/errors.ts'

export type TotpAlgorithm = 'SHA1' | 'SHA256' | 'SHA512'

export interface TotpSeed {
  /** Base32 in capitals, without blanks and padding. */
  readonly secret: string
  readonly algorithm: TotpAlgorithm
  /** Seconds that a code is shown. */
  readonly period: number
}

/** Ten bytes, the shortest that is in use anywhere; AWS's have 64 characters. */
const SHORTEST_SECRET = 16
/** Far more than the block of any hash. */
const LONGEST_SECRET = 512
const SHORTEST_PERIOD = 10
const LONGEST_PERIOD = 300
/** Lengths that no number of whole bytes has in Base32 (RFC 4648, section 6). */
const CUT_OFF_LENGTHS = [1, 3, 6]

/**
 * Reads a seed. Nothing of it gets into an error.
 * @throws `input.invalid` when it is neither Base32 nor an `otpauth://totp` URI with six digits
 */
export function parseTotpSeed(text: string): TotpSeed {
  const trimmed = text.trim()
  return /^otpauth/i.test(trimmed) && trimmed.includes(':')
    ? parseUri(trimmed)
    : { secret: parseSecret(trimmed), algorithm: 'SHA1', period: 30 }
}

/** The form the vault keeps, which {@link parseTotpSeed} reads back to the same seed. */
export function formatTotpSeed({ secret, algorithm, period }: TotpSeed): string {
  return `otpauth://totp/Hallpass?secret=${secret}&algorithm=${algorithm}&digits=6&period=${period}`
}

function parseUri(text: string): TotpSeed {
  if (/^otpauth-migration:/i.test(text)) {
    throw invalid(
      'This is the export of a whole authenticator app, not one device.',
      'Give the secret key that AWS showed when the device was made.',
    )
  }
  let uri: URL
  try {
    uri = new URL(text)
  } catch {
    throw unreadable()
  }
  const kind = (uri.host || uri.pathname.split('/').find((part) => part !== '') || '').toLowerCase()
  if (uri.protocol !== 'otpauth:' || (kind !== 'totp' && kind !== 'hotp')) throw unreadable()
  if (kind === 'hotp') {
    throw invalid('This seed counts its codes (HOTP). AWS’s virtual MFA devices go by time (TOTP).', SHOW_SECRET)
  }
  const parameters = readParameters(uri)
  const digits = parameters.get('digits') ?? '6'
  if (digits !== '6') throw invalid('This seed makes codes of another length. AWS takes six digits.', SHOW_SECRET)
  return {
    secret: parseSecret(parameters.get('secret') ?? ''),
    algorithm: parseAlgorithm(parameters.get('algorithm')),
    period: parsePeriod(parameters.get('period')),
  }
}

/** By lower-case name. Two values for one name would leave open which of them is meant. */
function readParameters(uri: URL): Map<string, string> {
  const parameters = new Map<string, string>()
  for (const [name, value] of uri.searchParams) {
    const key = name.toLowerCase()
    if (parameters.has(key) && parameters.get(key) !== value) throw unreadable()
    parameters.set(key, value)
  }
  return parameters
}

function parseSecret(text: string): string {
  const secret = text
    .replaceAll(/[\s-]/g, '')
    .replace(/(?:=|%3d)+$/i, '')
    .toUpperCase()
  if (!/^[A-Z2-7]+$/.test(secret)) throw unreadable()
  if (secret.length < SHORTEST_SECRET || CUT_OFF_LENGTHS.includes(secret.length % 8)) {
    throw invalid('This seed is not whole: characters are missing.', SHOW_SECRET)
  }
  if (secret.length > LONGEST_SECRET) throw invalid('This is too long for a seed.', SHOW_SECRET)
  return secret
}

function parseAlgorithm(text = 'SHA1'): TotpAlgorithm {
  const name = text
    .toUpperCase()
    .replace(/^HMAC-?/, '')
    .replaceAll('-', '')
  if (name === 'SHA1' || name === 'SHA256' || name === 'SHA512') return name
  throw invalid('This seed names an algorithm other than SHA1, SHA256 and SHA512.', SHOW_SECRET)
}

function parsePeriod(text = '30'): number {
  const period = /^\d{1,3}$/.test(text) ? Number(text) : 0
  if (period >= SHORTEST_PERIOD && period <= LONGEST_PERIOD) return period
  throw invalid(`This seed’s period is not between ${SHORTEST_PERIOD} and ${LONGEST_PERIOD} seconds.`, SHOW_SECRET)
}

const SHOW_SECRET = 'Give the secret key or the QR code that AWS showed when the device was made.'

function unreadable(): HallpassError {
  return invalid(
    'This is no TOTP seed: neither Base32 (letters and the digits 2 to 7) nor an otpauth:// address.',
    SHOW_SECRET,
  )
}

function invalid(message: string, hint: string): HallpassError {
  return new HallpassError('input.invalid', message, { hint })
}
