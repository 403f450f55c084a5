/** The table of keys: each press means one thing, every key shown is one that works, on both kinds of keyboards. */
import { describe, expect, it } from 'vitest'
import {
  acceleratorLabel,
  ariaKey,
  COMMANDS,
  commandOf,
  commandsOf,
  KEY_GROUPS,
  type KeyPress,
  keyLabels,
  paletteCommandOf,
  paletteKeyLabel,
  sealedCommandOf,
} from '../../../src/renderer/lib/keys.ts'

const LINUX = { mac: false, singleKeys: true }
const MAC = { mac: true, singleKeys: true }

/** The press that a label names, such as `Ctrl Shift O` or `⌘ K`. */
function pressOf(label: string): KeyPress {
  const parts = label.split(' ')
  const last = parts.at(-1) ?? ''
  const names: Record<string, string> = { '⏎': 'Enter', Esc: 'Escape', '↑': 'ArrowUp', '↓': 'ArrowDown' }
  const has = (...signs: string[]) => signs.some((sign) => parts.slice(0, -1).includes(sign))
  const shiftKey = has('Shift', '⇧') || last === '?'
  const key = names[last] ?? (/^[A-Z]$/.test(last) && !shiftKey ? last.toLowerCase() : last)
  return {
    key,
    code: /^[A-Z]$/.test(last) ? `Key${last}` : '',
    ctrlKey: has('Ctrl'),
    metaKey: has('⌘'),
    altKey: has('Alt', '⌥'),
    shiftKey,
  }
}

describe.each([
  ['Linux and Windows', LINUX],
  ['macOS', MAC],
])('keys on %s', (_, ways) => {
  it('do what is shown', () => {
    for (const group of KEY_GROUPS.filter((one) => one !== 'palette'))
      for (const command of commandsOf(group))
        for (const label of keyLabels(command, ways)) {
          const press = pressOf(label)
          const found = group === 'sealed' ? sealedCommandOf(press, ways) : commandOf(press, ways, false)
          expect(found, label).toBe(command)
        }
  })

  it('do in the palette what is shown there', () => {
    for (const command of COMMANDS) {
      const label = paletteKeyLabel(command, ways.mac)
      if (label !== undefined) expect(paletteCommandOf(pressOf(label), ways.mac), label).toBe(command)
    }
    expect(paletteCommandOf(pressOf('O'), ways.mac)).toBeUndefined()
  })

  it('are shown once each in the overview', () => {
    const elsewhere = [...commandsOf('palette'), ...commandsOf('sealed')]
    const outside = COMMANDS.filter((command) => !elsewhere.includes(command))
    for (const some of [outside, commandsOf('sealed')]) {
      const labels = some.flatMap((command) => keyLabels(command, ways))
      expect(new Set(labels).size).toBe(labels.length)
    }
    expect(KEY_GROUPS.flatMap((group) => commandsOf(group)).toSorted()).toEqual(COMMANDS.toSorted())
  })

  it('leave single characters to a field that has the focus, and to speech where they are turned off', () => {
    const off = { ...ways, singleKeys: false }
    for (const key of ['o', 'k', '/', '?', 'e'])
      for (const [how, typing] of [
        [ways, true],
        [off, false],
      ] as const)
        expect(commandOf({ ...pressOf('O'), key, code: '' }, how, typing), key).toBeUndefined()
    expect(commandOf({ ...pressOf('O'), shiftKey: true }, off, false)).toBeUndefined()
    for (const command of ['search', 'keys', 'up', 'start', 'palette'] as const)
      expect(keyLabels(command, off), command).not.toHaveLength(0)
    expect(keyLabels('console', off)).toEqual([])
    const palette = keyLabels('palette', off)[0] ?? ''
    expect(commandOf(pressOf(palette), off, true)).toBe('palette')
  })
})

it('takes Ctrl for nothing on macOS, and Cmd for nothing elsewhere', () => {
  expect(commandOf(pressOf('Ctrl K'), MAC, false)).toBeUndefined()
  expect(commandOf(pressOf('⌘ K'), LINUX, false)).toBeUndefined()
  expect(keyLabels('palette', MAC)).toEqual(['⌘ K'])
  expect(keyLabels('palette', LINUX)).toEqual(['Ctrl K'])
})

it('knows a letter by its place where Alt makes another sign of it', () => {
  const press = { ...pressOf('⌥ O'), key: 'ø' }
  expect(commandOf(press, MAC, false)).toBe('copy-link')
  expect(paletteCommandOf(press, true)).toBe('copy-link')
})

it('names keys as assistive technology reads them', () => {
  expect(ariaKey('Ctrl Shift O')).toBe('Control+Shift+O')
  expect(ariaKey('⌘ ⏎')).toBe('Meta+Enter')
  expect(acceleratorLabel('CommandOrControl+Shift+K', false)).toBe('Ctrl Shift K')
  expect(acceleratorLabel('CommandOrControl+Shift+K', true)).toBe('⌘ ⇧ K')
})
