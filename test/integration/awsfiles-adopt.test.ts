/** Adopting sections that somebody else wrote: what is replaced, what stays, and that every byte comes back. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAwsFiles } from '#core/awsfiles/index.ts'
import { acceptedConfig } from '../unit/core/awsfiles/support/arbitraries.ts'
import {
  type AwsHome,
  createAwsHome,
  processTarget,
  SECRET,
  silentLog,
  staticTarget,
  TOKEN,
} from '../unit/core/awsfiles/support/aws-home.ts'
import { createSteppingFileSystem, osError } from '../unit/core/awsfiles/support/stepping-fs.ts'

let home: AwsHome
beforeEach(() => {
  home = createAwsHome()
})
afterEach(() => home.dispose())

const LONG_TERM = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const PROCESS_LINE = 'credential_process = "/opt/state/bin/hallpass" credential-process "dev admin"'
const MARKER = '# Managed by Hallpass (hallpass profile remove dev)'

const CONFIG = `# top
[profile base]
region = us-east-1

[profile dev]
# how we get in
role_arn = arn:aws:iam::123456789012:role/dev   
source_profile=base
region = us-west-2
s3 =
  max_concurrent_requests = 20
mfa_serial = arn:aws:iam::1:mfa/x
output = json

[profile last]
region = eu-west-1`
const CREDENTIALS = `[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = ${LONG_TERM}

[dev]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key =
  ${LONG_TERM}
# mine
`

/** Everything below the state folder, as one text. */
function stateText(): string {
  if (!existsSync(home.stateHome)) return ''
  const files = readdirSync(home.stateHome, { recursive: true, withFileTypes: true }).filter((each) => each.isFile())
  return files.map((each) => readFileSync(join(each.parentPath, each.name), 'latin1')).join('\n')
}

describe('adopting', () => {
  it('replaces what says where credentials come from, and nothing else', async () => {
    home.write('config', CONFIG)
    home.write('credentials', CREDENTIALS)
    const record = await home.awsFiles.adoptProfile(processTarget())
    expect(home.read('config')).toBe(`# top
[profile base]
region = us-east-1

[profile dev]
${MARKER}
# how we get in
region = us-west-2
s3 =
  max_concurrent_requests = 20
output = json
${PROCESS_LINE}

[profile last]
region = eu-west-1`)
    expect(home.read('credentials')).toBe(`[base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = ${LONG_TERM}

[dev]
# mine
`)
    expect(record).toMatchObject({
      profile: 'dev',
      adopted: { files: { config: home.config, credentials: home.credentials }, ownRegion: true },
    })
    expect(home.awsFiles.list()).toEqual([record])
  })

  it('keeps what it replaced in the vault alone', async () => {
    home.write('config', `${CONFIG}\n[profile x]\n`)
    home.write('credentials', CREDENTIALS)
    const { adopted } = await home.awsFiles.adoptProfile(processTarget())
    expect([...home.vault.entries.keys()]).toEqual([adopted?.entry])
    expect(home.vault.entries.get(adopted?.entry ?? '')).toContain(LONG_TERM)
    expect(stateText()).not.toContain(LONG_TERM)
    expect(stateText()).not.toContain('source_profile')
    expect(JSON.stringify(home.awsFiles.list())).not.toContain(LONG_TERM)
  })

  it('shows what it would do, without secrets, and touches nothing', async () => {
    home.write('config', CONFIG)
    home.write('credentials', CREDENTIALS)
    const plan = await home.awsFiles.planAdoption(processTarget())
    expect(plan.files).toEqual([home.config, home.credentials])
    expect(plan.diff).toContain('-role_arn = arn:aws:iam::123456789012:role/dev')
    expect(plan.diff).toContain(`+${PROCESS_LINE}`)
    expect(plan.diff).not.toContain(LONG_TERM)
    expect([home.read('config'), home.read('credentials')]).toEqual([CONFIG, CREDENTIALS])
    expect([home.awsFiles.list(), home.vault.entries.size]).toEqual([[], 0])
  })

  it.each([
    ['nothing of that name', {}, 'profile.not-found'],
    ['a section no SDK would see it in', { config: '[profile.dev]\nrole_arn = r\n' }, 'file.unparsable'],
    ['several sections', { config: '[profile dev]\nx = 1\n[profile "dev"]\ny = 1\n' }, 'file.unparsable'],
    [
      'keys that leak in from elsewhere',
      { config: '[DEFAULT]\nrole_arn = r\n[profile dev]\nx = 1\n' },
      'profile.not-owned',
    ],
  ] as const)('refuses %s, and leaves all as it was', async (_, setup: { config?: string }, code) => {
    if (setup.config) home.write('config', setup.config)
    await expect(home.awsFiles.adoptProfile(processTarget())).rejects.toMatchObject({ code })
    expect(home.read('config')).toBe(setup.config)
    expect([home.awsFiles.list(), home.vault.entries.size]).toEqual([[], 0])
  })

  it('refuses a profile that is Hallpass’s already', async () => {
    await home.awsFiles.writeProfile(processTarget())
    await expect(home.awsFiles.adoptProfile(processTarget())).rejects.toMatchObject({ code: 'profile.in-use' })
  })

  it('changes nothing while the vault is out of reach', async () => {
    home.write('config', CONFIG)
    const vault = { ...home.vault, put: () => Promise.reject(osError('locked')) }
    const { home: folder, stateHome, profiles } = home
    const files = createAwsFiles({ env: {}, home: folder, stateHome, profiles, vault, clock: Date.now, log: silentLog })
    await expect(files.adoptProfile(processTarget())).rejects.toThrow('locked')
    expect([home.read('config'), files.list()]).toEqual([CONFIG, []])
  })

  it('takes over [default], another Hallpass’s section, and one that the person has rewritten', async () => {
    home.write('config', '[default]\nregion = r\nsource_profile = a\nrole_arn = b\n')
    await home.awsFiles.adoptProfile(processTarget({ profile: 'default' }))
    expect(home.read('config')).toContain(`region = r\n${PROCESS_LINE}`)
    await home.awsFiles.removeProfile('default')
    expect(home.read('config')).toBe('[default]\nregion = r\nsource_profile = a\nrole_arn = b\n')

    const foreign = `[profile dev]\n${MARKER}\ncredential_process = "/other/bin/hallpass" credential-process "x"\nregion = r\n`
    home.write('config', foreign)
    await home.awsFiles.adoptProfile(processTarget())
    expect(home.read('config')).toContain(PROCESS_LINE)
    await home.awsFiles.removeProfile('dev')
    expect(home.read('config')).toBe(foreign)

    home.write('config', '')
    await home.awsFiles.writeProfile(processTarget())
    const rewritten = (home.read('config') ?? '').replace(/credential_process.*/, 'credential_process = /usr/bin/other')
    home.write('config', rewritten)
    await home.awsFiles.adoptProfile(processTarget())
    expect(home.read('config')).toContain(PROCESS_LINE)
    await home.awsFiles.removeProfile('dev')
    expect(home.read('config')).toBe(rewritten)
  })
})

describe('an adopted profile', () => {
  it('keeps the person’s region, and what was replaced, through every later write', async () => {
    home.write('config', CONFIG)
    home.write('credentials', CREDENTIALS)
    await home.awsFiles.adoptProfile(staticTarget())
    expect(home.read('credentials')).toContain(SECRET)
    await home.awsFiles.clearStaticKeys('dev')
    expect(home.read('credentials')).not.toContain(TOKEN)
    await home.awsFiles.writeProfile(processTarget({ region: 'eu-north-1' }))
    await home.awsFiles.writeProfile(staticTarget())
    expect(home.read('config')).toContain(`[profile dev]\n${MARKER}\n# how we get in\nregion = us-west-2\n`)
    expect(await home.awsFiles.removeProfile('dev')).toEqual({ profile: 'dev', restored: 'whole' })
    expect([home.read('config'), home.read('credentials')]).toEqual([CONFIG, CREDENTIALS])
    expect([home.awsFiles.list(), home.vault.entries.size]).toEqual([[], 0])
  })

  it('comes back around what the person has changed since', async () => {
    home.write('config', CONFIG)
    home.write('credentials', CREDENTIALS)
    await home.awsFiles.adoptProfile(processTarget())
    const edited = (home.read('config') ?? '')
      .replace('[profile base]', '# new\n\n[profile base]')
      .replace('us-west-2', 'us-west-1')
      .replace('output = json', 'output = json\nmax_attempts = 3')
    home.write('config', edited)
    home.write('credentials', (home.read('credentials') ?? '').replace('[dev]\n# mine\n', ''))
    await home.awsFiles.removeProfile('dev')
    const config = home.read('config') ?? ''
    expect(config).toContain('# new\n\n[profile base]')
    const section = config.slice(config.indexOf('[profile dev]'), config.indexOf('[profile last]'))
    expect(section.trim().split('\n').toSorted()).toEqual(
      [
        '[profile dev]',
        '# how we get in',
        'role_arn = arn:aws:iam::123456789012:role/dev   ',
        'source_profile=base',
        'region = us-west-1',
        's3 =',
        '  max_concurrent_requests = 20',
        'mfa_serial = arn:aws:iam::1:mfa/x',
        'output = json',
        'max_attempts = 3',
      ].toSorted(),
    )
    expect(home.read('credentials')).toMatch(
      new RegExp(`\\[dev\\]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key =\n  ${LONG_TERM}\n`),
    )
  })

  it('is removed although what it was before is lost, and says so', async () => {
    home.write('config', CONFIG)
    await home.awsFiles.adoptProfile(processTarget())
    home.vault.entries.clear()
    expect(await home.awsFiles.removeProfile('dev')).toEqual({ profile: 'dev', restored: 'lost' })
    expect(home.read('config')).toContain('[profile dev]\n# how we get in\nregion = us-west-2\n')
    expect(home.awsFiles.list()).toEqual([])
  })

  it('is not removed while the vault is locked', async () => {
    home.write('config', CONFIG)
    await home.awsFiles.adoptProfile(processTarget())
    const adopted = home.read('config')
    const vault = { ...home.vault, get: () => Promise.reject(osError('locked')) }
    const { home: folder, stateHome, profiles } = home
    const files = createAwsFiles({ env: {}, home: folder, stateHome, profiles, vault, clock: Date.now, log: silentLog })
    await expect(files.removeProfile('dev')).rejects.toThrow('locked')
    expect([home.read('config'), files.list().length]).toEqual([adopted, 1])
  })
})

describe('a failure or a crash', () => {
  it.each([
    ['a role', CONFIG],
    ['no credentials of its own', '[profile dev]\ns3 =\n  a = b\nduration_seconds = 900'],
  ])('at any step leaves the old files or a profile whose removal brings them back: %s', async (_, config) => {
    let calls = 0
    const setUp = () => {
      home.dispose()
      home = createAwsHome()
      home.write('config', config)
      home.write('credentials', CREDENTIALS)
    }
    const filesWith = (stop: (number: number) => void) => {
      const fs = createSteppingFileSystem((_, number) => stop(number))
      const { home: folder, stateHome, profiles, vault } = home
      return createAwsFiles({ env: {}, home: folder, stateHome, profiles, vault, clock: Date.now, log: silentLog, fs })
    }
    setUp()
    await filesWith((number) => {
      calls = number + 1
    }).adoptProfile(processTarget())
    expect(calls).toBeGreaterThan(30)
    let failed = 0
    for (let step = 0; step < calls; step++) {
      for (const isCrash of [false, true]) {
        setUp()
        const files = filesWith((number) => {
          // A crash: this call and all that follow, those of the way back included, do not happen.
          if (isCrash ? number >= step : number === step) throw osError('EIO')
        })
        const done = await files.adoptProfile(processTarget()).then(
          () => true,
          () => false,
        )
        if (!done && !isCrash) {
          expect([home.read('config'), home.read('credentials')], `step ${step}`).toEqual([config, CREDENTIALS])
          expect([home.awsFiles.list(), home.vault.entries.size], `step ${step}`).toEqual([[], 0])
          failed++
          continue
        }
        if (home.awsFiles.list().length > 0) await home.awsFiles.removeProfile('dev')
        expect([home.read('config'), home.read('credentials')], `step ${step}, crash`).toEqual([config, CREDENTIALS])
      }
    }
    expect(failed).toBeGreaterThan(10)
  })

  it('half way is made good by adopting again', async () => {
    home.write('config', CONFIG)
    home.write('credentials', CREDENTIALS)
    const { home: folder, stateHome, profiles, vault } = home
    let renames = 0
    let isDead = false
    const fs = createSteppingFileSystem((call) => {
      if (call === 'rename') renames++
      isDead ||= renames === 2
      if (isDead) throw osError('EIO')
    })
    const files = createAwsFiles({
      env: {},
      home: folder,
      stateHome,
      profiles,
      vault,
      clock: Date.now,
      log: silentLog,
      fs,
    })
    await expect(files.adoptProfile(processTarget())).rejects.toMatchObject({ code: expect.stringMatching(/^file/) })
    expect(home.read('config')).toContain(PROCESS_LINE)
    expect(home.read('credentials')).toBe(CREDENTIALS)
    await home.awsFiles.adoptProfile(processTarget())
    expect(home.read('credentials')).not.toContain('AKIAI44QH8DHBEXAMPLE')
    expect(vault.entries.size).toBe(1)
    await home.awsFiles.removeProfile('dev')
    expect([home.read('config'), home.read('credentials')]).toEqual([CONFIG, CREDENTIALS])
  })
})

describe('any section', () => {
  const routeLine = fc.constantFrom(
    'role_arn = arn:aws:iam::1:role/x',
    'source_profile=base',
    'credential_process = /bin/other --flag',
    'region = us-west-2',
    'output = json',
    's3 =\n  a = b',
    '# comment',
    '  ; indented comment',
    '',
    'sso_session = corp',
    'duration_seconds = 900',
    'x = continued\n\tmore\n\n  still more',
    'web_identity_token_file =\n  /tmp/x',
  )
  const keyOf = (line: string) => (/^[#;\s]|^$/.test(line) ? line + Math.random() : line.split(/[ =]/)[0])
  const body = fc.uniqueArray(routeLine, { selector: keyOf, maxLength: 9 })
  const eol = fc.constantFrom('\n', '\r\n')

  it('comes back byte for byte, whatever was written meanwhile', async () => {
    const runs = Number(process.env.HALLPASS_ADOPT_RUNS ?? 150)
    let adopted = 0
    await fc.assert(
      fc.asyncProperty(acceptedConfig, acceptedConfig, body, eol, fc.boolean(), fc.boolean(), async (...drawn) => {
        const [before, after, lines, ending, isClosed, isStatic] = drawn
        const own = ['[profile dev]', ...lines.join('\n').split('\n')].join(ending)
        const config = `${before.toString()}${ending}${own}${isClosed ? `${ending}${after.toString()}` : ''}`
        const each = createAwsHome()
        try {
          each.write('config', config)
          const [first, second] = isStatic ? [staticTarget(), processTarget()] : [processTarget(), staticTarget()]
          const isPossible = await each.awsFiles.planAdoption(first).then(
            () => true,
            () => false,
          )
          if (!isPossible) return
          adopted++
          await each.awsFiles.adoptProfile(first)
          await each.awsFiles.writeProfile(second)
          await each.awsFiles.clearStaticKeys('dev')
          await each.awsFiles.removeProfile('dev')
          expect(each.read('config')).toBe(config)
          expect(each.read('credentials') ?? '').toBe('')
          expect(each.vault.entries.size).toBe(0)
        } finally {
          each.dispose()
        }
      }),
      { numRuns: runs },
    )
    expect(adopted).toBeGreaterThan(runs / 10)
  }, 600_000)
})
