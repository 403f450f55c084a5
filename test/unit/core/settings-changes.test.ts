// Who listens to the settings is told each change once it is kept.
import { expect, it } from 'vitest'
import { createSettingsService } from '#core/settings.ts'
import type { Store } from '#core/store/types.ts'

function setUp() {
  const kept = new Map<string, string>()
  const store = {
    setting: (key: string) => kept.get(key),
    setSetting: (key: string, value: string) => void kept.set(key, value),
    transaction: <T>(work: () => T) => work(),
  } as unknown as Store
  return createSettingsService(store)
}

it('tells what holds now and held before, until it is stopped', () => {
  const settings = setUp()
  const told: [string, string, string][] = []
  const stop = settings.onChange((now, before) => told.push([before.theme, now.theme, settings.get().theme]))
  settings.change({ theme: 'dark' })
  stop()
  settings.change({ theme: 'light' })
  expect(told).toEqual([['system', 'dark', 'dark']])
})

it('tells nothing of a change that is refused', () => {
  const settings = setUp()
  settings.onChange(() => expect.unreachable())
  expect(() => settings.change({ clipboardSeconds: 1 })).toThrow()
  expect(() => settings.change({ globalShortcut: 'K' })).toThrow('These keys')
})
