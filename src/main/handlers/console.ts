/** Console links. */
import { clipboard } from 'electron'
import type { HandlerParts, Handlers } from './parts.ts'

export function consoleHandlers({ hallpass, openUrl, changed }: HandlerParts): Handlers<'console'> {
  return {
    'console.open': async ({ name, via }) => {
      if (via === 'switch-role') {
        await openUrl(hallpass.console.switchRoleLink(name))
        return
      }
      await openUrl(await hallpass.console.signInLink(name))
      changed()
    },
    'console.copy-switch-link': async ({ name }) => {
      await clipboard.writeText(hallpass.console.switchRoleLink(name))
    },
  }
}
