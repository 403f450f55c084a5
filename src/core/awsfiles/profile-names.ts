/** Profile names that every SDK can read (AWS facts A.3). */
import { HallpassError } from '#shared/errors.ts'
import { profileNameField } from '#shared/fields.ts'

/** The profile name a role or identity gets unless another is asked for: its own name, made safe. */
export function profileNameFor(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_.@+/:%-]/g, '-').replace(/^[^A-Za-z0-9_]+/, '')
  return profileNameField.safeParse(safe).success ? safe : `hallpass-${safe}`
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
