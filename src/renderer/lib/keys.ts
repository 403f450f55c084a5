/** Which key does what, as data: one function for the listener, one table for the overview. */

export type Command =
  | 'up'
  | 'down'
  | 'first'
  | 'last'
  | 'start'
  | 'end'
  | 'console'
  | 'console-sign-in'
  | 'copy-link'
  | 'copy-env'
  | 'profile'
  | 'pin'
  | 'search'
  | 'add'
  | 'keys'
  | 'roles'
  | 'sessions'
  | 'breakglass'
  | 'identities'
  | 'activity'
  | 'settings'
  | 'region'
  | 'escape'

export interface KeyPress {
  readonly key: string
  /** The key's place on the keyboard: with Alt, macOS turns letters into other signs. */
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

const PLAIN: Record<string, Command> = {
  ArrowUp: 'up',
  k: 'up',
  ArrowDown: 'down',
  j: 'down',
  Home: 'first',
  End: 'last',
  Enter: 'start',
  e: 'end',
  o: 'console',
  c: 'copy-env',
  w: 'profile',
  p: 'pin',
  '/': 'search',
  '?': 'keys',
  F6: 'region',
  Escape: 'escape',
}
const WITH_CONTROL: Record<string, Command> = {
  n: 'add',
  '1': 'roles',
  '2': 'sessions',
  '3': 'breakglass',
  '4': 'identities',
  '5': 'activity',
  ',': 'settings',
}
/** These work while a field has focus too. */
const ANYWHERE: readonly Command[] = [
  'add',
  'roles',
  'sessions',
  'breakglass',
  'identities',
  'activity',
  'settings',
  'region',
]

/**
 * The command a key press stands for, or `undefined`.
 * @param typing a field has focus, so single keys are text
 */
export function commandOf(press: KeyPress, mac: boolean, typing: boolean): Command | undefined {
  const command = findCommand(press, mac)
  if (command === undefined) return undefined
  return typing && !ANYWHERE.includes(command) ? undefined : command
}

function findCommand(press: KeyPress, mac: boolean): Command | undefined {
  const control = mac ? press.metaKey : press.ctrlKey
  const otherControl = mac ? press.ctrlKey : press.metaKey
  if (otherControl) return undefined
  if (control) return press.altKey || press.shiftKey ? undefined : WITH_CONTROL[press.key.toLowerCase()]
  if (press.altKey) return press.code === 'KeyO' && !press.shiftKey ? 'copy-link' : undefined
  if (press.shiftKey && press.key.toLowerCase() === 'o') return 'console-sign-in'
  // Shift is part of typing ? or / on many keyboards, but makes other letters something else.
  if (press.shiftKey && /^[a-z]$/i.test(press.key)) return undefined
  return PLAIN[press.key.length === 1 ? press.key.toLowerCase() : press.key]
}
