/** The console by the command: which door, where to, and in which browser. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FakeBrowser, makeFakeBrowser } from '../support/fake-browser.ts'
import { builtCli } from './cli-support/built.ts'
import { PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const SWITCH =
  'https://signin.aws.amazon.com/switchrole?account=345678901234&roleName=PlatformAdmin&displayName=sandbox'

const cli = builtCli()
let scenario: Scenario
let firefox: FakeBrowser
let env: Record<string, string>

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  await scenario.json([
    'role',
    'add',
    'sandbox',
    '--arn',
    SANDBOX_ADMIN,
    '--from',
    'work',
    '--environment',
    'dev',
    '--json',
  ])
  await scenario.json([
    'role',
    'add',
    'partner',
    '--arn',
    PROD_READ_ONLY,
    '--from',
    'work',
    '--external-id',
    'acme-42',
    '--json',
  ])
  const home = join(scenario.folder, 'home')
  const profile = join(home, '.mozilla/firefox/x.work')
  mkdirSync(profile, { recursive: true })
  writeFileSync(join(profile, '../profiles.ini'), '[Profile0]\nName=work\nIsRelative=1\nPath=x.work\n')
  writeFileSync(join(profile, 'containers.json'), '{"identities":[{"public":true,"name":"acme"}]}')
  env = { PATH: join(home, 'bin'), HOME: home }
})
afterAll(() => scenario.end())

beforeEach(() => {
  const programs = join(scenario.folder, 'home/bin')
  rmSync(programs, { recursive: true, force: true })
  firefox = makeFakeBrowser(programs, 'firefox')
  scenario.account.control.apply({ clearCalls: true })
})

const run = (...words: string[]) => scenario.run(words, { env })

describe('hallpass console', () => {
  it('takes the door that suits, and says why it is not the usual one', async () => {
    const plain = await run('console', 'sandbox', '--browser', 'firefox')
    expect(plain).toMatchObject({ exitCode: 0, stdout: '', stderr: 'Opened the console for sandbox.\n' })
    expect((await firefox.started(1)).map(({ words }) => words)).toEqual([[SWITCH]])

    const partner = await run('console', 'partner', '--browser', 'firefox', '--browser-profile', 'work')
    expect(partner.exitCode).toBe(0)
    expect(partner.stderr).toContain('Taking the sign-in link. The role has an external id')
    const [, start] = await firefox.started(2)
    expect(start?.words.slice(0, 1)).toEqual(['--profile'])
    expect(start?.location).toContain(`${scenario.account.endpoint}/federation?Action=login`)
    expect(JSON.stringify(start?.words)).not.toContain('SigninToken')
    expect(partner.stderr).not.toContain('SigninToken')
  })

  it.runIf(process.platform === 'linux')('gives the system’s opener no secret: it is sent to the link', async () => {
    const opener = makeFakeBrowser(join(scenario.folder, 'home/bin'), 'xdg-open')
    expect(await run('console', 'sandbox')).toMatchObject({ exitCode: 0 })
    expect(await run('console', 'partner')).toMatchObject({ exitCode: 0, stdout: '' })
    const [plain, secret] = await opener.started(2)
    expect(plain?.words).toEqual([SWITCH])
    expect(secret?.words).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/)])
    expect(secret?.location).toContain(`${scenario.account.endpoint}/federation?Action=login`)

    makeFakeBrowser(join(scenario.folder, 'home/bin'), 'xdg-open', 'fail')
    const failed = await run('console', 'partner')
    expect(failed).toMatchObject({ exitCode: 1, stdout: '' })
    expect(failed.stderr).toContain('--via sign-in --print')
    expect(failed.stderr).not.toContain('SigninToken')
  })

  it('lists the doors with what speaks for them', async () => {
    const doors = await scenario.json(['console', 'partner', '--doors', '--json'], { env })
    expect(doors).toMatchObject([
      { door: 'sign-in', possible: true, reason: { code: 'external-id' } },
      { door: 'switch-role', possible: true, reason: { code: 'external-id' } },
      { door: 'identity-center', possible: false, reason: { code: 'no-identity-center' } },
    ])
    expect((await run('console', 'work', '--doors')).stdout).toMatch(/sign-in +proposed +One can switch to roles only/)
  })

  it('prints a secret only when it is asked for by name', async () => {
    for (const name of ['partner', 'work']) {
      const refused = await run('console', name, '--print')
      expect(refused).toMatchObject({ exitCode: 2, stdout: '' })
      expect(refused.stderr).toContain('--via sign-in')
    }
    expect((await run('console', 'partner', '--print', '--via', 'switch-role')).stdout).toContain('/switchrole?')
    expect((await run('console', 'work', '--print', '--via', 'sign-in')).stdout).toContain('SigninToken=')
  })

  it('goes to a service in a region, and nowhere else', async () => {
    const link = async (...words: string[]) => {
      const { stdout } = await run('console', 'sandbox', '--print', '--via', 'switch-role', ...words)
      return new URL(stdout.trim()).searchParams.get('redirect_uri')
    }
    expect(await link('--destination', 'dynamodb', '--region', 'eu-west-1')).toBe(
      'https://eu-west-1.console.aws.amazon.com/dynamodbv2/home?region=eu-west-1',
    )
    expect(await link('--region', 'eu-west-1')).toBe(
      'https://eu-west-1.console.aws.amazon.com/console/home?region=eu-west-1',
    )
    for (const words of [
      ['--region', 'cn-north-1'],
      ['--region', 'nowhere'],
      ['--destination', 'https://evil.example/'],
      ['--destination', 'https://console.amazonaws.cn/'],
      ['--destination', 'https://user:pw@console.aws.amazon.com/'],
      ['--destination', 'http://console.aws.amazon.com/'],
      ['--destination', 'https://console.aws.amazon.com/s3/home', '--region', 'eu-west-1'],
    ]) {
      expect(await run('console', 'sandbox', '--print', ...words)).toMatchObject({ exitCode: 2, stdout: '' })
      expect((await run('switch-link', 'sandbox', ...words)).exitCode).toBe(2)
    }
  })

  it('takes a service it does not know, and asks what was meant', async () => {
    const mistyped = await run('switch-link', 'sandbox', '--destination', 'lamda')
    expect(mistyped.exitCode).toBe(0)
    expect(mistyped.stdout).toContain('lamda%2Fhome')
    expect(mistyped.stderr).toContain('Did you mean lambda?')
  })

  it('says when a duration is not taken', async () => {
    const words = ['--via', 'sign-in', '--print', '--session-duration', '8h']
    expect((await run('console', 'sandbox', ...words)).stderr).not.toContain('duration')
    expect((await run('console', 'work', ...words)).stderr).toContain('lasts as long as the credentials')
    const wrong = await run('console', 'sandbox', '--via', 'sign-in', '--session-duration', '13h')
    expect(wrong).toMatchObject({ exitCode: 2 })
  })
})

describe('hallpass browser', () => {
  it('remembers a browser for an environment, which then opens its consoles', async () => {
    expect(await scenario.json(['browser', 'list', '--json'], { env })).toEqual({
      browsers: [
        {
          id: 'firefox',
          title: 'Firefox',
          canBePrivate: true,
          profiles: [{ id: 'work', title: 'work', containers: ['acme'] }],
        },
      ],
      notes: [],
      remembered: [],
    })
    const words = ['browser', 'set', '--environment', 'dev', '--browser', 'firefox', '--profile', 'work', '--private']
    const rule = { for: { environment: 'dev' }, use: { browser: 'firefox', profile: 'work', private: true } }
    expect(await scenario.json([...words, '--json'], { env })).toEqual(rule)
    expect((await run('browser', 'list')).stderr).toBe(
      'Consoles of sandbox open in firefox, profile work, private window.\n',
    )
    expect(await scenario.json(['console', 'sandbox', '--json'], { env })).toEqual({
      via: 'switch-role',
      opened: true,
      browser: rule.use,
    })
    expect((await firefox.started(1))[0]?.words).toEqual([
      '--profile',
      join(scenario.folder, 'home/.mozilla/firefox/x.work'),
      '--private-window',
      SWITCH,
    ])
    expect(await scenario.json(['browser', 'unset', '--environment', 'dev', '--json'], { env })).toEqual({
      for: { environment: 'dev' },
      forgotten: true,
    })
    expect((await run('console', 'sandbox')).stderr).toContain('No browser could be opened here')
  })

  it.each([
    ['set', '--browser', 'firefox'],
    ['set', '--account', '123456789012', '--environment', 'dev', '--browser', 'firefox'],
    ['set', '--environment', 'dev'],
    ['set', '--account', '12', '--browser', 'firefox'],
    ['set', '--environment', 'dev', '--browser', 'firefox', '--container', 'acme', '--private'],
    ['unset'],
  ])('refuses browser %s %s %s', async (...words) => {
    expect(await run('browser', ...words.filter((word) => word !== undefined))).toMatchObject({
      exitCode: 2,
      stdout: '',
    })
  })

  it('refuses what is not there, and a wish without a browser', async () => {
    expect((await run('browser', 'set', '--environment', 'dev', '--browser', 'chrome')).exitCode).toBe(3)
    const near = await run('console', 'sandbox', '--browser', 'firefox', '--browser-profile', 'worj')
    expect(near).toMatchObject({ exitCode: 3 })
    expect(near.stderr).toContain('Did you mean work?')
    expect((await run('console', 'partner', '--browser', 'chrome')).exitCode).toBe(3)
    // Nothing has been signed in, or noted, for a browser that is not there.
    expect(scenario.account.calls().filter(({ action }) => action.startsWith('federation:'))).toEqual([])
    expect((await run('console', 'sandbox', '--private')).exitCode).toBe(2)
    expect(firefox.starts()).toEqual([])
  })
})
