/**
 * Screens as pictures. Each is compared with the one in docs/screens; with HALLPASS_SCREENS set to a folder, it is put
 * there instead where it looks different, which is how docs/screens is brought up to date on purpose
 * (`npm run screenshots`).
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { type Box, differingShare } from '../../support/picture-difference.ts'
import { root } from './world.ts'

/** What differs from run to run, and from one hour of the day to the next. */
const VOLATILE = '[data-volatile], [role=timer], time, .ring, .strip, .hist, .feed, .secret'
/** The same by its text: times and days, how long, paths and addresses of the test's own, ids that AWS draws. */
const VOLATILE_TEXT =
  /\d:\d\d|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|\d (?:min|h|s|days?)\b|\bago\b|just now|127\.0\.0\.1|\/(?:tmp|world-)|\bA[SK]IA/
/** Of all pixels that are compared: less than a button that moved. */
const TOLERATED_SHARE = 0.002
/** What still fades, scrolls or is counted once more has come to rest by then. */
const COMES_TO_LOOK_SO_MS = 3000

const screens = join(root, 'docs/screens')
/** Says which Chromium drew the pictures: another may draw letters otherwise, everywhere. */
const DRAWN_BY = 'drawn-by.json'

/** Brings the picture up to date, or compares the screen with it. A difference is noted and the test goes on. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.HALLPASS_SCREENS
  if (folder !== undefined) return update(page, folder, name)
  if (await areComparable(page)) await compare(page, name)
}

async function update(page: Page, folder: string, name: string): Promise<void> {
  const file = join(folder, `${name}.png`)
  const taken = await take(page, file)
  // Also where nothing differs: another Chromium may have drawn the same.
  writeFileSync(join(folder, DRAWN_BY), `${JSON.stringify({ chromium: await chromiumOf(page) })}\n`)
  if (taken.share > TOLERATED_SHARE) writeFileSync(file, taken.bytes)
}

async function compare(page: Page, name: string): Promise<void> {
  const file = join(screens, `${name}.png`)
  let taken = await take(page, file)
  for (const end = Date.now() + COMES_TO_LOOK_SO_MS; taken.share > TOLERATED_SHARE && Date.now() < end; )
    taken = await take(page, file)
  if (taken.share <= TOLERATED_SHARE) return
  const kept = test.info().outputPath(`${name}.png`)
  writeFileSync(kept, taken.bytes)
  await drawAnew(page)
  const anew = await take(page, file)
  const what = `${name} looks different (${kept}). If it is to: npm run screenshots`
  expect.soft(anew.share, what).toBeLessThanOrEqual(TOLERATED_SHARE)
  if (anew.share <= TOLERATED_SHARE) {
    const percent = (taken.share * 100).toFixed(1)
    // The test passes, so nothing else would tell that it was not right at first.
    console.log(`note: ${percent} % of ${name} differed, and it was right once drawn anew (${kept})`)
  }
}

/**
 * A change of the size has Chromium draw every part again. Once, by the share of pixels, a part had stayed in the colours
 * of the theme before for seconds; what differs in the page itself still differs after this.
 */
async function drawAnew(page: Page): Promise<void> {
  const size = page.viewportSize()
  if (size === null) return
  await page.setViewportSize({ width: size.width + 1, height: size.height })
  await page.setViewportSize(size)
}

let saidWhy = false

/** Whether what draws here drew the pictures too. Says so once where it didn't. */
async function areComparable(page: Page): Promise<boolean> {
  const here = await chromiumOf(page)
  const { chromium: there } = JSON.parse(readFileSync(join(screens, DRAWN_BY), 'utf8')) as Drawer
  const isStandIn = process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined
  if (isStandIn && here === there) return true
  const drawer = isStandIn ? `Chromium ${here}` : 'the real Electron'
  // A check that is left out says why, once for each worker.
  if (!saidWhy) console.log(`note: pictures are not compared: Chromium ${there} drew them, and here ${drawer} does`)
  saidWhy = true
  return false
}

interface Drawer {
  /** Its major version. */
  readonly chromium: number
}

function chromiumOf(page: Page): Promise<number> {
  return page.evaluate(() => Number(/Chrome\/(\d+)/.exec(navigator.userAgent)?.[1]))
}

/** @returns with the share of pixels that differ from the picture in `file`: all of them where there is none */
async function take(page: Page, file: string): Promise<{ bytes: Buffer; share: number }> {
  await showToasts(page, false)
  // Before the picture: what is ignored is where it was then.
  const ignored = await volatileBoxes(page)
  const bytes = await page.screenshot({ animations: 'disabled' })
  await showToasts(page, true)
  return { bytes, share: existsSync(file) ? differingShare(bytes, readFileSync(file), ignored) : 1 }
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
