/**
 * Takes in what Identity Center has, account by account while it is read: roles that are new, accounts by their names. What
 * is no longer there is told, and removed only if a person wants that. Broken off, it goes on where it was.
 */

import type { z } from 'zod'
import { HallpassError } from '#shared/errors.ts'
import type { CenterIdentity } from '#shared/identities.ts'
import { type DiscoveryRecord, discoveryChoicesSchema } from '#shared/identity-center.ts'
import type { DiscoveryReport, FoundRole } from '#shared/identity-center-view.ts'
import { profileNameFor } from '#shared/profile-name.ts'
import type { Role } from '#shared/roles.ts'
import type { AccountService } from '../accounts.ts'
import { freeProfileName } from '../awsfiles/profile-names.ts'
import type { Clock } from '../capabilities.ts'
import { parseInput } from '../input.ts'
import type { ManyProfiles } from '../many-profiles.ts'
import { targetKey, targetNamed } from '../names.ts'
import { shortName, type TryLock } from '../process-lock.ts'
import type { Store } from '../store/types.ts'
import { findCenter } from './center-state.ts'
import {
  type DiscoveryOutcome,
  type DiscoveryParts,
  type DiscoveryProgress,
  discover,
  type FoundAccount,
} from './discovery.ts'
import { environmentByRules } from './environment-rules.ts'
import { createFreshReadings } from './fresh-readings.ts'
import { permissionSetRole } from './permission-set.ts'
import type { PortalAccess, PortalCalls } from './portal.ts'
import { createRoleNamer } from './role-names.ts'
import type { SignIns } from './sign-ins.ts'

export interface DiscoverOptions {
  /** As last time when left out. */
  readonly choices?: z.input<typeof discoveryChoicesSchema> | undefined
  /** Removes roles that are no longer there. */
  readonly prune?: boolean
  /** Says what would be done, and does nothing. */
  readonly dryRun?: boolean
  /** From what was read in the last five minutes, if it was all read then (`fresh-readings.ts`). */
  readonly reuse?: boolean
  /** From the beginning, though an earlier one was broken off. */
  readonly startOver?: boolean
  readonly onProgress?: ((progress: DiscoveryProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface Discovery {
  /**
   * @throws `identity.not-found`, `input.invalid` for a bad template, `sso.sign-in-needed`, `session.busy` when it is under
   *   way already, `vault.*`, `store.*`, `file.*`; what ended the reading is in the report
   */
  discover(name: string, options?: DiscoverOptions): Promise<DiscoveryReport>
}

export interface TakeInParts {
  readonly store: Store
  readonly signIns: Pick<SignIns, 'access'>
  readonly portal: Pick<PortalCalls, 'listAccounts' | 'listAccountRoles'>
  readonly accounts: Pick<AccountService, 'change'>
  readonly profiles: ManyProfiles
  /** Forgets profiles and sessions of targets that go. */
  readonly release: (targetKeys: readonly string[]) => Promise<void>
  readonly clock: Clock
  readonly record: (identity: CenterIdentity, report: DiscoveryReport) => Promise<void>
  /** Absent: this process has the store for itself. */
  readonly tryLock: TryLock | undefined
  /** For tests: the pace. */
  readonly pace?: Pick<DiscoveryParts, 'clock' | 'wait' | 'random' | 'ceiling'>
}

/** So many accounts are read again at most after a crash. */
const NOTED_EVERY = 20

export function createDiscovery(parts: TakeInParts): Discovery {
  const { store, signIns, portal, accounts, profiles, release, clock, record, tryLock } = parts
  const underWay = new Set<string>()
  const readings = createFreshReadings(clock)

  const known = (identity: CenterIdentity): DiscoveryRecord =>
    store.discoveries.get(identity.id) ?? {
      identityId: identity.id,
      choices: discoveryChoicesSchema.parse({}),
      soFar: null,
      accountNames: {},
      completedAt: null,
    }

  /** What one reading finds, taken in as it comes unless it is a dry run. */
  function collector(identity: CenterIdentity, before: DiscoveryRecord, dryRun: boolean) {
    const { template, rules } = before.choices
    const namer = createRoleNamer(
      template,
      [...store.roles.list(), ...store.identities.list()].map(({ name }) => name),
    )
    const stored = Map.groupBy(store.roles.bySource(identity.id), ({ accountId }) => accountId)
    const gone = new Map<string, Role>()
    const added: Role[] = []
    const renamedAccounts: DiscoveryReport['renamedAccounts'] = []
    const accountNames = { ...before.accountNames }
    const done = new Set(before.soFar?.doneAccountIds)
    for (const id of before.soFar?.goneRoleIds ?? []) {
      const role = store.roles.byId(id)
      if (role) gone.set(id, role)
    }
    const note = (): void => {
      const soFar = { doneAccountIds: [...done], goneRoleIds: [...gone.keys()] }
      store.discoveries.put({ ...before, accountNames, soFar })
    }

    /** Also of what came in meanwhile, by hand or from elsewhere. */
    function freeName(account: FoundAccount, permissionSet: string): string {
      for (;;) {
        const { name } = namer.nameFor(account, permissionSet)
        if (!targetNamed(store, name)) return name
      }
    }

    function takeIn(account: FoundAccount): void {
      const { accountId, accountName, roleNames } = account
      const here = stored.get(accountId) ?? []
      const isKnown = new Set(here.map(({ roleName }) => roleName))
      for (const role of here) if (!roleNames.includes(role.roleName)) gone.set(role.id, role)
      const roles = roleNames
        .filter((roleName) => !isKnown.has(roleName))
        .map((permissionSet) => {
          const environment = environmentByRules({ accountName, roleName: permissionSet }, rules)
          const name = freeName(account, permissionSet)
          const settings = environment === null ? {} : { environment }
          return permissionSetRole(
            identity,
            { name, accountId, permissionSet, settings },
            new Date(clock()).toISOString(),
          )
        })
      added.push(...roles)
      const from = accountNames[accountId]
      if (from !== undefined && from !== accountName) renamedAccounts.push({ accountId, from, to: accountName })
      accountNames[accountId] = accountName
      done.add(accountId)
      if (dryRun) return
      // What is lost with the power is read once more.
      store.transaction(
        () => {
          for (const role of roles) store.roles.insert(role)
          nameAccount(accountId, from, accountName)
          if (done.size % NOTED_EVERY === 0) note()
        },
        { synced: false },
      )
    }

    /** A name that a person gave stays. */
    function nameAccount(accountId: string, from: string | undefined, to: string): void {
      const name = store.accounts.get(accountId)?.name ?? null
      if (to !== '' && name !== to && (name === null || name === from)) accounts.change(accountId, { name: to })
    }

    return { takeIn, note, added, gone, renamedAccounts, accountNames, stored }
  }

  /** Roles of accounts that are not listed any more, once all were. */
  function addGoneAccounts(
    { stored, gone }: ReturnType<typeof collector>,
    { isComplete, accountIds }: DiscoveryOutcome,
  ): void {
    if (!isComplete) return
    const listed = new Set(accountIds)
    for (const [accountId, roles] of stored) {
      if (!listed.has(accountId)) for (const role of roles) gone.set(role.id, role)
    }
  }

  /** @returns the names of those removed: one that others are assumed from stays */
  async function prune(gone: Iterable<Role>): Promise<string[]> {
    const going = [...gone].filter(({ id }) => store.roles.bySource(id).length === 0)
    await release(going.map(({ id }) => targetKey('role', id)))
    store.transaction(() => {
      for (const { id } of going) store.roles.remove(id)
    })
    return going.map(({ name }) => name)
  }

  /**
   * Profiles for roles that have none, by names that are free: one that somebody has already keeps none of the others back.
   * @returns the change of the files
   */
  async function writeProfiles(roles: readonly Role[], dryRun: boolean): Promise<string> {
    const written = profiles.written()
    const without = roles.filter((role) => !written.has(targetOf(role).key))
    if (without.length === 0) return ''
    const taken = await profiles.taken()
    const wishes = without.map((role) => {
      const profile = freeProfileName(role.settings.profile ?? profileNameFor(role.name), taken)
      taken.add(profile)
      return { target: targetOf(role), written: { mode: 'process' as const, profile } }
    })
    const { diff } = await profiles.plan(wishes)
    if (!dryRun) await profiles.apply(wishes)
    return diff
  }

  /** From the portal. @param done accounts that were read before it was broken off */
  async function read(
    { id }: CenterIdentity,
    access: PortalAccess,
    done: readonly string[] = [],
    takeIn: (account: FoundAccount) => void,
    { onProgress, signal }: DiscoverOptions,
  ): Promise<DiscoveryOutcome> {
    const begunAt = clock()
    const accounts: FoundAccount[] = []
    const onAccount = (account: FoundAccount): void => {
      accounts.push(account)
      takeIn(account)
    }
    const outcome = await discover({
      portal,
      access,
      doneAccountIds: done,
      onAccount,
      onProgress,
      signal,
      ...parts.pace,
    })
    readings.keep(id, { accounts, outcome, begunAt, accessToken: access.accessToken }, done)
    return outcome
  }

  async function run(identity: CenterIdentity, options: DiscoverOptions): Promise<DiscoveryReport> {
    const { prune: wantsPrune = false, dryRun = false, reuse = false } = options
    const last = known(identity)
    const choices = options.choices ? parseInput(discoveryChoicesSchema, options.choices) : last.choices
    const access = await signIns.access(identity)
    const fresh = reuse ? readings.whole(identity.id, access.accessToken) : undefined
    const startsOver = options.startOver === true || dryRun || fresh !== undefined
    const before = { ...last, choices, soFar: startsOver ? null : last.soFar }
    const found = collector(identity, before, dryRun)
    if (fresh) for (const account of fresh.accounts) found.takeIn(account)
    const outcome =
      fresh?.outcome ?? (await read(identity, access, before.soFar?.doneAccountIds, found.takeIn, options))
    addGoneAccounts(found, outcome)
    const { isComplete } = outcome
    // Before the files, too: whatever is wrong with them, nothing is read a second time.
    if (!dryRun) found.note()
    // As they are afterwards, but for those that are pruned.
    const all = [...store.roles.bySource(identity.id), ...(dryRun ? found.added : [])].sort(byName)
    const filesDiff = choices.withProfiles && isComplete ? await writeProfiles(all, dryRun) : ''
    const gone = [...found.gone.values()].sort(byName)
    const removed = wantsPrune && !dryRun && isComplete ? await prune(gone) : []
    if (!dryRun && isComplete) {
      const completedAt = new Date(clock()).toISOString()
      store.discoveries.put({ ...before, accountNames: found.accountNames, soFar: null, completedAt })
    }
    return {
      isComplete,
      accounts: outcome.accountIds.length,
      roles: all.length - removed.length,
      added: found.added.sort(byName).map(shown),
      gone: gone.map(shown),
      removed,
      renamedAccounts: found.renamedAccounts,
      refused: outcome.refused.map(({ account: { accountId, accountName }, problem }) => ({
        accountId,
        accountName,
        message: problem.message,
      })),
      filesDiff,
      problem: outcome.problem && reportOf(outcome.problem),
    }
  }

  return {
    async discover(name, options = {}) {
      const identity = findCenter(store, name)
      const isUnderWay = underWay.has(identity.id)
      const held = isUnderWay ? undefined : tryLock?.(`sso-discovery-${shortName(identity.id)}`)
      if (isUnderWay || (tryLock && !held))
        throw new HallpassError('session.busy', `The roles of ${identity.name} are being read already.`, {
          hint: 'Wait until that is done, or cancel it. It may be another Hallpass process.',
        })
      underWay.add(identity.id)
      try {
        const report = await run(identity, options)
        if (!options.dryRun) await record(identity, report)
        return report
      } finally {
        underWay.delete(identity.id)
        held?.release()
      }
    },
  }
}

/** Accounts come in the order in which AWS answers, another one each time. */
function byName(one: Role, other: Role): number {
  return one.name.localeCompare(other.name, 'en')
}

function shown({ name, accountId, roleName }: Role): FoundRole {
  return { name, accountId, roleName }
}

function targetOf(role: Role) {
  return { kind: 'role' as const, role, key: targetKey('role', role.id) }
}

function reportOf({ code, message, hint }: HallpassError) {
  return { code, message, hint: hint ?? null }
}
