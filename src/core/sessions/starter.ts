/** New sessions: asks AWS, learns how long those of a role may last, stores what came, and tells of it. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { Clock, Log } from '../capabilities.ts'
import { targetByKey } from '../names.ts'
import type { Store } from '../store/types.ts'
import type { SessionCache } from './cache.ts'
import { type Chain, chainEnd } from './chain.ts'
import { endMark, type OnSession } from './endings.ts'
import { checkRequest, type Issue, type IssueRequest } from './issuer.ts'
import type { RoleLimits } from './role-limits.ts'
import type { CachedSession } from './seal.ts'
import type { Wish } from './wish.ts'

export interface StarterParts {
  readonly store: Store
  readonly cache: SessionCache
  readonly limits: RoleLimits
  readonly askAws: Issue
  readonly onSession: OnSession | undefined
  /** AWS's. */
  readonly clock: Clock
  readonly log: Log
}

export interface Starter {
  /** @throws what AWS would refuse for certain, before anybody is asked for a code */
  check(chain: Chain, wish: Wish): void
  /** As AWS gives it; nothing is stored but what it says of the role's longest session. */
  issue: Issue
  /** @throws `cancelled` when it was ended meanwhile */
  start(chain: Chain, wish: Wish): Promise<CachedSession>
}

export function createStarter(parts: StarterParts): Starter {
  const { store, cache, limits, askAws, onSession, clock, log } = parts

  /** The role and the seconds that AWS's answer says something about; a chained session's hour says nothing. */
  function lessonOf(chain: Chain, { durationSeconds }: IssueRequest) {
    const { role } = chainEnd(chain)
    const seconds = durationSeconds ?? role?.settings.durationSeconds
    return role && seconds !== undefined && chain.roles.length === 1 ? { role, seconds } : undefined
  }

  async function issue(chain: Chain, request: IssueRequest): Promise<SessionCredentials> {
    const lesson = lessonOf(chain, request)
    try {
      const credentials = await askAws(chain, request)
      if (lesson) limits.noteGranted(lesson.role, lesson.seconds)
      return credentials
    } catch (error) {
      if (lesson && isHallpassError(error, 'sts.duration-role-maximum'))
        limits.noteRefused(lesson.role, lesson.seconds, clock())
      throw error
    }
  }

  async function announce(key: string, credentials: SessionCredentials): Promise<void> {
    try {
      await onSession?.(key, credentials)
    } catch (error) {
      log.warn('A session started, but its profile could not be brought up to date.', {
        key,
        code: isHallpassError(error) ? error.code : 'internal',
      })
    }
  }

  return {
    check(chain, wish) {
      checkRequest(chain, wish)
      const lesson = lessonOf(chain, wish)
      if (lesson && !wish.renew) limits.check(lesson.role, lesson.seconds, clock())
    },

    issue,

    async start(chain, wish) {
      const { key, name } = chainEnd(chain)
      const mark = endMark(store, key)
      const credentials = await issue(chain, wish)
      const session = { credentials, obtainedAt: clock() }
      const sealKey = await wish.sealKey()
      // Lost with the power, it is asked for again.
      const options = { synced: false }
      store.transaction(() => {
        if (endMark(store, key) !== mark || !targetByKey(store, key)) throw endedMeanwhile(name)
        cache.write(sealKey, chain, wish.mfa, session)
      }, options)
      await announce(key, credentials)
      if (endMark(store, key) !== mark) {
        // Ended while its profile was written: the static keys that were just put there go again.
        await onSession?.(key, null)
        throw endedMeanwhile(name)
      }
      return session
    },
  }
}

function endedMeanwhile(name: string): HallpassError {
  return new HallpassError('cancelled', `${name} was ended while it was being started.`)
}
