/** A config of 20,000 profiles and 100,000 lines: the results are those of small files. Times are the benchmarks' business. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFilesService } from '#core/awsfiles/index.ts'
import { READERS } from '#core/awsfiles/readers/index.ts'
import { type AwsHome, createAwsHome, processTarget, staticTarget } from '../unit/core/awsfiles/support/aws-home.ts'

const PROFILES = 20_000
/** Each assumes a role by way of the one ten before it, so that the longest chain has 2,000 links. */
const sectionOf = (index: number, name = `p-${index}`) => {
  const source = index < 10 ? 'default' : `p-${index - 10}`
  return `[profile ${name}]\nrole_arn = arn:aws:iam::123456789012:role/r-${index}\nsource_profile = ${source}\nregion = r-${index}\n\n`
}
const HEAD = '# mine\n\n[default]\naws_access_key_id = AKIAQWERTYUIOPASDFGH\naws_secret_access_key = s\n\n'
const CONFIG = HEAD + Array.from({ length: PROFILES }, (_, index) => sectionOf(index)).join('')

let home: AwsHome
beforeEach(() => {
  home = createAwsHome()
  home.write('config', CONFIG)
})
afterEach(() => home.dispose())

const filesService = () =>
  createFilesService({
    files: { config: home.config, credentials: home.credentials },
    stateHome: home.stateHome,
    clock: Date.now,
  })

describe('a config of 20,000 profiles', { timeout: 120_000 }, () => {
  it('has 100,000 lines', () => {
    expect(CONFIG.split('\n').length).toBeGreaterThan(100_000)
  })

  it('takes a profile in, lets it change among the others, and is as it was when it is gone', async () => {
    const place = CONFIG.indexOf('[profile p-10000]')
    await home.awsFiles.writeProfile(processTarget())
    const section = (home.read('config') ?? '').slice(CONFIG.length)
    expect(home.read('config')).toBe(CONFIG + section)
    expect(section).toMatch(
      /^\n?\[profile dev\]\n# Managed by Hallpass [^\n]*\ncredential_process = [^\n]*\nregion = eu-west-1\n$/,
    )

    // The person moves the section into the middle; it stays Hallpass's, and what changes is in it alone.
    const own = section.trimStart()
    home.write('config', `${CONFIG.slice(0, place)}${own}\n${CONFIG.slice(place)}`)
    await home.awsFiles.writeProfile(processTarget({ region: 'eu-north-1' }))
    const changed = own.replace('eu-west-1', 'eu-north-1')
    expect(home.read('config')).toBe(`${CONFIG.slice(0, place)}${changed}\n${CONFIG.slice(place)}`)

    await home.awsFiles.removeProfile('dev')
    expect(home.read('config')).toBe(CONFIG)
    const edits = await home.awsFiles.edits()
    expect(edits.map(({ description }) => description.split(' ')[0])).toEqual(['Remove', 'Write', 'Write'])
    await home.awsFiles.undo(edits[0]?.operation ?? '')
    expect(home.read('config')).toBe(`${CONFIG.slice(0, place)}${changed}\n${CONFIG.slice(place)}`)
  })

  it('is shown whole, and its longest chain resolved', async () => {
    const { profiles, problems } = await filesService().show('js-sdk')
    expect(Object.keys(profiles)).toHaveLength(PROFILES + 1)
    expect(profiles['p-12345']).toEqual({
      role_arn: 'arn:aws:iam::123456789012:role/r-12345',
      source_profile: 'p-12335',
      region: 'r-12345',
    })
    expect(problems).toEqual([])
    const { sourceProfile, source, roles } = await filesService().chain('p-19999')
    expect([sourceProfile, source.kind]).toEqual(['default', 'access-key'])
    expect(roles.map(({ profile }) => profile)).toEqual(Array.from({ length: 2000 }, (_, link) => `p-${link * 10 + 9}`))
  })

  it('is read alike by every reader with static keys beside it', async () => {
    const keys = Array.from(
      { length: PROFILES },
      (_, index) => `[k-${index}]\naws_access_key_id = A\naws_secret_access_key = b\n\n`,
    )
    home.write('credentials', keys.join(''))
    await home.awsFiles.writeProfile(staticTarget())
    for (const read of Object.values(READERS)) {
      const config = read(Buffer.from(home.read('config') ?? ''), 'config')
      const credentials = read(Buffer.from(home.read('credentials') ?? ''), 'credentials')
      expect([config.profiles.size, config.rejected]).toEqual([PROFILES + 2, false])
      expect([credentials.profiles.size, credentials.rejected]).toEqual([PROFILES + 1, false])
      expect(credentials.profiles.get('dev')?.get('aws_access_key_id')).toBe('ASIAQWERTYUIOPASDFGH')
      expect(config.profiles.get('dev')?.get('region')).toBe('eu-west-1')
    }
    await home.awsFiles.clearStaticKeys('dev')
    expect(home.read('credentials')).toBe(keys.join(''))
  })

  it.each([
    ['a section that comes twice', sectionOf(3), /line 100007.*\[profile p-3\] is already there on line 22/],
    ['a line without =', '[profile last]\njunk\n', /line 100008.*no =/],
    ['a key that comes twice', '[profile last]\nx = 1\nx = 2\n', /line 100009.*already set on line 100008/],
  ])('is refused for %s at its very end', async (_, tail, message) => {
    home.write('config', CONFIG + tail)
    await expect(home.awsFiles.writeProfile(processTarget())).rejects.toMatchObject({
      code: 'file.unparsable',
      message: expect.stringMatching(message),
    })
    expect(home.read('config')).toBe(CONFIG + tail)
  })
})
