/** Puts core together: store, vault, AWS, sessions, profiles, one facade. Nothing here decides anything. */
import { EventEmitter } from 'node:events'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { dropHollow, isHollow, rememberSessionKey } from './agent/held-sessions.ts'
import { whileNoAgent } from './agent/seat-lock.ts'
import { viaAgent } from './agent/via-agent.ts'
import { createSts, describeOverride } from './aws/index.ts'
import { createAwsFiles, ensureShim } from './awsfiles/index.ts'
import { createConsoleService, signInOrigin } from './console-service.ts'
import type { Hallpass, HallpassOptions } from './hallpass.ts'
import { createIdentityService } from './identities.ts'
import { createProfileService } from './profiles.ts'
import { createRoleService } from './roles.ts'
import { createSessionEngine } from './sessions/index.ts'
import { ensureStateFolder, stateFolder } from './state-folder.ts'
import { damageNotice } from './store/damage-notice.ts'
import { openStore } from './store/open-store.ts'
import { openVault } from './vault/open-vault.ts'

/** How often another process's changes are looked for, in milliseconds. */
const CHANGE_POLL_MS = 500

/**
 * Opens Hallpass on the state folder that `options.env` names, and clears static keys whose session has expired.
 * @throws `file.*`, `store.*`, `usage.invalid`
 */
export async function createHallpass(options: HallpassOptions): Promise<Hallpass> {
  const { env, mfaPrompt, log, command, agent, held, clock = Date.now } = options
  const home = stateFolder(env)
  ensureStateFolder(home)
  const opened = openStore({ file: join(home, 'hallpass.db'), clock, log })
  const store = held ? held.over(opened) : opened
  const openedVault = openVault({ index: store.vaultIndex, kind: env.HALLPASS_VAULT })
  const vault = held ? rememberSessionKey(openedVault) : openedVault
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
  const engine = createSessionEngine({ store, vault, sts, env, mfaPrompt, clock, log, onSession })
  const sessions = agent ? viaAgent(agent, engine) : engine
  const release = async (key: string) => {
    for (const owned of store.profiles.list()) if (owned.target === key) await profiles.remove(owned.profile)
    store.sessions.remove(key)
  }
  const changes = watchStore(() => store.foreignVersion())
  if (held) changes.listen(() => held.sweep(clock()))
  else if (store.sessions.list().some(isHollow)) await whileNoAgent(home, () => dropHollow(store))

  await profiles.clearStaticKeys({ expiredOnly: true })

  return {
    home,
    sessions,
    profiles,
    identities: createIdentityService({ store, vault, sts, clock, release }),
    roles: createRoleService({ store, clock, sessions, release }),
    console: createConsoleService({ store, sessions, env }),
    vaultStatus: () => vault.status(),
    damageNotice: () => damageNotice(store),
    acknowledgeDamage: () => store.acknowledgeSetAside(),
    endpointOverride: () => describeOverride(env),
    signInOrigin: () => signInOrigin(env),
    onChange: changes.listen,
    setting: (key) => store.setting(key),
    setSetting: (key, value) => store.setSetting(key, value),
    close() {
      changes.stop()
      try {
        held?.rest()
      } finally {
        store.close()
      }
    },
  }
}

/** Notices commits of other processes while anybody listens. */
function watchStore(version: () => number) {
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
      timer ??= setInterval(look, CHANGE_POLL_MS).unref()
      look()
      return () => emitter.off('change', listener)
    },
    stop(): void {
      clearInterval(timer)
      emitter.removeAllListeners()
    },
  }
}
