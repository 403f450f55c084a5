/**
 * Sealing of cached sessions: AES-256-GCM, a fresh nonce each time, bound to the cache key and fingerprint.
 * A blob that was tampered with, moved to another row, or sealed with a lost key reads as absent, never as an error.
 */
import type { SessionCredentials } from '#shared/sessions.ts'
import { openBox, sealBox } from '../sealed-box.ts'

/** What a sealed session holds; times are AWS's own, so that an edited row can't stretch them. */
export interface CachedSession {
  readonly credentials: SessionCredentials
  /** Milliseconds since the epoch. */
  readonly obtainedAt: number
}

/** What a blob is bound to. */
export interface SealContext {
  readonly key: string
  readonly fingerprint: string
}

// Layout: version (1) | box. A new layout gets a new version, and old blobs lapse.
const VERSION = 1
const OPTIONAL = ['accountId', 'roleArn', 'assumedRoleArn', 'region'] as const

/** Seals a session with a key of 32 bytes. */
export function sealSession(sealKey: Uint8Array, context: SealContext, session: CachedSession): Uint8Array {
  const box = sealBox(sealKey, boundTo(context), JSON.stringify(session))
  return new Uint8Array(Buffer.concat([Buffer.of(VERSION), box]))
}

/** @returns `undefined` for anything not sealed by `sealSession` with this key and context */
export function unsealSession(
  sealKey: Uint8Array,
  context: SealContext,
  sealed: Uint8Array,
): CachedSession | undefined {
  if (sealed[0] !== VERSION) return undefined
  const body = openBox(sealKey, boundTo(context), sealed.subarray(1))
  try {
    return body && readContent(JSON.parse(body.toString('utf8')))
  } catch {
    return undefined
  }
}

/** Checked by hand: this is on the way every AWS tool waits for, and a schema library takes longer to load than to run. */
function readContent(content: unknown): CachedSession | undefined {
  if (typeof content !== 'object' || content === null) return undefined
  const { credentials, obtainedAt } = content as Record<string, unknown>
  if (typeof obtainedAt !== 'number' || typeof credentials !== 'object' || credentials === null) return undefined
  const fields = credentials as Record<string, unknown>
  const text = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined)
  const textOrNull = (name: string) => (fields[name] === null ? null : text(name))
  const accessKeyId = text('accessKeyId')
  const secretAccessKey = text('secretAccessKey')
  const sessionToken = text('sessionToken')
  const expiration = new Date(text('expiration') ?? '')
  if (!accessKeyId || !secretAccessKey || !sessionToken || Number.isNaN(expiration.getTime())) return undefined
  const [accountId, roleArn, assumedRoleArn, region] = OPTIONAL.map(textOrNull)
  if (accountId === undefined || roleArn === undefined || assumedRoleArn === undefined || region === undefined) {
    return undefined
  }
  const known = { accessKeyId, secretAccessKey, sessionToken, expiration, accountId, roleArn, assumedRoleArn, region }
  return { credentials: known, obtainedAt }
}

function boundTo({ key, fingerprint }: SealContext): string {
  return `${key}\n${fingerprint}`
}
