/**
 * The newest AWS CLI that was fetched (decision 33) on the files that Hallpass writes: every kind of profile answers, and
 * what the CLI's own wizard writes beside them loses nothing. Signing in is in `cli-sso-share`, `aws login` in
 * `aws-cli-login`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fetchedAwsCli } from '../support/aws-clis.ts'
import { type RunningAgent, startAgent } from './cli-support/agent.ts'
import { builtCli } from './cli-support/built.ts'
import { runProgram, runProgramOnTerminal } from './cli-support/run.ts'
import { DANA, PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
const fetched = fetchedAwsCli()
const INNER = 'arn:aws:iam::123456789012:role/Inner'

it('the newest AWS CLI', (context) => {
  if (!fetched) context.skip('HALLPASS_TEST_AWS_CLI names none: npm run test:newest-aws-cli fetches one')
})

describe.skipIf(!fetched)(fetched?.version ?? 'an AWS CLI', { timeout: 90_000 }, () => {
  let scenario: Scenario
  let env: Record<string, string | undefined>
  let agent: RunningAgent | undefined
  const program = fetched?.program ?? ''
  const config = () => readFileSync(scenario.configFile, 'utf8')

  beforeAll(async () => {
    scenario = await startScenario(cli.entry)
    // A browser whose person allows everything; it goes on beside what opened it.
    const browser = join(scenario.folder, 'browse')
    writeFileSync(browser, `#!${process.execPath}\nfetch(process.argv[2])\n`, { mode: 0o755 })
    writeFileSync(join(scenario.folder, 'xdg-open'), `#!/bin/sh\nexec "${browser}" "$1"\n`, { mode: 0o755 })
    env = {
      ...scenario.env,
      // The CLI keeps its own sign-ins and the credentials of roles below the home folder.
      HOME: scenario.folder,
      BROWSER: `${browser} %s &`,
      PATH: `${scenario.folder}:${process.env.PATH}`,
      AWS_EC2_METADATA_DISABLED: 'true',
    }
    scenario.account.control.apply({ identityCenter: { answer: 'allow' } })
    scenario.account.addRole({
      accountId: '123456789012',
      name: 'Inner',
      trust: [{ principals: [SANDBOX_ADMIN, PROD_READ_ONLY] }],
    })
    await scenario.addWork()
    const add = (name: string, arn: string, from: string) =>
      scenario.json(['role', 'add', name, '--arn', arn, '--from', from, '--region', 'eu-west-1', '--json'])
    await add('reader', PROD_READ_ONLY, 'work')
    await add('sandbox', SANDBOX_ADMIN, 'work')
    await add('inner', INNER, 'sandbox')
  }, 120_000)
  afterAll(async () => {
    await agent?.kill('SIGTERM')
    await scenario?.end()
  })

  const hallpass = (...words: string[]) =>
    scenario.json([...words, '--json'], { env: { HOME: scenario.folder, PATH: env.PATH ?? '' } })
  async function aws(...words: string[]): Promise<string> {
    const run = await runProgram(program, words, { env, limitMs: 60_000 })
    expect(run.exitCode, `${words.join(' ')}: ${run.stderr}`).toBe(0)
    return run.stdout
  }
  const whoIs = async (...words: string[]) =>
    (JSON.parse(await aws('sts', 'get-caller-identity', '--output', 'json', ...words)) as { Arn: string }).Arn

  it('answers with a role, by its process and by its keys', async () => {
    await hallpass('profile', 'write', 'reader')
    expect(await whoIs('--profile', 'reader')).toMatch(/:assumed-role\/ReadOnly\//)
    await hallpass('profile', 'write', 'reader', '--mode', 'static')
    expect(await whoIs('--profile', 'reader')).toMatch(/:assumed-role\/ReadOnly\//)
    await hallpass('session', 'end', 'reader')
    await hallpass('profile', 'write', 'reader', '--mode', 'process', '--default')
    expect(await whoIs()).toMatch(/:assumed-role\/ReadOnly\//)
  })

  it('answers with a role on a role, Hallpass’s own and a person’s on top of Hallpass’s', async () => {
    await hallpass('profile', 'write', 'inner')
    expect(await whoIs('--profile', 'inner')).toMatch(/:assumed-role\/Inner\//)
    const mine = `\n[profile mine]\nrole_arn = ${INNER}\nsource_profile = reader\nrole_session_name = mine\nregion = eu-west-1\n`
    writeFileSync(scenario.configFile, config() + mine)
    expect(await whoIs('--profile', 'mine')).toMatch(/:assumed-role\/Inner\/mine$/)
    expect(config().endsWith(mine)).toBe(true)
  })

  it('asks where the endpoint_url of a profile says, as profiles of the practice account have it', async () => {
    const { accessKeyId, secretAccessKey } = scenario.account.user(DANA)
    const files = { AWS_CONFIG_FILE: join(scenario.folder, 'by-url'), AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }
    const lines = [
      ...['[profile by-url]', 'region = eu-west-1', `endpoint_url = ${scenario.account.endpoint}`],
      ...[`aws_access_key_id = ${accessKeyId}`, `aws_secret_access_key = ${secretAccessKey}`, ''],
    ]
    writeFileSync(files.AWS_CONFIG_FILE, lines.join('\n'))
    const words = 'sts get-caller-identity --profile by-url --query Arn --output text'.split(' ')
    const bare = { HOME: scenario.folder, PATH: process.env.PATH, ...files }
    const run = await runProgram(program, words, { env: bare, limitMs: 60_000 })
    expect(run.stdout.trim(), run.stderr).toMatch(/user\/dana\.whitfield$/)
  })

  it('answers with an identity', async () => {
    await hallpass('profile', 'write', 'work')
    await hallpass('assume', 'work', '--mfa-code', scenario.account.totpCode(DANA))
    expect(await whoIs('--profile', 'work')).toMatch(/user\/dana\.whitfield$/)
  })

  it('answers with a role of Identity Center, and lists every profile', async () => {
    const { startUrl } = scenario.account.identityCenter
    await hallpass('sso', 'add', 'corp', '--start-url', startUrl, '--region', 'eu-west-1')
    await hallpass('sso', 'login', 'corp')
    await hallpass('sso', 'discover', 'corp', '--profiles')
    const names = (await aws('configure', 'list-profiles')).trim().split('\n')
    const written = (await hallpass('profile', 'list')) as { profile: string }[]
    expect(names.toSorted()).toEqual([...written.map(({ profile }) => profile), 'mine', 'other'].toSorted())
    const center = names.find((name) => name.includes('PowerUserAccess')) ?? ''
    expect(await whoIs('--profile', center)).toMatch(/:assumed-role\/AWSReservedSSO_PowerUserAccess_/)
  })

  it('answers where an agent has the sessions', async () => {
    agent = await startAgent(cli.entry, { ...scenario.env, HALLPASS_NO_AGENT: undefined })
    await hallpass('profile', 'write', 'sandbox')
    expect(await whoIs('--profile', 'sandbox')).toMatch(/:assumed-role\/PlatformAdmin\//)
    expect(await whoIs('--profile', 'inner')).toMatch(/:assumed-role\/Inner\//)
  })

  it('adds a profile with aws configure sso beside Hallpass’s own, and nothing is lost', async () => {
    await hallpass('sso', 'share', 'corp')
    const before = config()
    const steps = [
      { wait: 'SSO session name', send: 'corp\r' },
      { wait: 'acme-staging@acme.example', send: '\r' },
      { wait: 'ReadOnlyAccess', send: '\r' },
      { wait: 'client Region', send: 'eu-west-1\r' },
      { wait: 'default output format', send: '\r' },
    ]
    const run = await runProgramOnTerminal([program, 'configure', 'sso', '--profile', 'by-aws'], steps, {
      env: { ...env, TERM: 'xterm', PROMPT_TOOLKIT_NO_CPR: '1' },
      limitMs: 60_000,
    })
    expect(run.exitCode, run.screen).toBe(0)
    const added =
      '[profile by-aws]\nsso_session = corp\nsso_account_id = 987654321098\nsso_role_name = AdministratorAccess\nregion = eu-west-1\n'
    expect(config()).toBe(before + added)
    expect(await whoIs('--profile', 'by-aws')).toMatch(/:assumed-role\/AWSReservedSSO_/)
    expect(await whoIs('--profile', 'inner')).toMatch(/:assumed-role\/Inner\//)

    expect(await hallpass('files', 'show')).toMatchObject({
      profiles: { 'by-aws': { sso_session: 'corp', sso_role_name: 'AdministratorAccess' } },
      problems: [],
    })
    await hallpass('sso', 'share', 'corp', '--off')
    expect(config()).not.toContain('[sso-session corp]')
    expect(config().endsWith(added)).toBe(true)
  })
})
