// The settings as the screen has them.
import { describe, expect, it } from 'vitest'
import { readSettings, settingsChangeSchema, settingsSchema } from '#shared/settings.ts'
import { matches, optionsOf, PARTS, ROWS, spoken } from '../../../../src/renderer/settings/rows.ts'

const settings = readSettings(undefined)
const all = PARTS.flatMap((part) => ROWS[part].map((row) => ({ part, row })))

it('every setting has one place, but those with lines of their own', () => {
  expect(all.map(({ row }) => row.key).sort()).toEqual(
    Object.keys(settingsSchema.shape)
      .filter((key) => key !== 'seenVersion' && key !== 'consoleBrowsers')
      .sort(),
  )
})

it('every choice that is offered can be set', () => {
  for (const { row } of all) {
    if (row.kind === 'columns') continue
    for (const { value } of optionsOf(row, settings)) {
      expect(settingsChangeSchema.safeParse({ [row.key]: value }).success, `${row.key} ${value}`).toBe(true)
    }
  }
})

it('what is set is among the choices, also when it is no usual one', () => {
  const row = ROWS.lock.find(({ key }) => key === 'lockAfterIdleMinutes')
  if (!row) throw new Error('no such row')
  const labels = optionsOf(row, { ...settings, lockAfterIdleMinutes: 7 }).map(({ label }) => label)
  expect(labels).toEqual(['1 min', '5 min', '7 min', '15 min', '30 min', '1 hour', '4 hours', 'Never'])
})

describe('search', () => {
  const found = (query: string) =>
    all.filter(({ part, row }) => matches(query, part, row, settings)).map(({ row }) => row.key)

  it('finds all for nothing', () => expect(found('')).toHaveLength(all.length))
  it('needs every word, in any order and case', () => expect(found('SCREEN lock with')).toEqual(['lockWithScreen']))
  it('reads choices and explanations', () => {
    expect(found('fish')).toEqual(['shell'])
    expect(found('polkit')).toEqual(['unlockWithSystem'])
  })
  it('finds a whole part by its name', () => expect(found('notifications')).toHaveLength(ROWS.notifications.length))
})

it.each([
  ['singleKeys', false, 'off'],
  ['roleColumns', [], 'none'],
  ['roleColumns', ['region', 'state'], 'Region, State'],
  ['lockAfterIdleMinutes', null, 'Never'],
  ['clipboardSeconds', 47, '47 s'],
  ['defaultRegion', null, 'none'],
  ['globalShortcut', 'CommandOrControl+J', 'Ctrl J'],
] as const)('%s of %o is said as %s', (key, value, said) => {
  const row = all.find((one) => one.row.key === key)?.row
  if (!row) throw new Error('no such row')
  expect(spoken(row, value as never, settings, false)).toBe(said)
})
