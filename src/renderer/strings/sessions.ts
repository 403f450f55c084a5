/** The sentences of the sessions screen and of what is done to several roles. */
import { countOf } from '../lib/format.ts'

export const sessionsStrings = {
  sessions: {
    search: 'Search sessions',
    show: 'Show',
    all: 'All',
    active: 'Active',
    expired: 'Expired',
    columns: { session: 'Session', obtained: 'Obtained', profile: 'Profile', state: 'State' },
    grid: 'Sessions',
    identity: 'Identity',
    lasts: (time: string) => `for ${time}`,
    endAll: 'End all',
    showRole: 'Show role',
    summary: (active: number, expired: number) =>
      expired === 0 ? `${active} active` : `${active} active, ${expired} expired`,
    emptyTitle: 'No session yet',
    emptyText: 'Start a role: its session is listed here until it expires.',
    toRoles: 'Go to roles',
    nothingTitle: (query: string) => `Nothing matches “${query}”`,
    nothingText: 'Search reads names, accounts and profiles.',
    noneActive: 'No session is active',
    noneExpired: 'No session has expired today',
    showAll: 'Show all sessions',
    clearSearch: 'Clear search',
    forget: 'Forget',
    forgotten: 'Forgotten.',
    renewFoot: 'Renew',
    roleFoot: 'Show role',
  },

  endAll: {
    title: (count: number) => (count === 1 ? 'End 1 session?' : `End ${count} sessions?`),
    lead: (until: string) =>
      `They end here, and their static keys leave the AWS files. AWS accepts the keys it already issued until ${until}.`,
    leadNone: 'None of them is active any more. They leave this list.',
    production: (names: string) => `In production: ${names}.`,
    action: (count: number) => (count === 1 ? 'End 1 session' : `End ${count} sessions`),
    ended: (count: number) => `${countOf(count, 'session')} ended.`,
    ending: 'Ending',
  },

  bulk: {
    label: 'Selected roles',
    selected: (count: number) => `${count} selected`,
    start: (count: number) => `Start ${count}`,
    end: (count: number) => `End ${count}`,
    edit: 'Edit…',
    pin: 'Pin',
    unpin: 'Unpin',
    remove: 'Remove…',
    clear: 'Clear selection',
    pinned: (count: number) => `${countOf(count, 'role')} pinned`,
    unpinned: (count: number) => `${countOf(count, 'role')} unpinned`,
    failed: 'Could not do that for all of them.',
  },

  bulkStart: {
    title: (count: number) => (count === 1 ? 'Start 1 role in production?' : `Start ${count} roles in production?`),
    lead: (others: number) =>
      others === 0
        ? 'What you do with these sessions reaches customers.'
        : `What you do with these sessions reaches customers. ${countOf(others, 'other')} start as well.`,
    more: (count: number) => `and ${count} more`,
  },

  bulkRemove: {
    title: (count: number) => `Remove ${countOf(count, 'role')}?`,
    lead: 'Their sessions end and their profiles are taken out of the AWS files. The roles in AWS stay as they are.',
    action: (count: number) => `Remove ${countOf(count, 'role')}`,
  },

  bulkEdit: {
    title: (count: number) => `Edit ${countOf(count, 'role')}`,
    lead: 'What you leave stays as each role has it.',
    leave: 'Leave',
    set: 'Set',
    written: 'AWS profile',
    writtenChoices: { leave: 'Leave', write: 'Write', stop: 'Do not write' },
    region: 'Region',
    regionDefault: 'Default',
    duration: 'Duration',
    durationDefault: '1 h',
    environment: 'Environment',
    environmentNone: 'From account',
    renewal: 'Renewal',
    renewalChoices: { leave: 'Leave', renew: 'Renews', lapse: 'Lapses' },
    changes: 'What changes',
    nothing: 'Nothing changes yet.',
    looking: 'Looking at what changes',
    field: {
      profile: 'Profile name',
      region: 'Region',
      durationSeconds: 'Duration',
      environment: 'Environment',
      autoRenew: 'Renewal',
      written: 'AWS profile',
    },
    becomes: (field: string, value: string, count: number) => `${field}: ${value} for ${countOf(count, 'role')}`,
    value: {
      default: 'default',
      fromAccount: 'from the account',
      renews: 'by itself',
      lapses: 'lapses',
      written: 'written',
      notWritten: 'not written',
    },
    ends: (names: string) => `These sessions end: ${names}.`,
    production: (names: string) => `No longer production: ${names}.`,
    files: 'Lines of the AWS files',
    action: (count: number) => `Change ${countOf(count, 'role')}`,
    changing: 'Changing',
    changed: (count: number) => `${countOf(count, 'role')} changed`,
    restored: (count: number) => `${countOf(count, 'role')} as before`,
    undoFailed: (why: string) => `Could not undo: ${why}`,
  },
} as const
