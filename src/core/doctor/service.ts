/** The doctor: looks at everything Hallpass depends on, changes nothing, and says what to do. */

import { chmodSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { DoctorCheck, DoctorFindings, DoctorRepair, ReportNames } from '#shared/doctor.ts'
import { type ErrorReport, isHallpassError } from '#shared/errors.ts'
import { readEndpoint } from '../agent/endpoint.ts'
import type { AgentClient } from '../agent/index.ts'
import { type AwsFileLocations, ensureShim } from '../awsfiles/index.ts'
import type { AccountParts } from '../breakglass/setup/account.ts'
import type { Clock, Log } from '../capabilities.ts'
import type { Hallpass } from '../hallpass.ts'
import { programsNamed } from '../programs.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { findAwsCli } from './aws-cli.ts'
import { warn } from './check.ts'
import { checkSealedAtAws, checkUnusedKeys, checkUsersWithoutMfa } from './checks/asked-aws.ts'
import { checkAwsCli } from './checks/aws-cli.ts'
import { checkAwsFiles, checkPlaintextKeys, checkProfiles, checkStaticKeys } from './checks/aws-files.ts'
import { checkCommandOnPath, checkShim } from './checks/command.ts'
import { checkBreakGlass, checkDrills, checkKeyAge, checkMfaDevices, checkRootKeys } from './checks/keys.ts'
import { checkAgent, checkClock, checkLocks, checkSessions } from './checks/running.ts'
import { checkActivity, checkBackup, checkCoreDumps, checkFolder, checkStore } from './checks/state.ts'
import { checkVault, checkVaultEntries } from './checks/vault.ts'
import {
  copyTimes,
  coreDumpFilter,
  foundProfiles,
  isStoreWhole,
  lockedFiles,
  lookAtFolder,
  lookAtShim,
  plaintextKeys,
} from './look.ts'
import { describeEntry, knownNames } from './names.ts'
import { type ReportFacts, writeReport } from './report.ts'

export interface DoctorOptions {
  /** Also what only AWS knows: it takes calls, with the identities that are here. */
  readonly askAws?: boolean
}

export interface DoctorService {
  /**
   * Every check, in the order of the page. One that can't be made says so and keeps no other from being made.
   * @param version of the product that asks
   */
  check(version: string, options?: DoctorOptions): Promise<DoctorFindings>
  /** Does what a check offers. @throws `file.*` */
  repair(repair: DoctorRepair): Promise<void>
  /**
   * A text about this Hallpass for somebody who is to help: versions, checks, counts and the last log lines. No secret is
   * in it, and of names, account ids, ARNs and paths at most stand-ins.
   */
  report(version: string, names: ReportNames): Promise<string>
}

/** The facade as the doctor uses it, before it is one. */
export type DoctorSubject = Pick<
  Hallpass,
  | 'activity'
  | 'breakglass'
  | 'clockSkew'
  | 'damageNotice'
  | 'files'
  | 'home'
  | 'identities'
  | 'isPractice'
  | 'profiles'
  | 'roles'
  | 'sessions'
  | 'vaultStatus'
>

export interface DoctorParts {
  readonly store: Store
  readonly vault: Pick<Vault, 'get'>
  readonly agent: AgentClient | undefined
  /** To ask AWS with. */
  readonly account: AccountParts
  readonly awsFiles: AwsFileLocations
  readonly env: Readonly<Record<string, string | undefined>>
  /** What profiles are to run, as `HallpassOptions.command`. */
  readonly command: readonly string[]
  readonly clock: Clock
  readonly log: Log
}

/** More entries than this are not read one by one. */
const MOST_ENTRIES = 500

type Step = readonly [id: string, check: () => DoctorCheck | Promise<DoctorCheck>]

export function createDoctor(subject: DoctorSubject, parts: DoctorParts): DoctorService {
  const { store, vault, agent, awsFiles, env, command, clock, log } = parts
  const { home } = subject
  const storeFile = join(home, 'hallpass.db')

  async function lostEntries(): Promise<readonly string[] | null> {
    const status = await subject.vaultStatus()
    const entries = store.vaultIndex.list()
    if (status.state !== 'unlocked' || entries.length > MOST_ENTRIES) return null
    const lost: string[] = []
    for (const entry of entries) {
      try {
        await vault.get(entry)
      } catch (error) {
        if (!isHallpassError(error, 'vault.entry-lost') && !isHallpassError(error, 'vault.elsewhere')) throw error
        lost.push(describeEntry(store, entry))
      }
    }
    return lost
  }

  async function agentFacts() {
    const endpoint = readEndpoint(home)
    if (!endpoint) return null
    const answers = endpoint.pid === process.pid || (await agent?.status().catch(() => undefined)) !== undefined
    return { kind: endpoint.kind, version: endpoint.version, answers }
  }

  async function activityOutcome() {
    try {
      return await subject.activity.verify()
    } catch (error) {
      if (!isHallpassError(error)) throw error
      return error.toReport()
    }
  }

  function staticKeys() {
    const owned = subject.profiles.list().filter(({ mode }) => mode === 'static')
    const live = new Set(subject.sessions.list().flatMap(({ name, state }) => (state === 'active' ? [name] : [])))
    const [lives, others] = [true, false].map((isLive) => owned.filter(({ name }) => live.has(name) === isLive))
    return { lives: lives ?? [], others: others ?? [] }
  }

  function awsSteps(): Step[] {
    const asking = import('./ask-aws.ts').then((module) =>
      module.askAws(parts.account, subject.identities.list(), subject.breakglass.list()),
    )
    return [
      ['keys.unused', async () => checkUnusedKeys((await asking).keys, clock())],
      ['keys.mfa-at-aws', async () => checkUsersWithoutMfa((await asking).keys)],
      ['breakglass.at-aws', async () => checkSealedAtAws((await asking).sealed)],
    ]
  }

  function steps(version: string, askAws: boolean): Step[] {
    const view = subject.files.show()
    // Awaited by several checks, each of which tells of its failure.
    view.catch(() => {})
    const owned = () => subject.profiles.list()
    return [
      ['vault.open', async () => checkVault(await subject.vaultStatus())],
      [
        'vault.entries',
        async () => checkVaultEntries({ lost: await lostEntries(), entries: store.vaultIndex.list().length }),
      ],
      ['keys.age', () => checkKeyAge(subject.identities.list(), clock())],
      ['keys.root', () => checkRootKeys(subject.identities.list())],
      ['keys.mfa', () => checkMfaDevices(subject.identities.list())],
      ['breakglass', () => checkBreakGlass(subject.breakglass.list())],
      ['breakglass.drills', () => checkDrills(subject.breakglass.list(), clock())],
      ...(askAws ? awsSteps() : []),
      ['files.sound', async () => checkAwsFiles((await subject.files.check()).problems)],
      ['files.plaintext-keys', async () => checkPlaintextKeys(plaintextKeys((await view).profiles))],
      ['files.profiles', async () => checkProfiles(foundProfiles(owned(), (await view).profiles, home))],
      [
        'files.static-keys',
        async () => {
          const { lives, others } = staticKeys()
          const { profiles } = await view
          const left = others.filter(({ profile }) => profiles[profile]?.aws_secret_access_key !== undefined)
          return checkStaticKeys({ live: lives.map(nameOf), expired: left.map(nameOf) })
        },
      ],
      ['command.path', () => checkCommandOnPath(programsNamed('hallpass', env))],
      ['command.profiles', () => checkShim(lookAtShim(home, owned().filter(({ mode }) => mode === 'process').length))],
      ['aws-cli', async () => checkAwsCli(await findAwsCli(env), subject.isPractice)],
      ['agent', async () => checkAgent(await agentFacts(), version)],
      ['clock', () => checkClock(subject.clockSkew())],
      [
        'sessions',
        () => {
          const all = subject.sessions.list()
          const expired = all.filter(({ state }) => state === 'expired').map(({ name }) => name)
          return checkSessions({ live: all.length - expired.length, expired })
        },
      ],
      ['locks', async () => checkLocks(await lockedFiles(home, awsFiles))],
      ['store.sound', () => checkStore({ isWhole: isStoreWhole(storeFile), damage: subject.damageNotice() })],
      [
        'store.copy',
        () => {
          const records = store.identities.list().length + store.roles.list().length
          return checkBackup({ ...copyTimes(storeFile), records, now: clock() })
        },
      ],
      ['activity', async () => checkActivity(await activityOutcome())],
      ['state.folder', () => checkFolder(lookAtFolder(home))],
      ['state.core-dumps', () => checkCoreDumps(coreDumpFilter(), process.platform)],
    ]
  }

  /** A check that can't be made. */
  function notMade(id: string, error: unknown): DoctorCheck {
    if (isHallpassError(error)) return unknown(id, error.toReport())
    log.error('a check of the doctor failed', { id, error: error instanceof Error ? error.stack : String(error) })
    return unknown(id, { code: 'internal', message: 'The log has the details.' })
  }

  async function check(version: string, { askAws = false }: DoctorOptions = {}): Promise<DoctorFindings> {
    const checks = await Promise.all(
      steps(version, askAws).map(async ([id, work]) => {
        try {
          return await work()
        } catch (error) {
          return notMade(id, error)
        }
      }),
    )
    return { at: new Date(clock()).toISOString(), checks }
  }

  return {
    check,

    async repair(repair) {
      switch (repair) {
        case 'repair-files':
          await subject.files.fix()
          return
        case 'repair-command':
          await ensureShim({ home, command })
          return
        case 'clear-static-keys':
          await subject.profiles.clearStaticKeys({ expiredOnly: true })
          return
        case 'tighten-folder':
          tighten(home)
      }
    },

    async report(version, names) {
      const facts: ReportFacts = {
        version,
        findings: await check(version),
        counts: {
          identities: store.identities.list().length,
          roles: store.roles.list().length,
          sessions: store.sessions.list().length,
          profiles: store.profiles.list().length,
        },
        known: knownNames(store, env, home),
        isPractice: subject.isPractice,
      }
      return writeReport(home, facts, names)
    },
  }
}

const nameOf = ({ profile }: { profile: string }) => profile

function unknown(id: string, { message, hint }: ErrorReport): DoctorCheck {
  const words = id.replace('.', ' ').replaceAll('-', ' ')
  return warn(id, `Could not be checked: ${words}.`, {
    why: message,
    next: { text: hint ?? 'Check again. If it stays, save a report.' },
  })
}

function tighten(folder: string): void {
  chmodSync(folder, 0o700)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isFile()) chmodSync(join(folder, entry.name), 0o600)
  }
}
