/** Both files together: who wins, what comes from where, and which file a problem is in. */
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realFileSystem } from '#core/awsfiles/file-system.ts'
import { mergeProfiles, readMergedProfiles } from '#core/awsfiles/merged-profiles.ts'
import type { ReaderName } from '#core/awsfiles/readers/types.ts'
import { type AwsHome, createAwsHome } from './support/aws-home.ts'

const FILES = { config: '/home/me/.aws/config', credentials: '/home/me/.aws/credentials' }
const merge = (config: string, credentials = '', reader: ReaderName = 'aws') =>
  mergeProfiles({ config: Buffer.from(config), credentials: Buffer.from(credentials) }, FILES, reader)

describe('mergeProfiles', () => {
  it.each(['aws', 'botocore', 'js-sdk'] as const)('lets credentials win key by key (%s)', (reader) => {
    const { profiles } = merge('[profile p]\nregion = a\noutput = json\n', '[p]\nregion = b\n[q]\nx = 1\n', reader)
    expect(Object.fromEntries(profiles.get('p') ?? [])).toEqual({ region: 'b', output: 'json' })
    expect([...profiles.keys()].toSorted()).toEqual(['p', 'q'])
  })

  it('takes sso-sessions and services from config', () => {
    const section = '[sso-session s]\nsso_region = r\n[services v]\ns3 =\n  a = b\n'
    expect([...merge(section).ssoSessions.keys()]).toEqual(['s'])
    expect([...merge(section).services.keys()]).toEqual(['v'])
    expect(merge('', section)).toMatchObject({ ssoSessions: new Map(), services: new Map() })
  })

  it('says which file a problem is in', () => {
    expect(merge('[default]\njunk\n', 'early\n').problems).toMatchObject([
      { file: FILES.config, line: 2, code: 'line.no-key' },
      { file: FILES.credentials, line: 1, code: 'line.before-section' },
    ])
  })
})

describe('readMergedProfiles', () => {
  let home: AwsHome
  beforeEach(() => {
    home = createAwsHome()
  })
  afterEach(() => home.dispose())

  it('reads missing files as empty', async () => {
    const merged = await readMergedProfiles(realFileSystem, home, 'aws')
    expect(merged).toMatchObject({ profiles: new Map(), problems: [] })
  })

  it('follows links', async () => {
    home.write('credentials', '[p]\nregion = b\n')
    writeFileSync(join(home.home, 'dotfile'), '[profile p]\noutput = json\n')
    symlinkSync(join(home.home, 'dotfile'), home.config)
    const { profiles } = await readMergedProfiles(realFileSystem, home, 'aws')
    expect(Object.fromEntries(profiles.get('p') ?? [])).toEqual({ region: 'b', output: 'json' })
  })

  it('refuses a folder in the place of a file', async () => {
    const files = { config: home.home, credentials: home.credentials }
    await expect(readMergedProfiles(realFileSystem, files, 'aws')).rejects.toMatchObject({ code: 'file.not-a-file' })
  })
})
