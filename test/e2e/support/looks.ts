/** How screens look: each is read by axe, and compared with its picture. */
import { expect, type Page } from '@playwright/test'
import axe from 'axe-core'
import { picture } from './pictures.ts'
import type { World } from './world.ts'

export type Theme = 'light' | 'dark'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
/** Of those, the ones that see colours. The themes share everything else, so that it is read once, in the light one. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** Starts the app in the light theme, at the size of the mock-ups. */
export async function openApp(world: World): Promise<Page> {
  const { page } = await world.launch()
  await showTheme(page, 'light')
  await page.setViewportSize({ width: 1180, height: 760 })
  return page
}

/** Sets the theme as the settings would. */
export async function showTheme(page: Page, theme: Theme): Promise<void> {
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

/** Reads the screen with axe, and looks at its picture. Failures are noted and the test goes on. */
export async function look(page: Page, name: string): Promise<void> {
  await settle(page)
  await picture(page, name)
  await readByAxe(page, name)
}

/** The same in both themes, as `NAME-dark` and `NAME-light`; the light one is left. */
export async function lookTwice(page: Page, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await showTheme(page, theme)
    await look(page, `${name}-${theme}`)
  }
}

/** Reads the screen without a picture. */
export async function readScreen(page: Page, name: string): Promise<void> {
  await settle(page)
  await readByAxe(page, name)
}

/** In the page, which axe is put into once; its builder for Playwright would put it there each time anew. */
async function readByAxe(page: Page, name: string): Promise<void> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source)
  const isDark = (await page.locator('html').getAttribute('data-theme')) === 'dark'
  const runOnly: axe.RunOnly = isDark ? { type: 'rule', values: COLOUR_RULES } : { type: 'tag', values: WCAG }
  const violations = await page.evaluate(
    async (options) => {
      const { axe: here } = window as unknown as { axe: typeof axe }
      return (await here.run(document, options)).violations
    },
    { runOnly, resultTypes: ['violations'] } satisfies axe.RunOptions,
  )
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`)
  expect.soft(found, name).toEqual([])
}

/** Waits for a screen that is read when it is first shown, for fades, which change the contrast axe measures, and fonts. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('main')?.childElementCount !== 0)
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    await Promise.all([document.fonts.ready, ...ending.map((one) => one.finished.catch(() => {}))])
  })
}
