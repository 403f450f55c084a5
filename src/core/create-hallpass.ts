/** Puts core together: store, vault, AWS, sessions, profiles, one facade. Nothing here decides anything. */
import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { isHallpassError } from '#shared/errors.ts'
import { createAccountService } from './accounts.ts'
import { createActivityLog } from './activity/index.ts'
import {
  recordAccounts,
  recordAddedRole,
  recordAwsFiles,
  recordConsole,
  recordIdentities,
  recordMfa,
  recordRepairs,
  recordRoles,
} from './activity/record-services.ts'
import {
  noteEnd,
  recordEnds,
  recordFederation,
  recordOrigins,
  recordSessions,
  recordSts,
} from './activity/record-sessions.ts'
import { dropHollow, isHollow, rememberSessionKey } from './agent/held-sessions.ts'
import { whileNoAgent } from './agent/seat-lock.ts'
import { viaAgent } from './agent/via-agent.ts'
import { createIam } from './aws/iam.ts'
import {
  type AwsClock,
  createAwsClock,
  createSts,
  describeOverride,
  type OnAnswer,
  requestSignInLink,
} from './aws/index.ts'
import { createAwsFiles, createFilesService, createSsoSections, ensureShim, locateAwsFiles } from './awsfiles/index.ts'
import { createBreakGlass } from './breakglass/index.ts'
import { createBrowserService } from './browsers/browser-service.ts'
import type { Log } from './capabilities.ts'
import { createCatalogueService } from './catalogue/service.ts'
import { CLOCK_SETTING } from './clock-setting.ts'
import { browserOrigins, createConsoleService } from './console-service.ts'
import { createDoctor } from './doctor/service.ts'
import { createExternalProfiles } from './external-profile.ts'
import { createHabitsService, createNoteUse, noteConsoleUses, noteSessionUses } from './habits.ts'
import type { Hallpass, HallpassOptions } from './hallpass.ts'
import { createIdentityService } from './identities.ts'
import { createCenters } from './identity-center/centers.ts'
import { createGivenRoles } from './identity-center/given-roles.ts'
import { portalRoleOf } from './identity-center/permission-set.ts'
import { createImportService } from './import/service.ts'
import { gateIam, gatePrompt, gateSts, gateVault, passing } from './lock/gate.ts'
import { createMfaService } from './mfa/mfa-service.ts'
import { targetsFrom } from './names.ts'
import { practiceIdentities, practiceProfiles, practiceSts } from './practice/guards.ts'
import { keepPracticeApart, practiceEndpoint, readPracticeMark, surroundingsOf } from './practice/home.ts'
import { processLocks } from './process-lock.ts'
import { createProfileService } from './profiles.ts'
import { createManyEdits } from './role-edits.ts'
import { createRoleService } from './roles.ts'
import { createRotation } from './rotation/rotation.ts'
import { mfaSessionOf, recordRotation } from './rotation/surroundings.ts'
import { createSessionEngine, createSessionKeeper } from './sessions/index.ts'
import { createSettingsService } from './settings.ts'
import { ensureStateFolder, stateFolder } from './state-folder.ts'
import { clearLeftKeys, watchExpiredKeys, watchStaticKeys } from './static-keys.ts'
import { damageNotice } from './store/damage-notice.ts'
import { openStore } from './store/open-store.ts'
import { chooseVault, VAULT_SETTING } from './vault/choice.ts'
import { createFileVault } from './vault/file/file-vault.ts'
import { VaultKeys } from './vault/file/keys.ts'
import { createForeignSecrets } from './vault/foreign-secret.ts'
import { openVault } from './vault/open-vault.ts'
import { createVaultService } from './vault/vault-service.ts'

/** How often another process's changes are looked for, in milliseconds. */
const CHANGE_POLL_MS = 500

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
  const home = stateFolder(options.env)
  ensureStateFolder(home)
  const practice = readPracticeMark(home)
  const env = surroundingsOf(options.env)
  const opened = openStore({ file: join(home, 'hallpass.db'), clock, log })
  const isPractice = practice !== undefined
  try {
    keepPracticeApart(opened, isPractice)
  } catch (error) {
    opened.close()
    throw error
  }
  const awsClock = createAwsClock({
    local: clock,
    load: () => opened.setting(CLOCK_SETTING),
    save: (text) => opened.setSetting(CLOCK_SETTING, text),
  })
  const store = held ? held.over(opened, awsClock.now) : opened
  const choice = chooseVault(env.HALLPASS_VAULT, store.setting(VAULT_SETTING))
  const vaultFile = createFileVault({
    home,
    store,
    keys: vaultKeys,
    clock,
    passphrase: env.HALLPASS_PASSPHRASE,
    prompt: passphrasePrompt,
    askAgent: agent && (() => agent.vaultKey()),
  })
  const openedVault = openVault({ index: store.vaultIndex, kind: choice.kind, file: vaultFile })
  // A keychain may be slow, and ask. An encrypted file that is locked again has to lock its sessions with it.
  const kept = held && choice.kind === 'keychain' ? rememberSessionKey(openedVault) : openedVault
  const vault = lock ? gateVault(kept, lock) : kept
  const foreignSecret = createForeignSecrets()
  const plainSts = createSts(env, noteTime(awsClock, log))
  const ownSts = practice ? practiceSts(plainSts) : plainSts
  const sts = lock ? gateSts(ownSts, lock) : ownSts
  const activity = createActivityLog({ file: join(home, 'activity.db'), store, vault, clock, log, program })
  const userHome = env.HOME || homedir()
  const located = locateAwsFiles(env, userHome)
  const filesOptions = {
    env,
    home: userHome,
    stateHome: home,
    profiles: store.profiles,
    vault,
    clock,
    log,
    endpointUrl: practice && practiceEndpoint(practice),
  }
  const filesAt = (config: string, credentials: string) => {
    const place = { ...env, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials }
    return recordAwsFiles(createAwsFiles({ ...filesOptions, env: place }), store, activity)
  }
  const files = filesAt(located.config, located.credentials)
  const shim = () => ensureShim({ home, command })

  const allProfiles = createProfileService({
    store,
    files,
    filesOf: ({ configFile, credentialsFile }) => filesAt(configFile, credentialsFile ?? located.credentials),
    clock: awsClock.now,
    shim,
    credentials: (name) => sessions.credentials(name, { use: { how: 'static-profile' } }),
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
    sections: createSsoSections(filesOptions, store.ssoSessions),
    isPractice,
    release: (key) => release(key),
    activity,
    tryLock: processLocks(home),
    clock: awsClock.now,
    onAnswer: noteTime(awsClock, log),
    log,
    gate: lock,
  })
  const external = createExternalProfiles({ store, files: located, env, mfaPrompt })
  const origins = { ...centers.origins, profile: external.credentials }
  const onSession = recordEnds(store, activity, profiles.followSession)
  const engine = createSessionEngine({
    store,
    vault,
    sts: recordSts(sts, store, activity, clock),
    origins: recordOrigins(origins, store, activity, clock),
    env,
    mfaPrompt,
    onMfaWait,
    onPromptElsewhere,
    clock,
    awsClock: awsClock.now,
    log,
    tryLock: processLocks(home),
    onSession,
  })
  const noteUse = createNoteUse(store, clock, log)
  // Before the agent comes in: it notes what it hands out.
  const recorded = noteSessionUses(recordSessions(engine, store, activity), noteUse)
  const sessions = agent ? viaAgent(agent, recorded, isOursToOpen) : recorded
  /** A passphrase the agent has not been given, this process may have. */
  function isOursToOpen(error: unknown): boolean {
    const isShut = isHallpassError(error, 'vault.locked') || isHallpassError(error, 'vault.wrong-passphrase')
    return isShut && choice.kind === 'file'
  }
  const endSession = async (key: string) => {
    await noteEnd(store, activity, key)
    store.sessions.remove(key)
  }
  const release = async (key: string) => {
    await profiles.removeAll(key)
    await endSession(key)
  }
  const settle = async (key: string) => {
    await sessions.endStale()
    await profiles.refresh([key, ...targetsFrom(store, key)])
  }
  const settings = createSettingsService(store)
  const warningMinutes = () => settings.get().expiryWarningMinutes
  const keeper = createSessionKeeper({ store, engine, clock: awsClock.now, log, warningMinutes })
  const plainIdentities = createIdentityService({ store, vault, sts, clock, release, settle, origins })
  const identities = recordIdentities(practice ? practiceIdentities(plainIdentities) : plainIdentities, activity)
  const many = createManyEdits({
    store,
    profiles: profiles.many,
    followElsewhere: (keys) => profiles.refresh(keys, 'out-of-force'),
    endStale: () => sessions.endStale(),
    clock: awsClock.now,
  })
  const roleService = createRoleService({
    store,
    clock,
    awsClock: awsClock.now,
    sessions,
    release,
    settle,
    written: profiles.byTarget,
    isDefault: (key) => profiles.many.of(key)?.isDefault ?? false,
    many,
  })
  const roles = recordRoles(roleService, store, activity)
  const givenRoles = createGivenRoles({ store, identities, clock, onAdded: recordAddedRole(activity) })
  const accounts = recordAccounts(createAccountService(store), activity)
  const changes = watchStore(() => store.foreignVersion(), files.restoreOverwritten)
  const stored = store.sessions.list()
  if (held) changes.listen(() => held.sweep())
  else if (stored.some((row) => isHollow(row, awsClock.now()))) {
    await whileNoAgent(home, () => dropHollow(store, awsClock.now()))
  }

  lock?.over({ store, vault: openedVault, sessions, settings, clock, log })

  const plainIam = createIam(env, noteTime(awsClock, log))
  const iam = lock ? gateIam(plainIam, lock) : plainIam
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
    vault: createVaultService({ choice, vault, file: vaultFile, keys: vaultKeys, store, agent }),
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

/** A measurement that can't be kept must not fail the call it comes from. */
function noteTime(awsClock: AwsClock, log: Log): OnAnswer {
  return (...answer) => {
    try {
      awsClock.observe(...answer)
    } catch (error) {
      log.warn('The time at AWS could not be noted.', { error })
    }
  }
}

/** Notices commits of other processes, and AWS files overwritten by other programs, while anybody listens. */
function watchStore(version: () => number, lookAtFiles: () => Promise<void>) {
  const emitter = new EventEmitter()
  let last: number | undefined
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    let current: number
    try {
      current = version()
    } catch {
      // A store that can't be read now says so to whoever asks it for something.
      return
    }
    if (last !== undefined && current !== last) emitter.emit('change')
    last = current
  }

  return {
    listen(listener: () => void): () => void {
      emitter.on('change', listener)
      timer ??= setInterval(() => {
        look()
        void lookAtFiles()
      }, CHANGE_POLL_MS).unref()
      look()
      return () => emitter.off('change', listener)
    },
    stop(): void {
      clearInterval(timer)
      emitter.removeAllListeners()
    },
  }
}
