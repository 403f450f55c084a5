/** The built command and the practice account, as processes of their own, and the window of the built app. */
import { type ChildProcess, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { _electron } from '@playwright/test'

const root = resolve(import.meta.dirname, '..')
/** The built command, for Node. */
export const ENTRY = join(root, 'out/cli/hallpass.cjs')

/** Runs `hallpass`. @returns what it printed @throws when it failed, with what it said */
export function hallpass(words: readonly string[], env: NodeJS.ProcessEnv, input?: string): string {
  const run = spawnSync(process.execPath, [ENTRY, ...words], { env, input, encoding: 'utf8' })
  if (run.status !== 0) throw new Error(`hallpass ${words.join(' ')} failed: ${run.stderr}`)
  return run.stdout
}

/** What a process prints first, which is JSON: where it can be reached. */
export async function firstLine<Answer>(child: ChildProcess & { stdout: Readable }): Promise<Answer> {
  for await (const line of createInterface({ input: child.stdout })) return JSON.parse(line) as Answer
  throw new Error('the process printed nothing')
}

/** Starts the built app, in Electron or, where its binary could not be downloaded, its stand-in. */
export async function launchApp(env: NodeJS.ProcessEnv) {
  if (!existsSync(join(root, 'node_modules/electron/path.txt')))
    process.env.ELECTRON_OVERRIDE_DIST_PATH ??= join(root, 'test/electron-stand-in')
  const given = Object.entries({ ...process.env, ...env }).filter((entry): entry is [string, string] => !!entry[1])
  const app = await _electron.launch({ args: [root], cwd: root, env: Object.fromEntries(given) })
  return { app, page: await app.firstWindow() }
}
