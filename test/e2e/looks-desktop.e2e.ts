// Links from outside: a question in the window and nothing more, at the start and while the app runs. With pictures.
import { createDesktop, onStandIn, openLink, WHY_SKIPPED } from './support/desktop.ts'
import { lookTwice } from './support/looks.ts'
import { practiceRole, setUpWithCommand, watchBrowser } from './support/steps.ts'
import { expect, test } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(120_000)

test('a link asks, and does nothing by itself', async ({ world }) => {
  const arn = (account: string, name: string) => practiceRole(world, account, name)
  await setUpWithCommand(world, [
    { arn: arn('acme-prod', 'ReadOnly'), name: 'prod/read only', words: ['--environment', 'prod'] },
    { arn: arn('acme-sandbox', 'PlatformAdmin'), name: 'sandbox', words: ['--environment', 'dev'] },
  ])
  const calls = () => world.practice.calls().length
  const before = calls()
  // The browser starts the app with the link.
  const link = 'hallpass://console/PROD%2Fread%20only?via=sign-in'
  const { app, page } = await world.launch({}, { args: [link] })
  const opened = await watchBrowser(app)
  const question = page.getByRole('alertdialog')
  await expect(question.getByRole('heading')).toHaveText('Open the console of prod/read only?')
  await expect(question).toContainText('Production')
  await expect(question).toContainText('Sign-in link')
  await lookTwice(page, 'link-production')

  // A second link does not change the question; typing on does not answer it; Enter is no.
  await openLink(app, 'hallpass://role/sandbox')
  await page.keyboard.type('yes')
  await expect(question.getByRole('heading')).toHaveText('Open the console of prod/read only?')
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()

  for (const bad of [
    'hallpass://role/nobody',
    'hallpass://role/sandbox?start=now',
    'hallpass://role/%2e%2e%2fsandbox\0',
    'hallpass://end/sandbox',
    `hallpass://role/${'a'.repeat(4000)}`,
    'HALLPASS://role/sandbox',
  ]) {
    await openLink(app, bad)
    await expect(question.getByRole('heading')).toHaveText('This link was not followed')
    if (bad === 'hallpass://role/nobody') {
      await expect(question).toContainText('This link names a role that Hallpass does not have.')
      await expect(question).not.toContainText('nobody')
      await lookTwice(page, 'link-refused')
    }
    await page.keyboard.press('Escape')
    await expect(question).toBeHidden()
  }
  expect(calls()).toBe(before)
  expect(await opened()).toEqual([])

  // Said yes to, it does what it said.
  await openLink(app, 'hallpass://role/sandbox')
  await expect(question.getByRole('heading')).toHaveText('Start sandbox?')
  await page.keyboard.press('Tab')
  await expect(question.getByRole('button', { name: 'Show role' })).toBeFocused()
  await question.getByRole('button', { name: 'Start session' }).click()
  await expect(page.getByRole('row', { name: /\bsandbox\b/ })).toContainText('left')

  await openLink(app, 'hallpass://role/sandbox')
  await expect(question.getByRole('heading')).toHaveText('sandbox is active already')
  await question.getByRole('button', { name: 'Show role' }).click()
  await expect(page.getByRole('row', { name: /\bsandbox\b/ })).toHaveAttribute('aria-selected', 'true')

  await openLink(app, 'hallpass://console/prod%2fread%20only')
  await question.getByRole('button', { name: 'Open console' }).click()
  await expect.poll(async () => (await opened()).length).toBe(1)
  await expect(page.getByRole('alertdialog')).toBeHidden()
})

test('a closed window stays in the tray, if there is one to be seen', async ({ world }) => {
  test.skip(!onStandIn, WHY_SKIPPED)
  await setUpWithCommand(world)
  const desktop = createDesktop(world)
  const { app, page } = await world.launch(desktop.env)
  await page.evaluate(() =>
    (window as unknown as { hallpass: { call(channel: string, request: unknown): Promise<unknown> } }).hallpass.call(
      'settings.change',
      { closeToTray: true },
    ),
  )
  const close = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  const isVisible = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await close()
  expect(await isVisible()).toBe(false)
  await app.evaluate(() => {
    const open = globalThis.electronStandIn.trays[0]?.menu.items.find(({ label }) => label === 'Open Hallpass')
    open?.click()
  })
  await expect.poll(isVisible).toBe(true)

  // Nobody would find it again: closing it ends the app.
  desktop.showTrays(false)
  const gone = app.waitForEvent('close')
  await close()
  await gone
})
