/**
 * Entry of the `hallpass` command. Answers `--version` before anything is loaded, and moves to the pinned Node when
 * started by an older one; so this file and what it imports at once must run on Node 20.
 */
import { writeSync } from 'node:fs'
import { run as askAgent } from './credential-process-start.ts'

declare const __HALLPASS_VERSION__: string

/** The first Node with what Hallpass needs: `node:sqlite` without a flag, and the fields of `import.meta`. */
const OLDEST_NODE = 24

const words = process.argv.slice(2)
if (words.length === 1 && (words[0] === '--version' || words[0] === '-V')) {
  writeSync(1, `${__HALLPASS_VERSION__}\n`)
} else {
  const start = { entry: import.meta.filename, words, version: __HALLPASS_VERSION__ }
  const oldNode = Number.parseInt(process.versions.node, 10) < OLDEST_NODE
  const isProcess = words.length === 2 && words[0] === 'credential-process' && !words[1]?.startsWith('-')
  // Literal imports, so that the bundler makes a chunk of each.
  const done = oldNode
    ? import('./pinned-node.ts').then((module) => module.run(start))
    : isProcess
      ? askAgent(start)
      : (words[0] === '__complete' ? import('./complete-start.ts') : import('./start.ts')).then((module) =>
          module.run(start),
        )
  done
    .then((exitCode) => process.exit(exitCode))
    .catch(() => {
      writeSync(2, 'hallpass: The installation is incomplete or damaged.\n  try: Install Hallpass again.\n')
      process.exit(1)
    })
}
