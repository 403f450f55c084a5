/** The state of the vault. */
import { z } from 'zod'

/** State of the vault, read without prompting anybody. */
export const vaultStatusSchema = z.object({
  kind: z.enum(['keychain', 'file']),
  state: z.enum(['unlocked', 'locked', 'unavailable']),
  /** Why it is unavailable, as an error code and message; null otherwise. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
})
export type VaultStatus = z.infer<typeof vaultStatusSchema>
