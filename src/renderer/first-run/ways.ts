/** The four ways in, with what each says; null for one that can't be gone now. */
import type { ImportPlan } from '#shared/import.ts'
import type { IconName } from '../components/icon.tsx'
import { plaintextKeys } from '../lib/import-choice.ts'
import { firstRunStrings } from '../strings/first-run.ts'

const words = firstRunStrings.first

export type WayName = 'import' | 'key' | 'identity-center' | 'practice'

export interface Way {
  readonly name: WayName
  readonly icon: IconName
  readonly title: string
  readonly text: string
  /** Said before the text, with what alarms set apart. */
  readonly found?: { readonly profiles: number; readonly keys: number }
  readonly isOpen: boolean
  /** There is something to find on it, or it needs nothing. */
  readonly isNear: boolean
}

/** @param plan of the AWS files: undefined while they are read, null when they can't be */
export function waysIn(plan: ImportPlan | null | undefined): Way[] {
  return [
    importWay(plan),
    { name: 'key', icon: 'key', title: words.key[0], text: words.key[1], isOpen: true, isNear: true },
    {
      name: 'identity-center',
      icon: 'org',
      title: words.identityCenter[0],
      text: words.identityCenter[1],
      isOpen: true,
      isNear: true,
    },
    { name: 'practice', icon: 'flask', title: words.practice[0], text: words.practice[1], isOpen: true, isNear: true },
  ]
}

function importWay(plan: ImportPlan | null | undefined): Way {
  const way = { name: 'import', icon: 'file', title: words.import } as const
  if (plan === undefined) return { ...way, text: words.looking, isOpen: false, isNear: false }
  if (plan === null) return { ...way, text: words.unreadable, isOpen: true, isNear: true }
  const profiles = plan.items.length
  if (profiles === 0) return { ...way, text: words.nothingFound, isOpen: true, isNear: false }
  return {
    ...way,
    text: words.approve,
    found: { profiles, keys: plaintextKeys(plan.items) },
    isOpen: true,
    isNear: true,
  }
}
