/** Which vault is in use. It is chosen, by the environment or by `hallpass vault init`, and never changes by itself. */
import { HallpassError } from '#shared/errors.ts'
import type { VaultStatus } from '#shared/vault.ts'

export type VaultKind = VaultStatus['kind']

/** The setting of the store with the kind that was chosen. */
export const VAULT_SETTING = 'vault.kind'

export interface VaultChoice {
  readonly kind: VaultKind
  /** `default` when nothing was chosen. */
  readonly by: 'environment' | 'setting' | 'default'
}

/**
 * @param variable value of HALLPASS_VAULT, which counts for more than
 * @param setting the stored choice
 * @throws `usage.invalid` when the variable names no kind of vault
 */
export function chooseVault(variable: string | undefined, setting: string | undefined): VaultChoice {
  const asked = variable?.trim() ?? ''
  if (asked === 'file' || asked === 'keychain') return { kind: asked, by: 'environment' }
  if (asked !== '')
    throw new HallpassError('usage.invalid', `HALLPASS_VAULT is “${asked}”, which is not a kind of vault.`, {
      hint: 'Set it to keychain or file, or unset it.',
    })
  if (setting === 'file' || setting === 'keychain') return { kind: setting, by: 'setting' }
  return { kind: 'keychain', by: 'default' }
}
