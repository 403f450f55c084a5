// Shortcuts: what counts as one, and what a key press gives.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { acceleratorKeys, acceleratorOf, isAccelerator, type PressedKeys } from '#shared/accelerator.ts'
import { readSettings } from '#shared/settings.ts'

const press = (edit: Partial<PressedKeys>): PressedKeys => ({
  key: 'k',
  code: 'KeyK',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...edit,
})

describe('isAccelerator', () => {
  it.each([
    'CommandOrControl+Shift+K',
    'Alt+Space',
    'F12',
    'Shift+F5',
    'Control+Alt+-',
    'Super+1',
    'CommandOrControl+,',
  ])('takes %s', (text) => expect(isAccelerator(text)).toBe(true))

  it.each([
    '',
    'K',
    'Shift+K',
    'CommandOrControl',
    'CommandOrControl+',
    '+K',
    'CommandOrControl+k',
    'CommandOrControl+CommandOrControl+K',
    'Hyper+K',
    'CommandOrControl+K+Shift',
    'CommandOrControl+F25',
    'CommandOrControl+K\n',
    'CommandOrControl++',
  ])('refuses “%s”', (text) => expect(isAccelerator(text)).toBe(false))

  it('keeps what is none out of the settings', () => {
    expect(readSettings({ globalShortcut: 'K' }).globalShortcut).toBe('CommandOrControl+Shift+K')
    expect(readSettings({ globalShortcut: 'Alt+F1' }).globalShortcut).toBe('Alt+F1')
  })
})

describe('acceleratorOf', () => {
  it.each([
    [press({ ctrlKey: true, shiftKey: true, key: 'K' }), false, 'CommandOrControl+Shift+K'],
    [press({ metaKey: true }), true, 'CommandOrControl+K'],
    [press({ ctrlKey: true }), true, 'Control+K'],
    [press({ metaKey: true }), false, 'Super+K'],
    // macOS turns letters with Alt into signs: the key's place tells.
    [press({ altKey: true, key: '˚' }), true, 'Alt+K'],
    // By what is printed on the key, not by where an American one is.
    [press({ ctrlKey: true, key: 'a', code: 'KeyQ' }), false, 'CommandOrControl+A'],
    [press({ ctrlKey: true, key: ' ', code: 'Space' }), false, 'CommandOrControl+Space'],
    [press({ key: 'F9', code: 'F9' }), false, 'F9'],
    [press({ altKey: true, key: 'ArrowUp', code: 'ArrowUp' }), false, 'Alt+Up'],
    [press({ ctrlKey: true, shiftKey: true, key: '!', code: 'Digit1' }), false, 'CommandOrControl+Shift+1'],
  ])('%o on a Mac %s is %s', (pressed, mac, accelerator) => {
    expect(acceleratorOf(pressed, mac)).toEqual({ accelerator })
  })

  it.each([
    [press({ key: 'Control', code: 'ControlLeft', ctrlKey: true }), 'pending'],
    [press({ key: 'AltGraph', code: 'AltRight' }), 'pending'],
    [press({}), 'needs-modifier'],
    [press({ shiftKey: true }), 'needs-modifier'],
    [press({ ctrlKey: true, key: 'MediaPlayPause', code: 'MediaPlayPause' }), 'not-allowed'],
    [press({ ctrlKey: true, key: 'Escape', code: 'Escape' }), 'not-allowed'],
  ])('%o is %s', (pressed, reason) => expect(acceleratorOf(pressed, false)).toBe(reason))

  it('gives a shortcut that can be set, or a reason, for any press', () => {
    const any = fc.record({
      key: fc.oneof(fc.string(), fc.constantFrom('k', 'K', 'F1', 'Enter', '+', 'Dead')),
      code: fc.oneof(fc.string(), fc.constantFrom('KeyK', 'Digit7', 'F1', 'Equal', 'NumpadAdd', 'IntlRo')),
      ctrlKey: fc.boolean(),
      metaKey: fc.boolean(),
      altKey: fc.boolean(),
      shiftKey: fc.boolean(),
    })
    fc.assert(
      fc.property(any, fc.boolean(), (pressed, mac) => {
        const found = acceleratorOf(pressed, mac)
        if (typeof found === 'object') {
          expect(readSettings({ globalShortcut: found.accelerator }).globalShortcut).toBe(found.accelerator)
        }
      }),
    )
  })
})

it('shows the keys as they are printed', () => {
  expect(acceleratorKeys('CommandOrControl+Shift+K', false)).toEqual(['Ctrl', 'Shift', 'K'])
  expect(acceleratorKeys('CommandOrControl+Alt+K', true)).toEqual(['⌘', '⌥', 'K'])
})
