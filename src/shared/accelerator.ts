/** Keys that call the app from anywhere, as Electron writes them: `CommandOrControl+Shift+K`. */
import { z } from 'zod'

const MODIFIERS = ['CommandOrControl', 'Command', 'Control', 'Alt', 'Shift', 'Super'] as const
/** Alone, Shift only makes another letter. */
const STRONG_MODIFIERS: readonly string[] = ['CommandOrControl', 'Command', 'Control', 'Alt', 'Super']
const NAMED_KEYS = [
  'Space',
  'Tab',
  'Up',
  'Down',
  'Left',
  'Right',
  'Home',
  'End',
  'PageUp',
  'PageDown',
  'Insert',
] as const

/** Letters, digits, function keys, a few signs and those above. */
function isKey(word: string): boolean {
  return (
    /^[A-Z0-9]$/.test(word) ||
    /^F([1-9]|1\d|2[0-4])$/.test(word) ||
    /^[-=[\];',./\\`]$/.test(word) ||
    (NAMED_KEYS as readonly string[]).includes(word)
  )
}

/** One key, with a modifier other than Shift unless it is a function key; no modifier twice. */
export function isAccelerator(text: string): boolean {
  const words = text.split('+')
  const key = words.pop() ?? ''
  const known = words.every((word) => (MODIFIERS as readonly string[]).includes(word))
  if (!known || !isKey(key) || new Set(words).size !== words.length) return false
  return /^F\d/.test(key) || words.some((word) => STRONG_MODIFIERS.includes(word))
}

export const acceleratorField = z.string().max(64).refine(isAccelerator, 'These keys can’t be used from anywhere.')

/** A key press in a page. */
export interface PressedKeys {
  readonly key: string
  /** The key's place on the keyboard, whatever it types there. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const CODES: Readonly<Record<string, string>> = {
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Semicolon: ';',
  Quote: "'",
  Comma: ',',
  Period: '.',
  Slash: '/',
  Backslash: '\\',
  Backquote: '`',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
}

/**
 * The accelerator of a key press.
 * @returns `pending` while only modifiers are held, `needs-modifier` or `not-allowed` for what can't be one
 */
export function acceleratorOf(
  press: PressedKeys,
  mac: boolean,
): { readonly accelerator: string } | 'pending' | 'needs-modifier' | 'not-allowed' {
  if (['Control', 'Meta', 'Alt', 'Shift', 'AltGraph', 'OS'].includes(press.key)) return 'pending'
  const key = keyOf(press)
  if (key === undefined) return 'not-allowed'
  const [main, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey]
  const words = [
    main ? 'CommandOrControl' : '',
    other ? (mac ? 'Control' : 'Super') : '',
    press.altKey ? 'Alt' : '',
    press.shiftKey ? 'Shift' : '',
    key,
  ]
  const accelerator = words.filter((word) => word !== '').join('+')
  return isAccelerator(accelerator) ? { accelerator } : 'needs-modifier'
}

/** Letters by what they type, so that the shortcut is what is printed on the key; the rest by place. */
function keyOf({ key, code }: PressedKeys): string | undefined {
  if (/^[a-z]$/i.test(key)) return key.toUpperCase()
  const letterOrDigit = /^(?:Key|Digit)([A-Z0-9])$/.exec(code)?.[1]
  const word = letterOrDigit ?? CODES[code] ?? code
  return isKey(word) ? word : undefined
}

const MAC_SIGNS: Readonly<Record<string, string>> = {
  CommandOrControl: '⌘',
  Command: '⌘',
  Control: '⌃',
  Alt: '⌥',
  Shift: '⇧',
  Super: '⌘',
}

/** The keys as they are printed: `['Ctrl', 'Shift', 'K']`, on a Mac `['⌘', '⇧', 'K']`. */
export function acceleratorKeys(accelerator: string, mac: boolean): string[] {
  const plain: Readonly<Record<string, string>> = { CommandOrControl: 'Ctrl', Control: 'Ctrl', Command: 'Cmd' }
  return accelerator.split('+').map((word) => (mac ? MAC_SIGNS : plain)[word] ?? word)
}
