/** The state of every role and identity, as lists show it, from the store alone. */
import { isHallpassError } from '#shared/errors.ts'
import type { SessionState, SessionSummary } from '#shared/models.ts'
import { mfaSourceOf } from '../mfa/mfa-source.ts'
import { type Target, targetByKey, targetKey, targetName } from '../names.ts'
import type { SealedSession, Store } from '../store/types.ts'
import type { SessionCache } from './cache.ts'
import { type Chain, callerChain, chainWantsMfa, resolveChain } from './chain.ts'
import { fitsMfaSession } from './mfa-session.ts'

export interface TargetState {
  readonly state: SessionState
  /** Of the live or the lapsed session; null when there is none. */
  readonly expiresAt: string | null
}

export interface SessionStates {
  /**
   * By target key (`role:<id>`, `identity:<id>`), without touching the vault. `active`: a live session of the settings
   * as they are; `expired`: it has lapsed; `needs-mfa`: none, and starting it asks a person for a code; `inactive`: none.
   */
  states(targets?: readonly Target[]): Map<string, TargetState>
}

/**
 * @param now milliseconds since the epoch
 * @param targets all when left out
 */
export function listStates(
  store: Store,
  cache: SessionCache,
  now: number,
  targets: readonly Target[] = allTargets(store),
): Map<string, TargetState> {
  const rows = new Map(store.sessions.list().map((row) => [row.key, row]))
  const asking = new Set(store.identities.list().flatMap(({ id }) => (mfaSourceOf(store, id) === 'prompt' ? [id] : [])))
  return new Map(targets.map((target) => [target.key, stateOf(store, cache, target, rows, asking, now)]))
}

function allTargets(store: Store): Target[] {
  return [
    ...store.roles.list().map((role): Target => ({ kind: 'role', role, key: targetKey('role', role.id) })),
    ...store.identities
      .list()
      .map((identity): Target => ({ kind: 'identity', identity, key: targetKey('identity', identity.id) })),
  ]
}

/** The sessions of targets that are still there. @param now AWS's time, milliseconds since the epoch */
export function listSessions(store: Store, now: number): SessionSummary[] {
  return store.sessions.list().flatMap((row): SessionSummary[] => {
    const target = targetByKey(store, row.key)
    if (!target) return []
    return [
      {
        name: targetName(target),
        kind: target.kind,
        accountId: target.kind === 'role' ? target.role.accountId : target.identity.accountId,
        assumedRoleArn: row.assumedRoleArn,
        accessKeyId: row.accessKeyId,
        obtainedAt: new Date(row.obtainedAt).toISOString(),
        expiresAt: new Date(row.expiresAt).toISOString(),
        state: row.expiresAt > now ? 'active' : 'expired',
      },
    ]
  })
}

function stateOf(
  store: Store,
  cache: SessionCache,
  target: Target,
  rows: ReadonlyMap<string, SealedSession>,
  /** Identities whose codes a person gives. */
  asking: ReadonlySet<string>,
  now: number,
): TargetState {
  const chain = chainOrNone(store, target)
  if (!chain) return { state: 'inactive', expiresAt: null }
  const mfa = chainWantsMfa(chain)
  const row = cache.peek(chain, mfa, rows)
  if (row) {
    return { state: row.expiresAt > now ? 'active' : 'expired', expiresAt: new Date(row.expiresAt).toISOString() }
  }
  const asks = mfa && asking.has(chain.identity.id) && !hasLiveCaller(cache, chain, rows, now)
  return { state: asks ? 'needs-mfa' : 'inactive', expiresAt: null }
}

/**
 * Whether the code has been given already: a role before the last has a live session, or the identity has one that the
 * first role may start from.
 */
export function hasLiveCaller(
  cache: SessionCache,
  chain: Chain,
  rows: ReadonlyMap<string, SealedSession> | undefined,
  now: number,
): boolean {
  if (chain.roles.length === 0) return false
  const serves = (caller: Chain) => (cache.peek(caller, true, rows)?.expiresAt ?? 0) > now
  let caller = callerChain(chain)
  for (; caller.roles.length > 0; caller = callerChain(caller)) if (serves(caller)) return true
  return fitsMfaSession(chain) && serves(caller)
}

/** A broken chain is the detail view's to report; a list shows such a role as not started. */
function chainOrNone(store: Store, target: Target): Chain | undefined {
  try {
    return resolveChain(store, target)
  } catch (error) {
    if (isHallpassError(error)) return undefined
    throw error
  }
}
