/** Runs a program for what it prints, with no input, and no longer than it may. */
import { spawn } from 'node:child_process'

export interface RunRequest {
  readonly file: string
  readonly words: readonly string[]
  readonly env: NodeJS.ProcessEnv
  readonly timeoutMs: number
  /** `file` is a command line, for the system's shell. */
  readonly shell?: boolean
}

export interface FinishedRun {
  /** At most 64 Ki characters and a little, like `stderr`. */
  readonly stdout: string
  readonly stderr: string
  /** Exit code, or the name of the signal that ended it; `timeout` when it had to be killed. */
  readonly exit: number | string
}

/** Of each stream. The least that an SDK takes (AWS facts B.2). */
const LONGEST_OUTPUT = 64 * 1024

/** @throws what starting it throws */
export function runCaptured({ file, words, env, timeoutMs, shell = false }: RunRequest): Promise<FinishedRun> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { env, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true })
    const output = { stdout: '', stderr: '' }
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      // A process it has started may hold the pipes open: they are not waited for.
      child.stdout?.destroy()
      child.stderr?.destroy()
      resolve({ ...output, exit: 'timeout' })
    }, timeoutMs)
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        if (output[name].length < LONGEST_OUTPUT) output[name] += text
      })
    }
    child.on('error', (cause) => {
      clearTimeout(timer)
      reject(cause)
    })
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ ...output, exit: code ?? signal ?? 'no exit code' })
    })
  })
}
