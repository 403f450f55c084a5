/** The sentences of the frame around the screens. */
export const frameStrings = {
  nav: {
    sections: 'Sections',
    roles: 'Roles',
    sessions: 'Sessions',
    breakglass: 'Break-glass',
    identities: 'Identities',
    activity: 'Activity',
    settings: 'Settings',
    doctor: 'Doctor',
    live: 'live',
    unverified: 'not checked',
    openSeals: 'open',
    leftToDo: 'with something left to do',
    oneLive: (name: string) => `${name} is live`,
    productionLive: 'Production is live',
  },

  vault: {
    name: { keychain: 'keychain', file: 'encrypted file' },
    unlocked: (name: string) => `Unlocked · ${name}`,
    locked: (name: string) => `Locked · ${name}`,
    unavailable: (name: string) => `No ${name}`,
    lockedTitle: {
      keychain: 'The system keychain is locked, so Hallpass cannot read keys.',
      file: 'The encrypted file is locked, so Hallpass cannot read keys.',
    },
    lockedHint: 'Unlock it, then try again. Active sessions keep working.',
    unavailableTitle: 'Hallpass cannot reach the keychain.',
  },
} as const
