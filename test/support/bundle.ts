/** A TypeScript program as one folder of plain JavaScript: it starts three times as fast, which hundreds of runs feel. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { build } from 'vite'

export interface Bundle {
  /** What Node is to run. */
  readonly entry: string
  remove(): Promise<void>
}

/** Bundles a program with everything it imports. */
export async function bundle(program: string): Promise<Bundle> {
  const outDir = await mkdtemp(join(tmpdir(), 'bundle-'))
  const name = basename(program, '.ts')
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node24',
      outDir,
      rolldownOptions: {
        input: { [name]: program },
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  })
  return { entry: join(outDir, `${name}.mjs`), remove: () => rm(outDir, { recursive: true, force: true }) }
}
