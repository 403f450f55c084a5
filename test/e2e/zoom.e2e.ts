// 200 % zoom: the smallest window then has 450 by 300 CSS pixels. Everything can be reached and read there.
import type { Locator, Page } from '@playwright/test'
import { select, setUpEverything, walkBreakGlass, walkRoles, walkSections } from './support/every-screen.ts'
import { openApp } from './support/looks.ts'
import { findUnreachable } from './support/reach.ts'
import { pasteFirstKey } from './support/steps.ts'
import { DANA, expect, test } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(300_000)

const WINDOW = { width: 1180, height: 760 }
/** The smallest window at 150 % and 200 %, and the width that WCAG 1.4.10 names. */
const ZOOMED = [
  { width: 600, height: 400 },
  { width: 450, height: 300 },
  { width: 320, height: 640 },
]

/** At each size, without leaving what is open; a menu is opened at each, from where its button is then. */
async function check(page: Page, name: string, menu?: Locator): Promise<void> {
  for (const size of ZOOMED) {
    await page.setViewportSize(size)
    await page.evaluate(drawn)
    await menu?.click()
    await page.evaluate(drawn)
    const path = process.env.HALLPASS_ZOOMED
    if (path !== undefined) await page.screenshot({ path: `${path}/${size.width} ${name}.png` })
    expect.soft(await findUnreachable(page), `${name}, ${size.width} by ${size.height}`).toEqual([])
    if (menu !== undefined) await page.keyboard.press('Escape')
  }
  await page.setViewportSize(WINDOW)
  await page.evaluate(drawn)
}

/** In the page: after a new size, lists learn of it in one frame and are drawn in the next. */
async function drawn(): Promise<void> {
  for (let frames = 0; frames < 3; frames += 1) await new Promise((resolve) => requestAnimationFrame(resolve))
  const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
  await Promise.all(ending.map((one) => one.finished.catch(() => {})))
}

test('roles, at 200 %', async ({ world }) => {
  await setUpEverything(world)
  const page = await openApp(world)
  await walkRoles(page, (...stop) => check(page, ...stop))
})

test('the other screens, at 200 %', async ({ world }) => {
  await setUpEverything(world)
  const page = await openApp(world)
  await select(page, 'sandbox-admin')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { selected: true })).toContainText('left', { timeout: 20_000 })
  await walkSections(page, (...stop) => check(page, ...stop))
  await walkBreakGlass(page, (...stop) => check(page, ...stop))
})

test('the first run and the lock, at 200 %', async ({ world, page }) => {
  await page.setViewportSize(WINDOW)
  await check(page, 'first run')
  await page.getByRole('button', { name: /Add an access key/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await check(page, 'first key')
  await page.keyboard.press('Escape')
  await pasteFirstKey(page, world.practice.user(DANA))
  await expect(page.getByText('No roles yet')).toBeVisible()
  await check(page, 'no roles')
  await page.keyboard.press('Control+l')
  await expect(page.getByText('No session is live.')).toBeVisible()
  await check(page, 'locked')
})
