/** Looks records up by the name a person typed, and suggests the nearest one when there is none. */
import { closest, distance } from 'fastest-levenshtein'
import { type ErrorCode, HallpassError } from '#shared/errors.ts'
import type { AccessKeyIdentity, Identity } from '#shared/identities.ts'
import type { Role } from '#shared/roles.ts'
import { NO_LIMIT } from './store/reading.ts'
import type { Store } from './store/types.ts'

/** An identity or a role, told apart. */
export type Target =
  | { readonly kind: 'identity'; readonly identity: Identity; readonly key: string }
  | { readonly kind: 'role'; readonly role: Role; readonly key: string }

/** The key sessions and profiles are stored under: `role:<id>` or `identity:<id>`. */
export function targetKey(kind: Target['kind'], id: string): string {
  return `${kind}:${id}`
}

/** @throws `identity.not-found` */
export function findIdentity(store: Store, name: string): Identity {
  const identity = store.identities.byName(name)
  if (identity) return identity
  throw notFound('identity.not-found', 'identity', name, store.identities.list(), 'hallpass identity list')
}

/** @throws `identity.not-found`, `identity.no-key` */
export function findKeyIdentity(store: Store, name: string): AccessKeyIdentity {
  return expectKey(findIdentity(store, name))
}

/** Whether it is a key that Hallpass keeps. */
export function hasKey<T extends Identity>(identity: T): identity is T & AccessKeyIdentity {
  return identity.kind === 'access-key'
}

/** What is done with a long-term key. @throws `identity.no-key` for a sign-in or a profile, which have none */
export function expectKey<T extends Identity>(identity: T): T & AccessKeyIdentity {
  if (hasKey(identity)) return identity
  const what = identity.kind === 'identity-center' ? 'a sign-in to Identity Center' : 'a profile of the AWS files'
  throw new HallpassError('identity.no-key', `${identity.name} is ${what}, and has no access key of its own.`, {
    hint: 'This takes an identity with an access key.',
  })
}

/**
 * Reads an identity again after something slow, to change it.
 * @throws `identity.not-found` when it was removed meanwhile
 */
export function currentIdentity<T extends Identity>(store: Store, { id, name, kind }: T): T {
  const identity = store.identities.byId(id)
  // An identity keeps its kind.
  if (identity?.kind === kind) return identity as T
  throw new HallpassError('identity.not-found', `${name} was removed meanwhile.`)
}

/** @throws `role.not-found` */
export function findRole(store: Store, name: string): Role {
  const role = store.roles.byName(name)
  if (role) return role
  throw notFound('role.not-found', 'role', name, store.roles.list(), 'hallpass role list')
}

/** A role or an identity of that name. @throws `role.not-found` */
export function findTarget(store: Store, name: string): Target {
  const target = targetNamed(store, name)
  if (target) return target
  const known = [...store.roles.list(), ...store.identities.list()]
  throw notFound('role.not-found', 'role or identity', name, known, 'hallpass role list and hallpass identity list')
}

/** What looking a name up needs of the store. */
export interface NameSource {
  readonly identities: Pick<Store['identities'], 'byName'>
  readonly roles: Pick<Store['roles'], 'byName'>
}

/** A role or an identity of that name, or `undefined`. */
export function targetNamed(store: NameSource, name: string): Target | undefined {
  const role = store.roles.byName(name)
  if (role) return { kind: 'role', role, key: targetKey('role', role.id) }
  const identity = store.identities.byName(name)
  return identity && { kind: 'identity', identity, key: targetKey('identity', identity.id) }
}

/** The target behind a stored key, or `undefined` when it is gone. */
export function targetByKey(store: Store, key: string): Target | undefined {
  const [kind, id = ''] = key.split(':')
  if (kind === 'role') {
    const role = store.roles.byId(id)
    return role && { kind: 'role', role, key }
  }
  const identity = store.identities.byId(id)
  return identity && { kind: 'identity', identity, key }
}

/** Keys of the roles that start from a target, however many roles lie between. */
export function targetsFrom(store: Store, key: string): string[] {
  const [, id = ''] = key.split(':')
  return store.rolePages.idsFrom(id, NO_LIMIT, false).map((roleId) => targetKey('role', roleId))
}

/** The display name of a target. */
export function targetName(target: Target): string {
  return target.kind === 'role' ? target.role.name : target.identity.name
}

function notFound(code: ErrorCode, what: string, name: string, known: { name: string }[], listCommand: string) {
  const guess = suggestName(
    name,
    known.map((record) => record.name),
  )
  const hint =
    known.length === 0
      ? 'There is none yet. They come with hallpass import aws-files, hallpass sso add, or hallpass identity add.'
      : guess
        ? `Did you mean ${guess}?`
        : `See ${listCommand}.`
  return new HallpassError(code, `There is no ${what} named ${name}.`, { hint })
}

/** The known name nearest to a mistyped one, or `undefined` when none is near. */
export function suggestName(typed: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined
  const lower = typed.toLowerCase()
  const prefixed = known.filter((name) => name.toLowerCase().startsWith(lower))
  if (prefixed.length === 1 && lower.length >= 3) return prefixed[0]
  const guess = closest(
    lower,
    known.map((name) => name.toLowerCase()),
  )
  const limit = Math.max(1, Math.floor(typed.length / 3))
  return distance(lower, guess) <= limit ? known.find((name) => name.toLowerCase() === guess) : undefined
}
