/** Which program asked: what the system tells of the parents of a process. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askerOf, describeAsker } from '#core/activity/asker.ts'
import type { ActivityAsker } from '#shared/activity.ts'

const MODULE = new URL('../../../../src/core/activity/asker.ts', import.meta.url).href
const LOOK = `import(${JSON.stringify(MODULE)}).then((m) => console.log(JSON.stringify(m.describeAsker('hallpass'))))`

let folder: string
beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'asker-')))
  writeFileSync(join(folder, 'look.mjs'), LOOK)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Writes a script that runs the look as its child, runs it, and tells what the child saw. */
function lookFrom(name: string, head: string, words: readonly string[] = []): ActivityAsker {
  const script = join(folder, name)
  writeFileSync(script, head)
  chmodSync(script, 0o755)
  return JSON.parse(execFileSync(script, words, { cwd: folder, encoding: 'utf8' }))
}

const NODE = process.execPath
const child = (look: string) => `import { execFileSync } from 'node:child_process'
process.stdout.write(execFileSync(${JSON.stringify(NODE)}, [${JSON.stringify(look)}]))`

describe.runIf(process.platform === 'linux')('on Linux (other systems tell less)', () => {
  const look = () => join(folder, 'look.mjs')

  it('names this process, its folder, and the script that a parent runs rather than its interpreter', () => {
    const seen = lookFrom('deploy.mjs', `#!${NODE}\n${child(look())}`)
    expect(seen.process).toEqual({ pid: expect.any(Number), name: 'hallpass', path: realpathSync(NODE), folder })
    expect(seen.parents).toEqual([{ pid: expect.any(Number), name: 'deploy.mjs', path: realpathSync(NODE), folder }])
  })

  it('looks past a shell, which only passes the question on', () => {
    const inner = `execFileSync('/bin/sh', ['-c', ${JSON.stringify(`'${NODE}' "$0"; true`)}, ${JSON.stringify(look())}])`
    const seen = lookFrom(
      'build.mjs',
      `#!${NODE}\nimport { execFileSync } from 'node:child_process'\nprocess.stdout.write(${inner})`,
    )
    expect(seen.parents.map(({ name }) => name)).toEqual([expect.stringMatching(/^(sh|dash|bash)$/), 'build.mjs'])
  })

  it('reads a name with brackets and blanks in it', () => {
    const seen = lookFrom('a) R (b', `#!/bin/sh\n'${NODE}' ${look()}; true\n`)
    expect(seen.parents[0]?.name).toBe('a) R (b')
  })

  it('never takes an argument, which may be a secret, for a name', () => {
    const code = `process.stdout.write(require('child_process').execFileSync('${NODE}', ['${look()}']))`
    const text = execFileSync(NODE, ['-e', code, 'planted-secret'], { cwd: folder, encoding: 'utf8' })
    expect(text).not.toContain('planted-secret')
    expect(JSON.parse(text).parents[0]).toMatchObject({ name: 'node', folder })
  })

  it('leaves out what the system does not tell, such as of a folder that is gone', () => {
    mkdirSync(join(folder, 'gone'))
    const code = `process.chdir('${folder}/gone'); require('fs').rmdirSync('${folder}/gone'); ${LOOK}`
    const seen: ActivityAsker = JSON.parse(execFileSync(NODE, ['-e', code], { cwd: folder, encoding: 'utf8' }))
    expect(seen.process.folder).toBeNull()
  })
})

it.runIf(process.platform === 'linux')('asks for another process are told by its own numbers', () => {
  const asking = { pid: 4711, parentPid: process.pid, folder: '/srv/app' }
  const { process: own, parents } = askerOf('hallpass', asking, null)
  expect(own).toEqual({ pid: 4711, name: 'hallpass', path: null, folder: '/srv/app' })
  expect(parents).toMatchObject([{ pid: process.pid, folder: process.cwd() }])
  expect(askerOf('hallpass', { ...asking, parentPid: 0 }, null).parents).toEqual([])
})

it('on Windows is the number of the parent alone, because all else takes slow tools', () => {
  const { parents } = describeAsker('hallpass', 'win32')
  expect(parents).toEqual([{ pid: process.ppid, name: null, path: null, folder: null }])
})

it.runIf(process.platform !== 'win32')('on macOS is what ps tells', () => {
  const { parents } = describeAsker('hallpass', 'darwin')
  expect(parents[0]).toMatchObject({ pid: process.ppid, folder: null })
  expect(parents[0]?.name).toMatch(/\w/)
})
