/** Puts core together: store, vault, AWS, sessions, profiles, one facade. Nothing here decides anything. */
import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { createSts, describeOverride } from './aws/index.ts'
import { createAwsFiles, ensureShim } from './awsfiles/index.ts'
import { createConsoleService, signInOrigin } from './console-service.ts'
import type { Hallpass, HallpassOptions } from './hallpass.ts'
import { createIdentityService } from './identities.ts'
import { createProfileService } from './profiles.ts'
import { createRoleService } from './roles.ts'
import { createSessionEngine } from './sessions/index.ts'
import { ensureStateFolder, stateFolder } from './state-folder.ts'
import { openStore } from './store/open-store.ts'
import { openVault } from './vault/open-vault.ts'

/** How often another process's changes are looked for, in milliseconds. */
const CHANGE_POLL_MS = 500

/**
 * Opens Hallpass on the state folder that `options.env` names, makes edits of the AWS files again that another
 * program has overwritten, and clears static keys whose session has expired.
 * @throws `file.*`, `store.*`, `usage.invalid`
 */
export async function createHallpass(options: HallpassOptions): Promise<Hallpass> {
  const { env, mfaPrompt, log, command, clock = Date.now } = options
  const home = stateFolder(env)
  ensureStateFolder(home)
  const store = openStore({ file: join(home, 'hallpass.db'), clock, log })
  const vault = openVault({ index: store.vaultIndex, kind: env.HALLPASS_VAULT })
  const sts = createSts(env)
  const files = createAwsFiles({
    env,
    home: env.HOME || homedir(),
    stateHome: home,
    profiles: store.profiles,
    clock,
    log,
  })
  const shim = () => ensureShim({ home, command })

  const profiles = createProfileService({
    store,
    files,
    clock,
    shim,
    credentials: (name) => sessions.credentials(name),
  })
  const onSession = profiles.followSession
  const sessions = createSessionEngine({ store, vault, sts, env, mfaPrompt, clock, log, onSession })
  const release = async (key: string) => {
    for (const owned of store.profiles.list()) if (owned.target === key) await profiles.remove(owned.profile)
    store.sessions.remove(key)
  }
  const changes = watchStore(() => store.foreignVersion(), files.restoreOverwritten)

  await files.restoreOverwritten()
  await profiles.clearStaticKeys({ expiredOnly: true })

  return {
    home,
    sessions,
    profiles,
    identities: createIdentityService({ store, vault, sts, clock, release }),
    roles: createRoleService({ store, clock, sessions, release }),
    console: createConsoleService({ store, sessions, env }),
    vaultStatus: () => vault.status(),
    endpointOverride: () => describeOverride(env),
    signInOrigin: () => signInOrigin(env),
    onChange: changes.listen,
    setting: (key) => store.setting(key),
    setSetting: (key, value) => store.setSetting(key, value),
    close() {
      changes.stop()
      store.close()
    },
  }
}

/** Notices commits of other processes, and AWS files overwritten by other programs, while anybody listens. */
function watchStore(version: () => number, lookAtFiles: () => Promise<void>) {
  const emitter = new EventEmitter()
  let last: number | undefined
  let timer: NodeJS.Timeout | undefined

  function look(): void {
    const current = version()
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
