/** What a person is told after a damaged store was set aside. */
import type { ErrorReport } from '#shared/errors.ts'
import type { Store } from './types.ts'

/** The notice, in the form of an error report; null when nothing was set aside, or the person has been told. */
export function damageNotice({ setAside, restoredFrom }: Store): ErrorReport | null {
  if (setAside === undefined) return null
  const now =
    restoredFrom === undefined
      ? 'There was no earlier copy, so the lists start empty; keys are still in the vault.'
      : `The copy of ${restoredFrom} took their place: what was changed since then is missing.`
  return {
    code: 'store.damaged',
    message: `The records of Hallpass were damaged. ${now}`,
    hint: `The damaged file was kept: ${setAside}`,
  }
}
