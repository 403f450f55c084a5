/** The AWS CLIs of this machine, and a newer one that was fetched for the tests (decision 33). */
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface AwsCli {
  readonly program: string
  /** Such as `aws-cli/2.9.19`. */
  readonly version: string
}

/** The one on PATH and the system's; each version once. */
export function awsClis(): AwsCli[] {
  return look(['aws', '/usr/bin/aws', '/usr/local/bin/aws'])
}

/** What `scripts/newest-aws-cli.mjs` has fetched, or another that HALLPASS_TEST_AWS_CLI names. */
export function fetchedAwsCli(): AwsCli | undefined {
  const program = process.env.HALLPASS_TEST_AWS_CLI
  const [cli] = program ? look([program]) : []
  if (program && !cli) throw new Error(`HALLPASS_TEST_AWS_CLI is ${program}, which is no AWS CLI.`)
  return cli
}

/** Those of version 2 among them, the fetched one first. */
export function secondAwsClis(): AwsCli[] {
  const fetched = fetchedAwsCli()
  const others = awsClis().filter(({ version }) => version !== fetched?.version)
  return [...(fetched ? [fetched] : []), ...others].filter((cli) => isSince(cli, 2, 0))
}

/** Whether a CLI is of that version or a later one. */
export function isSince({ version }: AwsCli, major: number, minor: number): boolean {
  const [, first = 0, second = 0] = /(\d+)\.(\d+)/.exec(version)?.map(Number) ?? []
  return first > major || (first === major && second >= minor)
}

function look(programs: readonly string[]): AwsCli[] {
  const found = new Map<string, AwsCli>()
  for (const program of programs) {
    const version = versionOf(program)
    if (version !== '' && !found.has(version)) found.set(version, { program, version })
  }
  return [...found.values()]
}

/** Asked once for all test files of a ring: a CLI takes a second to say it. @returns empty where it isn't installed */
function versionOf(program: string): string {
  const ring = process.env.HALLPASS_TEST_RING
  if (ring === undefined) return askVersion(program)
  const note = join(ring, `version-of-${encodeURIComponent(program)}`)
  if (!existsSync(note)) {
    // Whole at once: another test file may be reading.
    const written = `${note}.${process.pid}`
    writeFileSync(written, askVersion(program))
    renameSync(written, note)
  }
  return readFileSync(note, 'utf8')
}

function askVersion(program: string): string {
  try {
    const line = execFileSync(program, ['--version'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
    return /aws-cli\/\S+/.exec(line)?.[0] ?? program
  } catch {
    return ''
  }
}
