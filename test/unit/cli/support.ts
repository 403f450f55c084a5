/** Runs the command inside the test's own process, on streams of its own. */
import { PassThrough } from 'node:stream'
import type { CliHost } from '../../../src/cli/host.ts'
import { main } from '../../../src/cli/main.ts'

export interface RunResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface HostOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Width of the terminal that standard output is; a pipe when absent. */
  readonly columns?: number
}

/** A host whose output is collected. */
export function makeHost({
  env = {},
  columns,
}: HostOptions = {}): CliHost & { stdout: PassThrough; stderr: PassThrough } {
  const tty = columns === undefined ? {} : { isTTY: true, columns }
  return {
    env,
    platform: 'linux',
    stdin: new PassThrough(),
    stdout: Object.assign(new PassThrough(), tty),
    stderr: Object.assign(new PassThrough(), tty),
    home: '/nonexistent/hallpass',
    command: ['/usr/bin/node', '/opt/hallpass.cjs'],
    version: '1.2.3',
  }
}

/** Runs `hallpass WORDS…`. */
export async function runMain(words: readonly string[], options?: HostOptions): Promise<RunResult> {
  const host = makeHost(options)
  const [stdout, stderr] = [collect(host.stdout), collect(host.stderr)]
  const exitCode = await main(words, host)
  return { exitCode, stdout: stdout(), stderr: stderr() }
}

/** Reads what is written as it comes. @returns what came so far */
function collect(stream: PassThrough): () => string {
  let seen = ''
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    seen += chunk
  })
  return () => seen
}
