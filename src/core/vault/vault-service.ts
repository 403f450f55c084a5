/** Looking at the vault, choosing and making it, and locking and unlocking the encrypted file. */
import { HallpassError } from '#shared/errors.ts'
import type { VaultStatus } from '#shared/vault.ts'
import type { AgentClient } from '../agent/client.ts'
import type { VaultKey } from '../agent/protocol.ts'
import type { Store } from '../store/types.ts'
import { chooseVault, VAULT_SETTING, type VaultChoice } from './choice.ts'
import type { FileVault } from './file/file-vault.ts'
import type { VaultKeys } from './file/keys.ts'
import type { Vault } from './types.ts'

/** State of the vault, how it came to be the one, and what is where. */
export interface VaultDetail extends VaultStatus {
  readonly chosenBy: 'environment' | 'setting' | 'default'
  /** Path of the vault file; null when there is none. */
  readonly file: string | null
  /** Secrets in the vault file, those in the keychain, and those that were in a file and are in it no more. */
  readonly secrets: { readonly inFile: number; readonly elsewhere: number; readonly lost: number }
  /** Until when an agent holds the file open: ISO 8601. */
  readonly unlockedUntil: string | null
}

/** The vault itself. Which one is used is chosen, and never changes by itself. */
export interface VaultService {
  readonly kind: VaultStatus['kind']
  /** Prompts nobody. */
  detail(): Promise<VaultDetail>
  /**
   * Makes the encrypted file the vault from now on, and the file when there is none.
   * @param options.replace keeps a file that is there aside and begins a new one
   * @throws `input.invalid`, `agent.running`, `vault.wrong-passphrase` for a file that is there, `vault.*`, `file.*`
   */
  init(
    passphrase: string,
    options?: { replace?: boolean },
  ): Promise<{ readonly path: string; readonly made: boolean; readonly setAside: string | null }>
  /** Makes the keychain the vault from now on. Nothing is moved. @throws `agent.running` */
  chooseKeychain(): Promise<void>
  /** The present passphrase is HALLPASS_PASSPHRASE, or asked for. @throws `input.invalid`, `vault.*`, `file.*` */
  changePassphrase(next: () => Promise<string>): Promise<void>
  /** Hands the opened key to the agent. @returns when it forgets it. @throws `agent.not-running`, `vault.*` */
  unlock(seconds: number): Promise<Date>
  /** Has the agent forget the key. @returns whether it had one */
  lock(): Promise<boolean>
  /** Takes a vault file that is older than the one used last. The passphrase is asked for. @throws `vault.*` */
  accept(): Promise<void>
}

export interface VaultServiceParts {
  readonly choice: VaultChoice
  readonly vault: Vault
  readonly file: FileVault
  readonly keys: VaultKeys
  readonly store: Pick<Store, 'setting' | 'setSetting'>
  /** Absent in the agent itself. */
  readonly agent?: AgentClient | undefined
}

/** What the agent does with the key, beside what everybody may do. */
export interface VaultHolder {
  /** @throws `vault.*` when it is not the key of the vault file */
  hold(key: VaultKey, until: number): Promise<void>
  heldKey(): Promise<VaultKey | undefined>
  /** Milliseconds since the epoch; null when none is held for a set time. */
  heldUntil(): number | null
  /** @returns whether there was one */
  drop(): boolean
  /** Told when the key goes: dropped, or over its time. */
  whenDropped(listener: () => void): void
  served(): { readonly kind: string; readonly stored: string }
}

export function createVaultService(parts: VaultServiceParts): VaultService & VaultHolder {
  const { choice, vault, file, keys, store, agent } = parts

  async function refuseWithAgent(): Promise<void> {
    if (!(await agent?.status())) return
    throw new HallpassError('agent.running', 'An agent is running, with the vault that was chosen before.', {
      hint: 'End it first: hallpass agent --stop, or quit the app.',
    })
  }

  function refuseKeychain(): void {
    if (choice.kind === 'file') return
    throw new HallpassError(
      'usage.invalid',
      'The vault is the keychain, which the operating system unlocks and locks.',
      {
        hint: 'On a machine without one: hallpass vault init --file',
      },
    )
  }

  async function detail(): Promise<VaultDetail> {
    const [status, entries, agentStatus] = await Promise.all([
      vault.status(),
      file.entries().catch(() => []),
      agent?.status().catch(() => undefined),
    ])
    const inFile = new Set(entries)
    return {
      ...status,
      chosenBy: choice.by,
      file: entries === undefined ? null : file.path,
      secrets: { inFile: inFile.size, ...file.missing(inFile) },
      unlockedUntil: agentStatus?.vaultUnlockedUntil ?? null,
    }
  }

  return {
    kind: choice.kind,
    detail,

    async init(passphrase, { replace = false } = {}) {
      await refuseWithAgent()
      const { made, setAside } = await file.create(passphrase, { replace })
      store.setSetting(VAULT_SETTING, 'file')
      return { path: file.path, made, setAside: setAside ?? null }
    },

    async chooseKeychain() {
      await refuseWithAgent()
      store.setSetting(VAULT_SETTING, 'keychain')
    },

    async changePassphrase(next) {
      refuseKeychain()
      await file.changePassphrase(await next())
    },

    async unlock(seconds) {
      refuseKeychain()
      const until = await agent?.unlockVault(await file.keyByPassphrase(), seconds)
      if (until !== undefined) return new Date(until)
      throw new HallpassError('agent.not-running', 'No agent is running that could hold the encrypted file open.', {
        hint: 'Start one with: hallpass agent',
      })
    },

    async lock() {
      refuseKeychain()
      return (await agent?.lockVault()) ?? keys.lock()
    },

    async accept() {
      refuseKeychain()
      await file.accept()
    },

    hold: (key, until) => file.hold(key, until),
    heldKey: () => file.heldKey(),
    heldUntil() {
      const { until } = keys
      return until === undefined || until === Number.POSITIVE_INFINITY ? null : until
    },
    drop: () => keys.lock(),
    whenDropped: (listener) => keys.whenLocked(listener),
    served: () => ({ kind: choice.kind, stored: chooseVault(undefined, store.setting(VAULT_SETTING)).kind }),
  }
}
