/** Items of a plan in their plainest forms. */
import type { ImportItem } from '#shared/import.ts'

/** The members of an item that are empty most of the time. */
export const NOTHING = {
  name: null,
  accountId: null,
  accessKeyId: null,
  arn: null,
  permissionSet: null,
  from: null,
  mfa: false,
  plaintextKey: false,
} as const

/** An item that stays what it is. @param why a whole sentence */
export function skipped(profile: string, why: string, plaintextKey = false): ImportItem {
  return { ...NOTHING, profile, outcome: 'skipped', plaintextKey, needs: [], notes: [why] }
}
