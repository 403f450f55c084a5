/** Runs a child process in the place of this one: same streams, signals passed on, its exit code handed back. */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const
/** The terminal sends these to the child as well, because it is in the same process group. */
const FROM_KEYBOARD = new Set<string>(['SIGINT', 'SIGQUIT'])

/**
 * Starts `program` without a shell and waits for it.
 * @returns its exit code, or 128 + the signal's number as shells do
 * @throws the error of `spawn` when it could not be started
 */
export function runChild(program: string, words: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  const onTerminal = Boolean(process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY)
  return new Promise((resolve, reject) => {
    const forward = (signal: NodeJS.Signals) => {
      // Passing a Ctrl-C on would make two of it, and many programs take the second as "stop at once".
      if (!(onTerminal && FROM_KEYBOARD.has(signal))) child.kill(signal)
    }
    // Before there is a child: a signal that comes while it starts would end this process and leave the child behind.
    for (const signal of SIGNALS) process.on(signal, forward)
    const child = spawn(program, words, { stdio: 'inherit', env })
    const finish = () => {
      for (const signal of SIGNALS) process.off(signal, forward)
    }
    child.once('error', (error) => {
      finish()
      reject(error)
    })
    child.once('exit', (code, signal) => {
      finish()
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0))
    })
  })
}
