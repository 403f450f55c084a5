/** Puts core together: store, vault, AWS, sessions, profiles, one facade. Nothing here decides anything. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createAccountService } from './accounts.ts'
import { createActivityLog } from './activity/index.ts'
import { recordConsole, recordMfa, recordRepairs } from './activity/record-services.ts'
import { recordFederation } from './activity/record-sessions.ts'
import { dropHollow, isHollow } from './agent/held-sessions.ts'
import type { AgentClient, HeldSessions } from './agent/index.ts'
import { whileNoAgent } from './agent/seat-lock.ts'
import { assembleRecords } from './assemble-records.ts'
import { describeOverride, requestSignInLink } from './aws/index.ts'
import { createAwsCalls } from './aws-calls.ts'
import { assembleAwsFiles } from './awsfiles/assemble.ts'
import { createFilesService, ensureShim } from './awsfiles/index.ts'
import { createBreakGlass } from './breakglass/index.ts'
import { createBrowserService } from './browsers/browser-service.ts'
import type { Clock, Log, MfaPrompt, OnMfaWait, OnPromptElsewhere, PassphrasePrompt } from './capabilities.ts'
import { createCatalogueService } from './catalogue/service.ts'
import { browserOrigins, createConsoleService } from './console-service.ts'
import { createDoctor } from './doctor/service.ts'
import { createExternalProfiles } from './external-profile.ts'
import { createHabitsService, createNoteUse, noteConsoleUses } from './habits.ts'
import type { Hallpass } from './hallpass.ts'
import { createCenters } from './identity-center/centers.ts'
import { portalRoleOf } from './identity-center/permission-set.ts'
import { createImportService } from './import/service.ts'
import type { AppLock } from './lock/app-lock.ts'
import { gatePrompt, passing } from './lock/gate.ts'
import { createMfaService } from './mfa/mfa-service.ts'
import { openState } from './open-state.ts'
import { practiceProfiles } from './practice/guards.ts'
import { practiceEndpoint } from './practice/home.ts'
import { processLocks } from './process-lock.ts'
import { createProfileService } from './profiles.ts'
import { createRotation } from './rotation/rotation.ts'
import { mfaSessionOf, recordRotation } from './rotation/surroundings.ts'
import { assembleSessions } from './sessions/assemble.ts'
import { createSettingsService } from './settings.ts'
import { clearLeftKeys, watchExpiredKeys, watchStaticKeys } from './static-keys.ts'
import { damageNotice } from './store/damage-notice.ts'
import { assembleVault } from './vault/assemble.ts'
import { VaultKeys } from './vault/file/keys.ts'
import { createForeignSecrets } from './vault/foreign-secret.ts'
import { watchStore } from './watch-store.ts'

export interface HallpassOptions {
  /** The environment; only the variables of design §3 are read from it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly mfaPrompt: MfaPrompt
  readonly onMfaWait?: OnMfaWait
  readonly onPromptElsewhere?: OnPromptElsewhere
  readonly log: Log
  readonly clock?: Clock
  /** Absolute command line, as separate words, that runs this Hallpass from a shell. The profile shim calls it. */
  readonly command: readonly string[]
  /** What this process is called in the activity log; `hallpass` when left out. */
  readonly program?: string
  /** Asked for the passphrase of an encrypted file; without it, only HALLPASS_PASSPHRASE and the agent open one. */
  readonly passphrasePrompt?: PassphrasePrompt
  /** Where keys of an opened file are; in this Hallpass alone when left out. */
  readonly vaultKeys?: VaultKeys
  /** Asked for credentials first; this Hallpass works alone where it does not answer. */
  readonly agent?: AgentClient
  /** This process is the agent: sessions stay in its memory, and rest in the store only after `close`. */
  readonly held?: HeldSessions
  /** This process is the app, which can be locked. */
  readonly lock?: AppLock
}

/**
 * Opens Hallpass on the state folder that `options.env` names, makes edits of the AWS files again that another
 * program has overwritten, and takes out static keys that should be gone.
 * @throws `file.*`, `store.*`, `usage.invalid`
 */
export async function createHallpass(options: HallpassOptions): Promise<Hallpass> {
  const { onMfaWait, onPromptElsewhere, log, command, agent, held, lock } = options
  const { program = 'hallpass', clock = Date.now } = options
  const { passphrasePrompt, vaultKeys = new VaultKeys(clock) } = options
  const mfaPrompt = lock ? gatePrompt(options.mfaPrompt, lock) : options.mfaPrompt
  const { home, practice, env, store, awsClock, onAnswer } = openState({ env: options.env, clock, log, held })
  const isPractice = practice !== undefined
  const assembledVault = assembleVault({
    home,
    env,
    store,
    clock,
    keys: vaultKeys,
    passphrasePrompt,
    agent,
    isAgent: held !== undefined,
    gate: lock,
    command,
  })
  const { vault } = assembledVault
  const foreignSecret = createForeignSecrets(command)
  const { sts, iam } = createAwsCalls({ env, onAnswer, isPractice, gate: lock })
  const activity = createActivityLog({ file: join(home, 'activity.db'), store, vault, clock, log, program })
  const userHome = env.HOME || homedir()
  const { located, files, filesOf, sections } = assembleAwsFiles({
    env,
    home: userHome,
    stateHome: home,
    store,
    activity,
    vault,
    clock,
    log,
    endpointUrl: practice && practiceEndpoint(practice),
  })
  const shim = () => ensureShim({ home, command })

  const allProfiles = createProfileService({
    store,
    files,
    filesOf,
    clock: awsClock.now,
    shim,
    credentials: (name) => sessions.credentials(name, { use: { how: 'static-profile' } }),
    followSessions: (changes) => centers.followSections(changes),
  })
  const profiles = practice ? practiceProfiles(allProfiles) : allProfiles
  const centers = createCenters({
    store,
    vault,
    env,
    stateHome: home,
    userHome,
    accounts: createAccountService(store),
    profiles: profiles.many,
    sections,
    isPractice,
    release: (keys) => release(keys),
    activity,
    tryLock: processLocks(home),
    clock: awsClock.now,
    onAnswer,
    log,
    gate: lock,
  })
  const external = createExternalProfiles({ store, files: located, env, mfaPrompt })
  const origins = { ...centers.origins, profile: external.credentials }
  const settings = createSettingsService(store)
  const noteUse = createNoteUse(store, clock, log)
  const { sessions, keeper } = assembleSessions({
    store,
    vault,
    sts,
    origins,
    env,
    mfaPrompt,
    onMfaWait,
    onPromptElsewhere,
    clock,
    awsClock: awsClock.now,
    log,
    tryLock: processLocks(home),
    onSession: profiles.followSession,
    activity,
    noteUse,
    agent,
    warningMinutes: () => settings.get().expiryWarningMinutes,
    refuseCircle: external.refuseCircle,
  })
  const { identities, roles, givenRoles, accounts, endSession, release, settle } = assembleRecords({
    store,
    vault,
    sts,
    origins,
    sessions,
    profiles,
    activity,
    isPractice,
    clock,
    awsClock: awsClock.now,
  })
  const changes = watchStore(() => store.foreignVersion(), files.restoreOverwritten)
  const stored = store.sessions.list()
  if (held) changes.listen(() => held.sweep())
  else if (stored.some((row) => isHollow(row, awsClock.now()))) {
    await whileNoAgent(home, () => dropHollow(store, awsClock.now()))
  }

  lock?.over({ store, vault: assembledVault.ungated, sessions, settings, clock, log })

  const mfaSession = (name: string) => mfaSessionOf(store, sessions, name)
  const rotation = createRotation({
    store,
    vault,
    iam,
    sts,
    mfaSession,
    settle,
    record: recordRotation(store, activity),
    clock,
    deleteAfterDays: () => settings.get().oldKeyDays,
    tryLock: processLocks(home),
    log,
  })
  const breakglass = createBreakGlass({
    store,
    vault,
    clock,
    awsClock: awsClock.now,
    iam,
    sts,
    mfaSession,
    activity,
    openSeconds: () => settings.get().breakGlassMinutes * 60,
    signInLinkOf: (credentials, partition) => requestSignInLink({ env, credentials, partition }),
    gate: lock,
    log,
  })

  await files.restoreOverwritten()
  const staticKeys = { store, profiles, endSession, home, clock: awsClock.now, log }
  // Files that can't be written to now must not keep anybody from everything else.
  await clearLeftKeys(staticKeys).catch((error: unknown) => log.warn('left static keys stay for now', { error }))
  sessions.sweep(stored)
  await rotation.recover()

  const hallpass: Omit<Hallpass, 'doctor'> = {
    home,
    isPractice,
    sessions,
    keeper,
    profiles,
    files: recordRepairs(createFilesService({ files: located, stateHome: home, clock }), activity),
    imports: createImportService({
      files: located,
      store,
      identities,
      roles,
      givenRoles,
      profiles,
      isPractice,
      userHome,
      env,
      foreignSecret: (...item) => (lock ? passing(lock, () => foreignSecret(...item)) : foreignSecret(...item)),
    }),
    accounts,
    centers: centers.service,
    catalogues: createCatalogueService({ store, roles, givenRoles, accounts, sessions, env, clock, isPractice }),
    identities,
    mfa: recordMfa(createMfaService({ store, vault, sts, onMfaWait, clock: awsClock.now }), identities, activity),
    roles,
    rotation,
    breakglass,
    console: noteConsoleUses(
      recordConsole(
        createConsoleService({
          store,
          vault,
          sts: recordFederation(sts, store, activity),
          sessions,
          settings,
          sharesMfa: (target) => sessions.durationLimits(target)?.sharesMfa ?? false,
          portalRoleOf: (target) => portalRoleOf(store, target),
          env,
        }),
        store,
        activity,
      ),
      noteUse,
    ),
    browsers: createBrowserService({ settings, env: options.env, home: userHome }),
    activity,
    vault: assembledVault.service,
    vaultStatus: () => vault.status(),
    damageNotice: () => damageNotice(store),
    acknowledgeDamage: () => store.acknowledgeSetAside(),
    endpointOverride: () => describeOverride(env),
    browserOrigins: () => browserOrigins(env),
    clockSkew: () => awsClock.skew(),
    onChange: changes.listen,
    watchStaticKeys: () => watchStaticKeys(staticKeys),
    watchExpiredKeys: () => watchExpiredKeys(staticKeys),
    settings,
    habits: createHabitsService(store, clock),
    close() {
      keeper.stop()
      breakglass.dispose()
      changes.stop()
      activity.close()
      // Keys that were brought along are their owner's.
      if (!options.vaultKeys) vaultKeys.lock()
      try {
        held?.rest()
      } finally {
        store.close()
      }
    },
  }
  const account = { store, vault, iam, sts, mfaSession }
  const doctorParts = { store, vault, agent, account, awsFiles: located, env, command, clock, log }
  return { ...hallpass, doctor: createDoctor(hallpass, doctorParts) }
}
