/** `aws login` of the AWS CLI, from 2.32 on: Hallpass shows, keeps and uses the profiles that it signs in for. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GetSessionTokenCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fetchedAwsCli, isSince } from '../support/aws-clis.ts'
import { type AwsSignIn, startAwsSignIn } from '../support/aws-sign-in.ts'
import { builtCli } from './cli-support/built.ts'
import { type CliRun, runProgram } from './cli-support/run.ts'
import { DANA, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
const fetched = fetchedAwsCli()
const MINE = '# mine\n[profile other]\nregion = us-west-2\n'
const knowsLogin = fetched !== undefined && isSince(fetched, 2, 32)

it('an AWS CLI that knows aws login', (context) => {
  if (!knowsLogin)
    context.skip('HALLPASS_TEST_AWS_CLI names none from 2.32 on: npm run test:newest-aws-cli fetches one')
})

describe.skipIf(!knowsLogin)(fetched?.version ?? 'an AWS CLI', { timeout: 90_000 }, () => {
  let scenario: Scenario
  let signIn: AwsSignIn
  let arn: string
  let home: string

  beforeAll(async () => {
    scenario = await startScenario(cli.entry)
    home = join(scenario.folder, 'home')
    const { accessKeyId, secretAccessKey, ...dana } = scenario.account.user(DANA)
    arn = dana.arn
    const sts = new STSClient({
      ...{ endpoint: scenario.account.endpoint, region: 'eu-west-1' },
      credentials: { accessKeyId, secretAccessKey },
    })
    signIn = await startAwsSignIn(arn, async () => {
      const { Credentials: given } = await sts.send(new GetSessionTokenCommand({}))
      return {
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        sessionToken: given?.SessionToken ?? '',
      }
    })
  }, 120_000)
  afterAll(async () => {
    await signIn?.close()
    await scenario?.end()
  })
  beforeEach(() => {
    rmSync(home, { recursive: true, force: true })
    mkdirSync(home)
    writeFileSync(join(home, 'browse'), `#!${process.execPath}\nfetch(process.argv[2])\n`, { mode: 0o755 })
    writeFileSync(scenario.configFile, MINE)
    signIn.setAnswer(900)
  })

  afterEach(async () => {
    await hallpassRun('identity', 'remove', 'ext')
  })

  const env = () => ({
    ...scenario.env,
    HOME: home,
    BROWSER: `${join(home, 'browse')} %s &`,
    AWS_ENDPOINT_URL_SIGNIN: signIn.endpoint,
    AWS_EC2_METADATA_DISABLED: 'true',
  })
  const config = () => readFileSync(scenario.configFile, 'utf8')
  const aws = (...words: string[]) => runProgram(fetched?.program ?? '', words, { env: env(), limitMs: 60_000 })
  const login = async () => {
    const run = await aws('login', '--profile', 'ext', '--region', 'eu-west-1')
    expect(run.exitCode, run.stderr + run.stdout).toBe(0)
  }
  const hallpassRun = (...words: string[]): Promise<CliRun> =>
    scenario.run([...words, '--json'], {
      env: { HOME: home, AWS_ENDPOINT_URL_SIGNIN: signIn.endpoint },
    })
  async function hallpass(...words: string[]): Promise<unknown> {
    const run = await hallpassRun(...words)
    expect(run.exitCode, run.stderr).toBe(0)
    return run.stdout === '' ? undefined : JSON.parse(run.stdout)
  }
  async function refusal(...words: string[]): Promise<{ code: string; hint: string }> {
    const { stderr } = await hallpassRun(...words)
    return (JSON.parse(stderr.trim().split('\n').at(-1) ?? '') as { error: { code: string; hint: string } }).error
  }
  const addProfile = () => hallpass('identity', 'add-profile', 'ext', '--profile', 'ext', '--region', 'eu-west-1')
  const file = () => join(home, '.aws/login/cache', `${createHash('sha256').update(arn).digest('hex')}.json`)
  const cached = () => JSON.parse(readFileSync(file(), 'utf8')) as Record<string, unknown>
  const whoIs = async () => {
    const run = await aws(
      ...'sts get-caller-identity --profile ext --region eu-west-1 --query Arn --output text'.split(' '),
    )
    expect(run.exitCode, run.stderr).toBe(0)
    return run.stdout.trim()
  }

  it('leaves a profile that Hallpass shows, keeps and starts from', async () => {
    await login()
    expect(config()).toBe(`${MINE}[profile ext]
login_session = ${arn}
`)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(cached()).toEqual({
      accessToken: {
        ...{ accessKeyId: expect.any(String), secretAccessKey: expect.any(String), sessionToken: expect.any(String) },
        ...{ accountId: '987654321098', expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/) },
      },
      tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
      clientId: 'arn:aws:signin:::devtools/same-device',
      ...{ refreshToken: expect.any(String), idToken: expect.any(String) },
      dpopKey: expect.stringMatching(
        /^-----BEGIN EC PRIVATE KEY-----\n[A-Za-z0-9+/=\n]+\n-----END EC PRIVATE KEY-----\n$/,
      ),
    })
    expect(await hallpass('files', 'chain', 'ext')).toEqual([{ kind: 'login', profile: 'ext' }])
    expect(await hallpass('files', 'show')).toMatchObject({ profiles: { ext: { login_session: arn } }, problems: [] })

    const before = config()
    expect(await addProfile()).toMatchObject({ kind: 'aws-profile', profile: 'ext', userArn: arn, verified: true })
    await hallpass('role', 'add', 'sandbox', '--arn', SANDBOX_ADMIN, '--from', 'ext', '--region', 'eu-west-1')
    expect(await hallpass('assume', 'sandbox')).toMatchObject({
      AssumedRoleArn: expect.stringContaining('PlatformAdmin'),
    })
    await hallpass('profile', 'write', 'sandbox')
    expect(config().startsWith(before)).toBe(true)
    const run = await aws('sts', 'get-caller-identity', '--profile', 'sandbox')
    expect(run.stdout, run.stderr).toContain(':assumed-role/PlatformAdmin/')
    // Hallpass's own profile is none that the CLI would sign in for.
    const text = config()
    const refused = await aws('login', '--profile', 'sandbox')
    expect(refused.stderr).toContain("'sandbox' is already configured with Credential Process credentials")
    expect(config()).toBe(text)
    await hallpass('role', 'remove', 'sandbox')
  })

  it('goes on for both, whichever renews it', async () => {
    signIn.setAnswer(60)
    await login()
    const first = cached()
    signIn.setAnswer(900)
    const before = signIn.grants.length
    await addProfile()
    expect(signIn.grants.slice(before)).toEqual(['refresh_token'])
    expect(cached()).toMatchObject({ dpopKey: first.dpopKey, idToken: first.idToken })
    expect(cached().refreshToken).not.toBe(first.refreshToken)
    expect(statSync(file()).mode & 0o777).toBe(0o600)
    expect(await whoIs()).toBe(arn)
    expect(signIn.grants.slice(before)).toEqual(['refresh_token'])

    // And the other way round.
    signIn.setAnswer(60)
    await login()
    signIn.setAnswer(900)
    const then = signIn.grants.length
    expect(await whoIs()).toBe(arn)
    expect(await hallpass('identity', 'test', 'ext')).toMatchObject({ name: 'ext' })
    expect(signIn.grants.slice(then)).toEqual(['refresh_token'])
  })

  it.each([
    ['TOKEN_EXPIRED', /^Sign in with: aws login --profile ext$/],
    ['USER_CREDENTIALS_CHANGED', /^Sign in with: aws login --profile ext$/],
    ['INSUFFICIENT_PERMISSIONS', /SignInLocalDevelopmentAccess.*aws login --profile ext$/],
  ] as const)('that AWS ends with %s says what to do', async (word, hint) => {
    signIn.setAnswer(60)
    await login()
    await addProfile()
    signIn.setAnswer(word)
    const error = await refusal('identity', 'test', 'ext')
    expect(error).toMatchObject({ code: 'profile.no-credentials', hint: expect.stringMatching(hint) })
  })

  it('that the CLI has signed out of says how to sign in', async () => {
    await login()
    await addProfile()
    expect(await aws('logout', '--profile', 'ext')).toMatchObject({ exitCode: 0 })
    const error = await refusal('identity', 'test', 'ext')
    expect(error).toMatchObject({ code: 'profile.no-credentials', hint: 'Sign in with: aws login --profile ext' })
  })
})
