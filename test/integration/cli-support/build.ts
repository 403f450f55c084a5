/** Builds the command as it ships, below node_modules so that keytar and the pinned Node are found as usual. */
import { rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '../../..')

export interface BuiltCli {
  /** Absolute path of the entry file. */
  readonly entry: string
  remove(): Promise<void>
}

/** @param name keeps test files that run at the same time apart */
export async function buildCli(name: string): Promise<BuiltCli> {
  const outDir = join(root, 'node_modules/.tmp', `cli-${name}-${process.pid}`)
  await build({
    root,
    configFile: join(root, 'vite.cli.config.ts'),
    logLevel: 'error',
    build: { outDir },
  })
  return { entry: join(outDir, 'hallpass.cjs'), remove: () => rm(outDir, { recursive: true, force: true }) }
}
