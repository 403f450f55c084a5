/** Edits that a program without a lock overwrites: noticed, made again, and told from changes that are meant. */
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApplyEditOptions, applyEdit, type Edit, restoreEdits } from '#core/awsfiles/apply-edit.ts'
import { findSections } from '#core/awsfiles/document.ts'
import { appendSection, removeEmptySection, removeProperties, setProperties } from '#core/awsfiles/document-edit.ts'
import { createHallpass } from '#core/create-hallpass.ts'
import { silentLog } from '../unit/core/awsfiles/support/aws-home.ts'
import { createSteppingFileSystem } from '../unit/core/awsfiles/support/stepping-fs.ts'

const THEIRS = '[profile theirs]\nregion = r1\n'
const OURS = '\n[profile ours]\nregion = eu\n'

let folder: string
let file: string
let stateHome: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overwritten-'))
  file = join(folder, 'config')
  stateHome = join(folder, 'state')
  writeFileSync(file, THEIRS)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const set =
  (name: string, key: string, value: string): Edit =>
  (document) => {
    const [section] = findSections(document, name)
    return section ? setProperties(document, section, [[key, value]]) : appendSection(document, name, [[key, value]])
  }
const remove =
  (name: string, keys: readonly string[]): Edit =>
  (document) => {
    const [section] = findSections(document, name)
    const emptied = section && removeProperties(document, section, keys)
    const [rest] = emptied ? findSections(emptied, name) : []
    return emptied && rest && removeEmptySection(emptied, rest)
  }
const edit = (change: Edit, options: Partial<ApplyEditOptions> = {}) =>
  applyEdit(file, change, { stateHome, description: 'Test', ...options })
const restore = () => restoreEdits(file, { stateHome })
const text = () => readFileSync(file, 'utf8')
/** As the AWS CLI writes: in place. */
const overwrite = (content: string) => writeFileSync(file, content)
const age = (seconds: number) => {
  const time = Date.now() / 1000 + seconds
  utimesSync(file, time, time)
}

describe('an edit overwritten by a program that had read the file before it', () => {
  it('is made again by the next look, with the change that overwrote it', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    overwrite('[profile theirs]\nregion = r2\n')
    expect(await restore()).toBe(true)
    expect(text()).toBe(`[profile theirs]\nregion = r2\n${OURS}`)
    expect(await restore()).toBe(false)
  })

  it('is made again by the next edit, and stays off that edit’s undo entry', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    overwrite(THEIRS)
    await edit(set('profile second', 'k', 'v'))
    expect(text()).toBe(`${THEIRS}${OURS}\n[profile second]\nk = v\n`)
    const last = readdirSync(join(stateHome, 'undo')).sort().at(-1) ?? ''
    expect(readFileSync(join(stateHome, 'undo', last), 'utf8')).not.toContain('+[profile ours]')
  })

  it('is made again in a section that was there before', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    await edit(set('profile ours', 'region', 'us'))
    await edit(set('profile ours', 'output', 'json'))
    overwrite(`${THEIRS}${OURS}`)
    await restore()
    expect(text()).toBe(`${THEIRS}\n[profile ours]\nregion = us\noutput = json\n`)
  })

  it('is made again when it was a removal', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    await edit(remove('profile ours', ['region']))
    expect(text()).toBe(THEIRS)
    overwrite(`${THEIRS}${OURS}`)
    await restore()
    expect(text()).toBe(THEIRS)
  })

  it('is made again at once where that program was seen at work', async () => {
    await edit(set('profile first', 'k', 'v'))
    overwrite(`${text()}\n[profile cli]\nk = 1\n`)
    const stale = text()
    let isDone = false
    const running = edit(set('profile ours', 'region', 'eu')).then(() => {
      isDone = true
    })
    while (!text().includes('[profile ours]')) await new Promise((resolve) => setImmediate(resolve))
    overwrite(stale.replace('k = 1', 'k = 2'))
    expect(isDone).toBe(false)
    await running
    expect(text()).toContain('[profile ours]\nregion = eu\n')
    expect(text()).toContain('[profile cli]\nk = 2\n')
  })
})

describe('Hallpass itself', () => {
  const open = () =>
    createHallpass({
      env: { HOME: folder, HALLPASS_HOME: stateHome, AWS_CONFIG_FILE: file },
      mfaPrompt: () => Promise.reject(new Error('not asked')),
      log: silentLog,
      command: ['/opt/hallpass'],
    })

  it('makes overwritten edits again when it starts', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    overwrite(THEIRS)
    ;(await open()).close()
    expect(text()).toBe(`${THEIRS}${OURS}`)
  })

  it('and while it is open and watched', async () => {
    const hallpass = await open()
    const stop = hallpass.onChange(() => undefined)
    try {
      await edit(set('profile ours', 'region', 'eu'))
      overwrite(THEIRS)
      await expect.poll(text, { timeout: 5000 }).toBe(`${THEIRS}${OURS}`)
    } finally {
      stop()
      hallpass.close()
    }
  })
})

describe('a change that is meant stands', () => {
  it('made to the section by hand', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    overwrite(`${THEIRS}\n[profile ours]\nregion = mine\n`)
    expect(await restore()).toBe(false)
    await edit(set('profile second', 'k', 'v'))
    expect(text()).toContain('[profile ours]\nregion = mine\n')
  })

  it('made later than a program takes to write what it has read', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    overwrite(THEIRS)
    age(10)
    expect(await restore()).toBe(false)
    await edit(set('profile second', 'k', 'v'))
    expect(text()).toBe(`${THEIRS}\n[profile second]\nk = v\n`)
  })

  it('made by another edit of Hallpass', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    await edit(remove('profile ours', ['region']))
    overwrite(`${THEIRS}# by hand\n`)
    expect(await restore()).toBe(false)
    expect(text()).toBe(`${THEIRS}# by hand\n`)
  })

  it('made by removing the file', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    rmSync(file)
    expect(await restore()).toBe(false)
    await edit(set('profile second', 'k', 'v'))
    expect(text()).toBe('[profile second]\nk = v\n')
  })
})

describe('what is kept to make an edit again', () => {
  const records = () =>
    readdirSync(join(stateHome, 'locks'))
      .map((name) => readFileSync(join(stateHome, 'locks', name), 'latin1'))
      .join('\n')

  it('has no static keys, and yet those come back while their process lives', async () => {
    const secret = 'planted/secret+key'
    await edit(set('ours', 'aws_secret_access_key', secret))
    expect(records()).toContain('"name":"ours"')
    expect(records()).not.toContain(secret)
    overwrite(THEIRS)
    await restore()
    expect(text()).toBe(`${THEIRS}\n[ours]\naws_secret_access_key = ${secret}\n`)
  })

  it('is for the owner alone, and nothing depends on it', async () => {
    await edit(set('profile ours', 'region', 'eu'))
    const path = join(
      stateHome,
      'locks',
      readdirSync(join(stateHome, 'locks')).find((name) => name.endsWith('.json')) ?? '',
    )
    expect(statSync(path).mode & 0o777).toBe(0o600)
    for (const damaged of ['', '{', '{"written":1}', 'null', '{"written":"1:2:3","sections":[{}]}']) {
      writeFileSync(path, damaged)
      await edit(set('profile ours', 'region', `after ${damaged.length}`))
      expect(text()).toBe(`${THEIRS}\n[profile ours]\nregion = after ${damaged.length}\n`)
    }
    rmSync(path)
    mkdirSync(path)
    await edit(set('profile ours', 'region', 'last'))
    expect(text()).toBe(`${THEIRS}\n[profile ours]\nregion = last\n`)
  })
})

describe('a program that rewrites the old file while it is being replaced', () => {
  /** Opens the file, which empties it, when `call` comes; writes and closes it a moment later. */
  const rewriteAt = (call: string, content: string) => {
    let handle: number | undefined
    return createSteppingFileSystem((name) => {
      if (name !== call || handle !== undefined) return
      handle = openSync(file, 'w')
      const opened = handle
      setTimeout(() => {
        writeSync(opened, content)
        closeSync(opened)
      }, 5)
    })
  }

  it.each(['rename', 'stat', 'access', 'handle.writeFile'])('at %s loses nothing', async (call) => {
    const fs = rewriteAt(call, '[profile theirs]\nregion = r2\n')
    await edit(set('profile ours', 'region', 'eu'), { fs })
    expect(text()).toBe(`[profile theirs]\nregion = r2\n${OURS}`)
    expect(readdirSync(folder).sort()).toEqual(['config', 'state'])
  })

  it('and is slow to write what it has emptied', async () => {
    overwrite('')
    const slow = new Promise<void>((resolve) => {
      setTimeout(() => {
        overwrite(THEIRS)
        resolve()
      }, 200)
    })
    await Promise.all([edit(set('profile ours', 'region', 'eu')), slow])
    expect(text()).toBe(`${THEIRS}${OURS}`)
  })
})
