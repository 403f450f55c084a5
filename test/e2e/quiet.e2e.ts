// What is not said: to a screen reader while time goes by, and to main when nothing of break-glass has changed.
import type { Page } from '@playwright/test'
import { onStandIn } from './support/desktop.ts'
import { select, setUpEverything } from './support/every-screen.ts'
import { expect, test } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(120_000)

const MINUTE = 60_000

test('a screen reader hears of time when it runs out, and never of its passing', async ({ world }) => {
  await setUpEverything(world)
  const { page } = await world.launch()
  // Before the page has a timer of its own.
  await page.clock.install()
  await page.reload()
  await page.getByRole('row').first().waitFor()
  await select(page, 'sandbox-admin')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /sandbox-admin / })).toContainText('left', { timeout: 20_000 })
  await page.clock.runFor(10_000)
  await listen(page)

  await test.step('a minute on the roles, with the countdown of a pass', async () => {
    const countdown = page.getByRole('timer').first()
    const before = await countdown.textContent()
    await page.clock.runFor(MINUTE)
    expect(await countdown.textContent()).not.toBe(before)
    expect(await heard(page)).toEqual([])
  })

  await test.step('a minute on the sessions', async () => {
    await page.keyboard.press('Control+2')
    await expect(page.getByRole('grid', { name: 'Sessions' })).toBeVisible()
    await page.clock.runFor(MINUTE)
    expect(await heard(page)).toEqual([])
  })

  await test.step('a minute of an open seal', async () => {
    await page.keyboard.press('Control+3')
    const slip = page.getByRole('article').filter({ hasText: 'acme-rescue' })
    await slip.getByRole('button', { name: /^Open/ }).click()
    await page.getByLabel('Why are you opening it?').fill('INC-4711')
    await page.getByLabel(/^This is production/).fill('acme-rescue')
    await page.getByRole('button', { name: 'Break the seal' }).click()
    await expect(page.getByText('Being recorded')).toBeVisible()
    await heard(page)
    const countdown = page.getByRole('timer')
    const before = await countdown.textContent()
    await page.clock.runFor(MINUTE)
    expect(await countdown.textContent()).not.toBe(before)
    expect(await heard(page)).toEqual([])
    await page.getByRole('button', { name: 'Close without rotating' }).click()
    await expect(slip).toContainText('left to do')
    await page.keyboard.press('Control+1')
    await page.clock.runFor(10_000)
    await heard(page)
  })

  await test.step('five minutes and one minute before the end, once each', async () => {
    const [minutes = 0, seconds = 0] =
      (await page.getByRole('timer').first().textContent())?.match(/\d+/g)?.map(Number) ?? []
    await page.clock.fastForward((minutes * 60 + seconds - 330) * 1000)
    await page.clock.runFor(MINUTE)
    expect(await heard(page)).toEqual(['sandbox-admin: 5 minutes left'])
    await page.clock.runFor(2 * MINUTE)
    expect(await heard(page)).toEqual([])
    await page.clock.runFor(100_000)
    expect(await heard(page)).toEqual([expect.stringMatching(/^sandbox-admin: (?:1 minute|60 seconds) left$/)])
  })
})

test('break-glass is asked for when it has changed', async ({ world }) => {
  test.skip(!onStandIn, 'the real binary does not tell what crossed')
  await setUpEverything(world)
  const { page } = await world.launch()
  const asked = (channel: string) =>
    world.messages().filter((line) => line.kind === 'request' && line.channel === channel).length
  const row = page.getByRole('row', { name: /sandbox-admin / })
  await expect.poll(() => asked('breakglass.list')).toBeGreaterThan(0)
  await select(page, 'sandbox-admin')
  const before = { breakglass: asked('breakglass.list'), roles: asked('roles.changes') }

  await page.keyboard.press('Enter')
  await expect(row).toContainText('left', { timeout: 20_000 })
  await page.keyboard.press('w')
  await expect(page.getByText('The CLI asks Hallpass.')).toBeVisible()
  await page.keyboard.press('e')
  await expect(row).toContainText('Inactive')
  // Changes of another process are no less.
  await world.hallpass(['role', 'edit', 'sandbox-admin', '--region', 'us-east-1'])
  await expect(page.getByText('us-east-1').first()).toBeVisible({ timeout: 20_000 })
  expect(asked('roles.changes')).toBeGreaterThan(before.roles)
  expect(asked('breakglass.list')).toBe(before.breakglass)

  // What another process seals is seen.
  await page.keyboard.press('Control+3')
  const password = 'another planted pass of the walk'
  world.plant('password sealed elsewhere', password)
  await world.hallpass(['breakglass', 'add', 'lab', '--user', 'rescue', '--account', '345678901234'], `${password}\n`)
  await expect(page.getByRole('article').filter({ hasText: 'lab' })).toBeVisible({ timeout: 20_000 })
  expect(asked('breakglass.list')).toBeGreaterThan(before.breakglass)
})

/** Notes from now on what a screen reader would say unasked. */
async function listen(page: Page): Promise<void> {
  await page.evaluate(() => {
    const said: string[] = []
    Object.assign(window, { said })
    const ROLES = '[aria-live], [role=status], [role=alert], [role=log], [role=timer]'
    const ALERTS = '[role=alert], [aria-live=assertive]'
    const isLoud = (one: Element): boolean =>
      one.hasAttribute('aria-live') ? one.getAttribute('aria-live') !== 'off' : one.getAttribute('role') !== 'timer'
    new MutationObserver((changes) => {
      for (const { target, addedNodes, type } of changes) {
        const at = target instanceof Element ? target : target.parentElement
        // A region that comes with its words is spoken when it is an alert.
        const regions = [...addedNodes].flatMap((node) =>
          node instanceof Element ? [node, ...node.querySelectorAll('*')].filter((one) => one.matches(ALERTS)) : [],
        )
        // A status is read as a whole (aria-atomic is implied), even where only a silent part of it has changed.
        for (let up = at?.closest(ROLES) ?? null; up !== null; up = up.parentElement?.closest(ROLES) ?? null)
          if (type !== 'attributes') regions.push(up)
        for (const region of regions)
          if (isLoud(region) && region.textContent !== '') said.push(region.textContent?.trim() ?? '')
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true })
  })
}

/** What was said since the last time. */
function heard(page: Page): Promise<string[]> {
  return page.evaluate(() => (window as unknown as { said: string[] }).said.splice(0))
}
