// How each platform gets the tray's menu, image and badge.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { TrayAction } from '#core/desktop/tray-menu.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { showBadge } from '../../../src/main/badge.ts'
import { createDesktopImages } from '../../../src/main/desktop-images.ts'
import { type AppTray, createAppTray } from '../../../src/main/tray.ts'
import { live, used } from '../core/desktop/rows.ts'
import { type FakeTray, seen } from './electron-double.ts'

vi.mock('electron', () => import('./electron-double.ts'))

let roles: readonly RoleRow[]
let now: number
let isLocked: boolean
let done: TrayAction[]

function start(platform: NodeJS.Platform): AppTray {
  const tray = createAppTray({
    images: createDesktopImages('/images', platform),
    platform,
    run: (action) => done.push(action),
    input: () => ({ roles, now, isLocked, canLock: true, confirmProduction: true, paletteShortcut: null }),
  })
  tray.show(true)
  return tray
}

function only(): FakeTray {
  const [tray, ...more] = seen.trays
  if (!tray || more.length > 0) throw new Error(`${seen.trays.length} trays`)
  return tray
}

const labels = (menu: FakeTray['menu']) => menu?.items.map(({ label }) => label)

beforeEach(async () => {
  vi.useFakeTimers()
  const { NOW } = await import('../core/desktop/rows.ts')
  now = NOW
  roles = []
  isLocked = false
  done = []
  seen.trays.length = 0
  seen.overlays.length = 0
})
afterEach(() => vi.useRealTimers())

it('is handed its menu on Linux, and a new one each minute while a session lives', () => {
  roles = [live('admin', 5.5)]
  start('linux')
  expect(labels(only().menu)).toContain('admin · 5 min')
  // Half a minute later its text is another one.
  now += 31_000
  vi.advanceTimersByTime(31_000)
  expect(labels(only().menu)).toContain('admin · 4 min')
  now += 60_000
  vi.advanceTimersByTime(60_000)
  expect(labels(only().menu)).toContain('admin · 3 min')
  expect(vi.getTimerCount()).toBe(1)
})

it.each([
  ['nothing lives', []],
  ['it is locked', [live('admin', 5)]],
] as const)('waits for nothing while %s', (why, rows) => {
  roles = rows
  isLocked = why === 'it is locked'
  start('linux')
  expect(vi.getTimerCount()).toBe(0)
})

it.each(['darwin', 'win32'] as const)('is asked for its menu on %s, which is then never old', (platform) => {
  roles = [live('admin', 5.5)]
  start(platform)
  expect(only().menu).toBeUndefined()
  expect(vi.getTimerCount()).toBe(0)
  now += 120_000
  only().emit('right-click')
  expect(labels(only().popped)).toContain('admin · 3 min')
})

it('keeps one timer however often it changes, and none once it is gone', () => {
  roles = [live('admin', 5)]
  const tray = start('linux')
  for (let change = 0; change < 3; change++) tray.show(true)
  expect(vi.getTimerCount()).toBe(1)
  tray.show(false)
  expect(vi.getTimerCount()).toBe(0)
})

it('opens the menu by any click on a Mac, and the window by a left one elsewhere', () => {
  start('darwin')
  only().emit('click')
  expect(only().popped).toBeDefined()
  expect(done).toEqual([])
  seen.trays.length = 0
  start('win32')
  only().emit('click')
  expect(only().popped).toBeUndefined()
  expect(done).toEqual([{ do: 'open' }])
})

it('shows by its form what is live, and on a Mac how much', () => {
  const tray = start('darwin')
  expect([only().image, only().title]).toEqual(['tray-idle-Template.png', ''])
  roles = [live('a', 5), live('b', 5, { environment: 'prod' })]
  tray.show(true)
  expect([only().image, only().title]).toEqual(['tray-production-Template.png', '2'])
  expect(only().toolTip).toBe('Hallpass: 2 active sessions, 1 in production')
  roles = [live('a', 5)]
  isLocked = true
  tray.show(true)
  expect([only().title, only().toolTip]).toEqual(['', 'Hallpass: Locked'])
  expect(tray.isThere()).toBe(true)
  tray.show(false)
  expect(seen.trays).toEqual([])
  expect(tray.isThere()).toBe(false)
})

it('does not take an ampersand in a name for a key', () => {
  roles = [used('admin', 1, { accountName: 'R&D' })]
  start('linux')
  expect(labels(only().menu)).toContain('admin, R&&D · inactive')
})

it('marks production on the dock by its count, and on the Windows task bar by its bar and words', () => {
  showBadge(2, createDesktopImages('/images', 'darwin'), 'darwin')
  expect(seen.badge).toBe(2)
  const images = createDesktopImages('/images', 'win32')
  showBadge(1, images, 'win32')
  showBadge(0, images, 'win32')
  expect(seen.overlays).toEqual([
    ['badge-production.png', '1 production session is live'],
    [null, ''],
  ])
})
