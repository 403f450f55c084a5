/** The activity log under many real processes at once, and under sudden death, on the real keychain. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ActivityLog, createActivityLog } from '#core/activity/index.ts'
import { createLog } from '#core/log.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { openVault } from '#core/vault/open-vault.ts'

const WRITER = new URL('../support/activity-writer.ts', import.meta.url).pathname

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'activity-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a writer to its end. `onLine` is told how many lines it has printed, and may kill it. */
function runWriter(words: readonly string[], onLine?: (count: number, kill: () => void) => void) {
  const child = spawn(process.execPath, [WRITER, folder, ...words])
  let stdout = ''
  let stderr = ''
  child.stderr.on('data', (data) => (stderr += data))
  child.stdout.on('data', (data) => {
    stdout += data
    onLine?.(stdout.split('\n').length - 1, () => child.kill('SIGKILL'))
  })
  return new Promise<{ code: number | null; lines: number; stderr: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, lines: stdout.split('\n').length - 1, stderr }))
  })
}

async function look<T>(work: (activity: ActivityLog, store: Store) => Promise<T> | T): Promise<T> {
  const store = openStore({ file: join(folder, 'hallpass.db') })
  const vault = openVault({ index: store.vaultIndex })
  const parts = { store, vault, clock: Date.now, log: createLog(() => {}), program: 'test' }
  const activity = createActivityLog({ file: join(folder, 'activity.db'), ...parts })
  try {
    return await work(activity, store)
  } finally {
    activity.close()
    store.close()
  }
}

test('20 processes begin one log together and add 50 entries each: all there, each once, intact', async () => {
  const runs = await Promise.all(Array.from({ length: 20 }, (_, number) => runWriter([`p${number}`, '50'])))
  expect(runs).toEqual(runs.map(() => ({ code: 0, lines: 0, stderr: '' })))
  await look(async (activity, store) => {
    expect(await activity.verify()).toMatchObject({ intact: true, entries: 1001, before: null })
    const names = activity.list({ kind: 'credentials.issued' }).map(({ name }) => name)
    expect(new Set(names).size).toBe(1000)
    // The keys of those who came second are not left behind.
    const entries = store.vaultIndex.list().filter((entry) => entry.startsWith('activity-key/'))
    expect(entries).toEqual([`activity-key/${store.setting('activity.log')}`])
  })
  expect(
    readdirSync(folder)
      .filter((name) => name.startsWith('activity'))
      .sort(),
  ).toEqual(['activity.db', 'activity.db.lock'])
}, 60_000)

test('a process killed in the midst of adding leaves every entry it confirmed, and an intact log', async () => {
  let confirmed = 0
  for (const after of [1, 7, 30]) {
    const { lines } = await runWriter([`k${after}`, 'forever'], (count, kill) => count >= after && kill())
    confirmed += lines
    await look(async (activity) => {
      const { intact, entries } = await activity.verify()
      expect(intact).toBe(true)
      // `log.begun`, and for each round at most one entry whose confirmation was cut off.
      expect(entries - 1).toBeGreaterThanOrEqual(confirmed)
      confirmed = entries - 1
    })
  }
}, 60_000)
