/** The person's settings, as one record of the store. */
import { readSettings, type Settings, type SettingsChange, settingsChangeSchema } from '#shared/settings.ts'
import { parseInput } from './input.ts'
import type { Store } from './store/types.ts'

const KEY = 'preferences'

export interface SettingsService {
  get(): Settings
  /** @returns all settings after the change. @throws `input.invalid` */
  change(change: SettingsChange): Settings
}

export function createSettingsService(store: Store): SettingsService {
  return {
    get: () => readSettings(parsed(store.setting(KEY))),
    change(change) {
      const checked = parseInput(settingsChangeSchema, change)
      return store.transaction(() => {
        const settings = readSettings({ ...readSettings(parsed(store.setting(KEY))), ...checked })
        store.setSetting(KEY, JSON.stringify(settings))
        return settings
      })
    },
  }
}

/** Text that is no JSON counts as nothing stored. */
function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
