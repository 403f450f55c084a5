import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { createSts, type StsCall } from '#core/aws/index.ts'
import { type StubReply, type StubServer, startStub, stsError, stsResult } from './stub-server.ts'

const key = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'planted-secret' }
const call: StsCall = { credentials: key, region: 'eu-west-1', target: 'ReadOnly', caller: 'dana' }
const CREDENTIALS =
  '<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2030-01-02T03:04:05Z</Expiration></Credentials>'
const CALLER = '<Arn>arn:aws:iam::123456789012:user/dana</Arn><UserId>AIDAX</UserId><Account>123456789012</Account>'

const runNode = (script: string, env: Record<string, string>) =>
  promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    env: { PATH: process.env.PATH, ...env },
  })

const open: StubServer[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((stub) => stub.close()))
})

async function stubbed(answer: (index: number) => StubReply | undefined) {
  const stub = await startStub((_request, index) => answer(index))
  open.push(stub)
  return { stub, sts: createSts({ AWS_ENDPOINT_URL_STS: stub.endpoint }) }
}

describe('createSts', () => {
  it('sends everything AssumeRole takes, signed for the region given', async () => {
    const { stub, sts } = await stubbed(() =>
      stsResult(
        'AssumeRole',
        `${CREDENTIALS}<AssumedRoleUser><Arn>arn:aws:sts::1:assumed-role/R/s</Arn></AssumedRoleUser>`,
      ),
    )
    const issued = await sts.assumeRole(call, {
      roleArn: 'arn:aws:iam::123456789012:role/R',
      sessionName: 'hallpass-dana',
      durationSeconds: 900,
      externalId: 'ext',
      mfa: { serial: 'arn:aws:iam::1:mfa/phone', code: '123456' },
      sourceIdentity: 'dana',
      tags: [{ key: 'team', value: 'ops' }],
      transitiveTagKeys: ['team'],
      policy: '{}',
      policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
    })
    expect(issued).toEqual({
      accessKeyId: 'ASIA1',
      secretAccessKey: 's',
      sessionToken: 't',
      expiration: new Date('2030-01-02T03:04:05Z'),
      assumedRoleArn: 'arn:aws:sts::1:assumed-role/R/s',
    })
    const [request] = stub.requests
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      Action: 'AssumeRole',
      Version: '2011-06-15',
      RoleArn: 'arn:aws:iam::123456789012:role/R',
      RoleSessionName: 'hallpass-dana',
      DurationSeconds: '900',
      ExternalId: 'ext',
      SerialNumber: 'arn:aws:iam::1:mfa/phone',
      TokenCode: '123456',
      SourceIdentity: 'dana',
      'Tags.member.1.Key': 'team',
      'Tags.member.1.Value': 'ops',
      'TransitiveTagKeys.member.1': 'team',
      Policy: '{}',
      'PolicyArns.member.1.arn': 'arn:aws:iam::aws:policy/ReadOnlyAccess',
    })
    expect(request?.headers.authorization).toMatch(
      /Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-1\/sts\/aws4_request/,
    )
  })

  it('leaves out what was not asked for', async () => {
    const { stub, sts } = await stubbed(() => stsResult('GetSessionToken', CREDENTIALS))
    await sts.getSessionToken(call, {})
    expect(stub.requests[0]?.body).toBe('Action=GetSessionToken&Version=2011-06-15')
  })

  it('takes credentials of which nobody knows the end', async () => {
    const { sts } = await stubbed(() => stsResult('GetCallerIdentity', CALLER))
    const ofProfile = { ...key, expiration: null }
    const caller = await sts.getCallerIdentity(ofProfile, { region: 'eu-west-1', name: 'dana' })
    expect(caller).toMatchObject({ accountId: '123456789012' })
  })

  it('tries a throttled or failing call three times in all', async () => {
    const { stub, sts } = await stubbed((index) =>
      index === 0
        ? stsError(400, 'Throttling', 'Rate exceeded')
        : index === 1
          ? stsError(500, 'InternalFailure', 'x')
          : stsResult('GetCallerIdentity', CALLER),
    )
    await expect(sts.getCallerIdentity(key, { region: null, name: 'dana' })).resolves.toEqual({
      accountId: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/dana',
      userId: 'AIDAX',
    })
    expect(stub.requests).toHaveLength(3)
  })

  it('tries a refusal once', async () => {
    const { stub, sts } = await stubbed(() => stsError(403, 'InvalidClientTokenId', 'The security token is invalid'))
    await expect(sts.getCallerIdentity(key, { region: null, name: 'dana' })).rejects.toMatchObject({
      code: 'sts.key-unknown',
      message: expect.stringContaining('dana'),
    })
    expect(stub.requests).toHaveLength(1)
  })

  it('says that the clock is off instead of working around it', async () => {
    const { stub, sts } = await stubbed(() => ({
      ...stsError(
        403,
        'SignatureDoesNotMatch',
        'Signature expired: 20261124T030000Z is now earlier than 20261124T030600Z (20261124T032100Z - 15 min.)',
      ),
      headers: { 'content-type': 'text/xml', date: new Date(Date.now() + 21 * 60_000).toUTCString() },
    }))
    await expect(sts.getCallerIdentity(key, { region: null, name: 'dana' })).rejects.toMatchObject({
      code: 'sts.clock-slow',
    })
    expect(stub.requests).toHaveLength(1)
  })

  it.each([
    ['a web page', { body: '<html><body>Please sign in</body></html>', headers: { 'content-type': 'text/html' } }],
    ['an empty result', stsResult('GetCallerIdentity', '')],
    ['a web page with an error status', { status: 502, body: '<html>Bad gateway</html>' }],
  ])('takes %s for no answer of AWS', async (_case, reply) => {
    const { sts } = await stubbed(() => reply)
    await expect(sts.getCallerIdentity(key, { region: null, name: 'dana' })).rejects.toMatchObject({
      code: 'aws.unavailable',
    })
  })

  it.each([
    ['a line of its own', "x'&#10;LD_PRELOAD=/tmp/evil.so"],
    ['a quote', "x'y"],
    ['a substitution', '$(id)'],
  ])('passes on no credentials with %s in them', async (_case, sessionToken) => {
    const fields = `<AccessKeyId>ASIAX</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>${sessionToken}</SessionToken><Expiration>2030-01-01T00:00:00Z</Expiration>`
    const { sts } = await stubbed(() => stsResult('GetSessionToken', `<Credentials>${fields}</Credentials>`))
    await expect(sts.getSessionToken(call, {})).rejects.toMatchObject({ code: 'aws.unavailable' })
  })

  it('puts no secret into an error', async () => {
    const { sts } = await stubbed(() =>
      stsError(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match'),
    )
    const error = await sts.getCallerIdentity(key, { region: null, name: 'dana' }).catch((thrown: unknown) => thrown)
    expect(JSON.stringify(error) + String((error as Error).stack)).not.toContain('planted-secret')
    expect(error).toMatchObject({ code: 'sts.secret-wrong' })
    expect(error).not.toHaveProperty('cause')
  })

  it('is moved by no AWS file and no variable but the endpoint override', async () => {
    const { stub } = await stubbed(() => stsResult('GetCallerIdentity', CALLER))
    const decoy = await startStub(() => stsResult('GetCallerIdentity', CALLER))
    open.push(decoy)
    const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
    try {
      const hostile = `[default]\nregion = ap-south-1\nendpoint_url = ${decoy.endpoint}\nuse_fips_endpoint = true\nmax_attempts = 9\naws_access_key_id = AKIADECOY\naws_secret_access_key = x\n`
      writeFileSync(join(folder, 'config'), hostile)
      writeFileSync(join(folder, 'credentials'), hostile)
      const script = `
        const { createSts } = await import(${JSON.stringify(new URL('../../../../src/core/aws/index.ts', import.meta.url).href)})
        const sts = createSts({ AWS_ENDPOINT_URL_STS: ${JSON.stringify(stub.endpoint)} })
        await sts.getCallerIdentity({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'x' }, { region: 'eu-west-1', name: 'dana' })`
      // A child of its own, with the hostile settings in its real environment, run without blocking the stub.
      await runNode(script, {
        AWS_CONFIG_FILE: join(folder, 'config'),
        AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
        AWS_PROFILE: 'nowhere',
        AWS_REGION: 'us-west-1',
        AWS_ENDPOINT_URL: decoy.endpoint,
        AWS_ACCESS_KEY_ID: 'AKIADECOY',
        AWS_SECRET_ACCESS_KEY: 'x',
        AWS_SESSION_TOKEN: 'x',
        AWS_USE_FIPS_ENDPOINT: 'true',
        AWS_USE_DUALSTACK_ENDPOINT: 'true',
        AWS_RETRY_MODE: 'nonsense',
        AWS_MAX_ATTEMPTS: 'nonsense',
        AWS_DEFAULTS_MODE: 'nonsense',
        AWS_AUTH_SCHEME_PREFERENCE: 'noAuth',
      })
      expect(decoy.requests).toHaveLength(0)
      expect(stub.requests).toHaveLength(1)
      expect(stub.requests[0]?.headers.authorization).toMatch(
        /Credential=AKIAIOSFODNN7EXAMPLE\/\d{8}\/eu-west-1\/sts\//,
      )
      expect(stub.requests[0]?.headers['x-amz-security-token']).toBeUndefined()
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
