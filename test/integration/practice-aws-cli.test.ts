/** The practice account as the AWS CLI sees it, in every version installed here. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type PracticeAccount, type PracticeUser, startPracticeAccount } from '#core/practice/practice-account.ts'
import { awsClis } from '../support/aws-clis.ts'

const run = promisify(execFile)

const clis = new Map(awsClis().map(({ program, version }) => [version, program]))
let practice: PracticeAccount
let dana: PracticeUser

beforeAll(async () => {
  practice = await startPracticeAccount()
  dana = practice.user('dana.whitfield')
})
afterAll(() => practice.close())

async function aws(program: string, words: string[], keys: Record<string, string> = {}) {
  const env = {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    AWS_ACCESS_KEY_ID: dana.accessKeyId,
    AWS_SECRET_ACCESS_KEY: dana.secretAccessKey,
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...keys,
  }
  const all = ['--endpoint-url', practice.endpoint, '--region', 'eu-west-1', '--output', 'json', 'sts', ...words]
  return JSON.parse((await run(program, all, { env })).stdout)
}

test('the AWS CLI', (context) => {
  if (clis.size === 0) context.skip('no AWS CLI is installed here')
  expect([...clis.keys()].join()).toMatch(/aws-cli\/[12]\./)
})

describe.each([...clis])('%s', (_, program) => {
  test('says who calls, assumes a role with a code, and works with what it got', async () => {
    practice.control.apply({ forgetUsedCodes: true })
    const assume = [
      'assume-role',
      '--role-arn',
      'arn:aws:iam::123456789012:role/PlatformAdmin',
      '--role-session-name',
      'dana',
    ]
    const mfa = ['--serial-number', dana.mfaSerial ?? '', '--token-code', practice.totpCode(dana.name)]
    const [caller, assumed] = await Promise.all([
      aws(program, ['get-caller-identity']),
      aws(program, [...assume, ...mfa]),
    ])
    expect(caller).toMatchObject({ Account: '987654321098', Arn: dana.arn })
    const { AccessKeyId, SecretAccessKey, SessionToken } = assumed.Credentials
    const [role] = await Promise.all([
      aws(program, ['get-caller-identity'], {
        AWS_ACCESS_KEY_ID: AccessKeyId,
        AWS_SECRET_ACCESS_KEY: SecretAccessKey,
        AWS_SESSION_TOKEN: SessionToken,
      }),
      expect(aws(program, [...assume, ...mfa])).rejects.toMatchObject({
        stderr: expect.stringContaining(
          'An error occurred (AccessDenied) when calling the AssumeRole operation: ' +
            'MultiFactorAuthentication failed with invalid MFA one time pass code.',
        ),
      }),
    ])
    expect(role.Arn).toBe('arn:aws:sts::123456789012:assumed-role/PlatformAdmin/dana')
  })
})
