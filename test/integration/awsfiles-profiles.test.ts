/** Owned profiles in real files: what is written, what is refused, and that both real SDK readers agree. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acceptedConfig } from '../unit/core/awsfiles/support/arbitraries.ts'
import {
  type AwsHome,
  createAwsHome,
  credentials,
  processTarget,
  SECRET,
  staticTarget,
  TOKEN,
} from '../unit/core/awsfiles/support/aws-home.ts'
import {
  askBotocore,
  askJsSdk,
  botocoreMissing,
  type FilePair,
  type PlainProfiles,
  withFiles,
} from '../unit/core/awsfiles/support/real-readers.ts'

let home: AwsHome
beforeEach(() => {
  home = createAwsHome()
})
afterEach(() => home.dispose())

const PROCESS_LINE = 'credential_process = "/opt/state/bin/hallpass" credential-process "dev admin"'
const PROCESS_SECTION = `[profile dev]
# Managed by Hallpass (hallpass profile remove dev)
${PROCESS_LINE}
region = eu-west-1
`
const STATIC_CONFIG = `[profile dev]
# Managed by Hallpass (hallpass profile remove dev)
region = eu-west-1
`
const STATIC_CREDENTIALS = `[dev]
# Managed by Hallpass (hallpass profile remove dev)
# Expires 2026-11-24T05:00:00Z, key ASIAQWERTYUIOPASDFGH
aws_access_key_id = ASIAQWERTYUIOPASDFGH
aws_secret_access_key = ${SECRET}
aws_session_token = ${TOKEN}
`

describe('writing', () => {
  it('creates the folder and the config file for the owner alone', async () => {
    await home.awsFiles.writeProfile(processTarget())
    expect(home.read('config')).toBe(PROCESS_SECTION)
    expect(home.read('credentials')).toBeUndefined()
    expect(statSync(home.config).mode & 0o777).toBe(0o600)
    expect(statSync(join(home.home, '.aws')).mode & 0o777).toBe(0o700)
  })

  it('writes static keys to the credentials file', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    expect(home.read('config')).toBe(STATIC_CONFIG)
    expect(home.read('credentials')).toBe(STATIC_CREDENTIALS)
    expect(statSync(home.credentials).mode & 0o777).toBe(0o600)
  })

  it('leaves everything else as it was', async () => {
    const config = '# mine\r\n[default]\r\nregion=us-east-1\r\n\r\n[profile other]\r\ns3 =\r\n  a = b'
    home.write('config', config)
    await home.awsFiles.writeProfile(processTarget())
    const section = PROCESS_SECTION.replaceAll(' = "', '="').replace('region = ', 'region=').trimEnd()
    expect(home.read('config')).toBe(`${config}\r\n\r\n${section.replaceAll('\n', '\r\n')}`)
    await home.awsFiles.removeProfile('dev')
    expect(home.read('config')).toBe(config)
  })

  it('writes nothing when nothing changes', async () => {
    await home.awsFiles.writeProfile(processTarget())
    const { ino, mtimeNs } = statSync(home.config, { bigint: true })
    await home.awsFiles.writeProfile(processTarget())
    expect(statSync(home.config, { bigint: true })).toMatchObject({ ino, mtimeNs })
  })

  it('updates its section in place and keeps what the person added to it', async () => {
    await home.awsFiles.writeProfile(processTarget())
    home.write('config', `${home.read('config')}output = json # mine\n# my note\n\n[profile other]\nregion = r\n`)
    await home.awsFiles.writeProfile(processTarget({ region: 'eu-north-1' }))
    expect(home.read('config')).toBe(
      `${PROCESS_SECTION.replace('eu-west-1', 'eu-north-1')}output = json # mine\n# my note\n\n[profile other]\nregion = r\n`,
    )
    await home.awsFiles.removeProfile('dev')
    expect(home.read('config')).toBe('[profile dev]\noutput = json # mine\n# my note\n\n[profile other]\nregion = r\n')
  })

  it('takes its section back when the marker was lost', async () => {
    await home.awsFiles.writeProfile(processTarget())
    home.write('config', (home.read('config') ?? '').replace(/# Managed.*\n/, ''))
    await home.awsFiles.writeProfile(processTarget({ region: 'eu-north-1' }))
    expect(home.read('config')).toBe(PROCESS_SECTION.replace('eu-west-1', 'eu-north-1'))
  })

  it('removes static keys when the mode becomes process, and the process when it becomes static', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    await home.awsFiles.writeProfile(processTarget())
    expect(home.read('config')).toBe(`[profile dev]
# Managed by Hallpass (hallpass profile remove dev)
region = eu-west-1
${PROCESS_LINE}
`)
    expect(home.read('credentials')).toBe('')
    await home.awsFiles.writeProfile(staticTarget())
    expect(home.read('config')).toBe(STATIC_CONFIG)
    expect(home.read('credentials')).toBe(STATIC_CREDENTIALS)
  })

  it('writes [default] too when asked, keeps it in step, and removes it with the profile', async () => {
    await home.awsFiles.writeProfile(staticTarget({ makeDefault: true }))
    await home.awsFiles.writeProfile(processTarget())
    expect(home.read('config')?.match(/credential_process/g)).toHaveLength(2)
    expect(home.read('config')).toContain('[default]\n')
    expect(home.read('credentials')).toBe('')
    await home.awsFiles.removeProfile('dev')
    expect(home.read('config')).toBe('')
    expect(home.awsFiles.list()).toEqual([])
  })

  it('leaves an empty section of the person in the other file', async () => {
    home.write('credentials', '[dev]')
    await home.awsFiles.writeProfile(processTarget())
    await home.awsFiles.removeProfile('dev')
    expect(home.read('credentials')).toBe('[dev]')
  })

  it('keeps a section that the person put, indented, into one of Hallpass’s', async () => {
    // To the JS SDK that is a section, to botocore more of the value above it.
    const theirs = '  [theirs]\n  aws_access_key_id = AKIATHEIRS\n'
    await home.awsFiles.writeProfile(staticTarget())
    home.write('credentials', STATIC_CREDENTIALS + theirs)
    await home.awsFiles.removeProfile('dev')
    expect(home.read('credentials')).toBe(theirs)
  })

  it('removes it all the same when botocore could not read what would be left', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    home.write('credentials', `${STATIC_CREDENTIALS}  [theirs]\n  words\n[x]\ny = 1\n`)
    await home.awsFiles.removeProfile('dev')
    expect(home.read('credentials')).toBe('[x]\ny = 1\n')
  })

  it('keeps its header where that keeps two sections of the person apart', async () => {
    home.write('credentials', '[before]\nx = 1\n')
    await home.awsFiles.writeProfile(staticTarget())
    home.write('credentials', `${home.read('credentials')}  [after]\n  y = 2\n`)
    await home.awsFiles.removeProfile('dev')
    expect(home.read('credentials')).toBe('[before]\nx = 1\n\n[dev]\n  [after]\n  y = 2\n')
  })

  it('refuses a change that would change another profile', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    const split = STATIC_CREDENTIALS.replace('aws_session_token', ' [theirs]\naws_session_token')
    home.write('credentials', split)
    await expect(home.awsFiles.writeProfile(processTarget())).rejects.toMatchObject({
      code: 'file.unparsable',
      message: expect.stringContaining('a change of profile dev would change theirs for'),
    })
    expect(home.read('credentials')).toBe(split)
  })

  it('removes [default] alone when it is no longer wanted', async () => {
    await home.awsFiles.writeProfile(processTarget({ makeDefault: true }))
    await home.awsFiles.writeProfile(processTarget({ makeDefault: false }))
    expect(home.read('config')).toBe(PROCESS_SECTION)
    expect(home.awsFiles.list().map(({ profile }) => profile)).toEqual(['dev'])
  })

  it('keeps a record of what it wrote', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    expect(home.awsFiles.list()).toMatchObject([
      { profile: 'dev', target: 'role:1', mode: 'static', configFile: home.config, credentialsFile: home.credentials },
    ])
  })
})

describe('clearing static keys', () => {
  it('takes the keys away and leaves the profile', async () => {
    home.write('credentials', '[other]\naws_access_key_id = AKIA\naws_secret_access_key = s')
    await home.awsFiles.writeProfile(staticTarget())
    expect(await home.awsFiles.clearStaticKeys('dev')).toBe(true)
    expect(home.read('credentials')).toBe('[other]\naws_access_key_id = AKIA\naws_secret_access_key = s')
    expect(home.read('config')).toBe(STATIC_CONFIG)
    expect(await home.awsFiles.clearStaticKeys('dev')).toBe(false)
  })

  it('works on a file no SDK can read', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    home.write('credentials', `${home.read('credentials')}\ngarbage\n[x]\n[x]\n`)
    expect(await home.awsFiles.clearStaticKeys('dev')).toBe(true)
    expect(home.read('credentials')).not.toContain(SECRET)
    expect(home.read('credentials')).toContain('garbage\n[x]\n[x]\n')
  })

  it('leaves a long-term key that someone put in its place', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    const pasted = (home.read('credentials') ?? '').replace(/(aws_access_key_id = ).*/, '$1AKIAIOSFODNN7EXAMPLE')
    home.write('credentials', pasted)
    expect(await home.awsFiles.clearStaticKeys('dev')).toBe(false)
    expect(home.read('credentials')).toBe(pasted)
    await expect(home.awsFiles.writeProfile(staticTarget())).rejects.toMatchObject({ code: 'profile.not-owned' })
  })

  it('leaves no copy of a secret in the state folder', async () => {
    await home.awsFiles.writeProfile(staticTarget())
    await home.awsFiles.writeProfile(
      staticTarget({ region: 'eu-north-1', credentials: { ...credentials, accessKeyId: 'ASIA2' } }),
    )
    await home.awsFiles.clearStaticKeys('dev')
    const undo = readdirSync(join(home.stateHome, 'undo'))
    expect(undo.length).toBeGreaterThan(3)
    for (const name of undo) {
      const text = readFileSync(join(home.stateHome, 'undo', name), 'utf8')
      expect(text).not.toContain(SECRET)
      expect(text).not.toContain(TOKEN)
      expect(statSync(join(home.stateHome, 'undo', name)).mode & 0o777).toBe(0o600)
    }
  })
})

describe('what is not Hallpass’s', () => {
  const refused: [
    string,
    { config?: string; credentials?: string; mode?: 'static'; profile?: string },
    string,
    RegExp,
  ][] = [
    ['a profile of that name', { config: '\n[profile dev]\nregion = r\n' }, 'profile.not-owned', /config, line 2/],
    ['a quoted header', { config: '[profile "dev"]\nregion = r\n' }, 'profile.not-owned', /line 1/],
    ['a dotted header only the JS SDK reads', { config: '[profile.dev]\nregion = r\n' }, 'profile.not-owned', /line 1/],
    [
      'an indented header only the JS SDK reads',
      { config: '[profile x]\ny = 1\n  [profile dev]\nz = 1\n' },
      'profile.not-owned',
      /line 3/,
    ],
    [
      'a header after a no-break space',
      { config: '[profile x]\n\u00a0[profile dev]\nz = 1\n' },
      'profile.not-owned',
      /line 2/,
    ],
    [
      'static keys in the other file',
      { credentials: '[x]\n[dev]\naws_access_key_id = AKIA\n' },
      'profile.not-owned',
      /credentials, line 3/,
    ],
    ['a role in the other file', { credentials: '[dev]\nrole_arn = arn\n' }, 'profile.not-owned', /role_arn/],
    [
      'a section in the credentials file',
      { credentials: '[dev]\nx = 1\n', mode: 'static' },
      'profile.not-owned',
      /line 1/,
    ],
    ['somebody’s default', { config: '[default]\nregion = r\n', profile: 'default' }, 'profile.not-owned', /line 1/],
    [
      '[profile default]',
      { config: '[profile default]\nregion = r\n', profile: 'default' },
      'profile.not-owned',
      /line 1/,
    ],
    ['keys that leak from [DEFAULT]', { config: '[DEFAULT]\nrole_arn = arn\n' }, 'profile.not-owned', /config, line 2/],
    ['another Hallpass’s profile', { config: PROCESS_SECTION }, 'profile.not-owned', /another Hallpass/],
    ['a file botocore rejects', { config: '[a]\n[a]\n' }, 'file.unparsable', /config, line 2/],
    ['a byte order mark', { config: '\ufeff[a]\nx = 1\n' }, 'file.unparsable', /byte order mark/],
    ['an unreadable other file', { credentials: 'junk\n' }, 'file.unparsable', /credentials, line 1/],
    ['an unsafe name', { profile: 'my team' }, 'profile.unsafe-name', /my team/],
    ['DEFAULT', { profile: 'DEFAULT' }, 'profile.unsafe-name', /DEFAULT/],
  ]
  it.each(refused)('refuses %s and changes nothing', async (_, setup, code, message) => {
    for (const file of ['config', 'credentials'] as const) if (setup[file]) home.write(file, setup[file])
    const make = setup.mode === 'static' ? staticTarget : processTarget
    const target = make(setup.profile ? { profile: setup.profile } : {})
    await expect(home.awsFiles.writeProfile(target)).rejects.toMatchObject({ code })
    await expect(home.awsFiles.planProfile(target)).rejects.toThrow(message)
    expect(home.read('config')).toBe(setup.config)
    expect(home.read('credentials')).toBe(setup.credentials)
    expect(home.awsFiles.list()).toEqual([])
  })

  it('refuses a section of its own that now gets credentials from elsewhere', async () => {
    await home.awsFiles.writeProfile(processTarget())
    const edited = (home.read('config') ?? '').replace(/credential_process.*/, 'credential_process = /usr/bin/other')
    home.write('config', edited)
    await expect(home.awsFiles.writeProfile(processTarget())).rejects.toMatchObject({ code: 'profile.not-owned' })
    await home.awsFiles.removeProfile('dev')
    expect(home.read('config')).toBe(edited)
  })

  it('does not remove it', async () => {
    home.write('config', '[profile dev]\nregion = r\n')
    await expect(home.awsFiles.removeProfile('dev')).rejects.toMatchObject({ code: 'profile.not-owned' })
    await expect(home.awsFiles.removeProfile('none')).rejects.toMatchObject({ code: 'profile.not-found' })
    expect(home.read('config')).toBe('[profile dev]\nregion = r\n')
  })

  it('puts the record back when the write fails', async () => {
    await home.awsFiles.writeProfile(processTarget())
    const before = home.awsFiles.list()
    home.write('credentials', 'junk')
    await expect(home.awsFiles.writeProfile(staticTarget())).rejects.toMatchObject({ code: 'file.unparsable' })
    expect(home.awsFiles.list()).toEqual(before)
  })
})

describe('plans', () => {
  it('show the change without secrets and touch nothing', async () => {
    home.write('config', '[profile other]\nregion = r\n')
    const plan = await home.awsFiles.planProfile(staticTarget())
    expect(plan.files).toEqual([home.config, home.credentials])
    expect(plan.diff).toBe(`--- ${home.config}
+++ ${home.config}
@@ -1,2 +1,6 @@
 [profile other]
 region = r
+
+[profile dev]
+# Managed by Hallpass (hallpass profile remove dev)
+region = eu-west-1
--- ${home.credentials}
+++ ${home.credentials}
@@ -0,0 +1,6 @@
+[dev]
+# Managed by Hallpass (hallpass profile remove dev)
+# Expires 2026-11-24T05:00:00Z, key ASIA••••DFGH
+aws_access_key_id = ASIA••••DFGH
+aws_secret_access_key = ••••
+aws_session_token = ••••
`)
    expect(home.read('config')).toBe('[profile other]\nregion = r\n')
    expect(home.read('credentials')).toBeUndefined()
  })

  it('are empty when nothing would change', async () => {
    await home.awsFiles.writeProfile(processTarget())
    expect(await home.awsFiles.planProfile(processTarget())).toEqual({ profile: 'dev', diff: '', files: [] })
  })
})

describe('the real readers', () => {
  interface Step {
    readonly before: FilePair
    readonly after: FilePair
    readonly mode: 'process' | 'static'
  }

  const bytes = (text: string | undefined) => Buffer.from(text ?? '')
  const pairOf = (from: AwsHome): FilePair => ({
    config: bytes(from.read('config')),
    credentials: bytes(from.read('credentials')),
  })

  async function makeSteps(count: number): Promise<Step[]> {
    const steps: Step[] = []
    for (const [config, mode] of fc.sample(fc.tuple(acceptedConfig, fc.constantFrom('process', 'static')), count)) {
      const each = createAwsHome()
      try {
        each.write('config', config)
        const before = pairOf(each)
        await each.awsFiles.writeProfile(mode === 'process' ? processTarget() : staticTarget())
        steps.push({ before, after: pairOf(each), mode: mode as Step['mode'] })
        await each.awsFiles.removeProfile('dev')
        expect(each.read('config')).toBe(config)
        expect(each.read('credentials') ?? '').toBe('')
      } finally {
        each.dispose()
      }
    }
    return steps
  }

  function expectOnlyOwnChange(before: PlainProfiles, after: PlainProfiles, mode: Step['mode']): void {
    const { dev, ...others } = after
    expect(others).toEqual({ ...before })
    expect(dev).toEqual(
      mode === 'process'
        ? { credential_process: PROCESS_LINE.slice('credential_process = '.length), region: 'eu-west-1' }
        : {
            region: 'eu-west-1',
            aws_access_key_id: credentials.accessKeyId,
            aws_secret_access_key: SECRET,
            aws_session_token: TOKEN,
          },
    )
  }

  it('see the profile, and everything else as before', async () => {
    const steps = await makeSteps(Number(process.env.HALLPASS_EDIT_FILES ?? 120))
    await withFiles(
      steps.flatMap(({ before, after }) => [before, after]),
      async (paths) => {
        const botocore = botocoreMissing ? undefined : askBotocore(paths)
        for (const [index, { mode }] of steps.entries()) {
          const [old, fresh] = [paths[2 * index], paths[2 * index + 1]] as [[string, string], [string, string]]
          expectOnlyOwnChange(await askJsSdk(old), await askJsSdk(fresh), mode)
          const [asked, answered] = [botocore?.[2 * index], botocore?.[2 * index + 1]]
          if (asked?.error !== undefined || answered?.error !== undefined) throw new Error('botocore refused a file')
          if (asked && answered) expectOnlyOwnChange(asked.profiles, answered.profiles, mode)
        }
      },
    )
  })
})
