// Colours that the system forces (Windows contrast themes): every state is still told, by pixels that a person sees.
import type { Locator, Page } from '@playwright/test'
import { differingShare } from '../support/picture-difference.ts'
import { select, setUpEverything, type Visit, walkBreakGlass, walkRoles, walkSections } from './support/every-screen.ts'
import { openApp, readScreen } from './support/looks.ts'
import { expect, test } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(300_000)

/** Of an element's pixels: more than bolder letters change. */
const SEEN = 0.06

test('every state is told without a colour of ours', async ({ world }) => {
  await setUpEverything(world)
  const page = await openApp(world)
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' })
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`${name} `) })
  await select(page, 'sandbox-admin')

  await test.step('a row that is selected, and where the keyboard is', async () => {
    await away(page)
    const [plain, chosen] = [row('staging-deploy'), row('sandbox-admin')]
    // The edge is a small part of a wide row.
    expect.soft(await outlineOf(plain)).toBe('none')
    expect.soft(await outlineOf(chosen)).toBe('solid')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowUp')
    expect.soft(await outlineOf(chosen)).toBe('double')
    await page.keyboard.press('Shift+ArrowDown')
    expect.soft(await outlineOf(chosen)).toBe('solid')
    await page.keyboard.press('Escape')
  })

  await test.step('a live session: ring, day and, in production, the window', async () => {
    await select(page, 'prod-read-only')
    const line = () => page.screenshot({ clip: { x: 0, y: 0, width: 1180, height: 2 } })
    const ring = page.locator('.pass .ring')
    await away(page)
    const [lineBefore, ringBefore] = [await line(), await ring.screenshot()]
    await page.keyboard.press('Enter')
    await page.keyboard.press('y')
    await expect(row('prod-read-only')).toContainText('left', { timeout: 20_000 })
    expect.soft(differingShare(lineBefore, await line(), []), 'the line of production').toBeGreaterThan(0.9)
    expect.soft(differingShare(ringBefore, await ring.screenshot(), []), 'the ring').toBeGreaterThan(SEEN)
    expect.soft(await page.locator('.nav .live').evaluate(isPainted), 'something is live').toBe(true)
    await expect.soft(page.locator('.side__prod')).toHaveCSS('border-top-width', '1px')
  })

  await test.step('the environments, by the pattern of their bars', async () => {
    const pattern = (name: string) => row(name).locator('.env').first().evaluate(drawn)
    const patterns = await Promise.all(
      ['prod-read-only', 'staging-deploy', 'sandbox-admin', 'data-engineer'].map(pattern),
    )
    expect.soft(new Set(patterns).size).toBe(4)
    for (const one of patterns) expect(one).not.toMatch(/^0 /)
  })

  await test.step('a switch, a segment, a section, a box', async () => {
    await select(page, 'sandbox-admin')
    const profile = page.getByRole('switch', { name: 'Write this profile' })
    await expect(profile).toHaveAttribute('aria-checked', 'false')
    await changes(page, profile, async () => {
      await profile.press('Enter')
      await expect(profile).toHaveAttribute('aria-checked', 'true')
    })
    // Off is seen too: a knob, not an empty frame.
    await profile.press('Enter')
    await expect(profile).toHaveAttribute('aria-checked', 'false')
    expect
      .soft(await profile.evaluate((one) => getComputedStyle(one, '::after').backgroundColor))
      .not.toBe(await profile.evaluate((one) => getComputedStyle(one).backgroundColor))
    await profile.press('Enter')
    const segment = page.getByRole('radio', { name: 'Static keys' })
    await changes(page, segment, async () => {
      await segment.press('Enter')
      await expect(segment).toHaveAttribute('aria-checked', 'true')
    })
    const section = page.getByRole('button', { name: 'Settings', exact: true })
    await changes(page, section, () => page.keyboard.press('Control+,'))
    const box = page.getByRole('group', { name: 'Columns' }).getByText('Region')
    const tick = page.getByRole('group', { name: 'Columns' }).locator('.check__box').nth(2)
    await changes(page, tick, async () => {
      await box.click()
      await expect(page.getByRole('checkbox', { name: 'Region' })).toBeChecked()
    })
  })

  await test.step('what floats has an edge', async () => {
    await expect.soft(page.locator('.toast').first()).toHaveCSS('border-top-width', '1px')
    await page.keyboard.press('Control+n')
    await expect.soft(page.locator('.dialog')).toHaveCSS('border-top-width', '1px')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^Group roles by/ }).click()
    await expect.soft(page.locator('.menu')).toHaveCSS('border-top-width', '1px')
    const item = page.getByRole('menuitemradio', { name: 'Nothing' })
    await changes(page, item, () => page.keyboard.press('End'))
    await page.keyboard.press('Escape')
  })

  await test.step('days and kinds of the log', async () => {
    await page.keyboard.press('Control+5')
    await expect(page.getByRole('status').filter({ hasText: 'Chain verified' })).toBeVisible()
    const today = page
      .getByRole('group', { name: /^Entries per day/ })
      .getByRole('button')
      .last()
    await expect(today).toHaveAccessibleName(/\d entries/)
    await changes(page, today, async () => {
      await today.click()
      await away(page)
    })
    const chip = page.getByRole('button', { name: /^Roles \d+/ }).last()
    await changes(page, chip, () => chip.click())
  })

  await test.step('the focus, wherever Tab goes', async () => {
    await page.keyboard.press('Control+1')
    for (let times = 0; times < 30; times += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate(focusIsSeen)).toBe('seen')
    }
  })
})

test('no screen says less to axe', async ({ world }) => {
  await setUpEverything(world)
  const page = await openApp(world)
  await page.emulateMedia({ forcedColors: 'active' })
  const visit: Visit = async (name, menu) => {
    await menu?.click()
    await readScreen(page, `forced colours, ${name}`)
    if (menu !== undefined) await page.keyboard.press('Escape')
  }
  await walkRoles(page, visit)
  await walkSections(page, visit)
  await walkBreakGlass(page, visit)
})

/** Takes the pointer off everything it could mark. */
async function away(page: Page): Promise<void> {
  await page.mouse.move(640, 2)
}

/** What `act` does to the element is seen in its own pixels, whatever its letters do. */
async function changes(page: Page, element: Locator, act: () => Promise<unknown>): Promise<void> {
  await away(page)
  const before = await element.screenshot()
  await act()
  await away(page)
  await expect
    .configure({ soft: true })
    .poll(async () => differingShare(before, await element.screenshot(), []))
    .toBeGreaterThan(SEEN)
}

function outlineOf(element: Locator): Promise<string> {
  return element.evaluate((one) => getComputedStyle(one).outlineStyle)
}

/** Whether its own ground is told from what is behind it. */
function isPainted(element: Element): boolean {
  return getComputedStyle(element).backgroundColor !== getComputedStyle(document.body).backgroundColor
}

/** How many pieces an environment's bar has, and whether they are filled. */
function drawn(bar: Element): string {
  const style = getComputedStyle(bar)
  return `${bar.querySelectorAll('rect').length} ${style.fill === 'none' ? 'outline' : 'filled'}`
}

/** In the page. @returns what has the focus and does not show it, or `seen` */
function focusIsSeen(): string {
  const canvas = getComputedStyle(document.body).backgroundColor
  for (let one = document.activeElement; one !== null; one = one.parentElement) {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one)
    if (outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 1 && outlineColor !== canvas) return 'seen'
    const current = one.querySelector('.row--current')
    if (current !== null && getComputedStyle(current).outlineStyle !== 'none') return 'seen'
  }
  return document.activeElement?.outerHTML.slice(0, 120) ?? 'nothing'
}
