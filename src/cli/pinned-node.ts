/** Runs the command again under the Node that came with Hallpass. Must itself run on Node 20. */
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { runChild } from './run-child.ts'
import type { StartOptions } from './start.ts'

/** @returns the exit code of the command, or 1 after one line on stderr when there is no newer Node */
export async function run({ entry, words }: StartOptions): Promise<number> {
  const node = findPinnedNode(dirname(entry))
  if (!node || realpathSync(node) === realpathSync(process.execPath)) {
    process.stderr.write(`hallpass: Node ${process.versions.node} is too old. Hallpass needs Node 24 or newer.\n`)
    return 1
  }
  return runChild(node, [entry, ...words], process.env)
}

/** The npm package `node` in the nearest node_modules folder above. */
function findPinnedNode(from: string): string | undefined {
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', 'node', 'bin', binary)
    if (existsSync(candidate)) return candidate
    if (dirname(folder) === folder) return undefined
  }
}
