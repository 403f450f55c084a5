/** What a profile, or an `[sso-session]`, is called unless a person says otherwise. */
import { profileNameField } from './fields.ts'

/** The profile name a role or identity gets unless another is asked for: its own name, made safe. */
export function profileNameFor(name: string): string {
  const safe = name.replace(/[^A-Za-z0-9_.@+/:%-]/g, '-').replace(/^[^A-Za-z0-9_]+/, '')
  return profileNameField.safeParse(safe).success ? safe : `hallpass-${safe}`
}
