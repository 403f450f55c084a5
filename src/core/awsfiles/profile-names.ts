/** Profile names that every SDK can read (AWS facts A.3). */
import { HallpassError } from '#shared/errors.ts'
import { profileNameField } from '#shared/fields.ts'
import { DEFAULT_PROFILE } from './profile-files.ts'

const LONGEST = 128

/**
 * A name for a profile that nobody chose one for: one that is free, and never `default`, which every tool would use from
 * then on without being told.
 */
export function freeProfileName(wanted: string, taken: ReadonlySet<string>): string {
  const plain = wanted === DEFAULT_PROFILE ? `hallpass-${wanted}` : wanted
  let name = plain
  for (let count = 2; taken.has(name); count++) {
    const ending = `-${count}`
    name = `${plain.slice(0, LONGEST - ending.length)}${ending}`
  }
  return name
}

/** @throws `profile.unsafe-name` for a name that some SDK would not see or misread */
export function requireSafeName(profile: string): void {
  const result = profileNameField.safeParse(profile)
  if (result.success) return
  const why = result.error.issues[0]?.message ?? ''
  throw new HallpassError('profile.unsafe-name', `${profile} can’t be a profile name. ${why}`.trim(), {
    hint: 'Choose a profile name of letters, digits and . _ - only.',
  })
}
