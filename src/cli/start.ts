/**
 * Second step of starting: turns on V8's compile cache, in Hallpass's own folder because a shared temp folder would
 * let others plant code, and then loads the program.
 */
import { mkdirSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { ensureStateFolder, stateFolder } from '#core/state-folder.ts'
import type { CliHost } from './host.ts'

export interface StartOptions {
  /** Absolute path of the entry file, as it is started. */
  readonly entry: string
  /** What follows the command's name. */
  readonly words: readonly string[]
  readonly version: string
}

/** @returns the exit code */
export async function run(options: StartOptions): Promise<number> {
  const home = stateFolder(process.env)
  try {
    ensureStateFolder(home)
    mkdirSync(join(home, 'cache'), { recursive: true, mode: 0o700 })
    enableCompileCache(join(home, 'cache'))
  } catch {
    // A cache is a convenience: a read-only home is reported by what needs to write there.
  }
  const { main } = await import('./main.ts')
  const host = hostOf(options)
  // A child of `exec` still gets it; Hallpass's own calls carry secrets, and go to no unproven server.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
  return main(options.words, host)
}

/** This very process as the command sees it. */
export function hostOf(options: StartOptions): CliHost {
  return {
    env: { ...process.env },
    platform: process.platform,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    home: stateFolder(process.env),
    command: [process.execPath, options.entry],
    version: options.version,
  }
}
