/**
 * Asks the operating system whether the person is there: Touch ID, or polkit where the package has installed its
 * action. Electron has no way to Windows Hello, so on Windows the keychain alone is asked.
 */
import { systemPreferences } from 'electron'
import type { SystemAuth } from '#core/lock/system-auth.ts'
import { HallpassError } from '#shared/errors.ts'
import { createPolkit } from './polkit.ts'

export function createSystemAuth(platform: NodeJS.Platform): SystemAuth {
  if (platform === 'darwin') return touchId
  if (platform === 'linux') return createPolkit()
  return { method: async () => null, confirm: async () => {} }
}

const touchId: SystemAuth = {
  method: async () => (systemPreferences.canPromptTouchID() ? 'touch-id' : null),
  async confirm() {
    try {
      // macOS puts "Hallpass is trying to" before it.
      await systemPreferences.promptTouchID('unlock your AWS roles')
    } catch (cause) {
      const details = cause instanceof Error ? cause.message : undefined
      if (/cancel/i.test(details ?? '')) {
        throw new HallpassError('cancelled', 'Hallpass stays locked: Touch ID was not confirmed.', { cause })
      }
      throw new HallpassError('unlock.refused', 'Touch ID did not recognise you.', {
        hint: 'Try again. After too many attempts macOS wants your password first: lock the screen and unlock it.',
        details,
        cause,
      })
    }
  },
}
