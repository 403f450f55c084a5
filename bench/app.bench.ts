// The app with 50,000 roles: its launch against the same launch with 5, the list as it is scrolled through, the memory
// of the page, and how much script the first list takes. Through the built app, in Electron or its stand-in.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { CDPSession, Page } from '@playwright/test'
import { median, percentile, recordOf, report } from './measure.ts'
import { launchApp } from './processes.ts'
import { seedRoles } from './seed-roles.ts'

const root = resolve(import.meta.dirname, '..')
const FEW = 5
const MANY = 50_000
const ROUNDS = 5
/** Pixels a frame: every row that is drawn is another one in each. */
const SCROLL_STEP = 4000
const SCROLLS = 3
/** Two frames of 60 Hz are 33.3 ms, and are told with a tenth more or less. */
const SLOW_FRAME = 33.5

const folder = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
try {
  const accounts = recordOf([FEW, MANY], (count) => seedRoles(homeOf(count), count))
  const times = recordOf([FEW, MANY], (): number[] => [])
  for (let round = -1; round < ROUNDS; round++) {
    for (const count of [FEW, MANY] as const) {
      const { app, took } = await launch(count)
      await app.close()
      if (round >= 0) times[count].push(took)
    }
  }
  report(
    `launch to the first painted list with ${MANY} roles / with ${FEW}`,
    median(times[MANY]),
    median(times[FEW]),
    1.3,
  )

  const { app, page } = await launch(MANY)
  const begun = performance.now()
  await page.locator(`[role=treegrid][aria-rowcount="${MANY + accounts[MANY]}"]`).waitFor({ timeout: 300_000 })
  console.log(`the rest of ${MANY} roles, in the background: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  await reportHeap(page)
  await reportScript(page)
  for (let scroll = 0; scroll < SCROLLS; scroll++) await reportScroll(page)
  await app.close()
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}

function homeOf(count: number): string {
  return join(folder, String(count), 'state')
}

async function launch(count: number) {
  const home = join(folder, String(count))
  const env = {
    HALLPASS_HOME: homeOf(count),
    AWS_CONFIG_FILE: join(home, 'config'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
    // Nothing here asks AWS; if it did, it would meet nobody.
    AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  }
  const start = Date.now()
  const { app, page } = await launchApp(env)
  await page.waitForFunction(() => performance.getEntriesByName('roles-shown').length > 0)
  const shown = await page.evaluate(
    () => performance.timeOrigin + (performance.getEntriesByName('roles-shown')[0]?.startTime ?? Number.NaN),
  )
  return { app, page, took: shown - start }
}

async function reportHeap(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  reportLimit(`heap of the page with ${MANY} roles`, usedSize / 1024 ** 2, 80, 'MB')
}

/** What was asked for before the list was on the screen. */
async function reportScript(page: Page): Promise<void> {
  const names = await page.evaluate(() => {
    const shown = performance.getEntriesByName('roles-shown')[0]?.startTime ?? Number.NaN
    return performance
      .getEntriesByType('resource')
      .filter(({ name, startTime }) => name.endsWith('.js') && startTime < shown)
      .map(({ name }) => new URL(name).pathname)
  })
  const sizes = [...new Set(names)].map((name) => gzipSync(readFileSync(join(root, 'out/renderer', name))).length)
  const sum = sizes.reduce((total, size) => total + size, 0)
  reportLimit(`script of the first list, ${sizes.length} files, compressed`, sum / 1000, 200, 'kB')
}

/** From the top to the end, as fast as frames come. */
async function reportScroll(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await threadTime(session)
  const frames = await page.evaluate(async (step) => {
    const grid = document.querySelector('[role=treegrid]')
    if (grid === null) throw new Error('the list is not there')
    grid.scrollTop = 0
    const nextFrame = () => new Promise<number>((resolveFrame) => requestAnimationFrame(resolveFrame))
    for (let rest = 0; rest < 30; rest++) await nextFrame()
    const took: number[] = []
    let last = await nextFrame()
    while (grid.scrollTop + grid.clientHeight < grid.scrollHeight - 1) {
      grid.scrollTop += step
      const now = await nextFrame()
      took.push(now - last)
      last = now
    }
    return took
  }, SCROLL_STEP)
  const busy = (await threadTime(session)) - before
  const worst = Math.max(...frames)
  const slow = frames.filter((frame) => frame > SLOW_FRAME).length
  console.log(
    `scroll through the whole list, ${frames.length} frames: worst ${worst.toFixed(1)} ms, ` +
      `p99 ${percentile(frames, 0.99).toFixed(1)} ms, median ${percentile(frames, 0.5).toFixed(1)} ms, ` +
      `${(busy / frames.length).toFixed(1)} ms of its thread's own time each, ` +
      `${slow} over 33 ms (goal none: ${slow === 0 ? 'met' : 'MISSED'})`,
  )
}

/** What the page's main thread has worked, in milliseconds: on a busy machine less than the time that has passed. */
async function threadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics')
  return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000
}

function reportLimit(name: string, value: number, limit: number, unit: string): void {
  console.log(`${name}: ${value.toFixed(1)} ${unit} (goal under ${limit} ${unit}: ${value < limit ? 'met' : 'MISSED'})`)
}
