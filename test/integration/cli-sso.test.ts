/** `hallpass sso`: signing in with a browser and with a code, discovering, starting what was found, and signing out. */
import { appendFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { DiscoveryReport } from '#shared/identity-center-view.ts'
import type { RoleSummary } from '#shared/role-list.ts'
import { awsClis } from '../support/aws-clis.ts'
import { builtCli } from './cli-support/built.ts'
import { makeOpener } from './cli-support/opener.ts'
import { runProgram } from './cli-support/run.ts'
import { type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario
let browsers: string

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  browsers = join(scenario.folder, 'browsers')
  mkdirSync(browsers)
})
afterAll(async () => {
  await scenario?.end()
})

const browser = (deed: 'follows' | 'fails') => makeOpener(join(browsers, deed), deed)
const answer = (how: 'ask' | 'allow' | 'deny') => scenario.account.control.apply({ identityCenter: { answer: how } })
const { startUrl, region } = { startUrl: () => scenario.account.identityCenter.startUrl, region: 'eu-west-1' }
const codeOf = (stderr: string) =>
  (JSON.parse(stderr.trim().split('\n').at(-1) ?? '{}') as { error?: { code?: string } }).error?.code
const list = async () =>
  (await scenario.json(['sso', 'list', '--json'])) as { name: string; signedInUntil: string | null }[]
const roles = async () => (await scenario.json(['role', 'list', '--json'])) as RoleSummary[]
const calls = (what: string) => scenario.account.calls().filter(({ action }) => action === what).length

describe('a sign-in', () => {
  it('is added, and asks nobody', async () => {
    const added = await scenario.json(['sso', 'add', 'corp', '--start-url', startUrl(), '--region', region, '--json'])
    expect(added).toMatchObject({ name: 'corp', kind: 'identity-center', startUrl: startUrl(), ssoRegion: region })
    expect(await list()).toMatchObject([{ name: 'corp', signedInUntil: null }])
    const again = await scenario.run(['sso', 'add', 'CORP', '--start-url', startUrl(), '--region', region, '--json'])
    expect(again.exitCode).toBe(8)
    expect(codeOf(again.stderr)).toBe('name.taken')
  })

  it.each([
    ['http://corp.awsapps.com/start', region],
    ['https://user:word@corp.awsapps.com/start', region],
    ['javascript:alert(1)', region],
    ['https://corp.awsapps.com/start', 'nowhere'],
  ])('is not added with %s in %s', async (url, where) => {
    const run = await scenario.run(['sso', 'add', 'other', '--start-url', url, '--region', where, '--json'])
    expect(run.exitCode).toBe(2)
    expect(codeOf(run.stderr)).toBe('input.invalid')
  })

  it('is needed before anything is read or started, and nothing opens a browser for that', async () => {
    const run = await scenario.run(['sso', 'discover', 'corp', '--json'], { env: browser('follows') })
    expect(run.exitCode).toBe(7)
    expect(codeOf(run.stderr)).toBe('sso.sign-in-needed')
    expect(run.stderr).toContain('hallpass sso login corp')
    expect(readdirSync(join(browsers, 'follows'))).not.toContain('opened')
  })

  it('that the person refuses, or that no browser shows, says so', async () => {
    answer('deny')
    const refused = await scenario.run(['sso', 'login', 'corp', '--json'], { env: browser('follows') })
    expect(refused.exitCode).toBe(4)
    expect(codeOf(refused.stderr)).toBe('sso.sign-in-denied')
    const shut = await scenario.run(['sso', 'login', 'corp', '--json'], { env: browser('fails') })
    expect(shut.exitCode).toBe(1)
    expect(codeOf(shut.stderr)).toBe('browser.unavailable')
    expect(await list()).toMatchObject([{ name: 'corp', signedInUntil: null }])
  })

  it('goes through the browser, once', async () => {
    answer('allow')
    const run = await scenario.run(['sso', 'login', 'corp', '--json'], { env: browser('follows') })
    expect(run).toMatchObject({ exitCode: 0 })
    expect(JSON.parse(run.stdout)).toMatchObject({ name: 'corp', renews: true })
    expect(readFileSync(join(browsers, 'follows/opened'), 'utf8').trim().split('\n')).toHaveLength(2)
    const [corp] = await list()
    expect(Date.parse(corp?.signedInUntil ?? '')).toBeGreaterThan(Date.now())
    // What it was given is nowhere in the state folder as it is.
    const secrets = scenario.account.issuedSecrets()
    const home = join(scenario.folder, 'hallpass')
    for (const file of readdirSync(home, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue
      const text = readFileSync(join(file.parentPath, file.name), 'latin1')
      expect(
        secrets.filter((secret) => text.includes(secret)),
        file.name,
      ).toEqual([])
    }
  })

  it('with a code shows it, and waits until it is confirmed elsewhere', async () => {
    answer('ask')
    scenario.account.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
    const run = await scenario.run(['sso', 'login', 'corp', '--device', '--json'], {
      env: browser('follows'),
      onStart: (child) => {
        let said = ''
        child.stderr?.on('data', (chunk: Buffer) => {
          said += chunk.toString()
          const code = /this code: (\S+)\n/.exec(said)?.[1]
          if (code) scenario.account.control.apply({ identityCenter: { allowDevice: code } })
        })
      },
    })
    expect(run).toMatchObject({ exitCode: 0 })
    expect(run.stderr).toMatch(/Open https?:.*\n.*this code: [A-Z0-9]+-[A-Z0-9]+/s)
    expect(readFileSync(join(browsers, 'follows/opened'), 'utf8').trim().split('\n')).toHaveLength(2)
  })
})

describe('what comes with it', () => {
  it('is shown first, changing nothing', async () => {
    const before = await roles()
    const report = (await scenario.json([
      'sso',
      'discover',
      'corp',
      '--profiles',
      '--dry-run',
      '--json',
    ])) as DiscoveryReport
    expect(report).toMatchObject({ isComplete: true, gone: [], problem: null })
    expect(report.accounts).toBe(scenario.account.identityCenter.accounts.length)
    expect(report.filesDiff).toContain('+credential_process')
    expect(await roles()).toEqual(before)
  })

  it('is taken in with names, accounts, environments and profiles', async () => {
    const words = ['sso', 'discover', 'corp', '--environment', '*sandbox*=other', '--json']
    const report = (await scenario.json(words)) as DiscoveryReport
    const wanted = scenario.account.identityCenter.accounts.flatMap(({ accountId, roleNames }) =>
      roleNames.map((roleName) => ({ accountId, roleName })),
    )
    expect(report.added.map(({ accountId, roleName }) => ({ accountId, roleName }))).toEqual(
      expect.arrayContaining(wanted) as unknown,
    )
    expect(report.added).toHaveLength(wanted.length)
    const all = await roles()
    expect(all.filter(({ from }) => from === 'corp')).toHaveLength(wanted.length)
    expect(all.find(({ name }) => name.includes('sandbox'))).toMatchObject({ environment: 'other', profileMode: null })
    const again = (await scenario.json(['sso', 'discover', 'corp', '--json'])) as DiscoveryReport
    expect(again).toMatchObject({ added: [], gone: [], removed: [], filesDiff: '' })
    expect(await roles()).toEqual(all)
  })

  it('gets profiles on request, for roles that are there already too, in one edit that is shown first', async () => {
    const words = ['sso', 'discover', 'corp', '--profiles', '--json']
    // One of the names is somebody else's already.
    const [first] = (await roles()).filter(({ from }) => from === 'corp')
    appendFileSync(scenario.configFile, `\n[profile ${first?.name}]\nregion = eu-west-3\n`)
    const before = readFileSync(scenario.configFile, 'utf8')
    const planned = (await scenario.json([...words, '--dry-run'])) as DiscoveryReport
    expect(readFileSync(scenario.configFile, 'utf8')).toBe(before)
    const done = (await scenario.json(words)) as DiscoveryReport
    expect(done.filesDiff).toBe(planned.filesDiff)
    const all = (await roles()).filter(({ from }) => from === 'corp')
    expect(done.filesDiff.match(/^\+credential_process/gm)).toHaveLength(all.length)
    expect(all.every(({ profileMode }) => profileMode === 'process')).toBe(true)
    expect(all.find(({ name }) => name === first?.name)?.profile).toBe(`${first?.name}-2`)
    expect(readFileSync(scenario.configFile, 'utf8')).toContain(before.trimEnd())
  })

  it('starts, is kept, and is recorded', async () => {
    const [role] = (await roles()).filter(({ from }) => from === 'corp')
    const first = (await scenario.json(['assume', role?.name ?? '', '--format', 'json'])) as Record<string, unknown>
    expect(first).toMatchObject({ Version: 1, AccountId: role?.accountId })
    const asked = calls('sso:GetRoleCredentials')
    const second = await scenario.json(['assume', role?.name ?? '', '--format', 'json'])
    expect(second).toMatchObject({ AccessKeyId: first.AccessKeyId })
    expect(calls('sso:GetRoleCredentials')).toBe(asked)
    const log = (await scenario.json(['activity', 'list', '--limit', '0', '--json'])) as {
      kind: string
      name: string
    }[]
    expect(log.filter(({ name }) => name === role?.name).map(({ kind }) => kind)).toContain('session.started')
    expect(log.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['identity.added', 'identity.signed-in', 'identity.discovered']) as unknown,
    )
  })

  it('starts once for many that ask at the same time', async () => {
    const role = (await roles()).filter(({ from }) => from === 'corp')[1]
    const before = calls('sso:GetRoleCredentials')
    const runs = await Promise.all(
      Array.from({ length: 8 }, () => scenario.run(['credential-process', role?.name ?? ''])),
    )
    expect(runs.map(({ exitCode }) => exitCode)).toEqual(Array(8).fill(0))
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1)
    expect(calls('sso:GetRoleCredentials')).toBe(before + 1)
  })

  it('is an ordinary profile of the AWS CLI', async (context) => {
    const clis = awsClis()
    if (clis.length === 0) context.skip('no AWS CLI is installed here')
    const [role] = (await roles()).filter(({ from }) => from === 'corp')
    for (const { program } of clis) {
      const words = ['--profile', role?.profile ?? '', '--region', region, '--endpoint-url', scenario.account.endpoint]
      const run = await runProgram(program, [...words, 'sts', 'get-caller-identity'], { env: scenario.env })
      expect(run.exitCode, run.stderr).toBe(0)
      expect(JSON.parse(run.stdout)).toMatchObject({
        Account: role?.accountId,
        Arn: expect.stringMatching(/:assumed-role\/AWSReservedSSO_/) as unknown,
      })
    }
  })

  it('takes no duration, no read-only and no other ARN', async () => {
    const [role] = (await roles()).filter(({ from }) => from === 'corp')
    const name = role?.name ?? ''
    for (const words of [
      ['assume', name, '--duration', '2h', '--json'],
      ['assume', name, '--read-only', '--json'],
      ['role', 'edit', name, '--duration', '2h', '--json'],
      ['role', 'edit', name, '--arn', 'arn:aws:iam::123456789012:role/Other', '--json'],
      ['role', 'add', 'x', '--arn', 'arn:aws:iam::123456789012:role/Other', '--from', 'corp', '--json'],
    ]) {
      const run = await scenario.run(words)
      expect(run.exitCode, words.join(' ')).toBe(2)
      expect(codeOf(run.stderr)).toBe('input.invalid')
    }
    await scenario.json(['role', 'edit', name, '--region', 'eu-central-1', '--environment', 'prod', '--json'])
  })

  it('opens the console by the link of the portal, here the practice account’s, or a sign-in link of its session, and can’t be switched to', async () => {
    const [role] = (await roles()).filter(({ from }) => from === 'corp')
    const name = role?.name ?? ''
    const link = await scenario.run(['console', name, '--destination', 's3', '--region', 'eu-central-1', '--print'])
    const page = 'https://eu-central-1.console.aws.amazon.com/s3/home?region=eu-central-1'
    expect(link.stdout).toBe(
      `${scenario.account.endpoint}/start/console?account_id=${role?.accountId}&role_name=${role?.roleName}&destination=${encodeURIComponent(page)}\n`,
    )
    const signIn = await scenario.run(['console', name, '--via', 'sign-in', '--print'])
    expect(signIn.stdout, signIn.stderr).toContain('/federation?Action=login&')
    const run = await scenario.run(['switch-link', name, '--json'])
    expect(codeOf(run.stderr)).toBe('console.not-supported')
  })

  it('is where other roles are assumed from, for an hour at most', async () => {
    const { accounts } = scenario.account.identityCenter
    const source = (await roles()).find(({ from, roleName, accountId }) => {
      const name = accounts.find((account) => account.accountId === accountId)?.accountName
      return from === 'corp' && roleName === 'PowerUserAccess' && name === 'acme-staging'
    })
    const analyst = scenario.account.roles.find(({ name }) => name === 'DataAnalyst')
    await scenario.json(['role', 'add', 'analyst', '--arn', analyst?.arn ?? '', '--from', source?.name ?? '', '--json'])
    expect(await scenario.json(['assume', 'analyst', '--format', 'json'])).toMatchObject({
      AssumedRoleArn: expect.stringContaining(':assumed-role/DataAnalyst/') as unknown,
    })
  })

  it('that is gone is told, and goes with --prune, together with its profile', async () => {
    const victim = (await roles()).find(({ from, profileMode }) => from === 'corp' && profileMode === 'process')
    scenario.account.identityCenter.unassign(victim?.accountId ?? '', victim?.roleName ?? '')
    const told = (await scenario.json(['sso', 'discover', 'corp', '--json'])) as DiscoveryReport
    expect(told).toMatchObject({ gone: [{ name: victim?.name }], removed: [] })
    expect((await roles()).map(({ name }) => name)).toContain(victim?.name)
    expect(readFileSync(scenario.configFile, 'utf8')).toContain(`[profile ${victim?.profile}]`)
    const pruned = (await scenario.json(['sso', 'discover', 'corp', '--prune', '--json'])) as DiscoveryReport
    expect(pruned.removed).toEqual([victim?.name])
    expect((await roles()).map(({ name }) => name)).not.toContain(victim?.name)
    expect(readFileSync(scenario.configFile, 'utf8')).not.toContain(`[profile ${victim?.profile}]`)
  })

  it('can’t be had any more once somebody has signed out', async () => {
    const run = await scenario.run(['sso', 'logout', 'corp', '--json'])
    expect(run).toMatchObject({ exitCode: 0 })
    expect(calls('sso:Logout')).toBe(1)
    await scenario.json(['session', 'end', '--all', '--json'])
    const [role] = (await roles()).filter(({ from }) => from === 'corp')
    const start = await scenario.run(['assume', role?.name ?? '', '--json'])
    expect(start.exitCode).toBe(7)
    expect(codeOf(start.stderr)).toBe('sso.sign-in-needed')
  })

  it('goes with all its roles and profiles once that is confirmed, and not without', async () => {
    const alone = await scenario.run(['identity', 'remove', 'corp', '--json'])
    expect(codeOf(alone.stderr)).toBe('record.in-use')
    const unasked = await scenario.run(['identity', 'remove', 'corp', '--with-roles', '--json'])
    expect(unasked.exitCode).toBe(7)
    expect(await list()).toHaveLength(1)
    await scenario.json(['identity', 'remove', 'corp', '--with-roles', '--yes', '--json'])
    expect(await list()).toEqual([])
    // The one that was chained from it, too.
    expect(await roles()).toEqual([])
    expect(readFileSync(scenario.configFile, 'utf8')).not.toContain('credential_process')
  })
})
