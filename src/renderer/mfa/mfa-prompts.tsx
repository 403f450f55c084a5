/** Shows the oldest question for a code that waits for an answer. */
import type { RoleRow } from '#shared/role-list.ts'
import { MfaDialog } from '../lazy.tsx'
import { useMfaPrompts } from './use-mfa-prompts.ts'

/** Mount once; shows itself when a code is needed. */
export function MfaPrompts({ roles }: { roles: readonly RoleRow[] }) {
  const prompt = useMfaPrompts()
  return prompt === null ? null : <MfaDialog key={prompt.promptId} prompt={prompt} roles={roles} />
}
