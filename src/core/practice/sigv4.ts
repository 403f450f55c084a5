/**
 * Signature Version 4, the server's side: reads an Authorization header and computes the signature a request should
 * have. Source: AWS General Reference, "Create a signed AWS API request". Pure; malformed input is refused, never thrown on.
 */
import { createHash, createHmac } from 'node:crypto'
import { splitTarget } from './query.ts'
import { incompleteSignature, missingAuthentication, signatureDoesNotMatch } from './refusal.ts'

const ALGORITHM = 'AWS4-HMAC-SHA256'

/** A request as it came over the wire. */
export interface SignedRequest {
  readonly method: string
  /** Path and query, undecoded. */
  readonly target: string
  /** In order of arrival, names in any case, repeated ones repeated. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array
}

/** What an Authorization header says. */
export interface Authorization {
  readonly accessKeyId: string
  /** `20261124` */
  readonly date: string
  readonly region: string
  readonly service: string
  /** Lower case, sorted. */
  readonly signedHeaders: readonly string[]
  readonly signature: string
  /** `20261124T144203Z`, from X-Amz-Date or else Date. */
  readonly timestamp: string
  /** The same in milliseconds since the epoch. */
  readonly signedAt: number
}

/** @throws Refusal MissingAuthenticationToken, IncompleteSignature or SignatureDoesNotMatch */
export function readAuthorization(request: SignedRequest): Authorization {
  const header = headerValue(request, 'authorization')?.trim()
  if (!header?.startsWith('AWS4-')) throw missingAuthentication()
  const [algorithm = '', ...rest] = header.split(/\s+/)
  if (algorithm !== ALGORITHM) throw incompleteSignature(`Unsupported AWS 'algorithm': '${algorithm}'.`)
  const fields = readFields(rest.join(' '), header)
  const timestamp = readTimestamp(request)
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => !fields.get(name))
    .map((name) => `Authorization header requires '${name}' parameter.`)
  if (!timestamp) missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.")
  if (missing.length > 0 || !timestamp)
    throw incompleteSignature(
      `${missing.join(' ')} (Hashed with SHA-256 and encoded with Base64) ${describeHash(header)}`,
    )
  const signedHeaders = (fields.get('SignedHeaders') ?? '').toLowerCase().split(';').sort()
  if (!signedHeaders.includes('host'))
    throw signatureDoesNotMatch("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.")
  return {
    ...readScope(fields.get('Credential') ?? '', timestamp.text),
    signedHeaders,
    signature: fields.get('Signature') ?? '',
    timestamp: timestamp.text,
    signedAt: timestamp.ms,
  }
}

function readFields(text: string, header: string): Map<string, string> {
  const fields = new Map<string, string>()
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (part === '') continue
    const equals = part.indexOf('=')
    if (equals <= 0)
      throw incompleteSignature(
        `'${part}' not a valid key=value pair (missing equal-sign) in Authorization header ` +
          `(hashed with SHA-256 and encoded with Base64): ${describeHash(header)}.`,
      )
    fields.set(part.slice(0, equals), part.slice(equals + 1))
  }
  return fields
}

/** AWS no longer repeats the header itself, only its hash. */
function describeHash(header: string): string {
  return `Authorization='${createHash('sha256').update(header).digest('base64')}'`
}

function readScope(credential: string, timestamp: string) {
  const parts = credential.split('/')
  if (parts.length !== 5)
    throw incompleteSignature(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credential}'`,
    )
  const [accessKeyId = '', date = '', region = '', service = '', terminator = ''] = parts
  if (terminator !== 'aws4_request')
    throw signatureDoesNotMatch(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${terminator}'.`,
    )
  if (date !== timestamp.slice(0, 8))
    throw signatureDoesNotMatch(
      'Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: ' +
        `'${date}' != '${timestamp.slice(0, 8)}', from '${timestamp}'.`,
    )
  return { accessKeyId, date, region, service }
}

function readTimestamp(request: SignedRequest): { text: string; ms: number } | undefined {
  const amzDate = headerValue(request, 'x-amz-date')
  if (amzDate !== undefined) {
    const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(amzDate.trim())
    if (!match) return undefined
    const [text, year, month, day, hour, minute, second] = match
    const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
    return Number.isNaN(ms) ? undefined : { text, ms }
  }
  const ms = Date.parse(headerValue(request, 'date') ?? '')
  return Number.isNaN(ms) || ms < 0 || ms > MAX_TIMESTAMP ? undefined : { text: formatAmzDate(ms), ms }
}

/** The year 9999, the last one the format can write. */
const MAX_TIMESTAMP = 253_402_300_799_000

/** `20261124T144203Z` */
export function formatAmzDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, '')
}

/** The value of the first header of that lower-case name. */
export function headerValue(request: SignedRequest, name: string): string | undefined {
  return request.headers.find(([header]) => header.toLowerCase() === name)?.[1]
}

/** The signature, in lower-case hex, that `secret` gives this request under what its header says. */
export function computeSignature(request: SignedRequest, authorization: Authorization, secret: string): string {
  const { date, region, service, timestamp } = authorization
  const scope = `${date}/${region}/${service}/aws4_request`
  const hash = createHash('sha256').update(canonicalRequest(request, authorization.signedHeaders)).digest('hex')
  const key = [date, region, service, 'aws4_request'].reduce<Buffer>(hmac, Buffer.from(`AWS4${secret}`))
  return hmac(key, [ALGORITHM, timestamp, scope, hash].join('\n')).toString('hex')
}

/** The canonical request. The body's hash is computed here: what x-amz-content-sha256 claims does not count. */
function canonicalRequest(request: SignedRequest, signedHeaders: readonly string[]): string {
  const { path, query } = splitTarget(request.target)
  const headers = signedHeaders.map((name) => `${name}:${canonicalHeader(request, name)}\n`)
  return [
    request.method,
    canonicalPath(path),
    canonicalQuery(query),
    headers.join(''),
    signedHeaders.join(';'),
    createHash('sha256').update(request.body).digest('hex'),
  ].join('\n')
}

function canonicalHeader(request: SignedRequest, name: string): string {
  return request.headers
    .filter(([header]) => header.toLowerCase() === name)
    .map(([, value]) => value.trim().replace(/\s+/g, ' '))
    .join(',')
}

/** Dot segments and double slashes resolved, then encoded once more: every service but S3 signs paths so. */
function canonicalPath(path: string): string {
  const segments: string[] = []
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '' && segment !== '.') segments.push(encode(Buffer.from(segment)))
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : ''
  return `/${segments.join('/')}${end}`
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=')
      const name = equals < 0 ? pair : pair.slice(0, equals)
      return [reencode(name), reencode(equals < 0 ? '' : pair.slice(equals + 1))] as const
    })
    .sort(([nameA, valueA], [nameB, valueB]) => compare(nameA, nameB) || compare(valueA, valueB))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** Brings any percent-encoding to the one of RFC 3986; a stray `%` stands for itself. */
function reencode(text: string): string {
  const bytes = text
    .split(/(%[0-9a-fA-F]{2})/)
    .map((piece) =>
      /^%[0-9a-fA-F]{2}$/.test(piece) ? Buffer.from(piece.slice(1), 'hex') : Buffer.from(piece.replaceAll('+', ' ')),
    )
  return encode(Buffer.concat(bytes))
}

function encode(bytes: Buffer): string {
  return [...bytes]
    .map((byte) => {
      const character = String.fromCharCode(byte)
      return /[A-Za-z0-9._~-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
    })
    .join('')
}

/** Order of the bytes; both sides are ASCII by now. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
