/** Settings, and what follows at once from a change. */
import { nativeTheme } from 'electron'
import type { HandlerParts, Handlers } from './parts.ts'

export function settingsHandlers({ hallpass, shortcut, changed }: HandlerParts): Handlers<'settings'> {
  return {
    'settings.get': () => hallpass.settings.get(),
    'settings.change': (change) => {
      const settings = hallpass.settings.change(change)
      nativeTheme.themeSource = settings.theme
      changed()
      return settings
    },
    'settings.shortcut-state': () => shortcut.state(),
  }
}
