/** Hundreds of profiles changed, removed, taken back and made again: one edit of the file each, and nothing else moves. */
import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type FileSystem, realFileSystem } from '#core/awsfiles/file-system.ts'
import { type AwsFiles, createAwsFiles } from '#core/awsfiles/index.ts'
import { type AwsHome, createAwsHome, processTarget, silentLog } from '../unit/core/awsfiles/support/aws-home.ts'

const COUNT = 600
const KEYS = '# mine\n[profile keys]\naws_access_key_id = AKIAQWERTYUIOPASDFGH\naws_secret_access_key = s\n\n'
const LAST = '\n[profile last]\nregion = us-west-2\n'

let home: AwsHome
let awsFiles: AwsFiles
/** How often the config file was replaced. */
let replaced: number
beforeEach(async () => {
  home = createAwsHome()
  replaced = 0
  const fs: FileSystem = {
    ...realFileSystem,
    rename: (from, to) => {
      if (to === home.config) replaced++
      return realFileSystem.rename(from, to)
    },
  }
  const { home: folder, stateHome, profiles, vault } = home
  awsFiles = createAwsFiles({ env: {}, home: folder, stateHome, profiles, vault, clock: Date.now, log: silentLog, fs })
  home.write('config', '[default]\nregion = us-east-1\n')
  await write('eu-west-1')
  // The person's own sections among them, and one after them.
  const text = config()
  const middle = text.indexOf('[profile p-300]')
  home.write('config', text.slice(0, middle) + KEYS + text.slice(middle) + LAST)
  replaced = 0
})
afterEach(() => home.dispose())

const config = () => home.read('config') ?? ''
const targets = (region: string) =>
  Array.from({ length: COUNT }, (_, index) =>
    processTarget({ profile: `p-${index}`, name: `p ${index}`, target: `role:${index}`, region }),
  )
const write = (region: string) => awsFiles.writeProfiles({ write: targets(region), remove: [] })
const undoLast = async () => awsFiles.undo((await awsFiles.edits())[0]?.operation ?? '')

describe('many profiles', () => {
  it('change in one edit, which is taken back around what the person has changed since', async () => {
    const before = config()
    await write('eu-north-1')
    expect(config()).toBe(before.replaceAll('eu-west-1', 'eu-north-1'))
    const [edit] = await awsFiles.edits()
    expect(edit?.diff.match(/^[+-].*/gm)?.every((line) => /^(?:[+-]region = |---|\+\+\+)/.test(line))).toBe(true)

    home.write('config', config().replace('# mine', '# mine, and changed').replace('[default]\n', '[default]\n# new\n'))
    await undoLast()
    expect(config()).toBe(before.replace('# mine', '# mine, and changed').replace('[default]\n', '[default]\n# new\n'))
    expect(replaced).toBe(2)
  })

  it('go in one edit, which is taken back to the byte', async () => {
    const before = config()
    await awsFiles.writeProfiles({ write: [], remove: awsFiles.list() })
    expect(config()).toBe(`[default]\nregion = us-east-1\n\n${KEYS}${LAST.slice(1)}`)
    expect([awsFiles.list().length, replaced]).toEqual([0, 1])
    await undoLast()
    expect(config()).toBe(before)
    expect([awsFiles.list().length, replaced]).toEqual([COUNT, 2])
  })

  it('are made again in one edit when another program has overwritten them', async () => {
    const before = config()
    await write('eu-north-1')
    const after = config()
    writeFileSync(home.config, `${before}\n[profile theirs]\nregion = us-east-2\n`)
    await awsFiles.restoreOverwritten()
    expect(config()).toBe(`${after}\n[profile theirs]\nregion = us-east-2\n`)
    expect(replaced).toBe(2)
  })
})
