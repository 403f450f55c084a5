/** `hallpass vault status`: which vault is in use and why, whether it is open, and what is where. */
import type { VaultDetail } from '#core/vault/vault-service.ts'
import type { Handler } from '../descriptor.ts'
import { clockText } from '../output/time.ts'
import { vaultName } from '../output/vault-name.ts'

const CHOSEN = {
  environment: 'HALLPASS_VAULT',
  setting: 'hallpass vault init',
  default: 'not chosen: the keychain is what Hallpass uses',
} as const
const STATES = { unlocked: 'open', locked: 'locked', unavailable: 'not there' } as const

export const vaultStatus: Handler = async (context) => {
  const hallpass = await context.hallpass()
  const detail = await hallpass.vault.detail()
  if (context.json) {
    context.jsonData(detail)
    return 0
  }
  context.fields([
    ['Vault', vaultName(hallpass)],
    ['Chosen by', CHOSEN[detail.chosenBy]],
    ['State', STATES[detail.state]],
    ['File', detail.file],
    ['Open until', detail.unlockedUntil && clockText(detail.unlockedUntil, Date.now())],
  ])
  if (detail.problem)
    context.note(`${detail.problem.message}${detail.problem.hint ? `\n  ${detail.problem.hint}` : ''}`)
  for (const line of splitOf(detail)) context.note(line)
  return 0
}

/** Said when what Hallpass stored is not where it looks. */
function splitOf({ kind, secrets: { inFile, elsewhere, lost } }: VaultDetail): string[] {
  const count = (number: number) => (number === 1 ? '1 secret is' : `${number} secrets are`)
  if (kind === 'keychain') return inFile > 0 ? [`${count(inFile)} in the encrypted file, which is not in use.`] : []
  return [
    ...(elsewhere > 0 ? [`${count(elsewhere)} in the keychain, which is not in use.`] : []),
    ...(lost > 0
      ? [`${count(lost)} no longer in the encrypted file. Put the file back that had them, or store them again.`]
      : []),
  ]
}
