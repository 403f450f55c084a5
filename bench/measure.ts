// Measures commands against each other, interleaved, so that whatever else the machine does hits them alike.
import { spawnSync } from 'node:child_process'

export interface Command {
  /** A function gives each round words of its own. */
  readonly words: readonly string[] | ((round: number) => readonly string[])
  readonly env?: NodeJS.ProcessEnv
  /** Runs before each round and is not counted. */
  readonly prepare?: () => void
}

/**
 * Runs each command `rounds` times in turn, after a few rounds that don't count.
 * @param commands by label
 * @returns the median of each, in milliseconds
 */
export function measure<Label extends string>(
  commands: Readonly<Record<Label, Command>>,
  rounds = 40,
  warmUp = 3,
): Record<Label, number> {
  const labels = Object.keys(commands) as Label[]
  const times = recordOf(labels, (): number[] => [])
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const label of labels) {
      const { words, env, prepare } = commands[label]
      const [program = '', ...rest] = typeof words === 'function' ? words(round) : words
      prepare?.()
      const start = process.hrtime.bigint()
      const { status, stderr } = spawnSync(program, rest, { env: env ?? process.env })
      const took = Number(process.hrtime.bigint() - start) / 1e6
      if (status !== 0) throw new Error(`${label} failed: ${stderr}`)
      if (round >= warmUp) times[label].push(took)
    }
  }
  return recordOf(labels, (label) => median(times[label]))
}

/** One value for each key. */
export function recordOf<Key extends string | number, Value>(
  keys: readonly Key[],
  of: (key: Key) => Value,
): Record<Key, Value> {
  return Object.fromEntries(keys.map((key) => [key, of(key)])) as Record<Key, Value>
}

/** Prints one line: what was compared, both medians, their ratio and the goal when there is one. */
export function report(name: string, subject: number, baseline: number, goal?: number): void {
  const ratio = subject / baseline
  const shown = goal === undefined || goal >= 1 ? goal : `1/${1 / goal}`
  const verdict = goal === undefined ? '' : ratio <= goal ? ` (goal ${shown}: met)` : ` (goal ${shown}: MISSED)`
  console.log(`${name}: ${subject.toFixed(1)} ms / ${baseline.toFixed(1)} ms = ${ratio.toFixed(2)}${verdict}`)
}

/** Prints the ratio of two medians alone, with its goal. */
export function reportRatio(name: string, subject: number, baseline: number, goal: number): void {
  const ratio = subject / baseline
  console.log(`${name}: ${ratio.toFixed(2)} (goal ${goal}: ${ratio <= goal ? 'met' : 'MISSED'})`)
}

/** Prints one figure in milliseconds, with its goal when there is one. */
export function reportGoal(name: string, value: number, goal?: number): void {
  const verdict = goal === undefined ? '' : value <= goal ? ` (goal ${goal} ms: met)` : ` (goal ${goal} ms: MISSED)`
  console.log(`${name}: ${value.toFixed(1)} ms${verdict}`)
}

/** The value that `share` of all values do not exceed; 0.5 is the median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}
