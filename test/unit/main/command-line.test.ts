/** The command that profiles run, in a source tree and in a package as electron-builder lays it out. */
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import { commandLine } from '../../../src/main/command-line.ts'

const root = resolve(import.meta.dirname, '../../..')
const { platform } = process

interface ExtraResource {
  readonly from: string
  readonly to: string
}

it('is the pinned Node with the built command in a source tree', () => {
  const builtFolder = join(root, 'out')
  const [program, entry] = commandLine({ isPackaged: false, resourcesPath: '/nowhere', builtFolder, platform })
  expect(existsSync(program)).toBe(true)
  expect(entry).toBe(join(root, 'out/cli/hallpass.cjs'))
})

it('is found where the package puts it, and loads the keychain library from there', () => {
  const resourcesPath = mkdtempSync(join(tmpdir(), 'resources-'))
  try {
    const config = JSON.parse(readFileSync(join(root, 'electron-builder.json'), 'utf8'))
    const extra: ExtraResource[] = config.extraResources
    // The command is built by other tests; here its place counts, and that Node resolves the library from it.
    for (const { from, to } of extra.filter(({ to: place }) => place !== 'cli')) {
      cpSync(join(root, from), join(resourcesPath, to), { recursive: true, dereference: true })
    }
    const [program, entry] = commandLine({ isPackaged: true, resourcesPath, builtFolder: '/nowhere', platform })
    expect(extra.map(({ to }) => to)).toContain('cli')
    expect(entry.startsWith(join(resourcesPath, 'cli'))).toBe(true)
    const script = `require('node:module').createRequire(${JSON.stringify(entry)})('keytar'); console.log('loaded')`
    const ended = spawnSync(program, ['-e', script], { encoding: 'utf8' })
    expect(ended.stdout, ended.stderr).toBe('loaded\n')
  } finally {
    rmSync(resourcesPath, { recursive: true, force: true })
  }
})
