/** The vault that is in use, as it is called in a sentence. */
import type { Hallpass } from '#core/hallpass.ts'

export function vaultName({ vault }: Pick<Hallpass, 'vault'>): string {
  return vault.kind === 'file' ? 'encrypted file' : 'keychain'
}
