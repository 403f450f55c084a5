/** What entries say of a role or identity. */
import { type Target, targetName } from '../names.ts'
import type { ActivityDraft } from './entry.ts'

export type Facts = Pick<ActivityDraft, 'target' | 'name' | 'accountId'>

/** Whom an entry is about. */
export function factsOf(target: Target): Facts {
  const { accountId } = target.kind === 'role' ? target.role : target.identity
  return { target: target.key, name: targetName(target), accountId }
}
