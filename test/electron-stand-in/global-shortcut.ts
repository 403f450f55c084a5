/** Electron's `globalShortcut`: kept as data, so that a test can press them, and say which ones are taken. */
import { knownOnly } from './known-only.ts'
import { records } from './records.ts'

const MODIFIERS = /^(Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)$/i
const KEYS =
  /^([A-Z0-9]|F([1-9]|1\d|2[0-4])|Plus|Space|Tab|Backspace|Delete|Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc|[)!@#$%^&*(:;+=<,_>.?/~`{\][|\\}"-])$/i

export const globalShortcut = knownOnly('globalShortcut', {
  /** @throws for what is no accelerator, as Electron's argument conversion does */
  register(accelerator: string, press: () => void): boolean {
    const keys = accelerator.split('+')
    if (!KEYS.test(keys.at(-1) ?? '') || !keys.slice(0, -1).every((key) => MODIFIERS.test(key))) {
      throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`)
    }
    if (records.takenShortcuts.includes(accelerator)) return false
    if (records.shortcuts.some((known) => known.accelerator === accelerator)) return false
    records.shortcuts.push({ accelerator, press })
    return true
  },
  unregister(accelerator: string): void {
    const at = records.shortcuts.findIndex((known) => known.accelerator === accelerator)
    if (at >= 0) records.shortcuts.splice(at, 1)
  },
  isRegistered: (accelerator: string): boolean => records.shortcuts.some((known) => known.accelerator === accelerator),
})
