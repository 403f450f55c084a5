/**
 * Credentials for one consumer over a long time: the session engine's, and ahead of time. The SDKs wait for an endpoint
 * no longer than a second or two, which a renewal may take.
 */
import { HallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import { FRESH_REMAINING, renewalTime, SHORT_LIFETIME } from '../sessions/cache.ts'
import type { CredentialsOptions, SessionService } from '../sessions/service.ts'

export interface CredentialsSource {
  /** @throws whatever the session service throws */
  credentials(): Promise<SessionCredentials>
  stop(): void
}

export interface CredentialsSourceOptions {
  readonly sessions: Pick<SessionService, 'credentials'>
  readonly name: string
  readonly asked: CredentialsOptions
  /** What the consumer starts with. */
  readonly first: SessionCredentials
  /** Told why a renewal failed, when nobody is told by an error: ahead of time, or with a session that still serves. */
  readonly onFailure?: (error: unknown) => void
}

/** Just past the moment the engine renews. Milliseconds. */
const MARGIN = 2_000

/**
 * Each set handed out is followed by one renewal when its time comes, and by no more until somebody asks again: a
 * command that no longer uses AWS costs no calls.
 */
export function createCredentialsSource(options: CredentialsSourceOptions): CredentialsSource {
  const { sessions, name, first, onFailure } = options
  // A code works once, and a person who wanted a new session has got it.
  const { mfaCode: _, renew: __, ...asked } = options.asked
  // Sessions limited to reading are nobody else's and in no cache: this is theirs.
  const held = asked.readOnly ? holdAlone(first, () => ask()) : undefined
  let timer: NodeJS.Timeout | undefined
  let stopped = false

  async function ask(use = asked.use): Promise<SessionCredentials> {
    const credentials = await sessions.credentials(name, { ...asked, byProgram: true, ...(use ? { use } : {}) })
    if (credentials.kept) onFailure?.(HallpassError.fromReport(credentials.kept))
    return credentials
  }

  function planRenewal({ expiration }: SessionCredentials): void {
    clearTimeout(timer)
    if (stopped) return
    const remaining = expiration.getTime() - Date.now()
    const wait = remaining > SHORT_LIFETIME ? remaining - FRESH_REMAINING : remaining * 0.8
    timer = setTimeout(() => void renewAhead(), Math.max(0, wait) + MARGIN).unref()
  }

  async function renewAhead(): Promise<void> {
    try {
      // Handed to nobody yet.
      await (held ? held() : ask({ how: 'start' }))
    } catch (error) {
      onFailure?.(error)
    }
  }

  planRenewal(first)
  return {
    async credentials() {
      const credentials = await (held ? held() : ask())
      planRenewal(credentials)
      return credentials
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** Keeps credentials until they are to be renewed; callers at once share one renewal; a failed one keeps what is valid. */
function holdAlone(
  first: SessionCredentials,
  renew: () => Promise<SessionCredentials>,
): () => Promise<SessionCredentials> {
  let held = first
  let obtainedAt = Date.now()
  let renewal: Promise<SessionCredentials> | undefined

  const isFresh = () => {
    const { accessKeyId, expiration } = held
    return Date.now() < renewalTime({ accessKeyId, obtainedAt, expiresAt: expiration.getTime() })
  }

  async function replace(): Promise<SessionCredentials> {
    try {
      held = await renew()
      obtainedAt = Date.now()
    } catch (error) {
      if (held.expiration.getTime() <= Date.now()) throw error
    }
    return held
  }

  return async () => {
    if (isFresh()) return held
    renewal ??= replace().finally(() => {
      renewal = undefined
    })
    return renewal
  }
}
