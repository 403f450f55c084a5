/** Records what is done through the services that keep identities, roles, the AWS files and console links. */

import type { FilesService } from '#core/awsfiles/service.ts'
import type { Identity } from '#shared/identities.ts'
import type { DiscoveryReport } from '#shared/identity-center-view.ts'
import type { Role } from '#shared/roles.ts'
import type { AccountService } from '../accounts.ts'
import type { AwsFiles, ProfileTarget } from '../awsfiles/index.ts'
import type { ConsoleService } from '../console-service.ts'
import type { IdentityService } from '../identities.ts'
import type { Sharing } from '../identity-center/sharing.ts'
import type { SignIns } from '../identity-center/sign-ins.ts'
import type { MfaService } from '../mfa/mfa-service.ts'
import { findIdentity, findRole, findTarget, targetByKey, targetKey, targetName } from '../names.ts'
import type { RoleService } from '../roles.ts'
import type { OwnedProfileRecord, Store } from '../store/types.ts'
import type { ActivityLog } from './activity-log.ts'
import type { ActivityDraft } from './entry.ts'
import { factsOf } from './facts.ts'
import type { ActivityWait } from './service.ts'

type Activity = Pick<ActivityLog, 'record' | 'note'>
type Kind = ActivityDraft['kind']

const roleFacts = (role: Role) => factsOf({ kind: 'role', role, key: targetKey('role', role.id) })
const identityFacts = (identity: Identity) => ({
  ...factsOf({ kind: 'identity', identity, key: targetKey('identity', identity.id) }),
  accessKeyId: identity.kind === 'access-key' ? identity.accessKeyId : null,
})

export function recordIdentities(identities: IdentityService, activity: Activity): IdentityService {
  const note = (kind: Kind, identity: Identity, detail: Record<string, string> = {}) =>
    activity.note({ kind, ...identityFacts(identity), detail })
  return {
    ...identities,
    async add(input, options) {
      const result = await identities.add(input, options)
      await note('identity.added', result.identity)
      return result
    },
    async edit(name, edit) {
      const before = identities.show(name)
      const identity = await identities.edit(name, edit)
      await note('identity.edited', identity, changes(before, identity, ['name', 'mfaSerial', 'mfaSource', 'region']))
      return identity
    },
    async addProfile(input) {
      const identity = await identities.addProfile(input)
      await note('identity.added', identity, { profile: input.profile })
      return identity
    },
    async addCenter(input) {
      const identity = await identities.addCenter(input)
      await note('identity.added', identity, { startUrl: input.startUrl })
      return identity
    },
    async test(name) {
      const identity = await identities.test(name)
      await note('identity.tested', identity)
      return identity
    },
    async remove(name) {
      const identity = identities.show(name)
      await identities.remove(name)
      await note('identity.removed', identity)
    },
  }
}

/** That a seed came or went, and that a code is shown, before it is; never the seed, or a code of it. */
export function recordMfa(mfa: MfaService, identities: IdentityService, activity: Activity): MfaService {
  const recorded = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = identities.show(name)
    const result = await work()
    const after = identities.show(name)
    const detail = changes(before, after, ['mfaSource'])
    await activity.note({ kind: 'identity.edited', ...identityFacts(after), detail })
    return result
  }
  return {
    ...mfa,
    addSeed: (name, seed, options) => recorded(name, () => mfa.addSeed(name, seed, options)),
    removeSeed: (name) => recorded(name, () => mfa.removeSeed(name)),
    async code(name) {
      const shown = await mfa.code(name)
      const identity = identities.show(name)
      const detail = { mfaSource: identity.mfaSource }
      await activity.record({ kind: 'mfa.code-shown', ...identityFacts(identity), detail })
      return shown
    },
  }
}

/** Who signs in and out, and what came with it. */
export function recordSignIns(signIns: SignIns, store: Store, activity: Activity): SignIns {
  const facts = (name: string) => identityFacts(findIdentity(store, name))
  return {
    ...signIns,
    async signIn(name, options) {
      const state = await signIns.signIn(name, options)
      await activity.note({ kind: 'identity.signed-in', ...facts(name), detail: { way: options.way } })
      return state
    },
    async signOut(name) {
      await signIns.signOut(name)
      await activity.note({ kind: 'identity.signed-out', ...facts(name) })
    },
  }
}

/** Under what name a sign-in is shared with the AWS CLI; none when it is not. */
export function recordSharing(sharing: Sharing, store: Store, activity: Activity): Sharing {
  const noting = async <T>(identities: readonly (Identity | undefined)[], work: () => Promise<T>): Promise<T> => {
    const result = await work()
    for (const before of identities) {
      const after = before && store.identities.byId(before.id)
      if (before?.kind !== 'identity-center' || after?.kind !== 'identity-center') continue
      if (before.cliSession === after.cliSession) continue
      const detail = { cliSessionBefore: before.cliSession ?? '', cliSession: after.cliSession ?? '' }
      await activity.note({ kind: 'identity.edited', ...identityFacts(after), detail })
    }
    return result
  }
  return {
    ...sharing,
    share: (name, session) => noting([findIdentity(store, name)], () => sharing.share(name, session)),
    follow(changes) {
      const ids = new Set(changes.map(({ identityId }) => identityId))
      return noting(
        [...ids].map((id) => store.identities.byId(id)),
        () => sharing.follow(changes),
      )
    },
  }
}

export function recordDiscovery(activity: Activity) {
  return async (identity: Identity, { added, removed }: DiscoveryReport): Promise<void> => {
    if (added.length === 0 && removed.length === 0) return
    const detail = { added: String(added.length), removed: String(removed.length) }
    await activity.note({ kind: 'identity.discovered', ...identityFacts(identity), detail })
  }
}

/** Who adds one can't wait: it is recorded right behind. Thousands that are added together wait for the disk once. */
export function recordAddedRole(activity: Activity) {
  return (role: Role): void => {
    const detail = { arn: role.arn, from: role.source.name }
    void activity.note({ kind: 'role.added', ...roleFacts(role), detail }, 'soon')
  }
}

export function recordRoles(roles: RoleService, store: Store, activity: Activity): RoleService {
  const onAdded = recordAddedRole(activity)
  return {
    ...roles,
    add(input) {
      const role = roles.add(input)
      onAdded(role)
      return role
    },
    async edit(name, edit) {
      const before = findRole(store, name)
      const role = await roles.edit(name, edit)
      const old = { ...before, from: before.source.name }
      const detail = changes(old, { ...role, from: role.source.name }, ['name', 'arn', 'from'])
      await activity.note({ kind: 'role.edited', ...roleFacts(role), detail })
      return role
    },
    async editMany(edits) {
      const before = new Map(edits.map(({ name }) => [name, store.roles.byName(name)]))
      const undo = await roles.editMany(edits)
      const edited = undo.flatMap(({ name }) => before.get(name) ?? store.roles.byName(name) ?? [])
      const detail = { together: String(undo.length) }
      // They go onto the disk together, with the last.
      for (const [index, role] of edited.entries()) {
        const wait = index < edited.length - 1 ? 'followed' : 'synced'
        await activity.note({ kind: 'role.edited', ...roleFacts(role), detail }, wait)
      }
      return undo
    },
    async remove(name) {
      const role = findRole(store, name)
      await roles.remove(name)
      await activity.note({ kind: 'role.removed', ...roleFacts(role) })
    },
    async removeMany(names) {
      const before = names.map((name) => findRole(store, name))
      const kept = await roles.removeMany(names)
      const stays = new Set(kept.map(({ name }) => name))
      const removed = before.filter(({ name }) => !stays.has(name))
      // They go onto the disk together, with the last.
      for (const [index, role] of removed.entries())
        await activity.note(
          { kind: 'role.removed', ...roleFacts(role) },
          index < removed.length - 1 ? 'followed' : 'synced',
        )
      return kept
    },
  }
}

/** What an account is called and taken for decides which starts are asked about. */
export function recordAccounts(accounts: AccountService, activity: Activity): AccountService {
  return {
    ...accounts,
    change(accountId, change) {
      const before = accounts.show(accountId)
      const account = accounts.change(accountId, change)
      const detail = changes(before, account, ['name', 'environment', 'decidedBy'])
      if (Object.keys(detail).length > 0)
        void activity.note({ kind: 'account.edited', name: account.name, accountId: account.accountId, detail })
      return account
    },
  }
}

/** Keys are written into a file only once that is recorded. */
export function recordAwsFiles(files: AwsFiles, store: Store, activity: Activity): AwsFiles {
  const nameOf = (key: string) => {
    const target = targetByKey(store, key)
    return target ? targetName(target) : null
  }
  const note = (
    kind: Kind,
    { profile, target, mode, configFile }: Omit<OwnedProfileRecord, 'writtenAt' | 'credentialsFile'>,
    wait: ActivityWait = 'synced',
  ) => activity.note({ kind, target, name: nameOf(target), detail: { profile, mode, file: configFile } }, wait)
  const recordKeys = async ({ profile, name, target, credentials }: ProfileTarget) => {
    if (!credentials) return
    const { accountId, accessKeyId } = credentials
    await activity.record({ kind: 'profile.static-keys', target, name, accountId, accessKeyId, detail: { profile } })
  }
  return {
    ...files,
    async writeProfile(target, part) {
      await recordKeys(target)
      const record = await files.writeProfile(target, part)
      // New keys of a static profile have been recorded as such.
      if (part?.recorded !== 'config') await note('profile.written', record)
      return record
    },
    async writeProfiles(batch, part) {
      const written = await files.writeProfiles(batch, part)
      const notes = [
        ...written.map((record) => ['profile.written', record] as const),
        ...batch.remove.map((record) => ['profile.removed', record] as const),
      ]
      // They go onto the disk together, with the last.
      for (const [index, [kind, record]] of notes.entries())
        await note(kind, record, index < notes.length - 1 ? 'followed' : 'synced')
      return written
    },
    async adoptProfile(target, part) {
      await recordKeys(target)
      const record = await files.adoptProfile(target, part)
      await note('profile.adopted', record)
      return record
    },
    async removeProfile(profile, part) {
      const record = files.list().find((each) => each.profile === profile)
      const removal = await files.removeProfile(profile, part)
      if (record) await note('profile.removed', record)
      return removal
    },
    async undo(operation) {
      const edit = (await files.edits()).find((each) => each.operation === operation)
      await files.undo(operation)
      const detail = edit ? { edit: edit.description, files: edit.files.join(', ') } : {}
      await activity.note({ kind: 'profile.undone', detail })
    },
  }
}

export function recordRepairs(files: FilesService, activity: Activity): FilesService {
  return {
    ...files,
    async fix(shown) {
      const result = await files.fix(shown)
      const names = [...new Set(result.fixed.map(({ file }) => file))]
      if (names.length > 0) await activity.note({ kind: 'files.repaired', detail: { files: names.join(', ') } })
      return result
    },
  }
}

/** A sign-in link, which is a bearer secret, is handed out only once that is recorded. */
export function recordConsole(service: ConsoleService, store: Store, activity: Activity): ConsoleService {
  return {
    ...service,
    switchRoleLink(name, options) {
      const link = service.switchRoleLink(name, options)
      void activity.note({ kind: 'console.opened', ...roleFacts(findRole(store, name)), how: 'switch-role' })
      return link
    },
    async signInLink(name, options) {
      const link = await service.signInLink(name, options)
      const target = findTarget(store, name)
      const facts = factsOf(target)
      // Of an identity, or limited to reading: a session that is kept nowhere.
      const isKept = target.kind === 'role' && !options?.readOnly
      const accessKeyId = isKept ? (store.sessions.get(target.key)?.accessKeyId ?? null) : null
      await activity.record({ kind: 'console.opened', ...facts, accessKeyId, how: 'sign-in' })
      return link
    },
    shortcutLink(name, options) {
      const link = service.shortcutLink(name, options)
      void activity.note({ kind: 'console.opened', ...factsOf(findTarget(store, name)), how: 'identity-center' })
      return link
    },
  }
}

/** The fields that differ, as they were: what they are now is in the store. */
function changes<T extends object>(before: T, after: T, fields: readonly (keyof T & string)[]): Record<string, string> {
  const changed = fields.filter((field) => before[field] !== after[field])
  return Object.fromEntries(changed.map((field) => [`${field}Before`, String(before[field] ?? '')]))
}
