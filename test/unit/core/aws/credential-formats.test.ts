import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { childEnvironment, endpointEnvironment, formatCredentials } from '#core/aws/index.ts'
import type { SessionCredentials } from '#shared/sessions.ts'

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

  it('tells the prompt of a shell whose they are, and nobody else', () => {
    const label = { name: "it's prod", environment: 'prod' } as const
    const mark = 'ASIAEXAMPLE 1795489914 prod it'
    expect(formatCredentials(credentials, 'env', { label })).toContain(`export HALLPASS_SESSION='${mark}'\\''s prod'\n`)
    expect(formatCredentials(credentials, 'fish', { label })).toContain(`set -gx HALLPASS_SESSION '${mark}\\'s prod'\n`)
    expect(formatCredentials(credentials, 'powershell', { label })).toContain(
      `$Env:HALLPASS_SESSION = '${mark}''s prod'\n`,
    )
    for (const format of ['json', 'process', 'dotenv'] as const)
      expect(formatCredentials(credentials, format, { label })).not.toContain('HALLPASS_SESSION')
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

  it('keeps Hallpass’s own passphrase from the child', () => {
    const env = { HALLPASS_PASSPHRASE: 'planted', HALLPASS_HOME: '/home' }
    expect(childEnvironment(credentials, env, 'linux')).toMatchObject({ HALLPASS_HOME: '/home' })
    expect(childEnvironment(credentials, env, 'linux')).not.toHaveProperty('HALLPASS_PASSPHRASE')
  })

  it('ignores case on Windows only', () => {
    const env = { aws_profile: 'p' }
    expect(childEnvironment(credentials, env, 'win32')).not.toHaveProperty('aws_profile')
    expect(childEnvironment(credentials, env, 'linux')).toHaveProperty('aws_profile')
  })
})

describe('endpointEnvironment', () => {
  const address = { uri: 'http://127.0.0.1:5000/path', token: 'token' }

  it('says where to ask, and leaves nothing that would be asked first', () => {
    const before = [
      'AWS_PROFILE',
      'AWS_DEFAULT_PROFILE',
      'AWS_SECURITY_TOKEN',
      'AWS_ACCESS_KEY_ID',
      'AWS_SECRET_ACCESS_KEY',
      'AWS_SESSION_TOKEN',
      'AWS_CREDENTIAL_EXPIRATION',
      'AWS_ACCESS_KEY',
      'AWS_SECRET_KEY',
      'AWS_WEB_IDENTITY_TOKEN_FILE',
      'AWS_ROLE_ARN',
      'AWS_ROLE_SESSION_NAME',
      'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
      'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
      'HALLPASS_PASSPHRASE',
    ]
    const env = { ...Object.fromEntries(before.map((name) => [name, 'stale'])), PATH: '/bin', AWS_REGION: 'us-east-2' }
    expect(endpointEnvironment(address, 'eu-west-1', env, 'linux')).toEqual({
      PATH: '/bin',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:5000/path',
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
    })
  })

  it('keeps the regions of the environment when there is none of its own', () => {
    expect(endpointEnvironment(address, null, { AWS_REGION: 'us-east-2' }, 'linux')).toMatchObject({
      AWS_REGION: 'us-east-2',
    })
  })

  it('replaces the address of an endpoint around this one, on Windows in any case', () => {
    const outer = { aws_container_authorization_token: 'outer', Aws_Access_Key_Id: 'AKIA' }
    expect(endpointEnvironment(address, null, outer, 'win32')).toEqual({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:5000/path',
      AWS_CONTAINER_AUTHORIZATION_TOKEN: 'token',
    })
  })
})
