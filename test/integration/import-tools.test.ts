// Moving in from other tools: homes as those tools leave them, and after it roles that work for the AWS CLI.
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import keytar from 'keytar'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ImportPlan, ImportResult } from '#shared/import.ts'
import { awsClis } from '../support/aws-clis.ts'
import { session, workspaceText, writeLeappHome } from '../support/leapp-home.ts'
import { builtCli } from './cli-support/built.ts'
import { makeOpener } from './cli-support/opener.ts'
import { DANA, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let world: Scenario
let home: string

beforeEach(async () => {
  world = await startScenario(cli.entry)
  home = join(world.folder, 'home')
  mkdirSync(home)
})
afterEach(() => world.end())

const outcomes = ({ items }: ImportPlan) => items.map(({ profile, outcome }) => [profile, outcome])
const results = ({ items }: ImportResult) => items.map(({ profile, result }) => [profile, result])

/** Runs the command with the prepared home, and looks for the secret wherever it could have gone. */
async function run(words: readonly string[], more: Readonly<Record<string, string>> = {}, stdin?: string) {
  const done = await world.run(words, { env: { HOME: home, ...more }, ...(stdin === undefined ? {} : { stdin }) })
  const logs = join(world.folder, 'hallpass/logs')
  const files = existsSync(logs) ? readdirSync(logs) : []
  const texts = [done.stdout, done.stderr, ...files.map((file) => readFileSync(join(logs, file), 'utf8'))]
  for (const text of texts) expect(text).not.toContain(world.account.user(DANA).secretAccessKey)
  return done
}

async function json<T>(...given: Parameters<typeof run>): Promise<T> {
  const done = await run(...given)
  if (done.exitCode !== 0) throw new Error(`exit ${done.exitCode}: ${done.stderr}`)
  return JSON.parse(done.stdout) as T
}

/** The role's profile is written, and every AWS CLI of this machine is who it should be. */
async function expectWorks(role: string, arn: RegExp): Promise<void> {
  expect(await json(['assume', role, '--format', 'json'])).toMatchObject({ RoleArn: SANDBOX_ADMIN })
  await json(['profile', 'write', role, '--profile', 'moved-in', '--json'])
  expect(awsClis().length).toBeGreaterThan(0)
  const { endpoint } = world.account.describe()
  const words = ['sts', 'get-caller-identity', '--profile', 'moved-in', '--endpoint-url', endpoint]
  for (const { program } of awsClis()) {
    const { stdout } = await promisify(execFile)(program, words, { env: world.env })
    expect(JSON.parse(stdout).Arn).toMatch(arn)
  }
}
const SANDBOX_SESSION = /^arn:aws:sts::345678901234:assumed-role\/PlatformAdmin\//

/** A permission set in an account, and a role that can be assumed from it. */
function assigned() {
  const account = world.account.identityCenter.accounts.find(({ accountName }) => accountName === 'acme-staging')
  const behind = world.account.roles.find(({ name }) => name === 'DataAnalyst')?.arn ?? ''
  return { accountId: account?.accountId ?? '', roleName: 'PowerUserAccess', behind }
}

/** Nothing starts before a sign-in; after it both do, for the AWS CLI too. */
async function expectSignInWorks(center: string, role: string, behind: string): Promise<void> {
  const shut = await run(['assume', role, '--json'])
  expect(shut.exitCode).toBe(7)
  expect(shut.stderr).toContain(`hallpass sso login ${center}`)
  world.account.control.apply({ identityCenter: { answer: 'allow' } })
  await json(['sso', 'login', center, '--json'], makeOpener(join(world.folder, 'browser'), 'follows'))
  const { accountId, roleName } = assigned()
  expect(await json(['assume', role, '--format', 'json'])).toMatchObject({ AccountId: accountId })
  expect(await json(['assume', behind, '--format', 'json'])).toMatchObject({
    AssumedRoleArn: expect.stringContaining(':assumed-role/DataAnalyst/') as unknown,
  })
  await json(['profile', 'write', role, '--profile', 'moved-in', '--json'])
  const { endpoint } = world.account.describe()
  const words = ['sts', 'get-caller-identity', '--profile', 'moved-in', '--endpoint-url', endpoint]
  expect(awsClis().length).toBeGreaterThan(0)
  for (const { program } of awsClis()) {
    const { stdout } = await promisify(execFile)(program, words, { env: world.env })
    expect(JSON.parse(stdout).Arn).toContain(`:assumed-role/AWSReservedSSO_${roleName}_`)
  }
}

vi.setConfig({ testTimeout: 120_000 })

describe('the AWS files', () => {
  const viewer = (more: string) => {
    const { accountId, roleName } = assigned()
    return `${more}sso_account_id = ${accountId}\nsso_role_name = ${roleName}\nregion = eu-central-1\n`
  }
  const config = () => {
    const { startUrl } = world.account.identityCenter
    const place = `sso_start_url = ${startUrl}\nsso_region = eu-west-1\n`
    const { accountId } = assigned()
    return [
      `[sso-session corp]\n${place}`,
      `[profile view]\n${viewer('sso_session = corp\n')}`,
      `[profile behind]\nrole_arn = ${assigned().behind}\nsource_profile = view\n`,
      `[profile old]\nsso_start_url = ${startUrl}/\nsso_region = eu-west-1\nsso_account_id = ${accountId}\nsso_role_name = ReadOnlyAccess\n`,
    ].join('\n')
  }

  it('give roles of Identity Center with their sign-in, once, which work', async () => {
    writeFileSync(world.configFile, config())
    const records = await world.snapshot()
    const plan = await json<ImportPlan>(['import', 'aws-files', '--dry-run', '--json'])
    expect(outcomes(plan)).toEqual([
      ['view', 'role'],
      ['behind', 'role'],
      ['old', 'role'],
    ])
    const told = await run(['import', 'aws-files', '--dry-run'])
    expect(told.stderr.match(/Sign in with: hallpass sso login corp/g)).toHaveLength(1)
    expect(await world.snapshot()).toEqual(records)

    const chosen = await json<ImportResult>(['import', 'aws-files', '--profile', 'behind', '--json'])
    expect(results(chosen)).toEqual([
      ['view', 'added'],
      ['behind', 'added'],
      ['old', 'left-out'],
    ])
    await json(['import', 'aws-files', '--json'])
    expect(readFileSync(world.configFile, 'utf8')).toBe(config())
    expect(await json(['sso', 'list', '--json'])).toMatchObject([{ name: 'corp' }])
    expect(world.app.roles.show('view').role.settings).toMatchObject({ profile: 'view', region: 'eu-central-1' })
    const log = await json<{ kind: string; name: string }[]>(['activity', 'list', '--limit', '0', '--json'])
    const added = log.filter(({ kind }) => kind.endsWith('.added')).map(({ name }) => name)
    expect(added.toSorted()).toEqual(['behind', 'corp', 'old', 'view'])

    const after = await world.snapshot()
    expect(results(await json<ImportResult>(['import', 'aws-files', '--json']))).toEqual([
      ['view', 'known'],
      ['behind', 'known'],
      ['old', 'known'],
    ])
    expect(await world.snapshot()).toEqual(after)
    await expectSignInWorks('corp', 'view', 'behind')
  })

  it('whose Identity Center is here already use it', async () => {
    const { startUrl } = world.account.identityCenter
    await json(['sso', 'add', 'mine', '--start-url', `${startUrl}/`, '--region', 'eu-west-1', '--json'])
    writeFileSync(world.configFile, config())
    const { items } = await json<ImportResult>(['import', 'aws-files', '--json'])
    expect(items.map(({ from }) => from)).toEqual(['mine', 'view', 'mine'])
    expect(await json(['sso', 'list', '--json'])).toHaveLength(1)
  })
})

describe('Leapp', () => {
  const user = session('awsIamUser', 'Dana', { profileId: 'p-dana' })
  const role = session('awsIamRoleChained', 'Sandbox', {
    roleArn: SANDBOX_ADMIN,
    parentSessionId: user.sessionId,
    roleSessionName: 'assumed-from-leapp',
  })
  const sso = session('awsSsoRole', 'Viewer', { roleArn: SANDBOX_ADMIN, awsSsoConfigurationId: 'c' })
  const account = (which: string) => `${user.sessionId}-iam-user-aws-session-${which}`
  const profiles = [
    { id: 'p-default', name: 'default' },
    { id: 'p-dana', name: 'dana' },
  ]
  // Its Identity Center has been taken out of Leapp.
  const text = workspaceText([role, user, sso], profiles)

  afterEach(async () => {
    for (const which of ['access-key-id', 'secret-access-key']) await keytar.deletePassword('Leapp', account(which))
  })

  async function prepare(): Promise<string> {
    const { accessKeyId, secretAccessKey } = world.account.user(DANA)
    await keytar.setPassword('Leapp', account('access-key-id'), accessKeyId)
    await keytar.setPassword('Leapp', account('secret-access-key'), secretAccessKey)
    return writeLeappHome(home, text)
  }

  it('gives its keys and roles, which work, and loses nothing', async () => {
    const file = await prepare()
    const before = readFileSync(file, 'utf8')
    const records = await world.snapshot()
    expect(outcomes(await json(['import', 'leapp', '--dry-run', '--json']))).toEqual([
      ['Sandbox', 'role'],
      ['Dana', 'identity'],
      ['Viewer', 'skipped'],
    ])
    expect(await world.snapshot()).toEqual(records)
    expect(results(await json(['import', 'leapp', '--json']))).toEqual([
      ['Sandbox', 'added'],
      ['Dana', 'added'],
      ['Viewer', 'skipped'],
    ])
    await expectWorks('Sandbox', SANDBOX_SESSION)
    expect(results(await json(['import', 'leapp', '--json']))).toEqual([
      ['Sandbox', 'known'],
      ['Dana', 'known'],
      ['Viewer', 'skipped'],
    ])
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(await keytar.getPassword('Leapp', account('access-key-id'))).not.toBeNull()
  })

  it('gives the roles of its Identity Center, which work once somebody has signed in', async () => {
    const { startUrl } = world.account.identityCenter
    const { accountId, roleName, behind } = assigned()
    const viewer = session('awsSsoRole', 'Acme', {
      roleArn: `arn:aws:iam::${accountId}/${roleName}`,
      awsSsoConfigurationId: 'c-1',
    })
    const chained = session('awsIamRoleChained', 'Behind', { roleArn: behind, parentSessionId: viewer.sessionId })
    const center = { id: 'c-1', alias: 'corp', portalUrl: `${startUrl}/#/`, region: 'eu-west-1' }
    writeLeappHome(home, workspaceText([chained, viewer], profiles, [center]))
    const done = await json<ImportResult>(['import', 'leapp', '--json'])
    expect(results(done)).toEqual([
      ['Behind', 'added'],
      ['Acme', 'added'],
    ])
    expect(done.identityCenters).toMatchObject([{ name: 'corp', outcome: 'new' }])
    await expectSignInWorks('corp', 'Acme', 'Behind')
    const again = await json<ImportResult>(['import', 'leapp', '--json'])
    expect(results(again)).toEqual([
      ['Behind', 'known'],
      ['Acme', 'known'],
    ])
    expect(again.identityCenters).toMatchObject([{ name: 'corp', outcome: 'known' }])
  })

  it('of another computer is refused, and nothing has changed', async () => {
    await prepare()
    const file = writeLeappHome(home, text, 'of another computer')
    const records = await world.snapshot()
    const done = await run(['import', 'leapp', file, '--json'])
    expect(done.exitCode).toBe(2)
    expect(JSON.parse(done.stderr)).toMatchObject({ error: { code: 'import.other-machine' } })
    expect(await world.snapshot()).toEqual(records)
  })

  it('that is not there is said to be not there', async () => {
    expect((await run(['import', 'leapp'])).exitCode).toBe(3)
  })
})

describe('aws-vault', () => {
  const stored = () => {
    const { accessKeyId, secretAccessKey } = world.account.user(DANA)
    return JSON.stringify({
      AccessKeyID: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: '',
      ProviderName: '',
    })
  }
  const config = () =>
    `[profile dana]\nregion = eu-west-1\n[profile sandbox]\nrole_arn = ${SANDBOX_ADMIN}\nsource_profile = dana\n`

  it.runIf(process.platform === 'linux')('gives what it has in the keyring', async () => {
    // Its own collection can be made only by a person at a prompt; aws-vault can be told of another.
    const place = { AWS_VAULT_SECRET_SERVICE_COLLECTION_NAME: 'login' }
    const item = JSON.stringify({
      Key: 'dana',
      Data: Buffer.from(stored()).toString('base64'),
      Label: 'aws-vault (dana)',
    })
    const token = JSON.stringify({ Key: 'oidc:https://x', Data: 'e30=' })
    execFileSync('secret-tool', ['store', '--label=dana', 'profile', 'dana'], { input: item })
    execFileSync('secret-tool', ['store', '--label=oidc:https://x', 'profile', 'oidc:https://x'], { input: token })
    try {
      writeFileSync(world.configFile, config())
      const plan = await json<ImportPlan>(['import', 'aws-vault', '--dry-run', '--json'], place)
      const own = outcomes(plan).filter(([profile]) => profile === 'dana' || profile === 'sandbox')
      expect(own).toEqual([
        ['dana', 'identity'],
        ['sandbox', 'role'],
      ])
      expect(plan.items.map(({ profile }) => profile)).not.toContain('oidc:https://x')
      // Listed by gdbus, but nothing there to read them with.
      const bare = join(world.folder, 'bare')
      mkdirSync(bare)
      symlinkSync(execFileSync('which', ['gdbus'], { encoding: 'utf8' }).trim(), join(bare, 'gdbus'))
      const without = await run(['import', 'aws-vault', '--json'], { ...place, PATH: bare })
      expect(without.exitCode).toBe(3)
      expect(without.stderr).toContain('libsecret-tools')
      await json(['import', 'aws-vault', '--profile', 'sandbox', '--json'], place)
      await expectWorks('sandbox', SANDBOX_SESSION)
      expect(readFileSync(world.configFile, 'utf8')).toContain(config())
    } finally {
      for (const name of ['dana', 'oidc:https://x']) execFileSync('secret-tool', ['clear', 'profile', name])
    }
  })

  it.runIf(process.platform === 'linux')(
    'is read while another program changes the keyring, and not in part',
    async () => {
      const place = { AWS_VAULT_SECRET_SERVICE_COLLECTION_NAME: 'login' }
      const store = (name: string, input: string) =>
        execFileSync('secret-tool', ['store', `--label=${name}`, 'profile', name], { input })
      const gdbus = execFileSync('which', ['gdbus'], { encoding: 'utf8' }).trim()
      /** Stands before the real one: `first` is done once, between the list of items and the first question for one. */
      const standBefore = (folder: string, first: string) => {
        const bin = join(world.folder, folder)
        mkdirSync(bin)
        const script = `case "$*" in *Secret.Item*) if mkdir "${bin}/begun" 2>/dev/null; then ${first}; touch "${bin}/done"; fi
until [ -e "${bin}/done" ]; do sleep 0.05; done;; esac\nexec ${gdbus} "$@"\n`
        writeFileSync(join(bin, 'gdbus'), `#!/bin/sh\n${script}`, { mode: 0o755 })
        return { ...place, PATH: `${bin}:${world.env.PATH}` }
      }
      const words = ['import', 'aws-vault', '--dry-run', '--json']
      store('dana', JSON.stringify({ Key: 'dana', Data: Buffer.from(stored()).toString('base64') }))
      store('vanishing', JSON.stringify({ Key: 'vanishing', Data: 'e30=' }))
      try {
        const plan = await json<ImportPlan>(words, standBefore('vanishes', 'secret-tool clear profile vanishing'))
        const names = plan.items.map(({ profile }) => profile)
        expect(names).toContain('dana')
        expect(names).not.toContain('vanishing')
        // One that stays and is not told of: nothing is better than most.
        const silent = 'echo "Error: Timeout was reached" >&2; touch "$(dirname "$0")/done"; exit 1'
        const done = await run(words, standBefore('silent', silent))
        expect(done.exitCode).toBe(5)
        expect(JSON.parse(done.stderr)).toMatchObject({ error: { code: 'vault.timeout' } })
      } finally {
        for (const name of ['dana', 'vanishing']) spawnSync('secret-tool', ['clear', 'profile', name])
      }
    },
  )

  it('gives through its own program what only that can open', async () => {
    // What `aws-vault list --credentials` and `aws-vault export --no-session --format=json` print.
    const { accessKeyId, secretAccessKey } = world.account.user(DANA)
    const bin = join(world.folder, 'bin')
    mkdirSync(bin)
    const printed = JSON.stringify({ Version: 1, AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey })
    writeFileSync(
      join(bin, 'aws-vault'),
      `#!/bin/sh\ncase "$*" in\n'list --credentials') echo dana;;\n'export --no-session --format=json dana') echo '${printed}';;\n*) exit 1;;\nesac\n`,
    )
    chmodSync(join(bin, 'aws-vault'), 0o755)
    writeFileSync(world.configFile, config())
    const env = { PATH: `${bin}:${process.env.PATH}` }
    expect(results(await json(['import', 'aws-vault', '--with-program', '--json'], env))).toEqual([
      ['dana', 'added'],
      ['sandbox', 'added'],
    ])
    await expectWorks('sandbox', SANDBOX_SESSION)
  })

  it('lists what is in its encrypted files, and how to have it', async () => {
    mkdirSync(join(home, '.awsvault/keys'), { recursive: true })
    writeFileSync(
      join(home, '.awsvault/keys/dana'),
      'eyJhbGciOiJQQkVTMi1IUzI1NitBMTI4S1ciLCJlbmMiOiJBMjU2R0NNIn0.x.x.x.x',
    )
    writeFileSync(world.configFile, config())
    const { items } = await json<ImportPlan>(['import', 'aws-vault', '--dry-run', '--json'])
    expect(items.find(({ profile }) => profile === 'dana')?.notes.join()).toContain('--with-program')
  })

  it('that is not there is said to be not there', async () => {
    expect((await run(['import', 'aws-vault'])).exitCode).toBe(3)
  })
})

describe('a switch-roles extension', () => {
  it('gives its roles, from the identity in their base account', async () => {
    const { accountId, accessKeyId, secretAccessKey } = world.account.user(DANA)
    await json(['identity', 'add', 'work', '--access-key-id', accessKeyId, '--json'], {}, `${secretAccessKey}\n`)
    const file = join(home, 'roles.txt')
    writeFileSync(
      file,
      `[base]\naws_account_id = ${accountId}\n\n[sandbox]\naws_account_id = 345678901234\nrole_name = PlatformAdmin\nsource_profile = base\ncolor = ffaaee\n`,
    )
    expect(results(await json(['import', 'switch-roles', file, '--json']))).toEqual([
      ['base', 'skipped'],
      ['sandbox', 'added'],
    ])
    const piped = await json<ImportResult>(['import', 'switch-roles', '--json'], {}, readFileSync(file, 'utf8'))
    expect(results(piped)[1]).toEqual(['sandbox', 'known'])
    await expectWorks('sandbox', SANDBOX_SESSION)
  })

  it('with a line that is none says which', async () => {
    const done = await run(['import', 'switch-roles', '--json'], {}, '[a]\nwhat is this\n')
    expect(done.exitCode).toBe(2)
    expect(JSON.parse(done.stderr)).toMatchObject({
      error: { code: 'import.invalid', message: expect.stringContaining('Line 2') },
    })
  })
})
