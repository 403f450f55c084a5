/** The vault as the rest of core sees it. */
import type { VaultStatus } from '#shared/vault.ts'

/**
 * Long-term secrets, one entry each. Entry names are `identity/<id>/secret-access-key`, `session-key` and the like:
 * letters, digits and `/ - _`.
 *
 * - Calls are serialised: at most one is with the OS at any time.
 * - No call waits for ever: `vault.timeout`.
 */
export interface Vault {
  readonly kind: VaultStatus['kind']
  /** Looks without prompting anybody; never throws. */
  status(): Promise<VaultStatus>
  /** @throws `vault.*`; `vault.entry-lost` when the index lists the entry and the unlocked keychain has none */
  get(entry: string): Promise<string>
  /** Stores and reads back before it returns. @throws `vault.*` */
  put(entry: string, secret: string): Promise<void>
  /** Idempotent. @throws `vault.*` */
  remove(entry: string): Promise<void>
}
