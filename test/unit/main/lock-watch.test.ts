/** What the computer's sleep takes away, whether it locks Hallpass or not. */
import { expect, it, vi } from 'vitest'
import type { Hallpass } from '#core/hallpass.ts'
import type { AppLock } from '#core/lock/app-lock.ts'
import { eventually } from '../../support/eventually.ts'
import { clipboard, powerMonitor } from './electron-double.ts'

vi.mock('electron', () => import('./electron-double.ts'))
const { watchLock } = await import('../../../src/main/lock-watch.ts')
const { createSecretClipboard } = await import('../../../src/main/secret-clipboard.ts')

it.each([true, false])(
  'a secret leaves the clipboard when the computer sleeps (and locks: %s)',
  async (lockOnSleep) => {
    const secretClipboard = createSecretClipboard(() => 30)
    const locked: string[] = []
    watchLock({
      lock: {
        isClosed: false,
        onChange: () => () => {},
        lock: async (why: string) => void locked.push(why),
      } as never as AppLock,
      hallpass: {
        settings: { get: () => ({ lockOnSleep, lockAfterIdleMinutes: null }), onChange: () => () => {} },
      } as unknown as Pick<Hallpass, 'settings' | 'keeper'>,
      mfa: {} as never,
      drafts: [],
      drill: { stop: async () => {} },
      secretClipboard,
      requests: { pageGone: () => {} },
      desktop: { refresh: () => {} },
    })
    await secretClipboard.copy('a planted secret')
    powerMonitor.emit('suspend')
    await eventually(() => expect(clipboard.text).toBe(''))
    expect(locked).toEqual(lockOnSleep ? ['sleep'] : [])
    powerMonitor.removeAllListeners()
  },
)
