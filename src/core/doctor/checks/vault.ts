/** The vault: reachable, and with everything in it that should be. */
import type { DoctorCheck } from '#shared/doctor.ts'
import type { VaultStatus } from '#shared/vault.ts'
import { count, fail, ok, warn } from '../check.ts'

const NAMES = { keychain: 'keychain', file: 'encrypted file' } as const

export function checkVault({ kind, state, problem }: VaultStatus): DoctorCheck {
  const id = 'vault.open'
  const name = NAMES[kind]
  if (state === 'unlocked') return ok(id, `The ${name} is open.`)
  const next = { text: problem?.hint ?? `Unlock the ${name}, then check again.`, command: 'hallpass vault status' }
  // Locked is how it should be while nobody needs it.
  if (state === 'locked') {
    return warn(id, problem?.message ?? `The ${name} is locked.`, { why: 'Keys can’t be read until it is open.', next })
  }
  return fail(id, problem?.message ?? `The ${name} can’t be reached.`, { why: 'Keys can’t be read or stored.', next })
}

/** @param lost entries that the vault should have and has not; null when it could not be asked */
export function checkVaultEntries(facts: {
  readonly lost: readonly string[] | null
  readonly entries: number
}): DoctorCheck {
  const id = 'vault.entries'
  const { lost, entries } = facts
  if (lost === null) {
    return warn(id, 'Whether the vault has every secret is not known.', {
      why: 'It is locked, or could not be asked.',
      next: { text: 'Unlock it, then check again.' },
    })
  }
  if (lost.length === 0) return ok(id, `${count(entries, 'secret')} in the vault, none missing.`)
  return fail(id, `${count(lost.length, 'secret')} no longer in the vault.`, {
    why: `Somebody removed them, or the vault is another than before: ${lost.slice(0, 5).join(', ')}.`,
    next: {
      text: 'Store the keys again: remove the identity that has lost its key, and add it anew.',
      command: 'hallpass identity list',
    },
  })
}
