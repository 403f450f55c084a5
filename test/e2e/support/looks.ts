/** Pictures of screens, and what axe finds on them. */
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { expect, type Page, test } from '@playwright/test'

const folder = process.env.HALLPASS_SCREENS

/** Sets the theme as the settings would. */
export async function showTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.evaluate(
    (value) =>
      (window as unknown as { hallpass: { call(channel: string, request: unknown): Promise<unknown> } }).hallpass.call(
        'settings.change',
        { theme: value },
      ),
    theme,
  )
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
}

/**
 * Pictures the screen, with HALLPASS_SCREENS set into that folder, and has axe look at it.
 * @param name of the picture, without extension
 */
export async function look(page: Page, name: string): Promise<void> {
  // Fades change the contrast that axe measures.
  await page.evaluate(() => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    return Promise.all(ending.map((one) => one.finished.catch(() => {})))
  })
  const file = folder === undefined ? test.info().outputPath(`${name}.png`) : join(folder, `${name}.png`)
  await page.screenshot({ path: file })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  expect.soft(found, name).toEqual([])
}
