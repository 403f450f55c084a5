/**
 * Second step of starting: turns on V8's compile cache, in Hallpass's own folder because a shared temp folder would
 * let others plant code, and then loads the program.
 */
import { mkdirSync, writeSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'
import { keepOutOfCoreDumps } from '#core/core-dumps.ts'
import { surroundingsOf } from '#core/practice/home.ts'
import { ensureStateFolder, stateFolder } from '#core/state-folder.ts'
import { isHallpassError } from '#shared/errors.ts'
import type { CliHost } from './host.ts'
import { oneLine } from './output/one-line.ts'

export interface StartOptions {
  /** Absolute path of the entry file, as it is started. */
  readonly entry: string
  /** What follows the command's name. */
  readonly words: readonly string[]
  readonly version: string
}

/** @returns the exit code */
export async function run(options: StartOptions): Promise<number> {
  keepOutOfCoreDumps()
  const home = stateFolder(process.env)
  try {
    ensureStateFolder(home)
    mkdirSync(join(home, 'cache'), { recursive: true, mode: 0o700 })
    enableCompileCache(join(home, 'cache'))
  } catch {
    // A cache is a convenience: a read-only home is reported by what needs to write there.
  }
  const given = { ...process.env }
  // A child of `exec` still gets it; Hallpass's own calls carry secrets, and go to no unproven server.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
  // Kept from whatever this process starts, by whichever way.
  delete process.env.HALLPASS_PASSPHRASE
  let env: CliHost['env']
  try {
    env = surroundingsOf(given)
  } catch (error) {
    return (await import('./output/failure.ts')).reportFailure(error, hostOf(options, given), false)
  }
  const name = nameToLookUp(options.words)
  if (name !== undefined) {
    const { printQuickly } = await import('./quick-credentials.ts')
    try {
      if (await printQuickly(name, env)) return 0
    } catch (error) {
      return reportQuickly(error, hostOf(options, env))
    }
  }
  const { main } = await import('./main.ts')
  return main(options.words, hostOf(options, env))
}

/** For AWS tools, as the handler does it. */
async function reportQuickly(error: unknown, host: CliHost): Promise<number> {
  if (!isHallpassError(error)) return (await import('./output/failure.ts')).reportFailure(error, host, false)
  writeSync(2, oneLine(error))
  return error.exitCode
}

/** This very process as the command sees it. Not free: its streams are opened by being named. */
export function hostOf(options: StartOptions, env: CliHost['env'] = { ...process.env }): CliHost {
  return {
    env,
    platform: process.platform,
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    home: stateFolder(env),
    command: [process.execPath, options.entry],
    version: options.version,
  }
}

/** The name in `credential-process NAME`, when the words are exactly that. */
function nameToLookUp([command, name, ...rest]: readonly string[]): string | undefined {
  return command === 'credential-process' && name && !name.startsWith('-') && rest.length === 0 ? name : undefined
}
