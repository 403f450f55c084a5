/** Puts the services of identities, roles and accounts together, with what follows where one of them changes or goes. */
import { type AccountService, createAccountService } from './accounts.ts'
import type { ActivityLog } from './activity/index.ts'
import { recordAccounts, recordAddedRole, recordIdentities, recordRoles } from './activity/record-services.ts'
import { noteEnd } from './activity/record-sessions.ts'
import type { StsCalls } from './aws/index.ts'
import type { Clock } from './capabilities.ts'
import { createIdentityService, type IdentityOrigins, type IdentityService } from './identities.ts'
import { createGivenRoles, type GivenRoles } from './identity-center/given-roles.ts'
import { targetsFrom } from './names.ts'
import { practiceIdentities } from './practice/guards.ts'
import type { Profiles } from './profiles.ts'
import { createManyEdits } from './role-edits.ts'
import { createRoleService, type RoleService } from './roles.ts'
import type { SessionEngine } from './sessions/index.ts'
import type { Store } from './store/types.ts'
import type { Vault } from './vault/types.ts'

export interface RecordsParts {
  readonly store: Store
  readonly vault: Vault
  readonly sts: StsCalls
  readonly origins: IdentityOrigins
  readonly sessions: SessionEngine
  readonly profiles: Profiles
  readonly activity: ActivityLog
  readonly isPractice: boolean
  /** This computer's clock. */
  readonly clock: Clock
  readonly awsClock: Clock
}

export interface AssembledRecords {
  readonly identities: IdentityService
  readonly roles: RoleService
  readonly givenRoles: GivenRoles
  readonly accounts: AccountService
  /** Forgets the session of a target key. */
  readonly endSession: (targetKey: string) => Promise<void>
  /** Forgets the sessions and profiles of target keys. */
  readonly release: (targetKeys: readonly string[]) => Promise<void>
  /** Brings sessions and profiles in step with a target that was edited. */
  readonly settle: (targetKey: string) => Promise<void>
}

export function assembleRecords(parts: RecordsParts): AssembledRecords {
  const { store, vault, sts, origins, sessions, profiles, activity, isPractice, clock, awsClock } = parts

  const endSession = async (key: string): Promise<void> => {
    await noteEnd(store, activity, key)
    store.sessions.remove(key)
  }
  const release = async (keys: readonly string[]): Promise<void> => {
    await profiles.removeAll(keys)
    const withSession = new Set(store.sessions.list().map(({ key }) => key))
    for (const key of keys) if (withSession.has(key)) await endSession(key)
  }
  const settle = async (key: string): Promise<void> => {
    await sessions.endStale()
    await profiles.refresh([key, ...targetsFrom(store, key)])
  }
  const plainIdentities = createIdentityService({
    store,
    vault,
    sts,
    clock,
    release: (key) => release([key]),
    settle,
    origins,
  })
  const identities = recordIdentities(isPractice ? practiceIdentities(plainIdentities) : plainIdentities, activity)
  const many = createManyEdits({
    store,
    profiles: profiles.many,
    followElsewhere: (keys) => profiles.refresh(keys, 'out-of-force'),
    endStale: () => sessions.endStale(),
    clock: awsClock,
  })
  const roles = createRoleService({
    store,
    clock,
    awsClock,
    sessions,
    release,
    settle,
    written: profiles.byTarget,
    isDefault: (key) => profiles.many.of(key)?.isDefault ?? false,
    many,
  })
  return {
    identities,
    roles: recordRoles(roles, store, activity),
    givenRoles: createGivenRoles({ store, identities, clock, onAdded: recordAddedRole(activity) }),
    accounts: recordAccounts(createAccountService(store), activity),
    endSession,
    release,
    settle,
  }
}
