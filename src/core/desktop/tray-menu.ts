/**
 * What the tray's menu shows, as data: sessions that are live, pinned and recent roles, each with what can be done with
 * it. Main draws it with the system's own menu; nothing in it is secret.
 */
import { formatClock } from '#shared/clock-time.ts'
import { formatRemaining } from '#shared/duration.ts'
import { environmentLabel } from '#shared/environment.ts'
import type { Environment } from '#shared/fields.ts'
import type { DeepLink, IpcRequest, MenuCommand } from '#shared/ipc.ts'
import { isLive } from '#shared/live.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { countLive } from './live.ts'
import { desktopStrings } from './strings.ts'

type Shell = IpcRequest<'sessions.copy-env'>['shell']
type Via = Extract<DeepLink, { kind: 'console' }>['via']

/** What a click does. */
export type TrayAction =
  | { readonly do: 'start' | 'renew' | 'end' | 'show' | 'write-profile'; readonly name: string }
  | { readonly do: 'remove-profile'; readonly name: string; readonly profile: string }
  | { readonly do: 'console'; readonly name: string; readonly via: Via }
  | { readonly do: 'copy-env'; readonly name: string; readonly shell: Shell }
  | { readonly do: 'command'; readonly command: MenuCommand }
  | { readonly do: 'palette' | 'end-all' | 'lock' | 'open' | 'quit' }

export type TrayItem =
  | { readonly kind: 'line' }
  | { readonly kind: 'title'; readonly label: string }
  | {
      readonly kind: 'action'
      readonly label: string
      readonly action: TrayAction
      readonly isEnabled?: boolean
      readonly isChecked?: boolean
      /** Electron's accelerator, shown only. */
      readonly shortcut?: string
    }
  | {
      readonly kind: 'menu'
      readonly label: string
      readonly items: readonly TrayItem[]
      /** Drawn as its bar, beside the word that is in the label. */
      readonly environment?: Environment | null
    }

export interface TrayInput {
  /** Those that were used, are pinned or have a session. */
  readonly roles: readonly RoleRow[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Nothing is shown of what is in there, and nothing can be started. */
  readonly isLocked: boolean
  readonly canLock: boolean
  /** Production asks before it starts. */
  readonly confirmProduction: boolean
  /** Electron's accelerator of the palette, when it is in force. */
  readonly paletteShortcut: string | null
}

const { tray: words } = desktopStrings
const MOST_LIVE = 12
const MOST_PINNED = 10
const MOST_RECENT = 5
/** Menus grow with their widest item. */
const LONGEST_NAME = 40
const SHELLS: readonly Shell[] = ['env', 'fish', 'powershell', 'dotenv']
const LINE: TrayItem = { kind: 'line' }

export function trayMenu(input: TrayInput): TrayItem[] {
  const window: TrayItem[] = [
    action(words.open, { do: 'open' }),
    ...(input.isLocked ? [] : [action(words.settings, { do: 'command', command: 'settings' })]),
    action(words.quit, { do: 'quit' }),
  ]
  if (input.isLocked) return [{ kind: 'title', label: words.locked }, LINE, ...window]
  const hasLive = countLive(input.roles, input.now).all > 0
  const shortcut = input.paletteShortcut === null ? {} : { shortcut: input.paletteShortcut }
  return [
    ...roleItems(input),
    LINE,
    { ...action(words.palette, { do: 'palette' }), ...shortcut },
    action(words.breakGlass, { do: 'command', command: 'breakglass' }),
    LINE,
    { ...action(words.endAll, { do: 'end-all' }), isEnabled: hasLive },
    ...(input.canLock ? [action(words.lock, { do: 'lock' })] : []),
    LINE,
    ...window,
  ]
}

/** The line over the menu, and the tip over the tray. */
export function traySummary({ roles, now, isLocked }: Pick<TrayInput, 'roles' | 'now' | 'isLocked'>): string {
  if (isLocked) return words.locked
  const { all, production } = countLive(roles, now)
  return all === 0 ? words.none : words.active(all, production)
}

function roleItems(input: TrayInput): TrayItem[] {
  const { roles, now } = input
  const item = (role: RoleRow) => roleItem(role, input)
  const live = roles.filter((role) => isLive(role, now)).sort(byExpiry)
  const rest = roles.filter((role) => !isLive(role, now))
  const pinned = rest.filter((role) => role.pinned).sort((a, b) => a.name.localeCompare(b.name))
  const recent = rest.filter((role) => !role.pinned && role.lastUsedAt !== null).sort(byUse)
  const hidden = live.length - MOST_LIVE
  return [
    { kind: 'title', label: traySummary(input) },
    ...live.slice(0, MOST_LIVE).map(item),
    ...(hidden > 0 ? [action(words.more(hidden), { do: 'command', command: 'sessions' })] : []),
    ...group(words.pinned, pinned.slice(0, MOST_PINNED).map(item)),
    ...group(words.recent, recent.slice(0, MOST_RECENT).map(item)),
  ]
}

function group(title: string, items: readonly TrayItem[]): TrayItem[] {
  return items.length === 0 ? [] : [LINE, { kind: 'title', label: title }, ...items]
}

function roleItem(role: RoleRow, { now, confirmProduction }: TrayInput): TrayItem {
  const live = isLive(role, now)
  const { name, environment } = role
  const what = [cut(role.name), role.accountName === null ? undefined : cut(oneLine(role.accountName))]
  const label = [
    what.filter((part) => part !== undefined).join(', '),
    ...(environment === null ? [] : [environmentLabel(environment)]),
    stateOf(role, now),
  ].join(' · ')
  const asks = environment === 'prod' && confirmProduction
  const items: TrayItem[] = [
    { kind: 'title', label: live ? words.endsAt(environmentLabel(environment), endOf(role, now)) : label },
    live
      ? action(words.renew, { do: 'renew', name })
      : action(asks ? words.startAsking : words.start, { do: 'start', name }),
    action(words.console, { do: 'console', name, via: 'switch-role' }),
    action(words.consoleSignIn, { do: 'console', name, via: 'sign-in' }),
    {
      kind: 'menu',
      label: words.copyEnv,
      items: SHELLS.map((shell) => action(words.shells[shell], { do: 'copy-env', name, shell })),
    },
    {
      ...action(
        words.profile(cut(role.profile)),
        role.profileMode === null
          ? { do: 'write-profile', name }
          : { do: 'remove-profile', name, profile: role.profile },
      ),
      isChecked: role.profileMode !== null,
    },
    LINE,
    action(words.show, { do: 'show', name }),
    ...(live ? [action(words.end, { do: 'end', name })] : []),
  ]
  return { kind: 'menu', label, environment, items }
}

function stateOf(role: RoleRow, now: number): string {
  if (isLive(role, now)) {
    const seconds = (Date.parse(role.expiresAt ?? '') - now) / 1000
    return seconds < 60 ? words.underAMinute : formatRemaining(seconds)
  }
  return words.state[role.state === 'active' ? 'expired' : role.state]
}

function endOf(role: RoleRow, now: number): string {
  return formatClock(role.expiresAt ?? now, now)
}

function action(label: string, what: TrayAction): TrayItem & { kind: 'action' } {
  return { kind: 'action', label, action: what }
}

function byExpiry(a: RoleRow, b: RoleRow): number {
  return Date.parse(a.expiresAt ?? '') - Date.parse(b.expiresAt ?? '') || a.name.localeCompare(b.name)
}

function byUse(a: RoleRow, b: RoleRow): number {
  return Date.parse(b.lastUsedAt ?? '') - Date.parse(a.lastUsedAt ?? '') || a.name.localeCompare(b.name)
}

/** At the end, as in the list. By characters, so that none is cut in two. */
function cut(text: string): string {
  const characters = [...text]
  return characters.length <= LONGEST_NAME ? text : `${characters.slice(0, LONGEST_NAME - 1).join('')}…`
}

/** What people call an account may be any text; a menu item is one line. */
function oneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
}
