/** The state of every role and identity, as lists show it, from the store alone. */
import { isHallpassError } from '#shared/errors.ts'
import type { Role } from '#shared/roles.ts'
import type { SessionState, SessionSummary } from '#shared/sessions.ts'
import { mfaSourceOf } from '../mfa/mfa-source.ts'
import { type Target, targetByKey, targetKey, targetName } from '../names.ts'
import type { SealedSession, Store } from '../store/types.ts'
import type { SessionCache } from './cache.ts'
import { type Chain, type ChainSource, callerChain, chainWantsMfa, resolveChain } from './chain.ts'
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
  states(): Map<string, TargetState>
  /** The same, of these roles alone. */
  statesOf(roles: readonly Role[]): Map<string, TargetState>
}

/** @param now milliseconds since the epoch */
export function listStates(store: Store, cache: SessionCache, now: number): Map<string, TargetState> {
  const identities = store.identities.list()
  const targets = identities.map(
    (identity): Target => ({ kind: 'identity', identity, key: targetKey('identity', identity.id) }),
  )
  return statesOfTargets(store, cache, [...roleTargets(store.roles.list()), ...targets], now)
}

/** @param now milliseconds since the epoch */
export function listStatesOf(
  store: Store,
  cache: SessionCache,
  roles: readonly Role[],
  now: number,
): Map<string, TargetState> {
  return statesOfTargets(store, cache, roleTargets(roles), now)
}

function roleTargets(roles: readonly Role[]): Target[] {
  return roles.map((role): Target => ({ kind: 'role', role, key: targetKey('role', role.id) }))
}

/** Each record that chains pass is read once, however many chains there are. */
function statesOfTargets(
  store: Store,
  cache: SessionCache,
  targets: readonly Target[],
  now: number,
): Map<string, TargetState> {
  const rows = new Map(store.sessions.list().map((row) => [row.key, row]))
  const read: ChainSource = {
    identities: remembering(store.identities),
    roles: remembering(
      store.roles,
      targets.flatMap((target) => (target.kind === 'role' ? [target.role] : [])),
    ),
  }
  const sources = new Map<string, boolean>()
  const asks = (identityId: string): boolean => {
    const known = sources.get(identityId) ?? mfaSourceOf(store, identityId) === 'prompt'
    sources.set(identityId, known)
    return known
  }
  return new Map(targets.map((target) => [target.key, stateOf(read, cache, target, rows, asks, now)]))
}

function remembering<T extends { readonly id: string }>(
  table: { byId(id: string): T | undefined },
  known: readonly T[] = [],
): { byId(id: string): T | undefined } {
  const records = new Map<string, T | undefined>(known.map((record) => [record.id, record]))
  return {
    byId(id) {
      if (!records.has(id)) records.set(id, table.byId(id))
      return records.get(id)
    },
  }
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
  source: ChainSource,
  cache: SessionCache,
  target: Target,
  rows: ReadonlyMap<string, SealedSession>,
  /** Whether a person gives an identity's codes. */
  asksPerson: (identityId: string) => boolean,
  now: number,
): TargetState {
  const chain = chainOrNone(source, target)
  if (!chain) return { state: 'inactive', expiresAt: null }
  const mfa = chainWantsMfa(chain)
  const row = cache.peek(chain, mfa, rows)
  if (row) {
    return { state: row.expiresAt > now ? 'active' : 'expired', expiresAt: new Date(row.expiresAt).toISOString() }
  }
  const asks = mfa && asksPerson(chain.identity.id) && !hasLiveCaller(cache, chain, rows, now)
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
function chainOrNone(source: ChainSource, target: Target): Chain | undefined {
  try {
    return resolveChain(source, target)
  } catch (error) {
    if (isHallpassError(error)) return undefined
    throw error
  }
}
