// Runs every benchmark in bench/. They print ratios of two things measured side by side, because times alone say
// more about the machine than about Hallpass.
import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const env = { ...process.env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}` }
const run = (program, words) => spawnSync(program, words, { cwd: root, env, stdio: 'inherit' }).status ?? 1

// Always built anew: numbers of yesterday's build would mislead.
const built =
  run('electron-vite', ['build', '--logLevel', 'error']) ||
  run('vite', ['build', '--config', 'vite.cli.config.ts', '--logLevel', 'error'])
if (built !== 0) process.exit(built)
let failed = 0
for (const file of readdirSync(join(root, 'bench')).filter((name) => name.endsWith('.bench.ts'))) {
  // In a ring of its own: benchmarks of the vault must not meet the person's keychain.
  failed ||= run(process.execPath, [join(root, 'scripts/in-ring.mjs'), 'node', join('bench', file)])
}
process.exit(failed)
