/** What can be done with a role, in the order of its pass: what suits its state comes first. */
import { isPermissionSetPattern } from '#shared/arn.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { isLive, LOW_SECONDS } from '../lib/session-view.ts'
import { secondsUntil } from '../lib/time.ts'
import { strings } from '../strings.ts'
import type { Deed, ItemIcon, RoleDeed } from './items.ts'

const ICONS = {
  start: 'play',
  console: 'open',
  'console-sign-in': 'user',
  'console-choose': 'open',
  'copy-link': 'link',
  'copy-env': 'copy',
  profile: 'term',
  end: 'stop',
  pin: 'pin',
  'role-activity': 'activity',
  show: 'arrow',
} as const satisfies Record<RoleDeed, ItemIcon>

export interface RoleDeedLine {
  readonly deed: Deed & { kind: 'role' }
  readonly icon: ItemIcon
  /** What it does, without whom to. */
  readonly does: string
  readonly note: string | undefined
}

/** The first action: renew what runs out, open what is live, start what is neither. */
export function firstDeedOf(role: RoleRow, now: number): RoleDeed {
  if (!isLive(role, now) || role.expiresAt === null) return 'start'
  return secondsUntil(role.expiresAt, now) < LOW_SECONDS ? 'start' : 'console'
}

/** @param shell what "Copy as env" copies, in words */
export function deedsOf(role: RoleRow, now: number, shell: string): RoleDeedLine[] {
  const live = isLive(role, now)
  const first = firstDeedOf(role, now)
  const all: readonly RoleDeed[] = [
    first,
    'console',
    'copy-env',
    'start',
    'profile',
    ...(live ? (['end'] as const) : []),
    'console-sign-in',
    'console-choose',
    'copy-link',
    'pin',
    'role-activity',
    'show',
  ]
  return [...new Set(all)].map((command) => ({
    deed: { kind: 'role', command, role },
    icon: command === 'start' && live ? 'renew' : ICONS[command],
    does: wordsOf(command, role, live),
    note: noteOf(command, role, live, shell),
  }))
}

function wordsOf(command: RoleDeed, role: RoleRow, live: boolean): string {
  const { actions } = strings.palette
  if (command === 'start') return live ? actions.renew : role.state === 'expired' ? actions.startAgain : actions.start
  if (command === 'profile') return role.profileMode === null ? actions.write : actions.stopWriting
  if (command === 'pin') return role.pinned ? actions.unpin : actions.pin
  if (command === 'copy-link' && isPermissionSetPattern(role.arn)) return actions.copyPortalLink
  return actions[command]
}

/** What the words leave open: which link, which shell, and that production asks. */
function noteOf(command: RoleDeed, role: RoleRow, live: boolean, shell: string): string | undefined {
  const { notes } = strings.palette
  const asks = !live && role.environment === 'prod'
  if (command === 'start') return asks ? notes.asks : undefined
  if (command === 'console') return asks ? `${notes.rightDoor}, ${notes.asks}` : notes.rightDoor
  if (command === 'console-sign-in') return asks ? `${notes.signInLink}, ${notes.asks}` : notes.signInLink
  if (command === 'copy-env') return asks ? `${shell}, ${notes.asks}` : shell
  return undefined
}
