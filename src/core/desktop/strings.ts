/** The sentences of what the system draws for Hallpass: tray, notifications, menus (design, "Words"). */

const sessions = (count: number): string => `${count} active ${count === 1 ? 'session' : 'sessions'}`

export const desktopStrings = {
  product: 'Hallpass',

  tray: {
    none: 'No active sessions',
    active: (count: number, production: number): string => {
      if (production === 0) return sessions(count)
      if (production < count) return `${sessions(count)}, ${production} in production`
      return `${sessions(count)}, ${count === 1 ? '' : count === 2 ? 'both ' : 'all '}in production`
    },
    locked: 'Locked',
    pinned: 'Pinned',
    recent: 'Recent',
    more: (count: number) => `${count} more…`,
    underAMinute: 'under 1 min',
    state: { inactive: 'inactive', expired: 'expired', 'needs-mfa': 'needs MFA' },
    endsAt: (environment: string, time: string) => `${environment}, ends at ${time}`,
    start: 'Start session',
    startAsking: 'Start session…',
    renew: 'Renew',
    console: 'Open console, switch role',
    consoleSignIn: 'Open console, sign in',
    copyEnv: 'Copy as env',
    shells: { env: 'bash, zsh', fish: 'fish', powershell: 'PowerShell', dotenv: '.env file' },
    profile: (name: string) => `Profile ${name}`,
    show: 'Show in Hallpass',
    end: 'End session',
    palette: 'Start a role…',
    breakGlass: 'Break-glass…',
    endAll: 'End all sessions',
    lock: 'Lock now',
    open: 'Open Hallpass',
    settings: 'Settings…',
    quit: 'Quit Hallpass',
  },

  badge: (count: number) => `${count} production ${count === 1 ? 'session is' : 'sessions are'} live`,

  notices: {
    endsIn: (name: string, minutes: number) =>
      minutes === 0 ? `${name} ends in less than a minute` : `${name} ends in ${minutes} min`,
    production: 'Production.',
    because: {
      'needs-mfa': 'Renewing asks for an MFA code.',
      'set-to-lapse': 'It is set to lapse.',
      'renewal-failed': 'Renewing failed.',
    },
    renew: 'Renew',
    renewalFailed: (name: string) => `${name} could not be renewed`,
    stillGood: (time: string) => `It works until ${time}.`,
    mfaNeeded: (name: string) => `MFA code needed for ${name}`,
    mfaWaits: (device: string) => `A program waits for a code from ${device}.`,
    enterCode: 'Enter code',
    refuse: 'Refuse',
    leftOpen: (name: string) => `${name} is still open`,
    closesAt: (time: string) => `It seals itself at ${time}.`,
    seal: 'Seal now',
    leftToDo: (name: string, count: number) => `${name}: ${count} ${count === 1 ? 'thing' : 'things'} left to do`,
    notChanged: 'What was seen still works until it is changed.',
    noteMissing: 'What it was used for is not written down yet.',
    finish: 'Show',
  },

  menu: {
    file: 'File',
    view: 'View',
    help: 'Help',
    addRole: 'Add role…',
    palette: 'Command palette…',
    search: 'Search',
    sections: {
      roles: 'Roles',
      sessions: 'Sessions',
      breakglass: 'Break-glass',
      identities: 'Identities',
      activity: 'Activity',
    },
    keys: 'All keys',
    about: 'About Hallpass',
    settings: 'Settings…',
    lock: 'Lock now',
    quit: 'Quit Hallpass',
  },

  about: {
    what: 'The desktop credential manager for AWS that people trust with their keys.',
    licence: 'Apache License 2.0',
  },
} as const
