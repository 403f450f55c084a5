/** The app itself. */
import { app } from 'electron'
import type { HandlerParts, Handlers } from './parts.ts'

export function appHandlers({ hallpass, pageReady, lock }: HandlerParts): Handlers<'app'> {
  return {
    'app.info': async () => ({
      version: app.getVersion(),
      platform: process.platform === 'darwin' || process.platform === 'win32' ? process.platform : 'linux',
      vault: await hallpass.vaultStatus(),
      // Both name files or hosts, which a locked window does not show.
      damage: lock.isClosed ? null : hallpass.damageNotice(),
      endpointOverride: lock.isClosed ? null : hallpass.endpointOverride(),
      isPractice: hallpass.isPractice,
      settings: hallpass.settings.get(),
    }),
    'app.acknowledge-damage': () => {
      hallpass.acknowledgeDamage()
    },
    'app.page-ready': () => {
      pageReady()
    },
  }
}
