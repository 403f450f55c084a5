/** Records what happens to sessions: what AWS issued or refused, what ended, and who was handed credentials. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { isHallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { FederationCalls, StsCalls } from '../aws/index.ts'
import type { Clock } from '../capabilities.ts'
import { findTarget, type Target, targetByKey, targetKey } from '../names.ts'
import type { Origins } from '../sessions/origins.ts'
import type { SessionService } from '../sessions/service.ts'
import type { Store } from '../store/types.ts'
import type { ActivityLog } from './activity-log.ts'
import { onBehalfOf } from './asker.ts'
import { type Facts, factsOf } from './facts.ts'

/** The name of what is being started read-only: such a session renews no other. */
const readOnly = new AsyncLocalStorage<string>()

/** Credentials are handed out only once that is recorded. */
export function recordSessions<S extends Pick<SessionService, 'credentials'>>(
  sessions: S,
  store: Store,
  activity: Pick<ActivityLog, 'record'>,
): S {
  return {
    ...sessions,
    credentials(name, { use = { how: 'other' }, ...options } = {}) {
      return onBehalfOf(use.asker, async () => {
        const facts = factsOf(findTarget(store, name))
        const ask = () => sessions.credentials(name, options)
        const credentials = await (options.readOnly ? readOnly.run(facts.name ?? '', ask) : ask())
        if (use.how === 'start') return credentials
        const draft = {
          kind: 'credentials.issued' as const,
          ...facts,
          accountId: credentials.accountId ?? facts.accountId ?? null,
          accessKeyId: credentials.accessKeyId,
          how: use.how,
          form: use.form ?? null,
          detail: options.readOnly ? { readOnly: 'yes' } : {},
        }
        // What AWS tools ask for before every command; without an agent, too, it does not wait for the disk.
        await activity.record(draft, use.how === 'credential-process' ? 'soon' : 'synced')
        return credentials
      })
    },
  }
}

/** Records every session AWS issues before anybody uses it, and every refusal of one. */
function watchIssues(store: Store, activity: Pick<ActivityLog, 'record' | 'note'>, clock: Clock) {
  return async <T extends { readonly accessKeyId: string; readonly expiration: Date }>(
    name: string,
    call: () => Promise<T>,
  ): Promise<T> => {
    const target = quietTarget(store, name)
    const facts: Facts = target ? factsOf(target) : { name }
    const isReadOnly = readOnly.getStore() === name
    const live = target !== undefined && (store.sessions.get(target.key)?.expiresAt ?? 0) > clock()
    const detail: Record<string, string> = isReadOnly ? { readOnly: 'yes' } : {}
    try {
      const issued = await call()
      const kind = live && !isReadOnly ? 'session.renewed' : 'session.started'
      const expires = issued.expiration.toISOString()
      const { accessKeyId } = issued
      // Whoever is given it is recorded next.
      await activity.record({ kind, ...facts, accessKeyId, detail: { ...detail, expires } }, 'followed')
      return issued
    } catch (error) {
      if (isHallpassError(error) && error.exitCode === 4)
        await activity.note({ kind: 'session.refused', ...facts, detail: { ...detail, code: error.code } })
      throw error
    }
  }
}

/** Sessions that STS gives. */
export function recordSts(
  sts: StsCalls,
  store: Store,
  activity: Pick<ActivityLog, 'record' | 'note'>,
  clock: Clock,
): StsCalls {
  const watch = watchIssues(store, activity, clock)
  return {
    getCallerIdentity: (credentials, about) => sts.getCallerIdentity(credentials, about),
    assumeRole: (call, request) => watch(call.target, () => sts.assumeRole(call, request)),
    getSessionToken: (call, request) => watch(call.target, () => sts.getSessionToken(call, request)),
  }
}

/** Sessions that Identity Center gives. What a profile gives is recorded where it is handed out, or signs. */
export function recordOrigins<O extends Pick<Origins, 'permissionSet'>>(
  origins: O,
  store: Store,
  activity: Pick<ActivityLog, 'record' | 'note'>,
  clock: Clock,
): O {
  const watch = watchIssues(store, activity, clock)
  return {
    ...origins,
    permissionSet: (identity, role) => watch(role.name, () => origins.permissionSet(identity, role)),
  }
}

/** A user's session for the console is recorded like any other; it is kept nowhere, and renews none. */
export function recordFederation(
  sts: FederationCalls,
  store: Store,
  activity: Pick<ActivityLog, 'record' | 'note'>,
): FederationCalls {
  return {
    async getFederationToken(call, request) {
      const target = quietTarget(store, call.target)
      const facts: Facts = target ? factsOf(target) : { name: call.target }
      const detail = { call: 'GetFederationToken' }
      try {
        const issued = await sts.getFederationToken(call, request)
        await activity.record({ kind: 'session.started', ...facts, accessKeyId: issued.accessKeyId, detail })
        return issued
      } catch (error) {
        if (isHallpassError(error) && error.exitCode === 4)
          await activity.note({ kind: 'session.refused', ...facts, detail: { ...detail, code: error.code } })
        throw error
      }
    },
  }
}

/** What the session engine tells of sessions that end; one that is not stored any more has been recorded. */
export function recordEnds(
  store: Store,
  activity: Pick<ActivityLog, 'note'>,
  follow: (key: string, credentials: SessionCredentials | null) => Promise<void>,
): (key: string, credentials: SessionCredentials | null) => Promise<void> {
  return async (key, credentials) => {
    await follow(key, credentials)
    if (!credentials) await noteEnd(store, activity, key)
  }
}

/** Records the end of a session that is about to be removed, if there is one. */
export async function noteEnd(store: Store, activity: Pick<ActivityLog, 'note'>, key: string): Promise<void> {
  const row = store.sessions.get(key)
  if (!row) return
  const target = targetByKey(store, key)
  await activity.note({
    kind: 'session.ended',
    ...(target ? factsOf(target) : { target: key }),
    accessKeyId: row.accessKeyId,
  })
}

function quietTarget(store: Store, name: string): Target | undefined {
  const role = store.roles.byName(name)
  if (role) return { kind: 'role', role, key: targetKey('role', role.id) }
  const identity = store.identities.byName(name)
  return identity && { kind: 'identity', identity, key: targetKey('identity', identity.id) }
}
