/** `hallpass vault status`: which vault is in use and why, whether it is open, and what is where. */
import type { VaultDetail } from '#core/hallpass.ts'
import type { Handler } from '../descriptor.ts'
import { clockText } from '../output/time.ts'

const NAMES = { keychain: 'keychain', file: 'encrypted file' } as const
const CHOSEN = {
  environment: 'HALLPASS_VAULT',
  setting: 'hallpass vault init',
  default: 'not chosen: the keychain is what Hallpass uses',
} as const
const STATES = { unlocked: 'open', locked: 'locked', unavailable: 'not there' } as const

export const vaultStatus: Handler = async (context) => {
  const { vault } = await context.hallpass()
  const detail = await vault.detail()
  if (context.json) {
    context.jsonData(detail)
    return 0
  }
  context.fields([
    ['Vault', NAMES[detail.kind]],
    ['Chosen by', CHOSEN[detail.chosenBy]],
    ['State', STATES[detail.state]],
    ['File', detail.file],
    ['Open until', detail.unlockedUntil && clockText(detail.unlockedUntil, Date.now())],
  ])
  if (detail.problem)
    context.note(`${detail.problem.message}${detail.problem.hint ? `\n  ${detail.problem.hint}` : ''}`)
  const split = splitOf(detail)
  if (split !== undefined) context.note(split)
  return 0
}

/** Said when what Hallpass stored is not where it looks. */
function splitOf({ kind, secrets: { inFile, elsewhere } }: VaultDetail): string | undefined {
  const count = (number: number) => (number === 1 ? '1 secret is' : `${number} secrets are`)
  if (kind === 'file' && elsewhere > 0)
    return `${count(elsewhere)} not in the encrypted file: stored while another vault was in use. Store them again, or choose that vault.`
  if (kind === 'keychain' && inFile > 0) return `${count(inFile)} in the encrypted file, which is not in use.`
  return undefined
}
