/** Every sentence of the app, by area. Sentence case, numbers first, no exclamation marks (design, "Words"). */
import { commonStrings } from './strings/common.ts'
import { consoleStrings } from './strings/console.ts'
import { detailStrings } from './strings/detail.ts'
import { frameStrings } from './strings/frame.ts'
import { lockStrings } from './strings/lock.ts'
import { mfaStrings } from './strings/mfa.ts'
import { outsideStrings } from './strings/outside.ts'
import { paletteStrings } from './strings/palette.ts'
import { rolesStrings } from './strings/roles.ts'
import { sessionsStrings } from './strings/sessions.ts'
import { settingsStrings } from './strings/settings.ts'

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

  ...commonStrings,
  ...frameStrings,
  ...rolesStrings,
  ...consoleStrings,
  ...mfaStrings,
  ...outsideStrings,
  ...lockStrings,
  ...settingsStrings,
  ...paletteStrings,
  ...detailStrings,
  ...sessionsStrings,
} as const
