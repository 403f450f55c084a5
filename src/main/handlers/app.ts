/** The app itself. */
import { app } from 'electron'
import type { HandlerParts, Handlers } from './parts.ts'

export function appHandlers({ hallpass }: HandlerParts): Handlers<'app'> {
  return {
    'app.info': async () => ({
      version: app.getVersion(),
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      vault: await hallpass.vaultStatus(),
      damage: hallpass.damageNotice(),
      endpointOverride: hallpass.endpointOverride(),
      isPractice: hallpass.isPractice,
      settings: hallpass.settings.get(),
    }),
    'app.acknowledge-damage': () => {
      hallpass.acknowledgeDamage()
    },
  }
}
