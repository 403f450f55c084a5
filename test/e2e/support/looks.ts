/**
 * How screens look: each is read by axe. With HALLPASS_COMPARE it is compared with its picture in docs/screens, as
 * `npm run test:looks` does. With HALLPASS_SCREENS set to a folder it is pictured there, where it looks different from the picture
 * that is there: how docs/screens is brought up to date on purpose (`npm run screenshots`).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import axe from 'axe-core'
import { type Box, differingShare } from '../../support/picture-difference.ts'
import { root, type World } from './world.ts'

export type Theme = 'light' | 'dark'

/** What differs from run to run, and from one hour of the day to the next. */
const VOLATILE = '[data-volatile], [role=timer], time, .ring, .strip, .hist, .feed, .secret'
/** The same by its text: times and days, how long, paths and addresses of the test's own, ids that AWS draws. */
const VOLATILE_TEXT =
  /\d:\d\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|\d (?:min|h|s|days?)\b|\bago\b|just now|127\.0\.0\.1|\/(?:tmp|world-)|\bA[SK]IA/
/** Of all pixels that are compared: less than a button that moved. */
const TOLERATED_SHARE = 0.002

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']
/** Of those, the ones that see colours. The themes share everything else, so that it is read once, in the light one. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block']

/** Starts the app in that theme, at the size of the mock-ups. */
export async function openIn(world: World, theme: Theme): Promise<Page> {
  const { page } = await world.launch()
  await showTheme(page, theme)
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

/** Reads the screen with axe, and pictures or compares it. Failures are noted and the test goes on. */
export async function look(page: Page, name: string): Promise<void> {
  await settle(page)
  const { HALLPASS_SCREENS: folder, HALLPASS_COMPARE: compares } = process.env
  if (folder !== undefined) await update(page, join(folder, `${name}.png`))
  else if (compares !== undefined && isOfLooks()) await compare(page, name)
  await readByAxe(page, name)
}

/** The tests of how screens look. Pictures taken on the way through others show how far those were. */
function isOfLooks(): boolean {
  return basename(test.info().file).startsWith('looks')
}

/** The same without a picture. */
export async function readScreen(page: Page, name: string): Promise<void> {
  await settle(page)
  await readByAxe(page, name)
}

async function update(page: Page, file: string): Promise<void> {
  const { picture, share } = await takePicture(page, file)
  if (share > TOLERATED_SHARE) writeFileSync(file, picture)
}

async function compare(page: Page, name: string): Promise<void> {
  const { picture, share } = await takePicture(page, join(root, 'docs/screens', `${name}.png`))
  if (share > TOLERATED_SHARE) await test.info().attach(name, { body: picture, contentType: 'image/png' })
  const what = `${name} looks different. If it is to: npm run screenshots`
  expect.soft(share, what).toBeLessThanOrEqual(TOLERATED_SHARE)
}

/** @returns with the share of pixels that differ from the picture in `file`: all of them where there is none */
async function takePicture(page: Page, file: string): Promise<{ picture: Buffer; share: number }> {
  await showToasts(page, false)
  // Before the picture: what is ignored is where it was then.
  const ignored = await volatileBoxes(page)
  const picture = await page.screenshot({ animations: 'disabled' })
  await showToasts(page, true)
  return { picture, share: existsSync(file) ? differingShare(picture, readFileSync(file), ignored) : 1 }
}

/** They come and go by a clock of their own. */
function showToasts(page: Page, shown: boolean): Promise<void> {
  return page.evaluate(
    (visibility) => {
      const toasts = document.querySelector<HTMLElement>('.toasts')
      if (toasts !== null) toasts.style.visibility = visibility
    },
    shown ? '' : 'hidden',
  )
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

function volatileBoxes(page: Page): Promise<Box[]> {
  return page.evaluate(
    ([selector, source]) => {
      const elements = new Set(document.querySelectorAll(selector))
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
      const pattern = new RegExp(source)
      for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
        // The line breaks of the document belong to its body, which holds every text.
        const isBlank = text.textContent?.trim() === ''
        if (!isBlank && text.parentElement && pattern.test(text.parentElement.textContent ?? ''))
          elements.add(text.parentElement)
      }
      return [...elements].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        // A longer text moves both ends.
        return { x: x - 16, y: y - 2, width: width + 32, height: height + 4 }
      })
    },
    [VOLATILE, VOLATILE_TEXT.source] as const,
  )
}
