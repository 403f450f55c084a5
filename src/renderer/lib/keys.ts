/**
 * Which key does what, as data: the listener, the overview of all keys, and the keys shown on buttons and menus all read
 * this one table.
 */

/** Where a command applies, in the order of the overview. */
export const KEY_GROUPS = ['everywhere', 'list', 'role', 'sealed', 'palette'] as const
export type KeyGroup = (typeof KEY_GROUPS)[number]

interface Binding {
  readonly group: KeyGroup
  /**
   * The keys, the first of which is shown on buttons: names of `KeyboardEvent.key`, letters in upper case, with `Ctrl+`
   * (Cmd on macOS), `Alt+` and `Shift+` before them in this order.
   */
  readonly keys: readonly string[]
  /** Works while a field has the focus, too. */
  readonly typing?: true
  /** In the palette, where letters are text. */
  readonly inPalette?: string
}

const BINDINGS = {
  palette: { group: 'everywhere', keys: ['Ctrl+K'], typing: true },
  roles: { group: 'everywhere', keys: ['Ctrl+1'], typing: true },
  sessions: { group: 'everywhere', keys: ['Ctrl+2'], typing: true },
  breakglass: { group: 'everywhere', keys: ['Ctrl+3'], typing: true },
  identities: { group: 'everywhere', keys: ['Ctrl+4'], typing: true },
  activity: { group: 'everywhere', keys: ['Ctrl+5'], typing: true },
  settings: { group: 'everywhere', keys: ['Ctrl+,'], typing: true },
  doctor: { group: 'everywhere', keys: ['Ctrl+6'], typing: true },
  add: { group: 'everywhere', keys: ['Ctrl+N'], typing: true },
  lock: { group: 'everywhere', keys: ['Ctrl+L'], typing: true },
  region: { group: 'everywhere', keys: ['F6'], typing: true },
  'region-back': { group: 'everywhere', keys: ['Shift+F6'], typing: true },
  keys: { group: 'everywhere', keys: ['?', 'F1'] },
  escape: { group: 'everywhere', keys: ['Escape'] },

  search: { group: 'list', keys: ['/', 'Ctrl+F'] },
  up: { group: 'list', keys: ['ArrowUp', 'K'] },
  down: { group: 'list', keys: ['ArrowDown', 'J'] },
  first: { group: 'list', keys: ['Home'] },
  last: { group: 'list', keys: ['End'] },

  start: { group: 'role', keys: ['Enter'], inPalette: 'Ctrl+Enter' },
  console: { group: 'role', keys: ['O'], inPalette: 'Ctrl+O' },
  'console-sign-in': { group: 'role', keys: ['Shift+O'], inPalette: 'Ctrl+Shift+O' },
  'console-choose': { group: 'role', keys: ['Alt+Shift+O'], inPalette: 'Alt+Shift+O' },
  'copy-link': { group: 'role', keys: ['Alt+O'], inPalette: 'Alt+O' },
  'copy-env': { group: 'role', keys: ['C'], inPalette: 'Ctrl+Shift+C' },
  profile: { group: 'role', keys: ['W'], inPalette: 'Ctrl+S' },
  end: { group: 'role', keys: ['E'], inPalette: 'Ctrl+E' },
  pin: { group: 'role', keys: ['P'], inPalette: 'Ctrl+P' },
  'role-activity': { group: 'role', keys: ['Alt+A'], inPalette: 'Alt+A' },

  'copy-user-name': { group: 'sealed', keys: ['U'] },
  'copy-password': { group: 'sealed', keys: ['P'] },
  'copy-code': { group: 'sealed', keys: ['T'] },

  choose: { group: 'palette', keys: ['Enter'] },
  'palette-actions': { group: 'palette', keys: ['Tab'] },
  'palette-only-actions': { group: 'palette', keys: ['>'] },
  'palette-accounts': { group: 'palette', keys: ['@'] },
} as const satisfies Record<string, Binding>

export type Command = keyof typeof BINDINGS

/** Commands with their keys, in the order of the overview. */
export const COMMANDS = Object.keys(BINDINGS) as readonly Command[]

function bindingOf(command: Command): Binding {
  return BINDINGS[command]
}

export interface KeyPress {
  readonly key: string
  /** The key's place on the keyboard: with Alt, macOS turns letters into other signs. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/** How the person's keyboard is used. */
export interface KeyWays {
  readonly mac: boolean
  /** False turns single characters off (WCAG 2.1.4). */
  readonly singleKeys: boolean
}

const OUTSIDE = new Map<string, Command>()
const IN_PALETTE = new Map<string, Command>()
/** Of an open credential: there, no role is selected. */
const OPEN = new Map<string, Command>()
for (const command of COMMANDS) {
  const { group, keys, inPalette } = bindingOf(command)
  const keysOf = group === 'palette' ? undefined : group === 'sealed' ? OPEN : OUTSIDE
  for (const key of keys) keysOf?.set(key, command)
  if (inPalette !== undefined) IN_PALETTE.set(inPalette, command)
}

/**
 * The command a key press stands for, or `undefined`.
 * @param typing a field has focus, so single keys are text
 */
export function commandOf(press: KeyPress, ways: KeyWays, typing: boolean): Command | undefined {
  const names = namesOf(press, ways.mac)
  const name = names.find((one) => OUTSIDE.has(one))
  const command = name === undefined ? undefined : OUTSIDE.get(name)
  if (name === undefined || command === undefined) return undefined
  if (typing && !bindingOf(command).typing && !name.startsWith('Ctrl+')) return undefined
  return isSingle(name) && !ways.singleKeys ? undefined : command
}

/** The command a key press stands for while the palette is open, or `undefined`. */
export function paletteCommandOf(press: KeyPress, mac: boolean): Command | undefined {
  const name = namesOf(press, mac).find((one) => IN_PALETTE.has(one))
  return name === undefined ? undefined : IN_PALETTE.get(name)
}

/** The command a key press stands for beside an open credential, or `undefined`. */
export function sealedCommandOf(press: KeyPress, ways: KeyWays): Command | undefined {
  const name = namesOf(press, ways.mac).find((one) => OPEN.has(one))
  return name === undefined || (isSingle(name) && !ways.singleKeys) ? undefined : OPEN.get(name)
}

/** How the table may name a key press, best first. */
function namesOf(press: KeyPress, mac: boolean): string[] {
  const control = mac ? press.metaKey : press.ctrlKey
  if (mac ? press.ctrlKey : press.metaKey) return []
  const letter = /^Key([A-Z])$/.exec(press.code)?.[1]
  const key =
    press.altKey && letter !== undefined ? letter : press.key.length === 1 ? press.key.toUpperCase() : press.key
  const before = `${control ? 'Ctrl+' : ''}${press.altKey ? 'Alt+' : ''}`
  const shifted = `${before}Shift+${key}`
  if (!press.shiftKey) return [before + key]
  // Shift is part of typing ? or / on many keyboards, but makes something else of letters and named keys.
  return /^[A-Z]$/.test(key) || key.length > 1 ? [shifted] : [shifted, before + key]
}

/** Whether a key is a single character, which speech input may produce by accident. */
function isSingle(name: string): boolean {
  return /^(?:Shift\+)?.$/.test(name)
}

/** All keys of a command as they are shown: `Ctrl K`, on macOS `⌘ K`. Those that are turned off are left out. */
export function keyLabels(command: Command, ways: KeyWays): string[] {
  const { group, keys } = bindingOf(command)
  const on = keys.filter((key) => ways.singleKeys || group === 'palette' || !isSingle(key))
  return on.map((key) => written(key, ways.mac))
}

/** The key that does the same in the palette, as it is shown. */
export function paletteKeyLabel(command: Command, mac: boolean): string | undefined {
  const { inPalette } = bindingOf(command)
  return inPalette === undefined ? undefined : written(inPalette, mac)
}

/** The commands of a part of the overview. */
export function commandsOf(group: KeyGroup): Command[] {
  return COMMANDS.filter((command) => bindingOf(command).group === group)
}

const SIGNS: Record<string, string> = {
  Enter: '⏎',
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
}
const MAC_SIGNS: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' }

function written(name: string, mac: boolean): string {
  // The sign of a key may be + itself.
  const parts = name.split(/\+(?=.)/)
  return parts.map((part) => SIGNS[part] ?? (mac ? MAC_SIGNS[part] : undefined) ?? part).join(' ')
}

const ACCELERATOR_PARTS: Record<string, string> = {
  CommandOrControl: 'Ctrl',
  CmdOrCtrl: 'Ctrl',
  Command: 'Ctrl',
  Cmd: 'Ctrl',
  Option: 'Alt',
}

/** An Electron accelerator as it is shown: `Ctrl Shift K`. */
export function acceleratorLabel(accelerator: string, mac: boolean): string {
  const parts = accelerator.split('+').map((part) => ACCELERATOR_PARTS[part] ?? part)
  return written(parts.join('+'), mac)
}

const ARIA_NAMES: Record<string, string> = {
  Ctrl: 'Control',
  '⌘': 'Meta',
  '⌥': 'Alt',
  '⇧': 'Shift',
  '⏎': 'Enter',
  Esc: 'Escape',
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
}

/** A shown key in the words of `aria-keyshortcuts`: `Control+K`. */
export function ariaKey(label: string): string {
  return label
    .split(' ')
    .map((part) => ARIA_NAMES[part] ?? part)
    .join('+')
}
