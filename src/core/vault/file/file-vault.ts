/**
 * The vault in an encrypted file, for machines without a keychain. The file is read anew for every call, proven by the
 * data key, and changed under a lock; so processes see each other's entries, and lose none.
 */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import type { VaultStatus } from '#shared/vault.ts'
import type { Clock, PassphrasePrompt } from '../../capabilities.ts'
import type { Store } from '../../store/types.ts'
import { checkEntry, checkSecret } from '../checks.ts'
import type { Vault } from '../types.ts'
import {
  KDF_COST,
  type KdfCost,
  newDataKey,
  newKdf,
  normalPassphrase,
  openEntry,
  sealEntry,
  wrapDataKey,
} from './crypto.ts'
import { damaged, gone, inKeychain, locked, lost, notThere } from './errors.ts'
import { createFileIndex } from './file-index.ts'
import { type ReadVault, readVault, type VaultContent, writeVault } from './format.ts'
import type { VaultKeys } from './keys.ts'
import { checkFork, checkSeen, createLastSeen } from './last-seen.ts'
import { createLockOut } from './lock-out.ts'
import { type AgentKey, createUnlocker, type UnlockerParts } from './unlocker.ts'
import { openVaultFile } from './vault-file.ts'

export interface FileVaultParts extends Pick<UnlockerParts, 'passphrase' | 'askAgent'> {
  /** The state folder, absolute. */
  readonly home: string
  readonly store: Pick<Store, 'setting' | 'setSetting' | 'transaction' | 'vaultIndex'>
  readonly keys: VaultKeys
  readonly clock: Clock
  readonly prompt?: PassphrasePrompt | undefined
  /** For tests; what new files get otherwise is `KDF_COST`. */
  readonly cost?: KdfCost
}

export interface FileVault extends Vault {
  readonly path: string
  /** Names of the entries, without opening anything. @returns `undefined` for no file. @throws `file.*`, `vault.damaged` */
  entries(): Promise<readonly string[] | undefined>
  /** What Hallpass stored that is not among these: in the keychain, or lost with a file. */
  missing(inFile: ReadonlySet<string>): { readonly elsewhere: number; readonly lost: number }
  /**
   * Makes the file, when there is none.
   * @param options.replace keeps what is there aside under another name, and begins anew
   * @returns whether a file was made, and where the old one is
   * @throws `input.invalid` for a short passphrase, `vault.missing` when there was a file and it is gone
   */
  create(passphrase: string, options?: { replace?: boolean }): Promise<{ made: boolean; setAside: string | undefined }>
  /** Wraps the data key anew. The present passphrase is asked for. @throws `input.invalid`, `vault.*`, `file.*` */
  changePassphrase(next: string): Promise<void>
  /** Asks for the passphrase. @returns the data key, for an agent to hold. @throws `vault.*`, `file.*` */
  keyByPassphrase(): Promise<AgentKey>
  /** The data key, if it is at hand. */
  heldKey(): Promise<AgentKey | undefined>
  /** Holds a key until then (milliseconds since the epoch). @throws `vault.*` when it is not that of the file */
  hold(given: AgentKey, until: number): Promise<void>
  /** Takes the file as it is for the newest. Asks for the passphrase. @throws `vault.*`, `file.*` */
  accept(): Promise<void>
}

/** Fewer characters are tried out, whatever the function that makes a key of them costs. */
const SHORTEST_PASSPHRASE = 8

/** The name of the file in the state folder. */
export function vaultPath(home: string): string {
  return join(home, 'vault.sealed')
}

/** Refuses a passphrase that is none. @throws `input.invalid` */
export function checkPassphrase(passphrase: string): void {
  if (normalPassphrase(passphrase).length >= SHORTEST_PASSPHRASE) return
  throw new HallpassError('input.invalid', `A passphrase needs at least ${SHORTEST_PASSPHRASE} characters.`, {
    hint: 'Take a few words that do not belong together.',
  })
}

/** Opens nothing yet. */
export function createFileVault(parts: FileVaultParts): FileVault {
  const { home, store, keys, clock, passphrase = '', prompt, askAgent, cost = KDF_COST } = parts
  const path = vaultPath(home)
  const file = openVaultFile(home, path)
  const lastSeen = createLastSeen(store)
  const unlocker = createUnlocker({ keys, lockOut: createLockOut(store, clock), passphrase, prompt, askAgent })
  const index = createFileIndex(store.vaultIndex)

  async function load(): Promise<ReadVault | undefined> {
    const seen = lastSeen.read()
    const bytes = await file.read()
    if (!bytes && seen) throw gone(path)
    if (!bytes) return undefined
    const vault = readVault(bytes, path)
    checkSeen(path, vault, seen)
    return vault
  }

  async function existing(): Promise<ReadVault> {
    const vault = await load()
    if (!vault) throw notThere(path)
    return vault
  }

  /** Runs `work` with a key that has proven the file. At once: a key that is to go may go while something is waited for. */
  function proven<T>(vault: ReadVault, work: (key: Buffer) => T): T {
    const key = keys.get(vault.id)
    if (!key) throw locked()
    if (!vault.isProven(key)) throw damaged(path)
    return work(key)
  }

  async function withOpened<T>(work: (vault: ReadVault, key: Buffer) => T): Promise<T> {
    const vault = await existing()
    await unlocker.unlock(vault)
    return proven(vault, (key) => {
      checkFork(path, vault, lastSeen.read())
      lastSeen.note(vault)
      return work(vault, key)
    })
  }

  /** @param change `undefined` from it leaves the file as it is */
  async function replace(change: (vault: ReadVault, key: Buffer) => VaultContent | undefined): Promise<void> {
    let written: Buffer | undefined
    await file.replace((bytes) => {
      if (!bytes) throw gone(path)
      const vault = readVault(bytes, path)
      const seen = lastSeen.read()
      checkSeen(path, vault, seen)
      written = proven(vault, (key) => {
        checkFork(path, vault, seen)
        const next = change(vault, key)
        return next && writeVault({ ...next, revision: vault.revision + 1 }, key)
      })
      return written
    })
    if (written) lastSeen.note(readVault(written, path))
  }

  async function makeFile(text: string): Promise<boolean> {
    const [id, kdf, dataKey] = [randomUUID(), newKdf(cost), newDataKey()]
    const key = await wrapDataKey(dataKey, text, kdf, id)
    const bytes = writeVault({ id, kdf, key, revision: 1, entries: new Map() }, dataKey)
    let made = false
    await file.replace((there) => {
      made = !there
      return there ? undefined : bytes
    })
    if (made) {
      lastSeen.force(readVault(bytes, path))
      keys.hold(id, dataKey)
    }
    dataKey.fill(0)
    return made
  }

  /** Whoever chose this vault and has given a passphrase gets a file with the first secret. */
  async function makeFirst(): Promise<void> {
    const text = passphrase.trim() === '' ? await prompt?.({ isNew: true }) : passphrase
    if (text === undefined) throw notThere(path)
    checkPassphrase(text)
    await makeFile(text)
  }

  const withEntries = ({ id, kdf, key, revision }: ReadVault, entries: ReadonlyMap<string, string>) => ({
    id,
    kdf,
    key,
    revision,
    entries,
  })

  return {
    kind: 'file',
    path,

    async status() {
      try {
        const vault = await load()
        if (!vault) {
          if (passphrase.trim() === '') throw notThere(path)
        } else {
          await unlocker.unlockQuietly(vault)
          proven(vault, () => {})
        }
        return { kind: 'file', state: 'unlocked', problem: null }
      } catch (error) {
        return statusOf(error)
      }
    },

    async get(entry) {
      checkEntry(entry)
      return withOpened((vault, key) => {
        const sealed = vault.entries.get(entry)
        if (sealed === undefined) throw index.isElsewhere(entry) ? inKeychain(path) : lost(path)
        const secret = openEntry(key, vault.id, entry, sealed)
        if (secret === undefined) throw damaged(path)
        index.add(entry)
        return secret
      })
    },

    async put(entry, secret) {
      checkEntry(entry)
      checkSecret(secret, 'the encrypted file')
      if (!(await load())) await makeFirst()
      // Whoever has to be asked is asked before others have to wait for the lock.
      await withOpened(() => {})
      await replace((vault, key) =>
        withEntries(vault, new Map(vault.entries).set(entry, sealEntry(key, vault.id, entry, secret))),
      )
      index.add(entry)
    },

    async remove(entry) {
      checkEntry(entry)
      const vault = await load()
      if (vault?.entries.has(entry)) {
        await withOpened(() => {})
        await replace((now) => {
          const entries = new Map(now.entries)
          return entries.delete(entry) ? withEntries(now, entries) : undefined
        })
      } else if (index.isElsewhere(entry)) throw inKeychain(path)
      index.remove(entry)
    },

    async entries() {
      const bytes = await file.read()
      return bytes && [...readVault(bytes, path).entries.keys()]
    },

    missing: (inFile) => index.count(inFile),

    async create(text, options = {}) {
      checkPassphrase(text)
      const setAside = options.replace ? await file.setAside() : undefined
      if (!options.replace) await load()
      const made = await makeFile(text)
      // Somebody else's: whoever makes it the vault has to know its passphrase.
      if (!made) await unlocker.attempt(await existing(), text)
      return { made, setAside }
    },

    async changePassphrase(next) {
      checkPassphrase(next)
      const vault = await existing()
      await unlocker.unlockByPassphrase(vault)
      const dataKey = proven(vault, (key) => Buffer.from(key))
      const kdf = newKdf(cost)
      const key = await wrapDataKey(dataKey, next, kdf, vault.id)
      dataKey.fill(0)
      await replace((now) => {
        if (now.id !== vault.id) throw damaged(path)
        return { ...withEntries(now, now.entries), kdf, key }
      })
    },

    async keyByPassphrase() {
      const vault = await existing()
      await unlocker.unlockByPassphrase(vault)
      return proven(vault, (key) => ({ vault: vault.id, key: key.toString('base64') }))
    },

    async heldKey() {
      const vault = await load()
      const key = vault && keys.get(vault.id)
      return key && { vault: vault.id, key: key.toString('base64') }
    },

    async hold(given, until) {
      const vault = await existing()
      const key = Buffer.from(given.key, 'base64')
      if (vault.id !== given.vault || !vault.isProven(key)) throw damaged(path)
      keys.hold(vault.id, key, until)
      key.fill(0)
    },

    async accept() {
      const bytes = await file.read()
      if (!bytes) throw notThere(path)
      const vault = readVault(bytes, path)
      await unlocker.unlockByPassphrase(vault)
      proven(vault, () => lastSeen.force(vault))
    },
  }
}

const STILL_LOCKED: readonly string[] = ['vault.locked', 'vault.wrong-passphrase', 'vault.wait']

function statusOf(error: unknown): VaultStatus {
  if (!(error instanceof HallpassError)) throw error
  const { code, message, hint } = error
  const state = STILL_LOCKED.includes(code) ? 'locked' : 'unavailable'
  return { kind: 'file', state, problem: { code, message, ...(hint === undefined ? {} : { hint }) } }
}
