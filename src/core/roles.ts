/** Roles: the records behind `hallpass role` and the app's list. Names are shared with identities. */
import { randomUUID } from 'node:crypto'
import { parseRoleArn } from '#shared/arn.ts'
import { HallpassError } from '#shared/errors.ts'
import type { RoleDetail } from '#shared/ipc.ts'
import {
  type ChainHop,
  newRoleSchema,
  type Role,
  type RoleSettings,
  type RoleSummary,
  roleEditSchema,
  roleSettingsSchema,
  type SourceRef,
} from '#shared/models.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import type { Clock } from './capabilities.ts'
import type { RoleService } from './hallpass.ts'
import { parseInput } from './input.ts'
import { findRole, findTarget, targetKey } from './names.ts'
import { createRoleList } from './role-list.ts'
import { roleRow, roleSummary } from './role-rows.ts'
import type { SessionEngine } from './sessions/index.ts'
import type { OwnedProfileRecord, Store } from './store/types.ts'
import { updateOrRevert } from './update.ts'

export interface RoleServiceParts {
  readonly store: Store
  readonly clock: Clock
  /** AWS's; this computer's when absent. */
  readonly awsClock?: Clock
  readonly sessions: SessionEngine
  /** Removes the profiles of a target key and forgets its session. */
  readonly release: (targetKey: string) => Promise<void>
  /** Brings sessions and profiles in step with a target that was edited. */
  readonly settle: (targetKey: string) => Promise<void>
  /** The profile written for each target. */
  readonly written: () => ReadonlyMap<string, OwnedProfileRecord>
}

/** Builds the role service on the store; what else must go with a role goes through `release`. */
export function createRoleService(parts: RoleServiceParts): RoleService {
  const { store, clock, awsClock = clock, sessions, release, settle, written } = parts
  const roleList = createRoleList({ store, clock: awsClock, sessions, written })

  function sourceRef(from: string, self?: Role): SourceRef {
    const target = findTarget(store, from)
    if (target.kind === 'identity') return { kind: 'identity', id: target.identity.id, name: target.identity.name }
    if (self) refuseCycle(store, self, target.role)
    return { kind: 'role', id: target.role.id, name: target.role.name }
  }

  function listed<T extends RoleSummary>(toRow: (role: Role, summary: RoleSummary) => T): T[] {
    const roles = store.roles.list()
    const states = sessions.statesOf(roles)
    const profiles = written()
    return roles.map((role) => {
      const key = targetKey('role', role.id)
      return toRow(role, roleSummary(role, profiles.get(key), states.get(key)))
    })
  }

  return {
    add(input) {
      const { name, arn, from, ...settings } = parseInput(newRoleSchema, input)
      const role: Role = {
        id: randomUUID(),
        name,
        ...roleArnParts(arn, settings),
        source: sourceRef(from),
        settings,
        createdAt: new Date(clock()).toISOString(),
      }
      store.roles.insert(role)
      return role
    },

    list: () => listed((_role, summary) => summary),

    rows() {
      const accounts = new Map(store.accounts.list().map((account) => [account.accountId, account]))
      const uses = new Map(store.roleUse.list().map((use) => [use.roleId, use]))
      return listed((role, summary) => roleRow(summary, accounts.get(role.accountId), uses.get(role.id)))
    },

    startList: roleList.start,
    listPage: roleList.page,
    listChanges: roleList.changes,

    pin: (name, pinned) => store.roleUse.pin(findRole(store, name).id, pinned),

    show(name): RoleDetail {
      const role = findRole(store, name)
      const key = targetKey('role', role.id)
      return {
        role,
        summary: roleRow(
          roleSummary(role, written().get(key), sessions.statesOf([role]).get(key)),
          store.accounts.get(role.accountId),
          store.roleUse.get(role.id),
        ),
        chain: chainOf(store, role),
        session: sessions.list().find((session) => session.kind === 'role' && session.name === role.name) ?? null,
        duration: sessions.durationLimits({ kind: 'role', role, key }),
      }
    },

    async edit(name, edit) {
      const current = findRole(store, name)
      const { name: newName, arn, from, ...changes } = parseInput(roleEditSchema, edit)
      const merged = Object.entries({ ...current.settings, ...changes }).filter(([, value]) => value != null)
      const settings = parseInput(roleSettingsSchema, Object.fromEntries(merged))
      const role: Role = {
        ...current,
        name: newName ?? current.name,
        ...roleArnParts(arn ?? current.arn, settings),
        source: from === undefined ? current.source : sourceRef(from, current),
        settings,
      }
      await updateOrRevert(store.roles, current, role, () => settle(targetKey('role', role.id)))
      return role
    },

    async remove(name) {
      const role = findRole(store, name)
      const [dependant] = store.roles.bySource(role.id)
      if (dependant) {
        throw new HallpassError('record.in-use', `${dependant.name} is assumed from ${role.name}.`, {
          hint: `Remove ${dependant.name} first, or assume it from elsewhere.`,
        })
      }
      await release(targetKey('role', role.id))
      store.roles.remove(role.id)
    },
  }
}

/** The way from the stored key to `role`, origin first. */
export function chainOf(store: Store, role: Role): ChainHop[] {
  const hops: ChainHop[] = []
  const seen = new Set<string>()
  let current: Role | undefined = role
  while (current && !seen.has(current.id)) {
    seen.add(current.id)
    hops.unshift({ kind: 'role', name: current.name, accountId: current.accountId, mfa: current.settings.mfa })
    const { kind, id }: SourceRef = current.source
    if (kind === 'identity') {
      const identity = store.identities.byId(id)
      if (identity) hops.unshift({ kind, name: identity.name, accountId: identity.accountId, mfa: false })
      break
    }
    current = store.roles.byId(id)
  }
  return hops
}

function refuseCycle(store: Store, self: Role, source: Role): void {
  let current: Role | undefined = source
  const seen = new Set<string>()
  while (current && !seen.has(current.id)) {
    if (current.id === self.id) {
      throw new HallpassError(
        'chain.cycle',
        `${self.name} can’t be assumed from ${source.name}: that leads back to itself.`,
      )
    }
    seen.add(current.id)
    current = current.source.kind === 'role' ? store.roles.byId(current.source.id) : undefined
  }
}

function roleArnParts(arn: string, settings: RoleSettings) {
  const parsed = parseRoleArn(arn)
  if (!parsed) throw new HallpassError('input.invalid', `${arn} is not a role ARN.`)
  if (settings.region && partitionOfRegion(settings.region)?.id !== parsed.partition) {
    throw new HallpassError(
      'input.invalid',
      `region: ${settings.region} is not in the partition of the role (${parsed.partition}). Credentials never cross partitions.`,
    )
  }
  return { arn, ...parsed }
}
