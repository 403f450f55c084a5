/**
 * The practice account's Identity Center as botocore and the AWS CLI see it: each answer is held against botocore's
 * service models, and the CLI signs in as a person does.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { signInWithAwsCli } from '../support/aws-cli-sign-in.ts'
import { isSince, secondAwsClis } from '../support/aws-clis.ts'
import { hasBotocore } from '../support/botocore.ts'
import { writeEndpointRules } from '../support/endpoint-rules.ts'

const run = promisify(execFile)
const SCRIPT = join(import.meta.dirname, '../support/identity-center.py')
const ROLE_SESSION =
  /^arn:aws:sts::234567890123:assumed-role\/AWSReservedSSO_PowerUserAccess_[0-9a-f]{16}\/dana\.whitfield$/

let practice: PracticeAccount
let home: string

beforeAll(async () => {
  practice = await startPracticeAccount()
})
afterAll(() => practice.close())
beforeEach((context) => {
  home = mkdtempSync(join(tmpdir(), 'practice-sso-'))
  context.onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  mkdirSync(join(home, '.aws'))
  writeFileSync(
    join(home, '.aws/config'),
    [
      '[sso-session corp]',
      `sso_start_url = ${practice.identityCenter.startUrl}`,
      'sso_region = eu-west-1',
      'sso_registration_scopes = sso:account:access',
      '[profile dev]',
      'sso_session = corp',
      'sso_account_id = 234567890123',
      'sso_role_name = PowerUserAccess',
      'region = eu-west-1',
      '',
    ].join('\n'),
  )
})

const environment = () => ({
  PATH: process.env.PATH,
  HOME: home,
  AWS_ENDPOINT_URL: practice.endpoint,
  AWS_EC2_METADATA_DISABLED: 'true',
})

test.skipIf(!hasBotocore)(
  'botocore signs in, renews and works with a role, and its models know every answer',
  async () => {
    const env = {
      ...environment(),
      ENDPOINT: practice.endpoint,
      START_URL: practice.identityCenter.startUrl,
      CONTROL_TOKEN: practice.controlToken,
    }
    const { problems, checked, ...steps } = JSON.parse((await run('python3', [SCRIPT], { env })).stdout)
    expect(problems).toEqual([])
    expect(checked).toEqual([
      'CreateToken',
      'GetRoleCredentials',
      'ListAccountRoles',
      'ListAccounts',
      'Logout',
      'RegisterClient',
      'StartDeviceAuthorization',
    ])
    const oidcRefusal = (name: string, status: number, word: string) => [
      `${name}Exception`,
      status,
      word,
      expect.anything(),
    ]
    const portalRefusal = (name: string, status: number, text = expect.any(String)) => [name, status, null, text]
    expect(steps).toEqual({
      device: {
        pending: oidcRefusal('AuthorizationPending', 400, 'authorization_pending'),
        slow: oidcRefusal('SlowDown', 400, 'slow_down'),
        denied: oidcRefusal('AccessDenied', 400, 'access_denied'),
        expired: oidcRefusal('ExpiredToken', 400, 'expired_token'),
        stranger: oidcRefusal('InvalidClient', 401, 'invalid_client'),
      },
      refresh: { old: oidcRefusal('InvalidGrant', 400, 'invalid_grant'), rotated: true },
      code: {
        status: 303,
        to: 'http://127.0.0.1:49152/oauth/callback',
        state: 's',
        type: 'Bearer',
        again: oidcRefusal('InvalidGrant', 400, 'invalid_grant'),
      },
      roles: {
        seen: {
          'acme-identity': ['AdministratorAccess', 'ReadOnlyAccess'],
          'acme-prod': ['ReadOnlyAccess', 'PowerUserAccess'],
          'acme-staging': ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess'],
          'acme-sandbox': ['AdministratorAccess', 'PowerUserAccess'],
        },
        arn: expect.stringMatching(ROLE_SESSION),
        forbidden: portalRefusal('ClientError', 403, 'No access'),
        size: portalRefusal('InvalidRequestException', 400),
        stranger: portalRefusal('UnauthorizedException', 401),
        tooMany: portalRefusal('TooManyRequestsException', 429),
        failed: portalRefusal('ClientError', 500),
        out: portalRefusal('UnauthorizedException', 401),
      },
      cached: { arn: expect.stringMatching(ROLE_SESSION), renewed: true },
    })
  },
)

/** CLIs that know `sso login`. */
const secondClis = secondAwsClis()

test('an AWS CLI with sso login', (context) => {
  if (secondClis.length === 0) context.skip('no AWS CLI of version 2 is installed here')
})

const ways = secondClis.flatMap((cli) => [
  { cli, byCode: true, title: `${cli.version} by a code` },
  ...(isSince(cli, 2, 22) ? [{ cli, byCode: false, title: `${cli.version} in the browser` }] : []),
])

describe.each(ways)('$title', ({ cli, byCode }) => {
  const { program } = cli

  test('signs in as a person does, and its profile works', async () => {
    practice.control.apply({ identityCenter: { deviceIntervalSeconds: 1 }, clearCalls: true })
    const env = { ...environment(), AWS_DATA_PATH: writeEndpointRules(join(home, 'rules'), practice.endpoint) }
    const { exitCode, said } = await signInWithAwsCli(cli, 'corp', practice, env, { byCode })
    expect(exitCode, said).toBe(0)
    expect(said).toContain(`Successfully logged into Start URL: ${practice.identityCenter.startUrl}`)
    const caller = await run(program, ['sts', 'get-caller-identity', '--profile', 'dev', '--output', 'json'], { env })
    expect(JSON.parse(caller.stdout)).toMatchObject({
      Account: '234567890123',
      Arn: expect.stringMatching(ROLE_SESSION),
    })
    await run(program, ['sso', 'logout'], { env })
    expect(practice.calls().map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        `sso-oidc:CreateToken:${byCode ? 'device_code' : 'authorization_code'}`,
        'sso:GetRoleCredentials',
        'sso:Logout',
      ]),
    )
  })
})
