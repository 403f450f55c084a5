/** Opens the vault that was chosen. Opening itself touches neither the keychain nor its library, nor the file. */
import type { VaultIndex } from '../store/types.ts'
import { besideFile } from './beside-file.ts'
import type { VaultKind } from './choice.ts'
import type { FileVault } from './file/file-vault.ts'
import { type KeychainBackend, loadKeytar } from './keychain-backend.ts'
import { createKeychainVault } from './keychain-vault.ts'
import type { Vault } from './types.ts'

/** A person needs about this long to find a password and type it. */
const DEFAULT_TIMEOUT_MS = 60_000

export interface VaultOptions {
  readonly index: VaultIndex
  /** The keychain when absent. */
  readonly kind?: VaultKind
  /** The encrypted file: the vault itself, or what lies beside the keychain. Needed for the kind `file`. */
  readonly file?: FileVault
  readonly platform?: NodeJS.Platform
  /** How long one call may take while a person may be at a prompt; 60 s by default. */
  readonly timeoutMs?: number
  /** The service name of the entries; `Hallpass` unless a test needs its own. */
  readonly service?: string
  /**
   * The words that start the `hallpass` command. Beside it is the keychain's own process, which is asked once this process
   * has lost the keyring service; without, the keychain then stays out of reach.
   */
  readonly command?: readonly string[]
  /** The keychain itself; keytar by default. */
  readonly loadBackend?: () => Promise<KeychainBackend>
}

export function openVault(options: VaultOptions): Vault {
  const { index, kind = 'keychain', file, platform = process.platform } = options
  const { timeoutMs = DEFAULT_TIMEOUT_MS, service = 'Hallpass', command } = options
  if (kind === 'file') {
    if (!file) throw new TypeError('No file was given to be the vault.')
    return file
  }
  const loadBackend = options.loadBackend ?? (() => loadKeytar(service, platform))
  const complete = async (backend: KeychainBackend) => {
    if (platform === 'win32') return (await import('./split-values.ts')).splitLongValues(backend)
    if (platform !== 'linux' || command === undefined) return backend
    const { keychainInProcess, outliveService } = await import('./keychain-process.ts')
    return outliveService(backend, keychainInProcess({ command, timeoutMs }, service))
  }
  let loading: Promise<KeychainBackend> | undefined
  const loadOnce = () => {
    loading ??= loadBackend().then(complete)
    // A failed load is tried again: the library may have been installed meanwhile.
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
  const keychain = createKeychainVault({ index, service, platform, timeoutMs, loadBackend: loadOnce })
  return file ? besideFile(keychain, file) : keychain
}
