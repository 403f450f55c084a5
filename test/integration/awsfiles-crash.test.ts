/** Edits whose process dies: at every file-system call, and by SIGKILL at any moment. */
import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { applyEdit, type Edit } from '#core/awsfiles/apply-edit.ts'
import { findSections } from '#core/awsfiles/document.ts'
import { appendSection, removeEmptySection, removeProperties, setProperties } from '#core/awsfiles/document-edit.ts'
import type { FileSystem } from '#core/awsfiles/file-system.ts'
import { createAwsFiles } from '#core/awsfiles/index.ts'
import { openStore } from '#core/store/open-store.ts'
import { isHallpassError } from '#shared/errors.ts'
import { type Bundle, bundle } from '../support/bundle.ts'
import { crashTarget, editText, profileTexts, START } from '../support/crash-texts.ts'
import { createMemoryVault, silentLog } from '../unit/core/awsfiles/support/aws-home.ts'
import {
  createDyingFileSystem,
  createSteppingFileSystem,
  Died,
  type Moment,
} from '../unit/core/awsfiles/support/stepping-fs.ts'

/** In memory where that is possible: a killed process leaves no less there, and no round waits for a disk. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(PLACE, 'crash-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const put =
  (name: string, key: string, value: string): Edit =>
  (document) => {
    const [section] = findSections(document, name)
    return section ? setProperties(document, section, [[key, value]]) : appendSection(document, name, [[key, value]])
  }
const takeOut =
  (name: string, key: string): Edit =>
  (document) => {
    const [section] = findSections(document, name)
    const emptied = section && removeProperties(document, section, [key])
    const [rest] = emptied ? findSections(emptied, name) : []
    return emptied && rest && removeEmptySection(emptied, rest)
  }

interface Case {
  readonly before: string | undefined
  readonly edit: Edit
  readonly after: string
  /** What the next run, which sets `[y]`, makes of the two. */
  readonly next: (content: string | undefined) => string
  readonly prepare?: (file: string, stateHome: string) => Promise<void>
}

const BEFORE = '# mine\n[default]\nregion = r\n'
const withY = (content = '') => `${content}${content && '\n'}[y]\nn = 1\n`

const CASES: Readonly<Record<string, Case>> = {
  'a section added': { before: BEFORE, edit: put('x', 'k', 'v'), after: `${BEFORE}\n[x]\nk = v\n`, next: withY },
  'a file created': { before: undefined, edit: put('x', 'k', 'v'), after: '[x]\nk = v\n', next: withY },
  'a value changed': {
    before: `[x]\nk = old\n\n${BEFORE}`,
    edit: put('x', 'k', 'v'),
    after: `[x]\nk = v\n\n${BEFORE}`,
    next: withY,
  },
  'a section removed': { before: `${BEFORE}\n[x]\nk = v\n`, edit: takeOut('x', 'k'), after: BEFORE, next: withY },
  'a file behind a link': {
    before: BEFORE,
    edit: put('x', 'k', 'v'),
    after: `${BEFORE}\n[x]\nk = v\n`,
    next: withY,
    prepare: async (file) => {
      const real = join(folder, 'dotfiles')
      mkdirSync(real)
      writeFileSync(join(real, 'aws'), readFileSync(file))
      rmSync(file)
      symlinkSync('../dotfiles/aws', file)
    },
  },
  'an overwritten edit made again on the way': {
    before: BEFORE,
    edit: put('x', 'k', 'v'),
    after: `${BEFORE}\n[lost]\nk = v\n\n[x]\nk = v\n`,
    next: (content = '') => withY(content.includes('[lost]') ? content : `${content}\n[lost]\nk = v\n`),
    prepare: async (file, stateHome) => {
      await applyEdit(file, put('lost', 'k', 'v'), { stateHome, description: 'Lost' })
      writeFileSync(file, BEFORE)
    },
  },
}

describe('a process that dies at any file-system call', () => {
  it.each(Object.keys(CASES))('leaves the old file or the new one: %s', { timeout: 120_000 }, async (name) => {
    const { before, edit, after, next, prepare } = CASES[name] as Case
    const fresh = async (id: string) => {
      const [file, stateHome] = [join(folder, id, 'config'), join(folder, id, 'state')]
      mkdirSync(join(folder, id))
      rmSync(join(folder, 'dotfiles'), { recursive: true, force: true })
      if (before !== undefined) writeFileSync(file, before)
      await prepare?.(file, stateHome)
      const run = (change: Edit, fs?: FileSystem) =>
        applyEdit(file, change, { stateHome, description: 'Test', ...(fs ? { fs } : {}) })
      return { file, stateHome, run }
    }

    const calls: string[] = []
    const whole = await fresh('whole')
    await whole.run(
      edit,
      createSteppingFileSystem((call) => calls.push(call)),
    )
    expect(readFileSync(whole.file, 'utf8')).toBe(after)

    const seen = { old: 0, new: 0 }
    for (const [step, call] of calls.entries()) {
      for (const moment of ['before', 'half', 'after'] as Moment[]) {
        if (moment === 'half' && call !== 'handle.writeFile') continue
        const where = `${moment} ${step} ${call}`
        const { file, stateHome, run } = await fresh(`${step}-${moment}`)
        const error = await run(edit, createDyingFileSystem(step, moment)).then(
          () => undefined,
          (cause: unknown) => cause,
        )
        if (error && !(error instanceof Died)) expect(isHallpassError(error), `${where}: ${String(error)}`).toBe(true)
        const content = existsSync(file) ? readFileSync(file, 'utf8') : undefined
        expect([before, after], where).toContain(content)
        seen[content === after ? 'new' : 'old']++
        // A dead process reports nothing, but one that claims success must have had it.
        if (!error) expect(content, where).toBe(after)

        await run(put('y', 'n', '1'))
        expect(readFileSync(file, 'utf8'), where).toBe(next(content))
        expect(readdirSync(join(folder, `${step}-${moment}`)).sort(), where).toEqual(['config', 'state'])
        if (existsSync(join(folder, 'dotfiles'))) expect(readdirSync(join(folder, 'dotfiles')), where).toEqual(['aws'])
        expect(readdirSync(join(stateHome, 'locks')), where).toEqual([
          expect.stringMatching(/\.lock$/),
          expect.stringMatching(/\.recent\.json$/),
        ])
      }
    }
    expect(seen.old).toBeGreaterThan(10)
    expect(seen.new).toBeGreaterThan(3)
  })
})

/** Starts a writer, kills it a few milliseconds into its work, and tells the last edit it announced. */
async function killWriter(words: readonly string[], delayMs: number): Promise<number> {
  const child = spawn(process.execPath, [writer.entry, ...words], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  const closed = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_, signal) => resolve(signal)))
  await new Promise<void>((resolve) => {
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString()
      resolve()
    })
    child.on('close', () => resolve())
  })
  await pause(delayMs)
  child.kill('SIGKILL')
  expect(await closed).toBe('SIGKILL')
  return Number(output.trimEnd().split('\n').at(-1))
}

const ROUNDS = 250
let writer: Bundle
beforeAll(async () => {
  writer = await bundle(join(import.meta.dirname, '../support/aws-file-writer.ts'))
})
afterAll(() => writer?.remove())

describe(`a writer killed at any moment, ${2 * ROUNDS} rounds`, { timeout: 300_000, concurrent: true }, () => {
  it('leaves a complete version of the file, no lock, and work for nobody', async () => {
    const home = mkdtempSync(join(PLACE, 'crash-edit-'))
    try {
      const [file, stateHome] = [join(home, 'aws', 'config'), join(home, 'state')]
      mkdirSync(join(home, 'aws'))
      writeFileSync(file, START)
      const numbers = new Set<number>()
      for (let round = 0; round < ROUNDS; round++) {
        const announced = await killWriter(['edit', stateHome, file], Math.random() * 12)
        const content = readFileSync(file, 'utf8')
        const number = Number(/^n = (\d+)$/m.exec(content)?.[1] ?? 0)
        expect(content, `round ${round}`).toBe(editText(number))
        // One more edit may have been made whose announcement was cut off.
        expect([announced, announced + 1], `round ${round}`).toContain(number)
        numbers.add(number)
        if (round % 10 > 0) continue
        const options = { stateHome, description: 'Next', lockTimeoutMs: 0 }
        const change = await applyEdit(file, put('profile next', 'round', String(round)), options)
        expect(change.changed).toBe(true)
        await applyEdit(file, takeOut('profile next', 'round'), options)
        expect(readFileSync(file, 'utf8')).toBe(content)
        expect(readdirSync(join(home, 'aws'))).toEqual(['config'])
      }
      expect(numbers.size).toBeGreaterThan(ROUNDS / 2)
      await applyEdit(file, put('profile next', 'round', 'last'), { stateHome, description: 'Next', lockTimeoutMs: 0 })
      expect(readdirSync(join(stateHome, 'locks'))).toHaveLength(2)
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  })

  it('leaves complete files, a store that knows the profile, and static keys that the next run takes out', async () => {
    const home = mkdtempSync(join(PLACE, 'crash-profile-'))
    try {
      const [config, credentials] = [join(home, '.aws', 'config'), join(home, '.aws', 'credentials')]
      mkdirSync(join(home, '.aws'))
      writeFileSync(config, START)
      writeFileSync(credentials, START)
      const stateHome = join(home, 'state')
      for (let round = 0; round < ROUNDS; round++) {
        await killWriter(['profile', stateHome, home], Math.random() * 30)
        const texts = { config: readFileSync(config, 'utf8'), credentials: readFileSync(credentials, 'utf8') }
        expect(profileTexts(texts), `round ${round}`).toEqual(texts)
        const store = openStore({ file: join(stateHome, 'hallpass.db') })
        try {
          const awsFiles = createAwsFiles({
            env: {},
            home,
            stateHome,
            profiles: store.profiles,
            vault: createMemoryVault(),
            clock: Date.now,
            log: silentLog,
          })
          if (texts.config !== START || texts.credentials !== START) {
            expect(awsFiles.list().map(({ profile }) => profile)).toEqual(['dev'])
          }
          if (round % 10 > 0) continue
          await awsFiles.writeProfile(crashTarget(0, 'process'))
          expect(readFileSync(credentials, 'utf8')).toBe(START)
          await awsFiles.removeProfile('dev')
          expect(readFileSync(config, 'utf8')).toBe(START)
          expect(readdirSync(join(home, '.aws')).sort()).toEqual(['config', 'credentials'])
        } finally {
          store.close()
        }
      }
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  })
})
