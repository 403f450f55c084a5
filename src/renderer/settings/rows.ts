/** The settings as data: in which part of the screen each stands, and how it is set. Search and screen both read it. */
import { acceleratorKeys } from '#shared/accelerator.ts'
import type { Settings } from '#shared/settings.ts'
import { strings } from '../strings.ts'

const words = strings.settings

export type Part = keyof typeof words.sections
export type SettingKey = Exclude<keyof Settings, 'seenVersion' | 'consoleBrowsers'>
type KeyOf<Value> = {
  [K in SettingKey]: Settings[K] extends Value ? (Value extends Settings[K] ? K : never) : never
}[SettingKey]

export interface Option {
  /** As the setting has it. */
  readonly value: Settings[SettingKey]
  readonly label: string
}

export type SettingRow =
  | { readonly kind: 'switch'; readonly key: KeyOf<boolean> }
  | { readonly kind: 'segments' | 'menu'; readonly key: SettingKey; readonly options: readonly Option[] }
  /** A number, or never: a menu of usual ones, and of what is set if that is another. */
  | { readonly kind: 'number'; readonly key: NumberKey; readonly usual: readonly (number | null)[] }
  | { readonly kind: 'columns'; readonly key: 'roleColumns' }
  | { readonly kind: 'region'; readonly key: 'defaultRegion' }
  | { readonly kind: 'shortcut'; readonly key: 'globalShortcut' }

export type NumberKey =
  | 'breakGlassMinutes'
  | 'oldKeyDays'
  | 'clipboardSeconds'
  | 'expiryWarningMinutes'
  | 'lockAfterIdleMinutes'

export const PARTS = Object.keys(words.sections) as Part[]

function options<Value extends string>(labels: Readonly<Record<Value, string>>): readonly Option[] {
  return Object.entries(labels).map(([value, label]) => ({ value, label }) as Option)
}

const { auto, ...shells } = words.shells

export const ROWS: Readonly<Record<Part, readonly SettingRow[]>> = {
  appearance: [
    { kind: 'segments', key: 'theme', options: options(words.themes) },
    { kind: 'segments', key: 'density', options: options(words.densities) },
    { kind: 'switch', key: 'singleKeys' },
    { kind: 'switch', key: 'peekToggle' },
  ],
  roles: [
    { kind: 'menu', key: 'groupRolesBy', options: options(words.groups) },
    { kind: 'menu', key: 'sortRolesBy', options: options(words.sorts) },
    { kind: 'columns', key: 'roleColumns' },
  ],
  sessions: [
    { kind: 'switch', key: 'confirmProduction' },
    { kind: 'region', key: 'defaultRegion' },
    { kind: 'menu', key: 'shell', options: [{ value: null, label: auto }, ...options(shells)] },
    { kind: 'number', key: 'clipboardSeconds', usual: [10, 20, 30, 60, 120, 300] },
  ],
  console: [{ kind: 'switch', key: 'consoleMultiSession' }],
  notifications: [
    { kind: 'switch', key: 'notifyBeforeExpiry' },
    { kind: 'number', key: 'expiryWarningMinutes', usual: [1, 5, 10, 15, 30, 60] },
    { kind: 'switch', key: 'notifyMfaNeeded' },
    { kind: 'switch', key: 'notifyRenewalFailed' },
    { kind: 'switch', key: 'notifyBreakGlassOpen' },
  ],
  tray: [
    { kind: 'switch', key: 'showInTray' },
    { kind: 'switch', key: 'closeToTray' },
    { kind: 'switch', key: 'startAtLogin' },
    { kind: 'shortcut', key: 'globalShortcut' },
  ],
  lock: [
    { kind: 'number', key: 'breakGlassMinutes', usual: [1, 5, 10, 15, 30, 60] },
    { kind: 'number', key: 'oldKeyDays', usual: [0, 1, 3, 7, 14, 30, 90] },
    { kind: 'number', key: 'lockAfterIdleMinutes', usual: [1, 5, 15, 30, 60, 240, null] },
    { kind: 'switch', key: 'lockWithScreen' },
    { kind: 'switch', key: 'lockOnSleep' },
    { kind: 'switch', key: 'lockEndsSessions' },
    { kind: 'switch', key: 'unlockWithSystem' },
  ],
  command: [],
  about: [],
}

const NUMBERS: Readonly<Record<NumberKey, (count: number) => string>> = {
  breakGlassMinutes: words.minutes,
  oldKeyDays: words.days,
  clipboardSeconds: words.seconds,
  expiryWarningMinutes: words.minutes,
  lockAfterIdleMinutes: words.idle,
}

/** What a choice can be. Empty for what is typed or pressed. */
export function optionsOf(row: SettingRow, settings: Settings): readonly Option[] {
  switch (row.kind) {
    case 'segments':
    case 'menu':
      return row.options
    case 'number': {
      const present = settings[row.key]
      const all = row.usual.includes(present) ? row.usual : [...row.usual, present].sort(neverLast)
      return all.map((value) => ({ value, label: value === null ? words.never : NUMBERS[row.key](value) }))
    }
    case 'columns':
      return options(words.columns)
    default:
      return []
  }
}

function neverLast(one: number | null, other: number | null): number {
  return (one ?? Number.POSITIVE_INFINITY) - (other ?? Number.POSITIVE_INFINITY)
}

/** The value in words, as the toast says it. @param mac how its keys are printed */
export function spoken(row: SettingRow, value: Settings[SettingKey], settings: Settings, mac: boolean): string {
  if (typeof value === 'boolean') return value ? words.on : words.off
  if (row.kind === 'shortcut' && value !== null) return acceleratorKeys(String(value), mac).join(' ')
  const labels = optionsOf(row, { ...settings, [row.key]: value })
  if (Array.isArray(value)) {
    const chosen = labels.filter((option) => (value as unknown[]).includes(option.value))
    return chosen.map(({ label }) => label).join(', ') || words.noColumns
  }
  const label = labels.find((option) => option.value === value)?.label
  return label ?? (value === null ? words.noRegion : String(value))
}

/** Whether every word of the query begins or is inside something that is said about the setting. */
export function matches(query: string, part: Part, row: SettingRow, settings: Settings): boolean {
  const { label, hint } = words.rows[row.key]
  return allIn(query, [words.sections[part], label, hint, ...optionsOf(row, settings).map((option) => option.label)])
}

/** Whether every word of the query is in one of the texts, ignoring case. */
export function allIn(query: string, texts: readonly string[]): boolean {
  const text = texts.join('\n').toLocaleLowerCase()
  return query
    .toLocaleLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
