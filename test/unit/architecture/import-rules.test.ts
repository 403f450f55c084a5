// The import directions of docs/architecture.md, proven on planted files: each forbidden import must be a lint error.
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../../..')
const star = (specifier: string) => `import * as planted from '${specifier}'\n\nexport { planted }\n`
const named = (name: string) => `import { ${name} } from 'electron'\n\nexport { ${name} }\n`

const cases: [area: string, code: string, allowed: boolean][] = [
  ['src/shared', star('node:fs'), false],
  ['src/shared', star('react'), false],
  ['src/shared', star('#core/hallpass.ts'), false],
  ['src/shared', star('../core/hallpass.ts'), false],
  ['src/shared', star('zod'), true],
  ['src/shared', star('./fields.ts'), true],
  ['src/core/aws', star('electron'), false],
  ['src/core/aws', star('electron/main'), false],
  ['src/core/aws', star('react'), false],
  ['src/core/aws', star('../../main/index.ts'), false],
  ['src/core', star('../cli/program.ts'), false],
  ['src/core', star('#shared/fields.ts'), true],
  ['src/core', star('node:fs'), true],
  ['src/main', star('../cli/program.ts'), false],
  ['src/main', star('../renderer/main.tsx'), false],
  ['src/main', star('react'), false],
  ['src/main', named('ipcMain'), false],
  ['src/main', named('app'), true],
  ['src/main', star('#core/hallpass.ts'), true],
  ['src/cli', star('../main/index.ts'), false],
  ['src/cli', star('electron'), false],
  ['src/cli', star('#core/hallpass.ts'), true],
  ['src/preload', star('#core/hallpass.ts'), false],
  ['src/preload', star('node:fs'), false],
  ['src/preload', named('ipcRenderer'), false],
  ['src/preload', star('#shared/ipc.ts'), true],
  ['src/renderer', star('#core/hallpass.ts'), false],
  ['src/renderer', star('electron'), false],
  ['src/renderer', star('node:path'), false],
  ['src/renderer', star('#shared/fields.ts'), true],
]

let tree: string
const refused = new Set<string>()
const fileOf = (index: number) => join(cases[index]?.[0] ?? '', `planted-${index}.ts`)

beforeAll(() => {
  tree = realpathSync(mkdtempSync(join(tmpdir(), 'import-rules-')))
  copyFileSync(join(root, 'biome.json'), join(tree, 'biome.json'))
  cases.forEach(([, code], index) => {
    mkdirSync(join(tree, dirname(fileOf(index))), { recursive: true })
    writeFileSync(join(tree, fileOf(index)), code)
  })
  const lint = spawnSync(
    join(root, 'node_modules/.bin/biome'),
    [
      'lint',
      '--vcs-enabled=false',
      '--only=style/noRestrictedImports',
      '--max-diagnostics=none',
      '--reporter=github',
      '.',
    ],
    { cwd: tree, encoding: 'utf8' },
  )
  for (const match of lint.stdout.matchAll(/noRestrictedImports,file=([^,]+)/g))
    refused.add(relative(tree, match[1] ?? ''))
})
afterAll(() => rmSync(tree, { recursive: true, force: true }))

it.each(cases.map(([area, code, allowed], index) => ({ area, first: code.split('\n')[0], allowed, index })))(
  '$area: $first → allowed $allowed',
  ({ allowed, index }) => {
    expect(refused.has(fileOf(index))).toBe(!allowed)
  },
)
