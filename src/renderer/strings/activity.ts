/** The sentences of the activity log. */
import type { ActivityKind } from '#shared/activity.ts'
import type { ActivityGroup } from '#shared/activity-view.ts'
import { countOf, formatCount } from '../lib/format.ts'

/** A piece of a sentence; what it is about stands out. */
export type SentencePart = string | { readonly strong: string }

/** What the sentence of an entry is made of. */
export interface SentenceFacts {
  /** The role or identity. */
  readonly name: string
  /** The identity's key, shortened. */
  readonly accessKey: string
  readonly how: string
  readonly form: string
  readonly detail: Readonly<Record<string, string>>
  /** The program that asked. */
  readonly program: string
}

type Sentence = (facts: SentenceFacts) => readonly SentencePart[]

const about =
  (before: string, after = ''): Sentence =>
  ({ name }) => [before, { strong: name }, after]

const readOnly = ({ detail }: SentenceFacts): string => (detail.readOnly === 'yes' ? ', read-only' : '')
const profileOf = ({ detail }: SentenceFacts): SentencePart => ({ strong: detail.profile ?? '' })

/** Why AWS issued no session, after a colon. */
const REFUSALS: Readonly<Record<string, string>> = {
  'sts.access-denied': 'AWS did not allow it',
  'sts.mfa-invalid': 'AWS did not accept the MFA code',
  'sts.mfa-serial': 'AWS does not know the MFA device',
  'sts.mfa-incomplete': 'AWS wants an MFA code',
  'sts.duration-role-maximum': 'the role does not allow sessions that long',
  'sts.duration-chaining': 'AWS ends chained sessions after 1 h',
  'sts.session-expired': 'the session it starts from had ended',
  'sts.key-unknown': 'AWS does not know the access key',
  'sts.secret-wrong': 'the secret is not the one AWS has',
  'sts.clock-slow': 'the clock of this computer was slow',
  'sts.clock-fast': 'the clock of this computer was fast',
  'sts.throttled': 'AWS had too many requests',
}

/** What was given of each door into the console. */
const LINKS: Readonly<Record<string, string>> = {
  'sign-in': 'Made a sign-in link for ',
  'switch-role': 'Gave the switch-role link for ',
  'identity-center': 'Gave the access portal link for ',
}

const ISSUED: Readonly<Record<string, Sentence>> = {
  'credential-process': (facts) => [
    'Gave credentials of ',
    { strong: facts.name },
    ` to ${facts.program}${readOnly(facts)}`,
  ],
  assume: (facts) => ['Printed credentials of ', { strong: facts.name }, readOnly(facts)],
  exec: (facts) => [
    'Ran ',
    facts.form || 'a program',
    ' with credentials of ',
    { strong: facts.name },
    readOnly(facts),
  ],
  clipboard: (facts) => ['Copied credentials of ', { strong: facts.name }, readOnly(facts)],
  console: (facts) => ['Used credentials of ', { strong: facts.name }, ' for a console sign-in'],
  'static-profile': (facts) => ['Took credentials of ', { strong: facts.name }, ' for a profile with static keys'],
}

const PARTS: Readonly<Record<string, string>> = {
  'user-name': 'user name',
  password: 'password',
  code: 'code',
  'access-key-id': 'access key id',
  'secret-access-key': 'secret access key',
}

const TASKS: Readonly<Record<string, string>> = {
  'rotate-password': 'Password changed',
  'rotate-key': 'Access key changed',
  note: 'Note',
}

const STEPS: Readonly<Record<string, string>> = {
  created: 'Made a new key',
  switched: 'Put the new key to use',
  deactivated: 'Turned off the old key',
  deleted: 'Deleted the old key',
  'rolled-back': 'Went back to the old key',
  'other-deleted': 'Deleted the user’s other key',
  password: 'Changed the password',
}

const rotated: Sentence = ({ name, accessKey, detail }) => [
  `${STEPS[detail.step ?? ''] ?? 'Rotated the key'}${detail.step === 'password' ? '' : ` ${accessKey}`}, `,
  { strong: name },
]

const SENTENCES: Readonly<Record<ActivityKind, Sentence>> = {
  'log.begun': ({ detail }) => [
    detail.before === undefined ? 'The log was begun' : 'The log was begun anew: the one before was lost',
  ],
  'log.trimmed': ({ detail }) => [`Entries up to ${detail.through ?? ''} were moved to a file`],
  'session.started': (facts) => ['Started ', { strong: facts.name }, readOnly(facts)],
  'session.renewed': about('Renewed '),
  'session.refused': ({ name, detail }) => [
    'Could not start ',
    { strong: name },
    `: ${REFUSALS[detail.code ?? ''] ?? 'AWS refused'}`,
  ],
  'session.ended': about('Ended '),
  'credentials.issued': (facts) => (ISSUED[facts.how] ?? about('Handed out credentials of '))(facts),
  'console.opened': ({ name, how }) => [LINKS[how] ?? 'Gave a console link for ', { strong: name }],
  'profile.written': (facts) => [
    'Profile ',
    profileOf(facts),
    facts.detail.mode === 'static' ? ' now holds static keys' : ' now answers through credential process',
  ],
  'profile.static-keys': (facts) => ['Wrote keys of ', { strong: facts.name }, ' into profile ', profileOf(facts)],
  'profile.adopted': (facts) => ['Took over profile ', profileOf(facts)],
  'profile.removed': (facts) => ['Stopped writing profile ', profileOf(facts)],
  'profile.undone': ({ detail }) => [`Took back: ${detail.edit ?? 'an edit of the AWS files'}`],
  'account.edited': about('Changed account '),
  'mfa.code-shown': about('Showed an MFA code of '),
  'files.repaired': () => ['Repaired the AWS files'],
  'identity.added': ({ name, accessKey }) => [`Added key ${accessKey}, `, { strong: name }],
  'identity.edited': ({ name, detail }) =>
    detail.nameBefore === undefined
      ? ['Changed identity ', { strong: name }]
      : [`Renamed ${detail.nameBefore} to `, { strong: name }],
  'identity.tested': ({ name, accessKey }) => [`Checked key ${accessKey}, `, { strong: name }],
  'identity.removed': ({ name, accessKey }) => [
    accessKey === '' ? 'Removed ' : `Removed key ${accessKey}, `,
    { strong: name },
  ],
  'identity.signed-in': about('Signed in to '),
  'identity.signed-out': about('Signed out of '),
  'identity.discovered': ({ name, detail }) => [
    'Read the roles of ',
    { strong: name },
    `: ${detail.added ?? '0'} new, ${detail.removed ?? '0'} removed`,
  ],
  'role.added': about('Added role '),
  'role.edited': ({ name, detail }) =>
    detail.nameBefore === undefined
      ? ['Changed role ', { strong: name }]
      : [`Renamed role ${detail.nameBefore} to `, { strong: name }],
  'role.removed': about('Removed role '),
  'breakglass.added': about('Sealed '),
  'breakglass.removed': about('Removed sealed credential '),
  'breakglass.opened': ({ name, detail }) => ['Opened ', { strong: name }, `: ${detail.reason ?? ''}`],
  'breakglass.revealed': ({ name, how, detail }) => [
    `${how === 'copied' ? 'Copied' : 'Showed'} the ${PARTS[detail.part ?? ''] ?? 'secret'} of `,
    { strong: name },
  ],
  'breakglass.followed': ({ name, detail }) => [
    detail.page === 'sign-in-page'
      ? 'Opened the sign-in page of '
      : `Opened ${detail.page === 'console' ? 'the console' : 'the link'} as ${detail.role ?? 'a role'} from `,
    { strong: name },
  ],
  'breakglass.assumed': ({ name, detail }) => [`Assumed ${detail.role ?? 'a role'} from `, { strong: name }],
  'breakglass.closed': ({ name, how }) => [
    ...(how === 'by-itself' ? ['Closed by itself: '] : ['Closed ']),
    { strong: name },
  ],
  'identity.rotated': rotated,
  'breakglass.rotated': rotated,
  'breakglass.set-up': about('Set up emergency access: '),
  'breakglass.kit-exported': ({ name, detail }) => [
    'Exported a kit with ',
    { strong: name ?? detail.names ?? '' },
    detail.reason === undefined ? '' : `: ${detail.reason}`,
  ],
  'breakglass.kit-opened': ({ detail }) => ['Opened a kit with ', { strong: detail.names ?? '' }],
  'breakglass.drilled': ({ name, detail }) => [
    detail.failed === undefined && detail.missed === undefined
      ? 'Drilled the emergency path'
      : 'Drilled a part of the emergency path',
    ...(name ? [' for ', { strong: name }] : []),
  ],
  'breakglass.undone': about('Took emergency access back: '),
  'breakglass.done': ({ name, detail }) => [
    `${TASKS[detail.task ?? ''] ?? 'Done'} after the use of `,
    { strong: name },
    detail.note === undefined ? '' : `: ${detail.note}`,
  ],
}

const GROUPS: Readonly<Record<ActivityGroup, string>> = {
  sessions: 'Sessions',
  console: 'Console',
  profiles: 'Profiles',
  keys: 'Keys',
  roles: 'Roles',
  breakglass: 'Break-glass',
  vault: 'Vault',
}

/** What the parts of an entry's detail are called. */
const DETAILS: Readonly<Record<string, string>> = {
  arn: 'Role ARN',
  arnBefore: 'ARN before',
  before: 'Log before',
  call: 'Asked AWS for',
  code: 'Reason',
  edit: 'Edit',
  file: 'File',
  files: 'Files',
  from: 'Started from',
  fromBefore: 'From before',
  mfaSerialBefore: 'Device before',
  mfaSourceBefore: 'Codes before',
  mode: 'Mode',
  nameBefore: 'Name before',
  profile: 'Profile',
  proof: 'Proof',
  readOnly: 'Read-only',
  regionBefore: 'Region before',
  setAside: 'Set aside',
  sha256: 'SHA-256',
  through: 'Up to entry',
}

export const activityStrings = {
  title: 'Activity',
  groups: GROUPS,
  all: 'All',

  chain: {
    verified: 'Chain verified',
    checking: 'Checking the chain',
    broken: (seq: number) => (seq > 0 ? `Chain broken at entry ${formatNumber(seq)}` : 'Chain broken'),
    failed: 'Not checked',
    locked: 'Not checked: the vault is locked',
    unavailable: 'Not checked: the vault can’t be reached',
    waiting: 'Not checked yet',
    entries: (count: number, moved: number) =>
      `${countEntries(count)}${moved > 0 ? `, ${formatNumber(moved)} moved to files` : ''}`,
    checked: (ago: string) => `checked ${ago}`,
    check: 'Check now',
    checkingShort: 'Checking',
    /** The first sentence names the place, then what is wrong there and what still holds. */
    upTo: (seq: number) =>
      seq > 1 ? `Entries up to ${formatNumber(seq - 1)} still verify.` : 'Nothing in it can be relied on.',
    keep: 'Keep a copy of the state folder before anything else, and find out who could write to it.',
    replaced: 'This log took the place of an earlier one.',
    replacedHow: {
      damaged: 'That one was damaged and is set aside in the state folder.',
      gone: 'The file of that one was gone.',
    } as Readonly<Record<string, string>>,
  },

  export: 'Export',
  exporting: 'Exporting',
  formats: { jsonl: 'JSON Lines…', csv: 'CSV…' },
  formatsAbout: {
    jsonl: 'One entry a line, with its hash. Anybody can check it.',
    csv: 'A table for spreadsheets.',
  },
  exported: (file: string) => `The log is in ${file}.`,
  exportFailed: 'Could not export.',

  histogram: {
    title: 'Last 30 days',
    label: 'Entries per day, last 30 days',
    breakglass: 'break-glass opened',
    today: 'Today',
    day: (date: string, entries: number, breakglass: boolean) =>
      `${date}: ${entries === 0 ? 'no entries' : countEntries(entries)}${breakglass ? ', break-glass opened' : ''}`,
  },
  entries: countEntries,

  search: 'Search the log',
  searchPlaceholder: 'Role, account, reason',
  filters: 'Show',
  onlyDay: (date: string) => `Only ${date}`,
  onlyRole: (name: string) => `Only ${name}`,
  drop: (filter: string) => `${filter}, remove this filter`,

  list: 'Entries, newest first',
  yesterday: 'Yesterday',
  unreadable: 'This entry can’t be read: it was changed outside Hallpass',
  changedEntry: 'This entry is not what was recorded',
  sentences: SENTENCES,
  emptyTitle: 'Nothing is recorded yet',
  emptyText: 'Every session, every link and every change of keys will stand here, with the program that asked for it.',
  nothingTitle: 'No entry fits',
  nothingFor: (query: string) => `Nothing in the log matches “${query}”`,
  clear: 'Show everything',
  unread: 'Could not read the log.',

  facts: {
    when: 'When',
    kind: 'Kind',
    account: 'Account',
    key: 'Key',
    how: 'How',
    by: 'By',
    through: 'Through',
    startedBy: 'Started by',
    entry: 'This entry',
    builds: 'Builds on',
    first: 'nothing: it is the first',
    sha: 'sha-256',
    matches: 'matches',
    differs: 'does not match',
    absent: 'moved out, or missing',
    changed: 'was changed',
    reading: 'Reading',
    someProgram: 'a program',
    process: (name: string, pid: number, folder: string | null) =>
      `${name}, pid ${pid}${folder === null ? '' : `, in ${folder}`}`,
    form: (how: string, form: string) => `${how}, ${form}`,
    detail: (key: string) => DETAILS[key] ?? key,
  },
} as const

function formatNumber(value: number): string {
  return value.toLocaleString('en-US')
}

/** Exact: a log is counted in full. */
function countEntries(count: number): string {
  return count <= 9999 ? countOf(count, 'entry', 'entries') : `${formatNumber(count)} entries`
}

/** A count on a chip. */
export const chipCount = formatCount
