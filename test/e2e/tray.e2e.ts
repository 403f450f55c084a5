// The tray, notifications, the badge and the global shortcut: what is seen and done outside the window.
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Page } from '@playwright/test'
import type { ShortcutState } from '#shared/ipc.ts'
import {
  clickNotification,
  clickTray,
  createDesktop,
  lookAway,
  notifications,
  onStandIn,
  trayImage,
  trayLabels,
  WHY_SKIPPED,
  windowState,
} from './support/desktop.ts'
import { practiceRole, readClipboard, setUpWithCommand } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

test.skip(!onStandIn, WHY_SKIPPED)
test.setTimeout(120_000)

test('roles are started, used and ended from the tray; what has to be asked or explained is in the window', async ({
  world,
}) => {
  await setUp(world)
  const { app, page } = await world.launch(createDesktop(world).env)
  expect(await trayLabels(app)).toContain('No active sessions')
  expect(await trayImage(app)).toBe('tray-idle')

  for (const name of ['sandbox', 'prod', 'refused']) await pin(page, name)
  await expect.poll(() => trayLabels(app)).toEqual(expect.arrayContaining(['prod · Production · inactive']))

  // A role that nobody has to be asked about starts behind the window's back.
  await lookAway(app)
  await clickTray(app, 'sandbox', 'Start session')
  await expect.poll(() => trayImage(app)).toBe('tray-live')
  expect(await windowState(app)).toEqual({ isVisible: true, isFocused: false })
  await expect(page.getByRole('row', { name: /\bsandbox\b/ })).toContainText('left')
  expect((await trayLabels(app)).slice(0, 2)).toEqual([
    '1 active session',
    expect.stringMatching(/^sandbox · Sandbox · (59 min|1 h)$/),
  ])
  expect(await badge()).toBe(0)

  await clickTray(app, 'sandbox', 'Copy as env', 'fish')
  await expect.poll(() => readClipboard(app)).toContain('set -gx AWS_ACCESS_KEY_ID')
  await clickTray(app, 'sandbox', 'Open console, switch role')
  await expect.poll(() => app.evaluate(() => globalThis.electronStandIn.openedUrls.length)).toBe(1)
  await clickTray(app, 'sandbox', 'Profile')
  await expect(page.getByText('The CLI asks Hallpass.')).toBeHidden()
  await expect.poll(async () => (await world.hallpass(['profile', 'list', '--json'])).stdout).toContain('sandbox')

  // Production asks, in the window.
  await clickTray(app, 'prod', 'Start session…')
  const question = page.getByRole('alertdialog', { name: 'Start prod in production?' })
  await expect(question).toBeVisible()
  expect((await windowState(app))?.isFocused).toBe(true)
  expect(await badge()).toBe(0)
  await page.keyboard.press('y')
  await expect.poll(badge).toBe(1)
  expect(await trayImage(app)).toBe('tray-production')
  expect(await trayLabels(app)).toContain('2 active sessions, 1 in production')

  // What AWS refuses is explained where it belongs.
  await page.getByRole('row', { name: /\bsandbox\b/ }).click()
  await lookAway(app)
  await clickTray(app, 'refused', 'Start session')
  await expect(page.getByRole('alert').filter({ hasText: 'Could not start.' })).toBeVisible()
  await expect(page.getByRole('row', { name: /\brefused\b/ })).toHaveAttribute('aria-selected', 'true')
  expect((await windowState(app))?.isFocused).toBe(true)

  await clickTray(app, 'End all sessions')
  await expect.poll(badge).toBe(0)
  await expect.poll(() => trayLabels(app)).toContain('No active sessions')
  await clickTray(app, 'Settings…')
  await expect(page.getByRole('button', { name: 'Settings' })).toHaveAttribute('aria-current', 'page')

  await change(page, { showInTray: false })
  await expect.poll(() => trayLabels(app)).toEqual([])

  async function badge(): Promise<number> {
    return app.evaluate(() => globalThis.electronStandIn.told.badge)
  }
})

test('notifications say what ends and who waits for a code; the shortcut opens the palette', async ({ world }) => {
  await setUp(world)
  for (const name of ['fading', 'lapsing-prod']) await world.hallpass(['assume', name, '--json'])
  makeOlder(world)
  const { app, page } = await world.launch(createDesktop(world).env)
  const calls = () => world.practice.calls().filter(({ action }) => action === 'AssumeRole').length
  const before = calls()
  await expect
    .poll(async () => (await notifications(app)).sort())
    .toEqual([
      ['fading ends in 9 min', 'It is set to lapse.'],
      ['lapsing-prod ends in 9 min', 'Production. It is set to lapse.'],
    ])

  // A click opens the role with Renew focused.
  await lookAway(app)
  await clickNotification(app, 'fading ends in 9 min')
  await expect(page.getByRole('row', { name: /\bfading\b/ })).toHaveAttribute('aria-selected', 'true')
  await expect(page.getByRole('button', { name: /^Renew/ })).toBeFocused()
  expect((await windowState(app))?.isFocused).toBe(true)
  expect(calls()).toBe(before)

  // Its button renews behind the window's back, and the notice goes.
  await lookAway(app)
  await clickNotification(app, 'lapsing-prod ends in 9 min', 'Renew')
  await expect.poll(calls).toBe(before + 1)
  await expect.poll(() => notifications(app)).toEqual([])
  expect((await windowState(app))?.isFocused).toBe(false)

  // A program waits for a code: no window jumps to the front, and the answer may be no.
  const waiting = world.hallpass(['assume', 'guarded', '--json'])
  await expect
    .poll(() => notifications(app))
    .toEqual([['MFA code needed for guarded', 'A program waits for a code from dana-phone.']])
  expect((await windowState(app))?.isFocused).toBe(false)
  await expect(page.getByRole('dialog', { name: 'Code from dana-phone' })).toBeVisible()
  await clickNotification(app, 'MFA code needed for guarded', 'Refuse')
  expect((await waiting).code).toBe(9)
  await expect(page.getByRole('dialog')).toBeHidden()

  // The keys that work from any program.
  await page.evaluate(() => {
    window.addEventListener('palette-asked-for', () => document.documentElement.setAttribute('data-asked', ''))
    const bridge = (window as unknown as { hallpass: { on(event: string, listener: () => void): void } }).hallpass
    bridge.on('palette.open', () => window.dispatchEvent(new Event('palette-asked-for')))
  })
  await app.evaluate(() => globalThis.electronStandIn.shortcuts[0]?.press())
  await expect(page.locator('html[data-asked]')).toBeAttached()
  expect((await windowState(app))?.isFocused).toBe(true)

  await app.evaluate(() => globalThis.electronStandIn.takenShortcuts.push('Alt+Space'))
  const state = async () => (await call(page, 'settings.shortcut-state', undefined)) as { value: ShortcutState }
  expect((await state()).value).toEqual({ registered: true, problem: null })
  await change(page, { globalShortcut: 'Alt+Space' })
  expect((await state()).value).toMatchObject({ registered: false, problem: { code: 'shortcut.taken' } })
  const nonsense = await call(page, 'settings.change', { globalShortcut: 'Alt+Nonsense' })
  expect(nonsense).toMatchObject({ ok: false, error: { code: 'input.invalid' } })
  expect((await state()).value).toMatchObject({ registered: false, problem: { code: 'shortcut.taken' } })
  await change(page, { globalShortcut: 'Alt+P' })
  expect(await app.evaluate(() => globalThis.electronStandIn.shortcuts.map(({ accelerator }) => accelerator))).toEqual([
    'Alt+P',
  ])
})

/** As if the sessions had been started an hour ago and had less than ten minutes left. */
function makeOlder(world: World): void {
  const store = new DatabaseSync(join(world.folder, 'home/state/hallpass.db'))
  const now = Date.now()
  store.prepare('UPDATE sessions SET obtained_at = ?, expires_at = ?').run(now - 3_600_000, now + 595_000)
  store.close()
}

async function setUp(world: World): Promise<void> {
  await setUpWithCommand(world, [
    { arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'sandbox', words: ['--environment', 'dev'] },
    { arn: practiceRole(world, 'acme-prod', 'ReadOnly'), name: 'prod', words: ['--environment', 'prod'] },
    { arn: practiceRole(world, 'acme-prod', 'SupportUserRole'), name: 'refused' },
    { arn: practiceRole(world, 'acme-staging', 'Deploy'), name: 'fading', words: ['--no-renew'] },
    {
      arn: practiceRole(world, 'acme-prod', 'ReadOnly'),
      name: 'lapsing-prod',
      words: ['--environment', 'prod', '--no-renew'],
    },
    { arn: practiceRole(world, 'acme-identity', 'OrgAccess'), name: 'guarded', words: ['--mfa'] },
  ])
}

function call(page: Page, channel: string, request: unknown): Promise<unknown> {
  return page.evaluate(
    ([name, payload]) =>
      (window as unknown as { hallpass: { call(channel: string, request: unknown): Promise<unknown> } }).hallpass.call(
        name as string,
        payload,
      ),
    [channel, request],
  )
}

const pin = (page: Page, name: string) => call(page, 'roles.pin', { name, pinned: true })
const change = (page: Page, settings: object) => call(page, 'settings.change', settings)
