/** Runs the built command as a user would: a process of its own, with chosen streams and environment. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

export interface CliRun {
  readonly exitCode: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Text for standard input; `open` is a pipe that nobody writes to or closes; empty by default. */
  readonly stdin?: string | { readonly open: true }
  /** The Node that starts it; the one that runs the tests by default. */
  readonly node?: string
  readonly cwd?: string
  /** How long it may run, in milliseconds; 25 s by default. */
  readonly limitMs?: number
  /** Called once the process runs. */
  readonly onStart?: (child: ChildProcess) => void
}

/** Kills what hangs, so that a test fails by its expectation and not by its time limit. */
const LIMIT_MS = 25_000

/** Starts `node ENTRY WORDS…` and waits for its end. */
export function runCli(entry: string, words: readonly string[], options: RunOptions): Promise<CliRun> {
  return runProgram(options.node ?? process.execPath, [entry, ...words], options)
}

/** Starts a program in a session of its own, so that it has no controlling terminal, and waits for its end. */
export async function runProgram(program: string, words: readonly string[], options: RunOptions): Promise<CliRun> {
  const { stdin } = options
  const child = spawn(program, words, {
    env: options.env,
    cwd: options.cwd,
    stdio: 'pipe',
    detached: true,
  })
  if (stdin === undefined) child.stdin.end()
  if (typeof stdin === 'string') child.stdin.end(stdin)
  options.onStart?.(child)
  const timer = setTimeout(() => child.kill('SIGKILL'), options.limitMs ?? LIMIT_MS)
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  const [exitCode, stdout, stderr] = await Promise.all([ended, text(child.stdout), text(child.stderr)])
  clearTimeout(timer)
  child.stdin.destroy()
  return { exitCode, stdout, stderr }
}

export interface PtyStep {
  /** Text to wait for on the terminal. */
  readonly wait: string
  /** What to type then. */
  readonly send: string
}

export interface PtyRun {
  readonly exitCode: number
  /** Everything the terminal showed. */
  readonly screen: string
  /** What went to standard output, when that was a pipe. */
  readonly stdout: string
}

export interface TerminalOptions {
  readonly env: RunOptions['env']
  /** Streams that are pipes instead of the terminal. */
  readonly pipes?: readonly ('stdin' | 'stdout' | 'stderr')[]
  /** How long it may run, in milliseconds; 25 s by default. */
  readonly limitMs?: number
}

/** Runs the command on a pseudo-terminal and types. */
export function runOnTerminal(
  entry: string,
  words: readonly string[],
  steps: readonly PtyStep[],
  options: TerminalOptions,
): Promise<PtyRun> {
  return runProgramOnTerminal([process.execPath, entry, ...words], steps, options)
}

/** The same with any program. @param argv the program and its words */
export async function runProgramOnTerminal(
  argv: readonly string[],
  steps: readonly PtyStep[],
  options: TerminalOptions,
): Promise<PtyRun> {
  const script = join(import.meta.dirname, 'run-on-terminal.py')
  const { env, pipes = [], limitMs = LIMIT_MS } = options
  const child = spawn('python3', [script], { env, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify({ argv, steps, pipes, seconds: limitMs / 1000 }))
  return JSON.parse(await text(child.stdout)) as PtyRun
}
