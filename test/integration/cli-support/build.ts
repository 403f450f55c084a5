/** The command as it ships, built once for all test files that run it, and where a test file finds it. */
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    cliEntry: string
  }
}

const root = resolve(import.meta.dirname, '../../..')
/** Below node_modules, so that keytar and the pinned Node are found as usual. */
const outDir = join(root, 'node_modules/.tmp', `cli-${process.pid}`)
/** Of this run, whose projects ask one after the other; each evaluates this module anew. */
const BUILT = 'HALLPASS_TEST_CLI'

/** Vitest's global set-up of each project that runs the command. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const builtHere = process.env[BUILT] === undefined
  if (builtHere) {
    process.env[BUILT] = join(outDir, 'hallpass.cjs')
    await build({ root, configFile: join(root, 'vite.cli.config.ts'), logLevel: 'error', build: { outDir } })
  }
  project.provide('cliEntry', process.env[BUILT] ?? '')
  return builtHere ? () => rm(outDir, { recursive: true, force: true }) : undefined
}
