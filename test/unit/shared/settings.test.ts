import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSettings, settingsChangeSchema, settingsSchema } from '#shared/settings.ts'

const DEFAULTS = settingsSchema.parse({})

describe('stored settings', () => {
  test('nothing stored gives the defaults', () => {
    for (const stored of [undefined, null, 7, 'text', []]) expect(readSettings(stored)).toEqual(DEFAULTS)
  })

  test('a broken member has its default, and the others stay', () => {
    const stored = { theme: 'sepia', density: 'compact', lockAfterIdleMinutes: -1, unheardOf: true }
    expect(readSettings(stored)).toEqual({ ...DEFAULTS, density: 'compact' })
  })

  test('any JSON gives valid settings', () => {
    fc.assert(
      fc.property(
        fc.jsonValue(),
        fc.dictionary(fc.constantFrom(...Object.keys(DEFAULTS)), fc.jsonValue()),
        (any, some) => {
          for (const stored of [any, some]) expect(settingsSchema.safeParse(readSettings(stored)).success).toBe(true)
        },
      ),
    )
  })
})

describe('a change', () => {
  test('of one member leaves the others out', () => {
    expect(settingsChangeSchema.parse({ theme: 'dark' })).toEqual({ theme: 'dark' })
    expect(settingsChangeSchema.parse({ globalShortcut: null })).toEqual({ globalShortcut: null })
  })

  test.each([{ theme: 'sepia' }, { clipboardSeconds: 1 }, { unheardOf: 1 }, { lockWithScreen: null }])(
    'that is not valid is refused: %j',
    (change) => {
      expect(settingsChangeSchema.safeParse(change).success).toBe(false)
    },
  )
})
