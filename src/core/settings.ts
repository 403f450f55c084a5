/** The person's settings, as one record of the store. */
import { readSettings, type Settings, type SettingsChange, settingsChangeSchema } from '#shared/settings.ts'
import { parseInput } from './input.ts'
import type { Store } from './store/types.ts'

const KEY = 'preferences'

export interface SettingsService {
  get(): Settings
  /** @returns all settings after the change. @throws `input.invalid` */
  change(change: SettingsChange): Settings
  /** Calls back after each change in this process, with what holds now and held before. @returns a function that stops it */
  onChange(listener: SettingsListener): () => void
}

export type SettingsListener = (settings: Settings, before: Settings) => void

export function createSettingsService(store: Store): SettingsService {
  const listeners = new Set<SettingsListener>()
  const get = (): Settings => readSettings(parsed(store.setting(KEY)))
  return {
    get,
    change(change) {
      const checked = parseInput(settingsChangeSchema, change)
      const [settings, before] = store.transaction(() => {
        const before = get()
        const settings = readSettings({ ...before, ...checked })
        store.setSetting(KEY, JSON.stringify(settings))
        return [settings, before] as const
      })
      for (const listener of listeners) listener(settings, before)
      return settings
    },
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
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
