// Measures commands against each other, interleaved, so that whatever else the machine does hits them alike.
import { spawnSync } from 'node:child_process'

/**
 * Runs each command `rounds` times in turn, after a few rounds that don't count.
 * @param {Record<string, {words: string[] | ((round: number) => string[]), env?: NodeJS.ProcessEnv,
 *   prepare?: () => void}>} commands by label; a function gives each round words of its own, `prepare` runs before each
 *   round and is not counted
 * @returns {Record<string, number>} the median of each, in milliseconds
 */
export function measure(commands, rounds = 40, warmUp = 3) {
  const times = Object.fromEntries(Object.keys(commands).map((label) => [label, []]))
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [label, { words, env, prepare }] of Object.entries(commands)) {
      const [program, ...rest] = typeof words === 'function' ? words(round) : words
      prepare?.()
      const start = process.hrtime.bigint()
      const { status, stderr } = spawnSync(program, rest, { env: env ?? process.env })
      const took = Number(process.hrtime.bigint() - start) / 1e6
      if (status !== 0) throw new Error(`${label} failed: ${stderr}`)
      if (round >= warmUp) times[label].push(took)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([label, values]) => [label, percentile(values, 0.5)]))
}

/** Prints one line: what was compared, both medians, their ratio and the goal when there is one. */
export function report(name, subject, baseline, goal) {
  const ratio = subject / baseline
  const shown = goal === undefined || goal >= 1 ? goal : `1/${1 / goal}`
  const verdict = goal === undefined ? '' : ratio <= goal ? ` (goal ${shown}: met)` : ` (goal ${shown}: MISSED)`
  console.log(`${name}: ${subject.toFixed(1)} ms / ${baseline.toFixed(1)} ms = ${ratio.toFixed(2)}${verdict}`)
}

/** Prints the ratio of two medians alone, with its goal. */
export function reportRatio(name, subject, baseline, goal) {
  const ratio = subject / baseline
  console.log(`${name}: ${ratio.toFixed(2)} (goal ${goal}: ${ratio <= goal ? 'met' : 'MISSED'})`)
}

/** Prints one figure in milliseconds, with its goal when there is one. */
export function reportGoal(name, value, goal) {
  const verdict = goal === undefined ? '' : value <= goal ? ` (goal ${goal} ms: met)` : ` (goal ${goal} ms: MISSED)`
  console.log(`${name}: ${value.toFixed(1)} ms${verdict}`)
}

/** The value that `share` of all values do not exceed; 0.5 is the median. */
export function percentile(values, share) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}
