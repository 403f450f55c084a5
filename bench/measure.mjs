// Measures commands against each other, interleaved, so that whatever else the machine does hits them alike.
import { spawnSync } from 'node:child_process'

/**
 * Runs each command `rounds` times in turn, after a few rounds that don't count.
 * @param {Record<string, {words: string[], env?: NodeJS.ProcessEnv}>} commands by label
 * @returns {Record<string, number>} the median of each, in milliseconds
 */
export function measure(commands, rounds = 40, warmUp = 3) {
  const times = Object.fromEntries(Object.keys(commands).map((label) => [label, []]))
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const [label, { words, env }] of Object.entries(commands)) {
      const start = process.hrtime.bigint()
      const { status, stderr } = spawnSync(words[0], words.slice(1), { env: env ?? process.env })
      const took = Number(process.hrtime.bigint() - start) / 1e6
      if (status !== 0) throw new Error(`${label} failed: ${stderr}`)
      if (round >= warmUp) times[label].push(took)
    }
  }
  return Object.fromEntries(Object.entries(times).map(([label, values]) => [label, median(values)]))
}

/** Prints one line: what was compared, both medians, their ratio and the goal when there is one. */
export function report(name, subject, baseline, goal) {
  const ratio = subject / baseline
  const verdict = goal === undefined ? '' : ratio <= goal ? ` (goal ${goal}: met)` : ` (goal ${goal}: MISSED)`
  console.log(`${name}: ${subject.toFixed(1)} ms / ${baseline.toFixed(1)} ms = ${ratio.toFixed(2)}${verdict}`)
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
