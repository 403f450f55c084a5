/**
 * Opens the vault file: with the key in this process's memory, with the agent's, with HALLPASS_PASSPHRASE, or with what
 * a person types; in this order, and only as far as it takes.
 */
import { type HallpassError, isHallpassError } from '#shared/errors.ts'
import type { PassphrasePrompt } from '../../capabilities.ts'
import { unwrapDataKey } from './crypto.ts'
import { locked, wrongPassphrase } from './errors.ts'
import type { ReadVault } from './format.ts'
import type { VaultKeys } from './keys.ts'
import type { LockOut } from './lock-out.ts'

/** A data key as an agent hands it out. */
export interface AgentKey {
  readonly vault: string
  /** Base64. */
  readonly key: string
}

export interface UnlockerParts {
  readonly keys: VaultKeys
  readonly lockOut: LockOut
  /** HALLPASS_PASSPHRASE; empty like absent. */
  readonly passphrase?: string | undefined
  readonly prompt?: PassphrasePrompt | undefined
  readonly askAgent?: (() => Promise<AgentKey | undefined>) | undefined
}

export interface Unlocker {
  /**
   * Puts the key of `file` into the keys. Callers at the same moment share one attempt.
   * @throws `vault.locked` when there is nothing to open it with, `vault.wrong-passphrase`, `vault.wait`, `cancelled`
   */
  unlock(file: ReadVault): Promise<void>
  /** As `unlock`, and asks nobody. */
  unlockQuietly(file: ReadVault): Promise<void>
  /** As `unlock`, but by the passphrase itself, also when the key is at hand. */
  unlockByPassphrase(file: ReadVault): Promise<void>
  /** Tries one passphrase. @throws `vault.wrong-passphrase`, `vault.wait` */
  attempt(file: ReadVault, passphrase: string): Promise<void>
}

/** How often a person may type it wrong before the command gives up. */
const ATTEMPTS = 3

export function createUnlocker({ keys, lockOut, passphrase = '', prompt, askAgent }: UnlockerParts): Unlocker {
  /** A variable does not change: what it did not open it never will. */
  let refused: { readonly wrapped: string; readonly error: HallpassError } | undefined
  let opening: { readonly wrapped: string; readonly work: Promise<void> } | undefined

  async function attempt(file: ReadVault, text: string): Promise<void> {
    lockOut.check()
    const key = await unwrapDataKey(file.key, text, file.kdf, file.id)
    if (!key) throw wrongPassphrase(lockOut.failed())
    lockOut.succeeded()
    keys.hold(file.id, key)
    key.fill(0)
  }

  async function fromVariable(file: ReadVault): Promise<void> {
    if (refused?.wrapped === file.key) throw refused.error
    try {
      await attempt(file, passphrase)
    } catch (error) {
      if (isHallpassError(error, 'vault.wrong-passphrase')) refused = { wrapped: file.key, error }
      throw error
    }
  }

  async function fromPerson(file: ReadVault): Promise<void> {
    if (!prompt) throw locked()
    let problem: HallpassError | undefined
    for (let count = 1; ; count += 1) {
      lockOut.check()
      const typed = await prompt({ isNew: false, ...(problem ? { problem } : {}) })
      try {
        return await attempt(file, typed)
      } catch (error) {
        if (!isHallpassError(error, 'vault.wrong-passphrase') || count === ATTEMPTS) throw error
        problem = error
      }
    }
  }

  const hasVariable = passphrase.trim() !== ''
  const byPassphrase = (file: ReadVault) => (hasVariable ? fromVariable(file) : fromPerson(file))

  async function open(file: ReadVault, otherwise: (file: ReadVault) => Promise<void>): Promise<void> {
    if (keys.isClosed) throw locked()
    const given = await askAgent?.()
    if (given?.vault !== file.id) return otherwise(file)
    const key = Buffer.from(given.key, 'base64')
    keys.hold(file.id, key)
    key.fill(0)
  }

  return {
    async unlock(file) {
      if (keys.get(file.id)) return
      if (opening?.wrapped !== file.key) {
        const work = open(file, byPassphrase).finally(() => {
          if (opening?.work === work) opening = undefined
        })
        opening = { wrapped: file.key, work }
      }
      await opening.work
    },
    async unlockQuietly(file) {
      if (keys.get(file.id)) return
      await open(file, async () => {
        if (!hasVariable) throw locked()
        await fromVariable(file)
      })
    },
    unlockByPassphrase: byPassphrase,
    attempt,
  }
}
