/** Roles: the records behind `hallpass role` and the app's list. Names are shared with identities. */
import { randomUUID } from 'node:crypto'
import { parseRoleArn } from '#shared/arn.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Identity } from '#shared/identities.ts'
import type { RoleDetail } from '#shared/ipc.ts'
import type { RoleChange, RoleChangesPlan } from '#shared/role-changes.ts'
import type {
  RoleListChanges,
  RoleListStart,
  RoleListVersion,
  RolePage,
  RoleRow,
  RoleSummary,
} from '#shared/role-list.ts'
import {
  type NewRole,
  newRoleSchema,
  type Role,
  type RoleEdit,
  type RoleSettings,
  roleEditSchema,
  roleSettingsSchema,
  type SourceRef,
} from '#shared/roles.ts'
import type { Settings } from '#shared/settings.ts'
import { accountOf, environmentOf } from './accounts.ts'
import type { Clock } from './capabilities.ts'
import { givesPermissionSets, isFromCenter, refuseAssumeRoleSettings } from './identity-center/permission-set.ts'
import { parseInput } from './input.ts'
import { findRole, findTarget, targetByKey, targetKey } from './names.ts'
import { chainOf, refuseCycle } from './role-chain.ts'
import type { ManyEdits } from './role-edits.ts'
import { createRoleList } from './role-list.ts'
import { refuseForeignRegion } from './role-region.ts'
import { inUse, type KeptRole, removeRoles } from './role-removals.ts'
import { roleRow, roleSummary } from './role-rows.ts'
import type { PromptLabel } from './session-mark.ts'
import type { SessionEngine } from './sessions/index.ts'
import type { AccountRecord, OwnedProfileRecord, Store } from './store/types.ts'
import { updateOrRevert } from './update.ts'

export interface RoleService {
  add(input: NewRole): Role
  list(): RoleSummary[]
  /** The same with what the person made of them. */
  rows(): RoleRow[]
  /** The rows of those that were used, are pinned or have a session: few, however many roles there are. */
  attended(): RoleRow[]
  /** For a reader that keeps a copy of the list: its first rows in that order, and every role with a live session. */
  startList(order: Pick<Settings, 'groupRolesBy' | 'sortRolesBy'>): RoleListStart
  /** The roles after that name, by name ignoring case; from the first with null. */
  listPage(after: string | null): RolePage
  /** What has changed, here or in another process, since a copy of that version was read. */
  listChanges(since: RoleListVersion): RoleListChanges
  show(name: string): RoleDetail
  /** What a shell's prompt says of the role of that name; of an identity, which has no environment, the name alone. */
  promptLabel(name: string): PromptLabel
  pin(name: string, pinned: boolean): void
  /** Its profile follows; a session of other settings ends. @throws `name.taken`, `chain.cycle`, `file.*` */
  edit(name: string, edit: RoleEdit): Promise<Role>
  /** What `editMany` would do, touching nothing. */
  planMany(changes: readonly RoleChange[]): Promise<RoleChangesPlan>
  /**
   * Changes several roles: all of it, or nothing.
   * @returns the changes that bring back exactly what was, sessions aside
   * @throws `role.not-found`, `input.invalid`, `profile.in-use`, `profile.not-owned`, `file.*`
   */
  editMany(changes: readonly RoleChange[]): Promise<RoleChange[]>
  /** Ends its session and removes its profile. @throws `record.in-use` while another role is assumed from it */
  remove(name: string): Promise<void>
  /**
   * The same for several; their profiles go as one edit of the AWS files.
   * @returns those that stay, because others are assumed from them
   * @throws `role.not-found`, `file.*`, `vault.*`: then no role has gone
   */
  removeMany(names: readonly string[]): Promise<KeptRole[]>
}

export interface RoleServiceParts {
  readonly store: Store
  readonly clock: Clock
  /** AWS's; this computer's when absent. */
  readonly awsClock?: Clock
  readonly sessions: SessionEngine
  /** Removes the profiles of targets and forgets their sessions. */
  readonly release: (targetKeys: readonly string[]) => Promise<void>
  /** Brings sessions and profiles in step with a target that was edited. */
  readonly settle: (targetKey: string) => Promise<void>
  /** The profile written for each target. */
  readonly written: () => ReadonlyMap<string, OwnedProfileRecord>
  /** Whether `[default]` is a target's. */
  readonly isDefault: (targetKey: string) => boolean
  readonly many: ManyEdits
}

/** Builds the role service on the store; what else must go with a role goes through `release`. */
export function createRoleService(parts: RoleServiceParts): RoleService {
  const { store, clock, awsClock = clock, sessions, release, settle, written, many } = parts
  const roleList = createRoleList({ store, clock: awsClock, sessions, written })

  function sourceRef(from: string, self?: Role): SourceRef {
    const target = findTarget(store, from)
    if (target.kind === 'identity') {
      const { identity } = target
      if (givesPermissionSets(identity) && self?.source.id !== identity.id) throw notAssumable(identity)
      return { kind: 'identity', id: identity.id, name: identity.name }
    }
    if (self) refuseCycle(store, self, target.role)
    return { kind: 'role', id: target.role.id, name: target.role.name }
  }

  function listed<T extends RoleSummary>(
    roles: readonly Role[],
    toRow: (role: Role, summary: RoleSummary, account: AccountRecord | undefined) => T,
  ): T[] {
    const states = sessions.statesOf(roles)
    const profiles = written()
    const accounts = new Map(store.accounts.list().map((account) => [account.accountId, account]))
    return roles.map((role) => {
      const key = targetKey('role', role.id)
      const account = accounts.get(role.accountId)
      return toRow(role, roleSummary(role, profiles.get(key), states.get(key), account), account)
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

    list: () => listed(store.roles.list(), (_role, summary) => summary),

    rows() {
      const uses = new Map(store.roleUse.list().map((use) => [use.roleId, use]))
      return listed(store.roles.list(), (role, summary, account) => roleRow(summary, account, uses.get(role.id)))
    },

    promptLabel(name) {
      const role = store.roles.byName(name)
      if (!role) return { name, environment: null }
      const account = accountOf(role.accountId, store.accounts)
      return { name: role.name, environment: environmentOf(role.settings.environment, account) }
    },

    attended() {
      const uses = new Map(store.roleUse.list().map((use) => [use.roleId, use]))
      const keys = new Set([...uses.keys()].map((id) => targetKey('role', id)))
      for (const { key } of store.sessions.list()) keys.add(key)
      const targets = [...keys].map((key) => targetByKey(store, key))
      const roles = targets.flatMap((target) => (target?.kind === 'role' ? [target.role] : []))
      return listed(roles, (role, summary, account) => roleRow(summary, account, uses.get(role.id)))
    },

    startList: roleList.start,
    listPage: roleList.page,
    listChanges: roleList.changes,

    pin: (name, pinned) => store.roleUse.pin(findRole(store, name).id, pinned),

    show(name): RoleDetail {
      const role = findRole(store, name)
      const key = targetKey('role', role.id)
      const account = accountOf(role.accountId, store.accounts)
      return {
        role,
        summary: roleRow(
          roleSummary(role, written().get(key), sessions.statesOf([role]).get(key), account),
          account,
          store.roleUse.get(role.id),
        ),
        account,
        isDefault: parts.isDefault(key),
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
      const isPermissionSet = isFromCenter(store, current)
      if (isPermissionSet) refusePermissionSetEdit(current, settings, { arn, from })
      const role: Role = {
        ...current,
        name: newName ?? current.name,
        ...(isPermissionSet ? {} : roleArnParts(arn ?? current.arn, settings)),
        source: from === undefined ? current.source : sourceRef(from, current),
        settings,
      }
      await updateOrRevert(store.roles, current, role, () => settle(targetKey('role', role.id)))
      return role
    },

    planMany: (changes) => many.plan(changes),
    editMany: (changes) => many.edit(changes),

    async remove(name) {
      const role = findRole(store, name)
      const [dependant] = store.roles.bySource(role.id)
      if (dependant) throw inUse(role, dependant)
      await release([targetKey('role', role.id)])
      store.roles.remove(role.id)
    },

    removeMany: (names) => removeRoles(parts, names),
  }
}

/** Where it is, and which, is Identity Center's business. @throws `input.invalid` */
function refusePermissionSetEdit(
  { name, partition, source }: Role,
  settings: RoleSettings,
  { arn, from }: { readonly arn: string | undefined; readonly from: string | undefined },
): void {
  refuseAssumeRoleSettings(name, settings)
  refuseForeignRegion(undefined, partition, settings.region)
  if (arn === undefined && (from === undefined || from.toLowerCase() === source.name.toLowerCase())) return
  throw new HallpassError('input.invalid', `${name} comes from ${source.name}, and is in no other place.`, {
    hint: 'Add a role of its own for another ARN or source.',
  })
}

function notAssumable({ name }: Identity): HallpassError {
  return new HallpassError(
    'input.invalid',
    `${name} is a sign-in to Identity Center, from which no role can be assumed.`,
    {
      hint: `Read its roles with: hallpass sso discover ${name}. Others can be assumed from those.`,
    },
  )
}

function roleArnParts(arn: string, settings: RoleSettings) {
  const parsed = parseRoleArn(arn)
  if (!parsed) throw new HallpassError('input.invalid', `${arn} is not a role ARN.`)
  refuseForeignRegion(undefined, parsed.partition, settings.region)
  return { arn, ...parsed }
}
