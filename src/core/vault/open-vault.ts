/** Opens the vault the settings ask for. Opening itself touches neither the keychain nor its library. */
import { HallpassError } from '#shared/errors.ts'
import type { VaultIndex } from '../store/types.ts'
import { type KeychainBackend, loadKeytar } from './keychain-backend.ts'
import { createKeychainVault } from './keychain-vault.ts'
import type { Vault } from './types.ts'

/** A person needs about this long to find a password and type it. */
const DEFAULT_TIMEOUT_MS = 60_000

export interface VaultOptions {
  readonly index: VaultIndex
  /** Value of HALLPASS_VAULT; the keychain when absent or empty. */
  readonly kind?: string | undefined
  readonly platform?: NodeJS.Platform
  /** How long one call may take while a person may be at a prompt; 60 s by default. */
  readonly timeoutMs?: number
  /** The service name of the entries; `Hallpass` unless a test needs its own. */
  readonly service?: string
  /** The keychain itself; keytar by default. */
  readonly loadBackend?: () => Promise<KeychainBackend>
}

/** @throws `usage.invalid` for an unknown kind, `vault.unsupported` for the encrypted file */
export function openVault(options: VaultOptions): Vault {
  const {
    index,
    kind = '',
    platform = process.platform,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    service = 'Hallpass',
  } = options
  if (kind === 'file')
    throw new HallpassError('vault.unsupported', 'This version of Hallpass has no encrypted-file vault yet.', {
      hint: 'Unset HALLPASS_VAULT to use the keychain of the operating system.',
    })
  if (kind !== '' && kind !== 'keychain')
    throw new HallpassError('usage.invalid', `HALLPASS_VAULT is “${kind}”, which is not a kind of vault.`, {
      hint: 'Set it to keychain, or unset it.',
    })
  const loadBackend = options.loadBackend ?? (() => loadKeytar(service, platform))
  let loading: Promise<KeychainBackend> | undefined
  const loadOnce = () => {
    loading ??= loadBackend().then(async (backend) =>
      platform === 'win32' ? (await import('./split-values.ts')).splitLongValues(backend) : backend,
    )
    // A failed load is tried again: the library may have been installed meanwhile.
    loading.catch(() => {
      loading = undefined
    })
    return loading
  }
  return createKeychainVault({ index, service, platform, timeoutMs, loadBackend: loadOnce })
}
