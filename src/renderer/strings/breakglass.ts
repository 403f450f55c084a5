/** The sentences of the break-glass screen. */
export const breakglassStrings = {
  title: 'Break-glass',
  emptyTitle: 'No emergency credential is sealed here',
  emptyText:
    'A break-glass credential is a user of its own in an account, for the day when the usual way in is down. It rests sealed, and every opening leaves a trace.',
  lockedTitle: {
    locked: 'The vault is locked',
    unavailable: 'The vault can’t be reached',
  },
  lockedText: 'What is sealed rests in it. Unlock it, then look again.',
  again: 'Look again',
  points: [
    ['lock', 'Sealed', 'Lists, search and exports never contain what is inside.'],
    ['edit', 'Opened with a reason', 'And the system password, every time.'],
    ['activity', 'Always recorded', 'Each opening stands in the activity log, with who asked.'],
    ['renew', 'Rotated after use', 'What was seen once opens nothing twice.'],
  ],
  plan: 'This is how it will be. Making and opening one is not in this version of Hallpass.',
} as const
