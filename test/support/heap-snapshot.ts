/** The memory of a window's page, as text to search for secrets that should no longer be there. */
import type { Page } from 'playwright'

/**
 * Collects garbage, then gives the page's heap snapshot: V8's JSON, of all worlds and frames in the page's process,
 * the preload's included. Its `strings` hold every live string: JSON-escaped, so search for text without quotes,
 * backslashes and control characters. The stand-in keeps long strings whole; Electron cuts them at 1,024 characters
 * unless started with `--js-flags=--heap-snapshot-string-limit=…`. A string made by joining parts that V8 has
 * not yet flattened shows as its parts. Text inside an ArrayBuffer is not shown.
 */
export async function takeHeapSnapshot(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const chunks: string[] = []
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk))
  try {
    await session.send('HeapProfiler.collectGarbage')
    await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  } finally {
    await session.detach()
  }
  return chunks.join('')
}
