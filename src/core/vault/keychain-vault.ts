/**
 * The vault in the OS keychain.
 *
 * - One native call at a time, each with a time limit (native-lane.ts).
 * - The index is changed only after the keychain confirmed: an entry is added once it was written and read back, and
 *   taken out once it is gone. A crash in between leaves a secret without an index line, which `get` picks up again,
 *   never an index line without a secret. No failure changes the index.
 * - A null or a "nothing deleted" from a Linux keyring means locked or lost, so it is never believed before the Secret
 *   Service was asked which.
 * - A locked keyring: the call is made all the same, because that is what shows the person the keyring's own prompt,
 *   also to a command without a terminal. While the keyring stays locked the prompt has `timeoutMs`. Where nobody can
 *   be prompted, the keyring itself refuses within milliseconds (`vault.locked`). When it is still locked after the call
 *   and a prompter is on the bus, the person closed the prompt (`vault.dismissed`).
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { VaultStatus } from '#shared/vault.ts'
import type { VaultIndex } from '../store/types.ts'
import { checkEntry, checkSecret } from './checks.ts'
import type { KeychainBackend } from './keychain-backend.ts'
import { LaneTimeout, NativeLane } from './native-lane.ts'
import { findEntry, isPrompterPresent, readCollectionState } from './secret-service.ts'
import type { Vault } from './types.ts'
import { classifyVaultError, keychainName, vaultError } from './vault-errors.ts'

/** A keychain that answers at all answers within this, unless it waits for a person. */
const ANSWER_MS = 10_000
/** How long `status` waits for a keychain that is busy with something else. */
const STATUS_MS = 2_000
/** No entry has this name, so looking it up finds out whether the keychain answers, and prompts nobody. */
const PROBE = 'status-probe'

export interface KeychainVaultOptions {
  readonly index: VaultIndex
  readonly service: string
  readonly platform: NodeJS.Platform
  readonly timeoutMs: number
  readonly loadBackend: () => Promise<KeychainBackend>
}

type Step<T> = (backend: KeychainBackend) => Promise<T>

export function createKeychainVault(options: KeychainVaultOptions): Vault {
  const { index, service, platform, timeoutMs } = options
  const onLinux = platform === 'linux'
  const lane = new NativeLane({
    // On macOS any access may wait for a person at the keychain's access prompt.
    answerMs: platform === 'darwin' ? timeoutMs : Math.min(ANSWER_MS, timeoutMs),
    timeoutMs,
    isWaitingForPerson: async () => onLinux && (await readCollectionState()).state === 'locked',
  })

  async function perform<T>(step: Step<T>): Promise<T> {
    if (lane.isStuck) throw await explainTimeout()
    try {
      return await lane.run(async (call) => {
        const backend = await options.loadBackend()
        return step({
          get: (account) => call(() => backend.get(account)),
          set: (account, value) => call(() => backend.set(account, value)),
          delete: (account) => call(() => backend.delete(account)),
        })
      })
    } catch (error) {
      if (error instanceof LaneTimeout) throw await explainTimeout()
      const coded = classifyVaultError(error, platform)
      throw onLinux && isHallpassError(coded, 'vault.locked') ? await explainLocked(coded.details) : coded
    }
  }

  async function explainTimeout(): Promise<HallpassError> {
    const isLocked = onLinux && (await readCollectionState()).state === 'locked'
    return vaultError(isLocked ? 'vault.locked' : 'vault.timeout', platform)
  }

  async function explainLocked(details?: string): Promise<HallpassError> {
    const about = details === undefined ? {} : { details }
    return vaultError((await isPrompterPresent()) ? 'vault.dismissed' : 'vault.locked', platform, about)
  }

  /** Reads with a second look after a null. @returns null when the entry certainly is not there */
  async function read(backend: KeychainBackend, entry: string): Promise<string | null> {
    const value = await backend.get(entry)
    if (value !== null || !onLinux) return value
    switch (await findEntry(service, entry)) {
      case 'absent':
        return null
      case 'locked':
        throw await explainLocked()
      case 'present':
        return await backend.get(entry) // unlocked in the meantime
      case 'unknown':
        if (!index.has(entry)) return null
        throw new HallpassError(
          'vault.locked',
          'The keyring gave no secret where Hallpass stored one: it is locked, or the entry is gone.',
          { hint: 'Unlock the keyring and try again. If it is unlocked, enter the secret again. Nothing was changed.' },
        )
    }
  }

  return {
    kind: 'keychain',

    async status() {
      return onLinux ? linuxStatus() : probeStatus()
    },

    async get(entry) {
      checkEntry(entry)
      return perform(async (backend) => {
        const value = await read(backend, entry)
        if (value === null) throw vaultError('vault.entry-lost', platform, { details: `entry ${entry}` })
        if (!index.has(entry)) index.add(entry)
        return value
      })
    },

    async put(entry, secret) {
      checkEntry(entry)
      checkSecret(secret, keychainName(platform))
      await perform(async (backend) => {
        await backend.set(entry, secret)
        if ((await read(backend, entry)) !== secret)
          throw vaultError('vault.failed', platform, { details: 'the stored secret read back differently' })
        if (!index.has(entry)) index.add(entry)
      })
    },

    async remove(entry) {
      checkEntry(entry)
      await perform(async (backend) => {
        const wasDeleted = await backend.delete(entry)
        if (!wasDeleted && (await read(backend, entry)) !== null && !(await backend.delete(entry)))
          throw vaultError('vault.failed', platform, { details: 'the secret could not be deleted' })
        if (index.has(entry)) index.remove(entry)
      })
    },
  }

  async function linuxStatus(): Promise<VaultStatus> {
    try {
      await options.loadBackend()
      const collection = await readCollectionState()
      if (collection.state === 'unknown') return await probeStatus()
      if (collection.state === 'failed') throw classifyVaultError(collection.reason, platform)
      if (collection.state === 'unlocked') return { kind: 'keychain', state: 'unlocked', problem: null }
      const problem =
        collection.state === 'locked'
          ? vaultError('vault.locked', platform)
          : new HallpassError('vault.locked', 'There is no default keyring yet.', {
              hint: 'The first secret that is stored makes one, and asks for a password for it.',
            })
      return statusOf('locked', problem)
    } catch (error) {
      return statusOf('unavailable', classifyVaultError(error, platform))
    }
  }

  async function probeStatus(): Promise<VaultStatus> {
    const busy = vaultError('vault.timeout', platform)
    if (lane.isStuck) return statusOf('unavailable', busy)
    const wasBusy = lane.isBusy
    let timer: NodeJS.Timeout | undefined
    const tooLong = new Promise<VaultStatus>((resolve) => {
      // Behind another call the keychain most likely waits for a person; on its own it does not answer.
      timer = setTimeout(() => resolve(statusOf(wasBusy ? 'locked' : 'unavailable', busy)), STATUS_MS)
    })
    const answer = perform((backend) => backend.get(PROBE)).then(
      (): VaultStatus => ({ kind: 'keychain', state: 'unlocked', problem: null }),
      (error) => {
        const problem = classifyVaultError(error, platform)
        return statusOf(problem.code === 'vault.locked' ? 'locked' : 'unavailable', problem)
      },
    )
    const status = await Promise.race([answer, tooLong])
    clearTimeout(timer)
    return status
  }
}

function statusOf(state: VaultStatus['state'], problem: HallpassError): VaultStatus {
  const { code, message, hint } = problem
  return { kind: 'keychain', state, problem: { code, message, ...(hint === undefined ? {} : { hint }) } }
}
