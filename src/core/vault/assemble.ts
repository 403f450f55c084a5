/** Puts the vault together: the one that was chosen, with the encrypted file, behind the gate of the app. */
import { rememberSessionKey } from '../agent/held-sessions.ts'
import type { AgentClient } from '../agent/index.ts'
import type { Env } from '../aws/index.ts'
import type { Clock, PassphrasePrompt } from '../capabilities.ts'
import { type Gate, gateVault } from '../lock/gate.ts'
import type { Store } from '../store/types.ts'
import { chooseVault, VAULT_SETTING } from './choice.ts'
import { createFileVault } from './file/file-vault.ts'
import type { VaultKeys } from './file/keys.ts'
import { openVault } from './open-vault.ts'
import type { Vault } from './types.ts'
import { createVaultService, type VaultHolder, type VaultService } from './vault-service.ts'

export interface VaultAssemblyParts {
  readonly home: string
  readonly env: Env
  readonly store: Store
  readonly clock: Clock
  readonly keys: VaultKeys
  readonly passphrasePrompt: PassphrasePrompt | undefined
  readonly agent: AgentClient | undefined
  /** This process is the agent. */
  readonly isAgent: boolean
  readonly gate: Gate | undefined
  /** See `VaultOptions`. */
  readonly command: readonly string[]
}

export interface AssembledVault {
  readonly vault: Vault
  /** The same for what opens the gate. */
  readonly ungated: Vault
  readonly service: VaultService & VaultHolder
}

export function assembleVault(parts: VaultAssemblyParts): AssembledVault {
  const { home, env, store, clock, keys, passphrasePrompt, agent, isAgent, gate, command } = parts
  const choice = chooseVault(env.HALLPASS_VAULT, store.setting(VAULT_SETTING))
  const file = createFileVault({
    home,
    store,
    keys,
    clock,
    passphrase: env.HALLPASS_PASSPHRASE,
    prompt: passphrasePrompt,
    askAgent: agent && (() => agent.vaultKey()),
  })
  const ungated = openVault({ index: store.vaultIndex, kind: choice.kind, file, command })
  // A keychain may be slow, and ask. An encrypted file that is locked again has to lock its sessions with it.
  const kept = isAgent && choice.kind === 'keychain' ? rememberSessionKey(ungated) : ungated
  const vault = gate ? gateVault(kept, gate) : kept
  return { vault, ungated, service: createVaultService({ choice, vault, file, keys, store, agent }) }
}
