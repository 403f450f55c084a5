/** The sentences of the settings screen. */
import type { Settings } from '#shared/settings.ts'
import { countOf } from '../lib/format.ts'

const minutes = (count: number): string => `${count} min`

export const settingsStrings = {
  settings: {
    title: 'Settings',
    search: 'Search settings',
    nav: 'Parts of the settings',
    nothing: (query: string) => `No setting matches “${query}”`,
    nothingText: 'Search reads names, explanations and choices.',
    clearSearch: 'Clear search',
    on: 'on',
    off: 'off',
    changed: (label: string, value: string) => `${label}: ${value}`,
    failed: 'The setting was not changed.',

    sections: {
      appearance: 'Appearance',
      roles: 'Roles and list',
      sessions: 'Sessions and profiles',
      console: 'Console and browsers',
      notifications: 'Notifications',
      tray: 'Tray and start',
      lock: 'Lock',
      command: 'Command line',
      about: 'About',
    },

    rows: {
      theme: { label: 'Theme', hint: 'System follows the desktop.' },
      density: { label: 'Row height', hint: 'Compact rows show one line.' },
      singleKeys: {
        label: 'Single-letter keys',
        hint: 'E, O, C and others act on the selected role. Keys with Ctrl, Alt or ⌘ work either way.',
      },
      peekToggle: {
        label: 'Show secrets with a press',
        hint: 'A masked field stays open until the next press, instead of only while its button is held.',
      },
      groupRolesBy: { label: 'Group roles by', hint: 'Pinned roles come first in every grouping.' },
      sortRolesBy: { label: 'Sort roles by', hint: 'Inside each group.' },
      roleColumns: { label: 'Columns', hint: 'Shown beside the role where there is room.' },
      confirmProduction: {
        label: 'Ask before production starts',
        hint: 'Bar, colour and word stay when this is off. Only the question goes.',
      },
      defaultRegion: { label: 'Region of new roles and keys', hint: 'Empty leaves it to the AWS tools.' },
      shell: { label: 'Copy as env for', hint: 'What the copy key puts on the clipboard first.' },
      clipboardSeconds: { label: 'Clear the clipboard after', hint: 'Of what Hallpass copied, if it is still there.' },
      consoleMultiSession: {
        label: 'The browser keeps several console sessions',
        hint: 'Multi-session support is turned on in the AWS console. Sign-in links then open beside the others, and are proposed first.',
      },
      notifyBeforeExpiry: {
        label: 'Before a session ends',
        hint: 'Only of sessions that are not renewed by themselves.',
      },
      expiryWarningMinutes: { label: 'How long before', hint: '' },
      notifyMfaNeeded: { label: 'When a program waits for an MFA code', hint: '' },
      notifyRenewalFailed: { label: 'When renewing failed', hint: '' },
      notifyBreakGlassOpen: {
        label: 'While a break-glass credential is open, and until it is changed after use',
        hint: '',
      },
      showInTray: { label: 'Show in the tray', hint: 'Pinned and recent roles, one click away.' },
      closeToTray: {
        label: 'Keep running when the window closes',
        hint: 'In the tray. Sessions go on being renewed and served.',
      },
      startAtLogin: { label: 'Start at login', hint: 'Without a window, for the installed app.' },
      globalShortcut: { label: 'Palette from anywhere', hint: 'Works while another app is in front.' },
      lockAfterIdleMinutes: { label: 'Lock after', hint: 'Without input anywhere on this computer.' },
      lockWithScreen: { label: 'Lock with the screen', hint: 'And when another person’s desktop comes to the front.' },
      lockOnSleep: { label: 'Lock before sleep', hint: '' },
      breakGlassMinutes: {
        label: 'Seal break-glass credentials again after',
        hint: 'Also when Hallpass locks, sleeps or quits.',
      },
      oldKeyDays: {
        label: 'Delete a rotated key after',
        hint: 'Until then it is turned off, and the rotation can be taken back.',
      },
      lockEndsSessions: {
        label: 'Locking ends sessions',
        hint: 'Otherwise they go on serving the command line until they run out, and are not renewed.',
      },
      unlockWithSystem: {
        label: 'Unlock with the system',
        hint: 'Touch ID on a Mac, your password where the package installed its polkit action. The keychain is asked in any case.',
      },
    } satisfies Record<Exclude<keyof Settings, 'seenVersion' | 'consoleBrowsers'>, { label: string; hint: string }>,

    /** Instead of the hint, where the system has nothing to offer. */
    noScreenLock: 'This system does not tell when its screen locks. The time without input still counts.',

    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    densities: { comfortable: 'Comfortable', compact: 'Compact' },
    groups: { account: 'Account', environment: 'Environment', source: 'Source', none: 'Nothing' },
    sorts: { name: 'Name', account: 'Account', state: 'State', recent: 'Last used' },
    columns: { source: 'Source', profile: 'Profile', region: 'Region', used: 'Last used', state: 'State' },
    noColumns: 'none',
    shells: {
      auto: 'What suits this system',
      env: 'bash, zsh',
      fish: 'fish',
      powershell: 'PowerShell',
      dotenv: '.env file',
    },
    seconds: (count: number) => (count % 60 === 0 ? minutes(count / 60) : `${count} s`),
    minutes,
    days: (count: number) => countOf(count, 'day'),
    idle: (count: number) => (count % 60 === 0 ? countOf(count / 60, 'hour') : minutes(count)),
    never: 'Never',
    regionPlaceholder: 'eu-west-1',
    noRegion: 'none',

    shortcut: {
      none: 'None',
      change: 'Change',
      recording: 'Press the keys',
      hint: 'Esc leaves it as it is, Backspace takes it away.',
      refused: {
        'needs-modifier': 'Add Ctrl, Alt or ⌘: a plain key belongs to the app in front.',
        'not-allowed': 'This key can’t be used. Take a letter, a digit or a function key.',
      },
    },

    lockNow: 'Lock now',
    lockNowHint: 'Any time, from every screen.',

    command: {
      where: 'The hallpass command',
      onPath: (path: string) => `A shell finds ${path}.`,
      notOnPath: 'Not on the PATH this app was started with. This line puts it there:',
      shells: 'Shell',
      copyLine: 'Copy line',
      line: 'The line',
      agent: 'Live sessions',
      isAgent: 'This app serves them to the command, from its memory.',
      isNoAgent: 'Another process serves them to the command.',
      config: 'AWS config file',
      credentials: 'AWS credentials file',
      missing: 'not there yet',
      state: 'Hallpass keeps its files in',
      copy: 'Copy path',
      reading: 'Looking around',
    },

    about: {
      version: 'Version',
      news: 'What’s new',
      newsUnread: 'new',
      licences: 'Licences',
      licencesTitle: 'Licences',
      licencesLead: 'Hallpass is under the Apache License 2.0. It is made with these.',
      show: 'Show',
    },
  },
} as const
