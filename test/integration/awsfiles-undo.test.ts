/** Taking edits back: what returns, what never does, and when it is refused. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { applyEdit } from '#core/awsfiles/apply-edit.ts'
import { findSections } from '#core/awsfiles/document.ts'
import { appendSection, removeProperties } from '#core/awsfiles/document-edit.ts'
import {
  type AwsHome,
  createAwsHome,
  credentials,
  processTarget,
  SECRET,
  staticTarget,
} from '../unit/core/awsfiles/support/aws-home.ts'

let home: AwsHome
beforeEach(() => {
  home = createAwsHome()
})
afterEach(() => home.dispose())

const OTHERS = '# mine\n[profile other]\nregion = r\ns3 =\n  a = b'

/** Takes back the last edit. @returns what it was */
async function undo(): Promise<string | undefined> {
  const [edit] = await home.awsFiles.edits()
  if (!edit) return undefined
  await home.awsFiles.undo(edit.operation)
  return edit.description
}
const descriptions = async () => (await home.awsFiles.edits()).map(({ description }) => description)
const state = () => [home.read('config'), home.read('credentials'), home.awsFiles.list()]

describe('undo', () => {
  it('takes back one edit after another, both files and the records as they were', async () => {
    home.write('config', OTHERS)
    const states = [state()]
    const steps: (() => Promise<unknown>)[] = [
      () => home.awsFiles.writeProfile(processTarget()),
      () => home.awsFiles.writeProfile(processTarget({ region: 'eu-north-1', makeDefault: true })),
      () => home.awsFiles.writeProfile(processTarget({ profile: 'ops', target: 'role:2', makeDefault: false })),
      () => home.awsFiles.removeProfile('dev'),
      () => home.awsFiles.removeProfile('ops'),
    ]
    for (const step of steps) {
      await step()
      states.push(state())
    }
    states.pop()
    for (const expected of states.reverse()) {
      const [edit] = await home.awsFiles.edits()
      const plan = await home.awsFiles.planUndo(edit?.operation ?? '')
      expect(plan.files).toEqual([home.config])
      await undo()
      expect(state()).toEqual(expected)
    }
    expect(await undo()).toBeUndefined()
  })

  it('says what it takes back, and shows the change without making it', async () => {
    await home.awsFiles.writeProfile(processTarget())
    const before = state()
    const [edit] = await home.awsFiles.edits()
    expect(edit).toMatchObject({ description: 'Write profile dev', files: [home.config] })
    expect(edit?.diff).toContain('+[profile dev]')
    const plan = await home.awsFiles.planUndo(edit?.operation ?? '')
    expect(plan.diff).toContain('-[profile dev]')
    expect(state()).toEqual(before)
  })

  it('is one edit for both files, and remembers twenty', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    expect(await descriptions()).toEqual(['Write profile dev'])
    for (let index = 0; index < 22; index++) {
      await home.awsFiles.writeProfile(
        staticTarget({ profile: `p${index}`, target: `role:p${index}`, credentials: { ...credentials } }),
      )
    }
    expect(await descriptions()).toEqual(Array.from({ length: 20 }, (_, index) => `Write profile p${21 - index}`))
  })

  it('leaves what the person has changed elsewhere, also in the same section', async () => {
    home.write('config', OTHERS)
    await home.awsFiles.writeProfile(processTarget())
    home.write('config', `# first\n${home.read('config')}\noutput = json\n\n[profile mine]\n`)
    await undo()
    const left = home.read('config') ?? ''
    expect(left).toMatch(/^# first\n# mine\n\[profile other\]/)
    expect(left).not.toContain('Hallpass')
    expect(left).toContain('output = json\n\n[profile mine]\n')
  })

  it.each([
    ['one of its lines was changed', (text: string) => text.replace('eu-west-1', 'us-east-1')],
    ['one of its lines was taken out', (text: string) => text.replace(/region = eu-west-1\n?/, '')],
  ])('is refused when %s', async (_, edit) => {
    home.write('config', `${OTHERS}\n`)
    await home.awsFiles.writeProfile(processTarget())
    home.write('config', edit(home.read('config') ?? ''))
    const before = state()
    await expect(undo()).rejects.toMatchObject({ code: 'undo.conflict', exitCode: 8 })
    expect(state()).toEqual(before)
    const [last] = await home.awsFiles.edits()
    await expect(home.awsFiles.planUndo(last?.operation ?? '')).rejects.toMatchObject({ code: 'undo.conflict' })
    await home.awsFiles.forgetEdit(last?.operation ?? '')
    expect(await descriptions()).toEqual([])
  })

  it('is refused when the section it would bring back is there again', async () => {
    home.write('config', `${OTHERS}\n`)
    await home.awsFiles.writeProfile(processTarget())
    await home.awsFiles.removeProfile('dev')
    home.write('config', `${home.read('config')}\n[profile dev]\nregion = mine\n`)
    const before = state()
    await expect(undo()).rejects.toMatchObject({ code: 'undo.conflict' })
    expect(state()).toEqual(before)
  })

  it('passes over entries it can’t read', async () => {
    await home.awsFiles.writeProfile(processTarget())
    const folder = join(home.stateHome, 'undo')
    const [name = ''] = readdirSync(folder)
    const entry: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'))
    writeFileSync(join(folder, '999999999999999-aaaaaaaa-bbbbbbbb.json'), '{"version":')
    writeFileSync(
      join(folder, '999999999999998-aaaaaaaa-cccccccc.json'),
      JSON.stringify({ ...(entry as object), version: 1 }),
    )
    expect(await descriptions()).toEqual(['Write profile dev'])
  })
})

describe('static keys', () => {
  it('go with the edit that wrote them, while the session lives and after it', async () => {
    home.write('credentials', '[other]\nx = 1')
    await home.awsFiles.writeProfile(staticTarget())
    await undo()
    expect(state()).toEqual(['', '[other]\nx = 1', []])

    await home.awsFiles.writeProfile(staticTarget())
    await home.awsFiles.clearStaticKeys('dev')
    expect(await descriptions()).toEqual(['Write profile dev'])
    await undo()
    expect(state()).toEqual(['', '[other]\nx = 1', []])
  })

  it('are not brought back by taking back a removal or a change of mode', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    const config = home.read('config')
    await home.awsFiles.writeProfile(processTarget())
    await undo()
    expect(home.read('config')).toBe(config)
    expect(home.read('credentials')).toBe('')
    expect(home.awsFiles.list()).toMatchObject([{ profile: 'dev', mode: 'static' }])

    await home.awsFiles.writeProfile(staticTarget())
    await home.awsFiles.removeProfile('dev')
    await undo()
    expect(home.read('config')).toBe(config)
    expect(home.read('credentials')).toBe('')
    expect(home.awsFiles.list()).toMatchObject([{ profile: 'dev', mode: 'static', credentialsFile: home.credentials }])
  })

  it('of a session that goes on stay when only the profile’s text is taken back', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    await home.awsFiles.writeProfile(staticTarget({ credentials: { ...credentials, accessKeyId: 'ASIARENEWED' } }), {
      recorded: 'config',
    })
    expect(await descriptions()).toEqual(['Write profile dev'])
    await home.awsFiles.writeProfile(
      staticTarget({ region: 'eu-north-1', credentials: { ...credentials, accessKeyId: 'ASIANEXT' } }),
    )
    await undo()
    expect(home.read('config')).toContain('eu-west-1')
    expect(home.read('credentials')).toContain('ASIANEXT')
  })

  it('of a person that an edit took out are kept nowhere, so that edit is not taken back', async () => {
    home.write('credentials', `[dev]\naws_secret_access_key =\n  ${SECRET}\nx = ${'y'}\n`)
    const options = { stateHome: home.stateHome, description: 'Tidy up' }
    await applyEdit(
      home.credentials,
      (document) => {
        const [section] = findSections(document, 'dev')
        return section && removeProperties(document, section, ['aws_secret_access_key', 'x'])
      },
      options,
    )
    for (const name of readdirSync(join(home.stateHome, 'undo'))) {
      expect(readFileSync(join(home.stateHome, 'undo', name), 'utf8')).not.toContain(SECRET)
    }
    await expect(undo()).rejects.toMatchObject({ code: 'undo.conflict' })
    expect(home.read('credentials')).toBe('[dev]\n')
  })
})

describe('other edits', () => {
  it('of any file are taken back line by line', async () => {
    home.write('credentials', '[other]\nx = 1\n')
    const options = { stateHome: home.stateHome, description: 'Fix' }
    await applyEdit(home.credentials, (document) => appendSection(document, 'more', [['k', 'v']]), options)
    expect(await undo()).toBe('Fix')
    expect(home.read('credentials')).toBe('[other]\nx = 1\n')
  })
})

describe('adopting', () => {
  const CONFIG = '[profile dev]\nrole_arn = r\nsource_profile = base\noutput = json\n\n[profile base]\nregion = r\n'
  const CREDENTIALS = `[dev]\naws_access_key_id = AKIA\naws_secret_access_key = ${SECRET}\n`

  it('is taken back from the vault, whatever was written since', async () => {
    home.write('config', CONFIG)
    home.write('credentials', CREDENTIALS)
    await home.awsFiles.adoptProfile(staticTarget())
    await home.awsFiles.writeProfile(processTarget())
    expect(await descriptions()).toEqual(['Write profile dev', 'Adopt profile dev'])
    await undo()
    const [adoption] = await home.awsFiles.edits()
    const plan = await home.awsFiles.planUndo(adoption?.operation ?? '')
    expect(plan.diff).toContain('+role_arn = r')
    expect(plan.diff).not.toContain(SECRET)
    await undo()
    expect(state()).toEqual([CONFIG, CREDENTIALS, []])
    expect(home.vault.entries.size).toBe(0)
  })

  it('leaves nothing of what it replaced in the list', async () => {
    home.write('config', CONFIG)
    home.write('credentials', CREDENTIALS)
    await home.awsFiles.adoptProfile(processTarget())
    const folder = join(home.stateHome, 'undo')
    const text = existsSync(folder) ? readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')) : []
    expect(text).toHaveLength(2)
    expect(text.join()).not.toContain(SECRET)
    expect(text.join()).not.toContain('source_profile')
  })

  it('again takes back the removal of an adopted profile', async () => {
    home.write('config', CONFIG)
    await home.awsFiles.adoptProfile(processTarget())
    const adopted = home.read('config')
    await home.awsFiles.removeProfile('dev')
    const [edit] = await home.awsFiles.edits()
    expect(edit?.readopts.map(({ profile }) => profile)).toEqual(['dev'])
    await home.awsFiles.adoptProfile(processTarget(), { recorded: 'none' })
    await home.awsFiles.undo(edit?.operation ?? '')
    expect(home.read('config')).toBe(adopted)
    expect(await descriptions()).toEqual(['Adopt profile dev'])
    await undo()
    expect(state()).toEqual([CONFIG, undefined, []])
    expect(home.vault.entries.size).toBe(0)
  })
})
