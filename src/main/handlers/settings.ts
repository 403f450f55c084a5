/** Settings, and what follows at once from a change. */
import { dirname } from 'node:path'
import { clipboard, nativeTheme } from 'electron'
import { pathLine } from '#shared/path-line.ts'
import type { HandlerParts, Handlers } from './parts.ts'

export function settingsHandlers({ hallpass, shortcut, surroundings, changed }: HandlerParts): Handlers<'settings'> {
  return {
    'settings.get': () => hallpass.settings.get(),
    'settings.change': (change) => {
      const settings = hallpass.settings.change(change)
      nativeTheme.themeSource = settings.theme
      changed()
      return settings
    },
    'settings.shortcut-state': () => shortcut.state(),
    'settings.surroundings': surroundings,
    'settings.copy': async (wanted) => {
      const { command, configFile, credentialsFile, stateFolder } = await surroundings()
      const texts = {
        command,
        'config-file': configFile.path,
        'credentials-file': credentialsFile.path,
        'state-folder': stateFolder,
      }
      const text = wanted.what === 'path-line' ? pathLine(dirname(command), wanted.shell) : texts[wanted.what]
      await clipboard.writeText(text)
    },
  }
}
