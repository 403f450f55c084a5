/** The memory of a window's page, as text to search for secrets that should no longer be there. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ElectronApplication, Page } from 'playwright'

/**
 * Collects garbage, then gives the heap snapshot of the app's only window, which shows `page`: V8's JSON, of all worlds and frames in the page's process,
 * the preload's included. Its `strings`, which are what is given, hold every live string: JSON-escaped, so search for text without quotes,
 * backslashes and control characters. The stand-in keeps long strings whole; Electron cuts them at 1,024 characters
 * unless started with `--js-flags=--heap-snapshot-string-limit=…`. A string made by joining parts that V8 has
 * not yet flattened shows as its parts. Text inside an ArrayBuffer is not shown.
 */
export async function takeHeapSnapshot(app: ElectronApplication, page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  // By way of a file: what Chromium hands to the test runner, it compresses first, which takes it a second.
  const folder = mkdtempSync(join(tmpdir(), 'heap-'))
  try {
    const file = join(folder, 'snapshot')
    await app.evaluate(async ({ BrowserWindow }, path) => {
      await BrowserWindow.getAllWindows()[0]?.webContents.takeHeapSnapshot(path)
    }, file)
    const snapshot = readFileSync(file)
    // The last member, behind four times as much of numbers; inside a string its quotes would be escaped.
    const start = snapshot.indexOf('"strings":[')
    if (start < 0) throw new Error('The snapshot has no strings.')
    return snapshot.subarray(start)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
