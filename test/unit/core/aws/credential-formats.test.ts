import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childEnvironment, formatCredentials } from '#core/aws/index.ts'
import type { SessionCredentials } from '#shared/models.ts'

const credentials: SessionCredentials = {
  accessKeyId: 'ASIAEXAMPLE',
  secretAccessKey: 'wJalr/XUtn+FEMI=',
  sessionToken: 'IQoJb3JpZ2luX2VjE//////////==',
  expiration: new Date('2026-11-24T03:11:54.987Z'),
  accountId: '012345678901',
  roleArn: 'arn:aws:iam::012345678901:role/ReadOnly',
  assumedRoleArn: 'arn:aws:sts::012345678901:assumed-role/ReadOnly/dana',
  region: 'eu-west-1',
}

const hostile = fc.record({
  secretAccessKey: fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/[\0\r\n]/.test(text)),
  sessionToken: fc.stringMatching(/^[ '"$`\\;&|<>(){}*?!#~’‘a-z]{1,40}$/),
})

describe('formatCredentials', () => {
  it('prints the credential_process document, in whole seconds', () => {
    expect(formatCredentials(credentials, 'process')).toBe(
      '{"Version":1,"AccessKeyId":"ASIAEXAMPLE","SecretAccessKey":"wJalr/XUtn+FEMI=",' +
        '"SessionToken":"IQoJb3JpZ2luX2VjE//////////==","Expiration":"2026-11-24T03:11:54Z","AccountId":"012345678901"}\n',
    )
  })

  it('adds role and profile for json, and leaves absent members out', () => {
    const full = JSON.parse(formatCredentials(credentials, 'json', { profile: 'acme-ro' }))
    expect(full).toMatchObject({
      RoleArn: credentials.roleArn,
      AssumedRoleArn: credentials.assumedRoleArn,
      Profile: 'acme-ro',
    })
    expect(Object.keys(full).slice(0, 2)).toEqual(['Version', 'AccessKeyId'])
    const bare = { ...credentials, accountId: null, roleArn: null, assumedRoleArn: null }
    expect(Object.keys(JSON.parse(formatCredentials(bare, 'json')))).toEqual([
      'Version',
      'AccessKeyId',
      'SecretAccessKey',
      'SessionToken',
      'Expiration',
    ])
  })

  it('prints dotenv lines, bare', () => {
    expect(formatCredentials(credentials, 'dotenv').split('\n')).toEqual([
      'AWS_ACCESS_KEY_ID=ASIAEXAMPLE',
      'AWS_SECRET_ACCESS_KEY=wJalr/XUtn+FEMI=',
      'AWS_SESSION_TOKEN=IQoJb3JpZ2luX2VjE//////////==',
      'AWS_CREDENTIAL_EXPIRATION=2026-11-24T03:11:54Z',
      'AWS_REGION=eu-west-1',
      'AWS_DEFAULT_REGION=eu-west-1',
      '',
    ])
  })

  it('prints fish and PowerShell lines with their own quoting', () => {
    const awkward = { ...credentials, secretAccessKey: "a'b\\c’d", region: null }
    const fish = formatCredentials(awkward, 'fish')
    expect(fish).toContain("set -gx AWS_SECRET_ACCESS_KEY 'a\\'b\\\\c’d'\n")
    expect(fish).toContain('set -e AWS_PROFILE\n')
    const powershell = formatCredentials(awkward, 'powershell')
    expect(powershell).toContain("$Env:AWS_SECRET_ACCESS_KEY = 'a''b\\c’’d'\n")
    expect(powershell).toContain('Remove-Item Env:AWS_PROFILE')
    expect(powershell).not.toContain('REGION')
  })

  it.skipIf(process.platform === 'win32')(
    'survives a POSIX shell, which Windows lacks, whatever the values hold, and clears what shadows them',
    () => {
      fc.assert(
        fc.property(hostile, (values) => {
          const lines = formatCredentials({ ...credentials, ...values }, 'env')
          const script = `${lines}printf '%s\\0' "$AWS_SECRET_ACCESS_KEY" "$AWS_SESSION_TOKEN" "\${AWS_PROFILE-gone}" "\${AWS_SECURITY_TOKEN-gone}"`
          const env = { AWS_PROFILE: 'stale', AWS_SECURITY_TOKEN: 'stale' }
          const output = execFileSync('/bin/sh', ['-eu'], { input: script, env, encoding: 'utf8' })
          expect(output.split('\0')).toEqual([values.secretAccessKey, values.sessionToken, 'gone', 'gone', ''])
        }),
        { numRuns: 40 },
      )
    },
  )
})

describe('childEnvironment', () => {
  it('sets the credentials and both regions, and drops what would shadow them', () => {
    const env = {
      PATH: '/bin',
      AWS_PROFILE: 'p',
      AWS_DEFAULT_PROFILE: 'd',
      AWS_SECURITY_TOKEN: 't',
      AWS_REGION: 'us-east-2',
      NONE: undefined,
    }
    expect(childEnvironment(credentials, env, 'linux')).toEqual({
      PATH: '/bin',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
      AWS_CREDENTIAL_EXPIRATION: '2026-11-24T03:11:54Z',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    })
  })

  it('keeps the regions of the environment when the session has none', () => {
    const child = childEnvironment({ ...credentials, region: null }, { AWS_REGION: 'us-east-2' }, 'linux')
    expect(child.AWS_REGION).toBe('us-east-2')
  })

  it('ignores case on Windows only', () => {
    const env = { aws_profile: 'p' }
    expect(childEnvironment(credentials, env, 'win32')).not.toHaveProperty('aws_profile')
    expect(childEnvironment(credentials, env, 'linux')).toHaveProperty('aws_profile')
  })
})
