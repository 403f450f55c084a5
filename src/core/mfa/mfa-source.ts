/** Where an identity's MFA codes come from: its seed in the vault, a command of the person's, or the person. */
import type { Identity, IdentityDetail, MfaSource } from '#shared/identities.ts'
import type { Store } from '../store/types.ts'

/** The vault entry that holds the TOTP seed of an identity's MFA device. */
export function totpSeedEntry(identityId: string): string {
  return `identity/${identityId}/totp-seed`
}

/** The command that prints the identity's codes, as it was typed; null without one. */
export function mfaCommandOf(store: Pick<Store, 'setting'>, identityId: string): string | null {
  return store.setting(commandSetting(identityId)) || null
}

/** Sets the command, or with null takes it away. */
export function setMfaCommand(store: Pick<Store, 'setSetting'>, identityId: string, command: string | null): void {
  store.setSetting(commandSetting(identityId), command ?? '')
}

/** Told from the store alone: the vault is not asked. */
export function mfaSourceOf(store: Pick<Store, 'setting' | 'vaultIndex'>, identityId: string): MfaSource {
  if (store.vaultIndex.has(totpSeedEntry(identityId))) return 'seed'
  return mfaCommandOf(store, identityId) === null ? 'prompt' : 'command'
}

/** The identity as lists and details show it. */
export function identityDetail(store: Pick<Store, 'setting' | 'vaultIndex'>, identity: Identity): IdentityDetail {
  return {
    ...identity,
    mfaSource: mfaSourceOf(store, identity.id),
    mfaCommand: mfaCommandOf(store, identity.id),
  }
}

function commandSetting(identityId: string): string {
  return `mfa.command/${identityId}`
}
