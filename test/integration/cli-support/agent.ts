/** Starts `hallpass agent` as a process of its own and waits until it serves. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { statusSchema } from '#core/agent/messages.ts'

export interface RunningAgent {
  readonly pid: number
  readonly child: ChildProcess
  /** @returns the exit code, or null when a signal ended it */
  ended(): Promise<number | null>
  /** Sends the signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<number | null>
}

export async function startAgent(
  entry: string,
  env: Readonly<Record<string, string | undefined>>,
  words: readonly string[] = [],
): Promise<RunningAgent> {
  const child = spawn(process.execPath, [entry, 'agent', '--json', ...words], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const exit = once(child, 'exit')
  const ended = async () =>
    z
      .int()
      .nullable()
      .parse((await exit)[0])
  for await (const line of createInterface({ input: child.stdout })) {
    const { pid } = statusSchema.parse(JSON.parse(line))
    return {
      pid,
      child,
      ended,
      kill(signal) {
        child.kill(signal)
        return ended()
      },
    }
  }
  throw new Error(`the agent ended with ${await ended()}`)
}
