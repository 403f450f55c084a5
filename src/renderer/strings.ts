/** Every sentence of the app, by area. Sentence case, numbers first, no exclamation marks (design, "Words"). */
import { detailStrings } from './strings/detail.ts'
import { frameStrings } from './strings/frame.ts'
import { mfaStrings } from './strings/mfa.ts'
import { rolesStrings } from './strings/roles.ts'
import { sessionsStrings } from './strings/sessions.ts'

export const strings = {
  product: 'Hallpass',
  details: 'Details',
  tryAgain: 'Try again',
  cancel: 'Cancel',
  close: 'Close',
  understood: 'Understood',
  done: 'Done',
  undo: 'Undo',
  save: 'Save',
  optional: 'optional',
  toasts: 'Messages',
  copied: (what: string) => `${what} copied`,

  ...frameStrings,
  ...rolesStrings,
  ...mfaStrings,
  ...detailStrings,
  ...sessionsStrings,
} as const
