// The lock: what triggers it, what the page and whoever speaks through it still get, what the command line gets, and
// how it opens again.
import type { ElectronApplication, Page } from '@playwright/test'
import { CALLS_WHILE_LOCKED, IPC_CALLS } from '#shared/ipc.ts'
import { askMain, practiceRole, readClipboard, setUpWithCommand, unlock } from './support/steps.ts'
import { DANA, expect, test, type World } from './support/world.ts'

const ROLE = 'sandbox-admin'
const MFA_ROLE = 'org-access'
const ACCOUNT = /\d{4}\s?\d{4}\s?\d{4}/

async function company(world: World): Promise<void> {
  const role = (account: string, name: string) => practiceRole(world, account, name)
  await setUpWithCommand(world, [
    { arn: role('acme-sandbox', 'PlatformAdmin'), name: ROLE, words: ['--environment', 'dev'] },
    { arn: role('acme-staging', 'Deploy'), name: 'staging-deploy', words: ['--environment', 'staging'] },
    { arn: role('acme-identity', 'OrgAccess'), name: MFA_ROLE, words: ['--mfa'] },
  ])
}

const lockScreen = (page: Page) => page.getByRole('heading', { name: 'Hallpass is locked' })

/** The computer tells main something. */
function power(
  app: ElectronApplication,
  event: 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen',
): Promise<unknown> {
  return app.evaluate(({ powerMonitor }, name) => (powerMonitor as NodeJS.EventEmitter).emit(name), event)
}

/** Everything the page holds: what is drawn, and what is only there. */
async function expectNoNames(page: Page, world: World): Promise<void> {
  const html = await page.content()
  for (const name of [ROLE, MFA_ROLE, 'staging-deploy', 'dana', 'acme', world.practice.user(DANA).accessKeyId]) {
    expect(html).not.toContain(name)
  }
  expect(html).not.toMatch(ACCOUNT)
  expect(await page.title()).toBe('Hallpass')
}

test('the button stands still while the lock screen learns what to say', async ({ world }) => {
  await company(world)
  const { page } = await world.launch()
  for (const viewport of [
    { width: 1180, height: 760 },
    { width: 900, height: 600 },
    { width: 450, height: 300 },
  ]) {
    await page.setViewportSize(viewport)
    // Read after each change of the page, so that nothing between the first drawing and the last is missed.
    await page.evaluate(() => {
      const seen: { box: string; text: string }[] = []
      const watcher = new MutationObserver(() => {
        const button = document.querySelector('.locked button')
        if (button === null) return
        const { x, y, width, height } = button.getBoundingClientRect()
        seen.push({ box: [x, y, width, height].join(' '), text: document.querySelector('.locked')?.textContent ?? '' })
      })
      watcher.observe(document.body, { childList: true, subtree: true, characterData: true })
      Object.assign(window, { seen, watcher })
    })
    await page.keyboard.press('Control+l')
    await expect(page.getByText('Locked by hand, just now.')).toBeVisible()
    await expect(page.getByText('No session is live.')).toBeVisible()
    const seen = await page.evaluate(() => {
      const kept = window as unknown as { seen: { box: string; text: string }[]; watcher: MutationObserver }
      kept.watcher.disconnect()
      return kept.seen
    })
    expect(seen.some(({ text }) => !text.includes('Locked by hand'))).toBe(true)
    expect(seen.some(({ text }) => text.includes('No session is live.'))).toBe(true)
    expect([...new Set(seen.map(({ box }) => box))], JSON.stringify(viewport)).toHaveLength(1)
    await unlock(page)
  }
})

test('a locked app shows, tells and starts nothing, and serves what was live', async ({ world }) => {
  test.setTimeout(180_000)
  await company(world)
  const { app, page } = await world.launch()
  const start = async (): Promise<void> => {
    await page.getByRole('row', { name: new RegExp(ROLE) }).click()
    await page.keyboard.press('Enter')
    // A call to AWS, on a machine that may be busy.
    await expect(page.getByRole('row', { name: new RegExp(ROLE) })).toContainText('left', { timeout: 20_000 })
  }
  await start()

  await test.step('time without input locks, and ends sessions where it is to', async () => {
    await page.keyboard.press('Control+,')
    const ends = page.getByRole('switch', { name: 'Locking ends sessions' })
    await ends.click()
    await expect(ends).toHaveAttribute('aria-checked', 'true')
    await app.evaluate(({ powerMonitor }) => {
      powerMonitor.getSystemIdleTime = () => 3600
    })
    await page.getByRole('button', { name: /^Lock after/ }).click()
    await page.getByRole('menuitemradio', { name: '5 min', exact: true }).click()
    await expect(lockScreen(page)).toBeVisible()
    await expect(page.getByText('Locked after a time without input, just now.')).toBeVisible()
    // A new sealing key for the keychain, on a machine that may be busy.
    await expect(page.getByText('1 session was ended.')).toBeVisible({ timeout: 20_000 })
    expect(JSON.parse((await world.hallpass(['session', 'list', '--json'])).stdout)).toEqual([])
    expect((await world.hallpass(['credential-process', ROLE])).code).toBe(5)
    await unlock(page)
    await ends.click()
    await expect(ends).toHaveAttribute('aria-checked', 'false')
    await page.keyboard.press('Control+1')
  })

  await start()
  await page.keyboard.press('c')
  await expect.poll(() => readClipboard(app)).toContain('AWS_SECRET_ACCESS_KEY')

  await test.step('a program waits for a code, and a secret is being typed, when it locks', async () => {
    const waiting = world.hallpass(['credential-process', MFA_ROLE])
    await expect(page.getByLabel('Six digit code')).toBeVisible()
    await page.keyboard.press('Control+l')
    await expect(lockScreen(page)).toBeVisible()
    const { code, stderr } = await waiting
    expect(stderr).toContain('Hallpass is locked')
    expect(code).toBe(5)
    await expect(page.getByText('1 session goes on serving the command line until')).toBeVisible()
    await expectNoNames(page, world)
    expect(await readClipboard(app)).toBe('')
  })

  await test.step('every other call is refused, however it is made', async () => {
    const refused = Object.keys(IPC_CALLS).filter((channel) => !CALLS_WHILE_LOCKED.includes(channel as never))
    expect(refused.length).toBeGreaterThan(20)
    for (const channel of refused) {
      for (const request of [undefined, { name: ROLE }, { theme: 'dark' }]) {
        expect(await askMain(page, channel, request), channel).toContain('"code":"app.locked"')
      }
    }
    const told = JSON.parse(await askMain(page, 'app.info')) as { value: object }
    expect(told.value).toMatchObject({ damage: null, endpointOverride: null })
  })

  await test.step('nothing is told unasked', async () => {
    await page.evaluate(() => {
      const heard: string[] = []
      Object.assign(window, { heard })
      const { hallpass } = window as unknown as { hallpass: { on(e: string, l: (p: unknown) => void): void } }
      for (const event of ['state.changed', 'mfa.requested', 'mfa.waiting', 'session.expiring', 'breakglass.changed']) {
        hallpass.on(event, (payload) => heard.push(JSON.stringify([event, payload])))
      }
    })
    // Another process changes the store: an open window would hear of it.
    await world.hallpass(['role', 'edit', 'staging-deploy', '--region', 'us-east-1'])
    await power(app, 'resume')
  })

  await test.step('the live session serves the command line; no other is started', async () => {
    const calls = () => world.practice.calls().length
    const served = await world.hallpass(['credential-process', 'staging-deploy'])
    expect(served.code).toBe(5)
    expect(served.stderr).toContain('Hallpass is locked')
    const needsCode = await world.hallpass(['credential-process', MFA_ROLE])
    expect(needsCode.code).toBe(5)
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const before = calls()
    const live = await world.hallpass(['credential-process', ROLE])
    expect(live.stderr + live.code).toBe('0')
    expect(JSON.parse(live.stdout)).toMatchObject({ Version: 1 })
    expect(calls()).toBe(before)
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([])
  })

  await test.step('a page that is loaded anew is locked too; unlocking gives all back', async () => {
    await unlock(page)
    await expect(page.getByRole('row', { name: new RegExp(ROLE) })).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByRole('row', { name: new RegExp(ROLE) })).toContainText('left')
    await page.keyboard.press('Control+,')
    await power(app, 'lock-screen')
    await expect(lockScreen(page)).toBeVisible()
    await expect(page.getByText('Locked with the screen, just now.')).toBeVisible()
    await page.reload()
    await expect(lockScreen(page)).toBeVisible()
    await expectNoNames(page, world)
    await unlock(page)
  })

  await test.step('where one was, one is again', async () => {
    await page.keyboard.press('Control+,')
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
    await page.keyboard.press('Control+l')
    await unlock(page)
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
  })

  await test.step('sleep locks, unless it is not to', async () => {
    await page.getByRole('switch', { name: 'Lock before sleep' }).click()
    await expect(page.getByText('Lock before sleep: off')).toBeVisible()
    await power(app, 'suspend')
    await page.getByRole('button', { name: 'Undo' }).first().click()
    await expect(page.getByRole('switch', { name: 'Lock before sleep' })).toHaveAttribute('aria-checked', 'true')
    await power(app, 'suspend')
    await expect(page.getByText('Locked before the computer slept, just now.')).toBeVisible()
    await unlock(page)
  })

  await test.step('who quits a locked app starts a locked one', async () => {
    await page.keyboard.press('Control+l')
    await expect(lockScreen(page)).toBeVisible()
    await world.quit()
    const again = await world.launch({}, { first: '.locked' })
    await expect(lockScreen(again.page)).toBeVisible()
    await expectNoNames(again.page, world)
    await unlock(again.page)
    await expect(again.page.getByRole('row', { name: new RegExp(ROLE) })).toContainText(/left|min|1 h/)
  })
})
