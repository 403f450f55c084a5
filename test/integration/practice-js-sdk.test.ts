/** The practice account as `@aws-sdk/client-sts` sees it: every answer and refusal of STS that it can give. */
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetAccessKeyInfoCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  type STSClientConfig,
} from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PracticeAccount, type PracticeUser, startPracticeAccount } from '#core/practice/practice-account.ts'
import { accountIdFromKeyId } from '#shared/arn.ts'
import { refusalOf, type StsCredentials, stsClient } from '../unit/core/practice/clients.ts'

const PROD = 'arn:aws:iam::123456789012:role'
const ORG_ACCESS = 'arn:aws:iam::987654321098:role/OrgAccess'
const SANDBOX_ADMIN = 'arn:aws:iam::345678901234:role/PlatformAdmin'
const DATA_ENGINEER = 'arn:aws:iam::456789012345:role/DataEngineer'

let practice: PracticeAccount
let dana: PracticeUser
let bot: PracticeUser

beforeAll(async () => {
  practice = await startPracticeAccount()
  dana = practice.user('dana.whitfield')
  bot = practice.user('deploy-bot')
})
afterAll(() => practice.close())
beforeEach(() => {
  practice.control.apply({ forgetUsedCodes: true, clearCalls: true })
})

type Who = PracticeUser | StsCredentials | undefined

const whoAmI = (who: Who, config: STSClientConfig = {}) =>
  stsClient(practice, who, config).send(new GetCallerIdentityCommand({}))

const assume = (who: Who, input: Partial<AssumeRoleCommandInput> = {}) =>
  stsClient(practice, who).send(
    new AssumeRoleCommand({ RoleArn: `${PROD}/ReadOnly`, RoleSessionName: 'dana', ...input }),
  )

const sessionOf = async (who: Who, input: Partial<AssumeRoleCommandInput> = {}): Promise<StsCredentials> =>
  (await assume(who, input)).Credentials ?? {}

const withCode = (atMs?: number) => ({
  SerialNumber: dana.mfaSerial ?? '',
  TokenCode: practice.totpCode(dana.name, atMs),
})

const getSessionToken = (who: Who, input = {}) => stsClient(practice, who).send(new GetSessionTokenCommand(input))

describe('GetCallerIdentity', () => {
  test('of a user', async () => {
    expect(await whoAmI(dana)).toMatchObject({
      Arn: 'arn:aws:iam::987654321098:user/dana.whitfield',
      Account: '987654321098',
      UserId: expect.stringMatching(/^AIDA[A-Z2-7]{17}$/),
    })
  })

  test('of a role session: without the role’s path', async () => {
    const session = await sessionOf(bot, {
      RoleArn: 'arn:aws:iam::234567890123:role/ops/Deploy',
      RoleSessionName: 'ci',
    })
    expect(await whoAmI(session)).toMatchObject({
      Arn: 'arn:aws:sts::234567890123:assumed-role/Deploy/ci',
      Account: '234567890123',
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:ci$/),
    })
  })

  test('of a GetSessionToken session: the user', async () => {
    const { Credentials } = await getSessionToken(dana)
    expect((await whoAmI(Credentials)).Arn).toBe(dana.arn)
  })
})

describe('credentials', () => {
  test.each<[string, () => Who, string]>([
    ['an unknown key', () => ({ ...dana, accessKeyId: 'AKIAIOSFODNN7PRACTIC' }), 'InvalidClientTokenId'],
    ['a wrong secret', () => ({ ...dana, secretAccessKey: `${dana.secretAccessKey}x` }), 'SignatureDoesNotMatch'],
    [
      'a token beside a long-term key',
      () => ({ AccessKeyId: dana.accessKeyId, SecretAccessKey: dana.secretAccessKey, SessionToken: 'x' }),
      'InvalidClientTokenId',
    ],
  ])('%s gives %s', async (_, who, code) => {
    expect(await refusalOf(whoAmI(who()))).toMatchObject({ code, name: code, status: 403 })
  })

  test('a session without its token, or with another one, is unknown', async () => {
    const [session, other] = [await sessionOf(dana), await sessionOf(dana)]
    for (const SessionToken of [undefined, other.SessionToken])
      expect((await refusalOf(whoAmI({ ...session, SessionToken }))).code).toBe('InvalidClientTokenId')
  })

  test('an unsigned request has no authentication token', async () => {
    const reply = await fetch(practice.endpoint, {
      method: 'POST',
      body: 'Action=GetCallerIdentity&Version=2011-06-15',
    })
    expect(reply.status).toBe(403)
    expect(await reply.text()).toContain(
      '<Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message>',
    )
  })

  test('an expired session says so, a long-expired one is unknown', async () => {
    const session = await sessionOf(dana, { DurationSeconds: 900 })
    const signedLater = (seconds: number) => {
      practice.control.apply({ clockSkewSeconds: seconds })
      return refusalOf(whoAmI(session, { systemClockOffset: seconds * 1000 }))
    }
    try {
      expect(await signedLater(901)).toMatchObject({
        code: 'ExpiredToken',
        status: 403,
        message: 'The security token included in the request is expired',
      })
      expect((await signedLater(48 * 3600)).code).toBe('InvalidClientTokenId')
    } finally {
      practice.control.apply({ clockSkewSeconds: 0 })
    }
    expect((await whoAmI(session)).Account).toBe('123456789012')
  })

  test('of another partition are unknown', async () => {
    expect((await refusalOf(whoAmI(dana, { region: 'cn-north-1' }))).code).toBe('InvalidClientTokenId')
  })

  test('issued ones tell their account', async () => {
    expect(accountIdFromKeyId(dana.accessKeyId)).toBe('987654321098')
    expect(accountIdFromKeyId((await sessionOf(dana)).AccessKeyId ?? '')).toBe('123456789012')
  })
})

describe('clock', () => {
  test.each([
    [-16, /^Signature expired: (\d{8}T\d{6}Z) is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$/],
    [16, /^Signature not yet current: (\d{8}T\d{6}Z) is still later than \d{8}T\d{6}Z \(\d{8}T\d{6}Z \+ 15 min\.\)$/],
  ])('a client %i minutes off is refused', async (minutes, message) => {
    const refusal = await refusalOf(whoAmI(dana, { systemClockOffset: minutes * 60_000 }))
    expect(refusal).toMatchObject({
      code: 'SignatureDoesNotMatch',
      status: 403,
      message: expect.stringMatching(message),
    })
  })

  test.each([-14, 14])('a client %i minutes off passes', async (minutes) => {
    await whoAmI(dana, { systemClockOffset: minutes * 60_000 })
  })

  test('the SDK reads the server’s time from the reply and gets through at its second attempt', async () => {
    practice.control.apply({ clockSkewSeconds: 3600 })
    try {
      await whoAmI(dana, { maxAttempts: 2 })
    } finally {
      practice.control.apply({ clockSkewSeconds: 0 })
    }
    expect(practice.calls().map((call) => call.errorCode)).toEqual(['SignatureDoesNotMatch', null])
  })
})

describe('AssumeRole', () => {
  const refused = async (who: Who, input: Partial<AssumeRoleCommandInput>) => refusalOf(assume(who, input))

  test('gives a role session with the expiry asked for', async () => {
    const before = Math.floor(Date.now() / 1000)
    const answer = await assume(dana, { DurationSeconds: 43_200 })
    expect(answer.AssumedRoleUser).toEqual({
      Arn: 'arn:aws:sts::123456789012:assumed-role/ReadOnly/dana',
      AssumedRoleId: expect.stringMatching(/^AROA.{17}:dana$/),
    })
    const expiry = (answer.Credentials?.Expiration?.getTime() ?? 0) / 1000
    expect(expiry - before).toBeGreaterThanOrEqual(43_200)
    expect(expiry - before).toBeLessThan(43_210)
    expect(answer.PackedPolicySize).toBeUndefined()
  })

  test.each<[string, string, Partial<AssumeRoleCommandInput>]>([
    ['a role that does not exist', `${PROD}/Nobody`, {}],
    ['a role that trusts somebody else', `${PROD}/SupportUserRole`, {}],
    ['MFA missing', `${PROD}/PlatformAdmin`, {}],
    ['an external id missing', DATA_ENGINEER, {}],
    ['a wrong external id', DATA_ENGINEER, { ExternalId: 'acme-ops-2292' }],
    ['a role of another partition', 'arn:aws-cn:iam::123456789012:role/ReadOnly', {}],
  ])('%s: the one text that tells nothing', async (_, RoleArn, input) => {
    expect(await refused(dana, { RoleArn, ...input })).toEqual({
      code: 'AccessDenied',
      name: 'AccessDenied',
      status: 403,
      message: `User: ${dana.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    })
  })

  test('the right external id opens', async () => {
    await assume(dana, { RoleArn: DATA_ENGINEER, ExternalId: 'acme-ops-2291' })
  })

  describe('with MFA', () => {
    const RoleArn = `${PROD}/PlatformAdmin`

    test('the code opens, once', async () => {
      const mfa = withCode()
      await assume(dana, { RoleArn, ...mfa })
      expect(await refused(dana, { RoleArn, ...mfa })).toMatchObject({
        code: 'AccessDenied',
        status: 403,
        message: expect.stringContaining('MultiFactorAuthentication failed with invalid MFA one time pass code'),
      })
    })

    test.each<[string, () => Partial<AssumeRoleCommandInput>, string]>([
      ['a wrong code', () => withCode(0), 'failed with invalid MFA one time pass code'],
      ['an old code', () => withCode(Date.now() - 120_000), 'failed with invalid MFA one time pass code'],
      ['the user’s ARN as serial', () => ({ ...withCode(), SerialNumber: dana.arn }), 'unable to validate MFA code'],
      [
        'the serial alone',
        () => ({ SerialNumber: dana.mfaSerial ?? '' }),
        'must provide both MFA serial number and one time pass code',
      ],
      ['the code alone', () => ({ TokenCode: '123456' }), 'must provide both MFA serial number and one time pass code'],
    ])('%s is refused', async (_, input, text) => {
      const refusal = await refused(dana, { RoleArn, ...input() })
      expect(refusal).toMatchObject({ code: 'AccessDenied', status: 403, message: expect.stringContaining(text) })
    })

    test('another user’s device is refused', async () => {
      const refusal = await refused(bot, { RoleArn, ...withCode() })
      expect(refusal.message).toContain('unable to validate MFA code')
    })

    test('a GetSessionToken session got with a code needs no other one; one without a code does', async () => {
      const { Credentials: plain } = await getSessionToken(dana)
      const { Credentials: strong } = await getSessionToken(dana, withCode())
      expect((await refused(plain, { RoleArn })).code).toBe('AccessDenied')
      expect((await assume(strong, { RoleArn })).AssumedRoleUser?.Arn).toContain('PlatformAdmin')
    })

    test('a role session does not carry its MFA on', async () => {
      practice.addRole({
        accountId: '123456789012',
        name: 'Strict',
        trust: [{ principals: [ORG_ACCESS], requiresMfa: true }],
      })
      const org = await sessionOf(dana, { RoleArn: ORG_ACCESS, ...withCode() })
      expect((await refused(org, { RoleArn: `${PROD}/Strict` })).code).toBe('AccessDenied')
      expect((await refused(org, { RoleArn: `${PROD}/Strict`, ...withCode() })).message).toContain('unable to validate')
    })
  })

  describe('durations', () => {
    test('above the role’s maximum', async () => {
      expect(await refused(dana, { RoleArn: SANDBOX_ADMIN, DurationSeconds: 14_401 })).toMatchObject({
        code: 'ValidationError',
        status: 400,
        message: expect.stringContaining(
          'The requested DurationSeconds exceeds the MaxSessionDuration set for this role',
        ),
      })
      await assume(dana, { RoleArn: SANDBOX_ADMIN, DurationSeconds: 14_400 })
    })

    test.each<[string, () => Promise<Who>]>([
      ['a role session', () => sessionOf(dana, { RoleArn: ORG_ACCESS, ...withCode() })],
      ['a GetSessionToken session', async () => (await getSessionToken(dana)).Credentials],
    ])('above one hour from %s', async (_, caller) => {
      const session = await caller()
      const refusal = await refused(session, { DurationSeconds: 3601 })
      expect(refusal).toMatchObject({
        code: 'ValidationError',
        status: 400,
        message: expect.stringContaining(
          'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
        ),
      })
      await assume(session, { DurationSeconds: 3600 })
    })

    test.each([899, 43_201])('%i seconds are outside any role’s range', async (DurationSeconds) => {
      const refusal = await refused(dana, { DurationSeconds })
      expect(refusal).toMatchObject({
        code: 'ValidationError',
        message: expect.stringContaining("at 'durationSeconds'"),
      })
    })
  })

  test('chains through the role that trusts the session’s role', async () => {
    const RoleArn = 'arn:aws:iam::234567890123:role/PlatformAdmin'
    expect((await refused(dana, { RoleArn })).code).toBe('AccessDenied')
    const org = await sessionOf(dana, { RoleArn: ORG_ACCESS, ...withCode() })
    const chained = await assume(org, { RoleArn, RoleSessionName: 'next' })
    expect(chained.AssumedRoleUser?.Arn).toBe('arn:aws:sts::234567890123:assumed-role/PlatformAdmin/next')
  })

  test.each<[string, Partial<AssumeRoleCommandInput>, string]>([
    ['session name', { RoleSessionName: 'Power User' }, "Value 'Power User' at 'roleSessionName'"],
    ['short session name', { RoleSessionName: 'd' }, 'Member must have length greater than or equal to 2'],
    ['missing session name', { RoleSessionName: undefined }, "Value null at 'roleSessionName'"],
    ['external id', { ExternalId: 'a b' }, "Value 'a b' at 'externalId'"],
    ['source identity', { SourceIdentity: 'aws:dana' }, "Value 'aws:dana' at 'sourceIdentity'"],
    ['MFA code', { SerialNumber: 'GAHT12345678', TokenCode: '12345' }, "Value '12345' at 'tokenCode'"],
    ['tag key', { Tags: [{ Key: 'a?', Value: '' }] }, "Value 'a?' at 'tags.1.member.key'"],
    ['role ARN', { RoleArn: 'arn:aws:iam::12:role/Short' }, 'arn:aws:iam::12:role/Short is invalid'],
    ['policy of another account', { PolicyArns: [{ arn: `arn:aws:iam::111122223333:policy/Mine` }] }, 'is not valid'],
    [
      'eleven policies',
      { PolicyArns: Array(11).fill({ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }) },
      "at 'policyArns'",
    ],
    ['51 tags', { Tags: Array.from({ length: 51 }, (_, i) => ({ Key: `k${i}`, Value: '' })) }, "at 'tags'"],
  ])('a bad %s is a ValidationError', async (_, input, text) => {
    const refusal = await refused(dana, input)
    expect(refusal).toMatchObject({ code: 'ValidationError', name: 'ValidationError', status: 400 })
    expect(refusal.message).toContain(text)
  })

  test('session policies count towards their size', async () => {
    const PolicyArns = [{ arn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }]
    expect((await assume(dana, { PolicyArns })).PackedPolicySize).toBe(2)
    expect(await refused(dana, { Policy: '{nonsense' })).toMatchObject({
      code: 'MalformedPolicyDocument',
      name: 'MalformedPolicyDocumentException',
      status: 400,
    })
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [], Id: 'x'.repeat(2000) })
    expect(await refused(dana, { Policy, PolicyArns })).toMatchObject({
      code: 'PackedPolicyTooLarge',
      name: 'PackedPolicyTooLargeException',
      status: 400,
      message: expect.stringMatching(/consumes 10\d% of allotted space/),
    })
  })

  test('source identity and transitive tags stay through the chain', async () => {
    const org = await sessionOf(dana, {
      RoleArn: ORG_ACCESS,
      SourceIdentity: 'dana',
      Tags: [{ Key: 'Team', Value: 'ops' }],
      TransitiveTagKeys: ['Team'],
      ...withCode(),
    })
    const chain = { RoleArn: `${PROD}/PlatformAdmin` }
    expect((await assume(org, chain)).SourceIdentity).toBe('dana')
    expect((await refused(org, { ...chain, SourceIdentity: 'erin' })).message).toContain('sts:SetSourceIdentity')
    expect(await refused(org, { ...chain, Tags: [{ Key: 'team', Value: 'x' }] })).toMatchObject({
      code: 'InvalidParameterValue',
      message: expect.stringContaining('conflicts with a transitive tag key'),
    })
    const Tags = ['a', 'A'].map((Key) => ({ Key, Value: '' }))
    expect((await refused(dana, { Tags })).message).toContain('Duplicate tag keys')
  })

  test('a role that forbids tags refuses them', async () => {
    const { arn } = practice.addRole({
      accountId: '123456789012',
      name: 'NoTags',
      trust: [{ principals: [dana.arn] }],
      allowsTags: false,
      allowsSourceIdentity: false,
    })
    expect((await refused(dana, { RoleArn: arn, Tags: [{ Key: 'a', Value: '' }] })).message).toContain('sts:TagSession')
    expect((await refused(dana, { RoleArn: arn, SourceIdentity: 'dana' })).message).toContain('sts:SetSourceIdentity')
    await assume(dana, { RoleArn: arn })
  })

  test('the root user can’t', async () => {
    const root = practice.addUser({ accountId: '987654321098', name: 'root', isRoot: true })
    expect((await whoAmI(root)).Arn).toBe('arn:aws:iam::987654321098:root')
    expect(await refused(root, {})).toMatchObject({
      code: 'AccessDenied',
      message: 'Roles may not be assumed by root accounts.',
    })
    const { Credentials } = await getSessionToken(root, { DurationSeconds: 7200 })
    expect((Credentials?.Expiration?.getTime() ?? 0) - Date.now()).toBeLessThanOrEqual(3_600_000)
  })
})

describe('GetSessionToken', () => {
  test('is for long-term keys only', async () => {
    for (const session of [await sessionOf(dana), (await getSessionToken(dana)).Credentials])
      expect(await refusalOf(getSessionToken(session))).toMatchObject({
        code: 'AccessDenied',
        status: 403,
        message: 'Cannot call GetSessionToken with session credentials',
      })
  })

  test('checks the code as AssumeRole does, and shares its use', async () => {
    const mfa = withCode()
    await getSessionToken(dana, mfa)
    expect((await refusalOf(assume(dana, { RoleArn: `${PROD}/PlatformAdmin`, ...mfa }))).message).toContain(
      'invalid MFA',
    )
  })

  test.each([899, 129_601])('%i seconds are out of range', async (DurationSeconds) => {
    expect((await refusalOf(getSessionToken(dana, { DurationSeconds }))).code).toBe('ValidationError')
  })
})

describe('GetAccessKeyInfo', () => {
  test('gives a key’s account, but not to a GetSessionToken session', async () => {
    const ask = (who: Who) =>
      stsClient(practice, who).send(new GetAccessKeyInfoCommand({ AccessKeyId: 'ASIAY34FZKBOKMUTVV7A' }))
    expect((await ask(dana)).Account).toBe('609629065308')
    expect((await refusalOf(ask((await getSessionToken(dana)).Credentials))).code).toBe('AccessDenied')
  })
})

describe('injected trouble', () => {
  test('throttling, for as many calls as told', async () => {
    practice.control.apply({ throttleNext: 2 })
    expect(await refusalOf(whoAmI(dana))).toMatchObject({ code: 'Throttling', status: 400, message: 'Rate exceeded' })
    await whoAmI(dana, { maxAttempts: 3 })
    expect(practice.calls().map((call) => call.errorCode)).toEqual(['Throttling', 'Throttling', null])
  })

  test('failures', async () => {
    practice.control.apply({ failNext: 1 })
    expect(await refusalOf(whoAmI(dana))).toMatchObject({ code: 'InternalFailure', status: 500 })
    await whoAmI(dana)
  })

  test('a region without STS', async () => {
    practice.control.apply({ disabledRegions: ['eu-west-1'] })
    expect(await refusalOf(whoAmI(dana))).toMatchObject({
      code: 'RegionDisabledException',
      name: 'RegionDisabledException',
      status: 403,
      message: expect.stringContaining('STS is not activated in this region for account:987654321098'),
    })
    await whoAmI(dana, { region: 'us-east-1' })
    practice.control.apply({ disabledRegions: [] })
    await whoAmI(dana)
  })

  test('a deactivated key: its sessions go on', async () => {
    const session = await sessionOf(dana)
    practice.control.apply({ deactivateKey: dana.accessKeyId })
    expect((await refusalOf(whoAmI(dana))).code).toBe('InvalidClientTokenId')
    await whoAmI(session)
    practice.control.apply({ activateKey: dana.accessKeyId })
    await whoAmI(dana)
  })

  test('a revoked and an expired session', async () => {
    const [first, second] = [await sessionOf(dana), await sessionOf(dana)]
    practice.control.apply({ revokeSession: first.AccessKeyId, expireSession: second.AccessKeyId })
    expect((await refusalOf(whoAmI(first))).code).toBe('InvalidClientTokenId')
    expect((await refusalOf(whoAmI(second))).code).toBe('ExpiredToken')
  })

  test('latency', async () => {
    practice.control.apply({ latencyMs: 120 })
    const before = performance.now()
    await whoAmI(dana)
    practice.control.apply({ latencyMs: 0 })
    expect(performance.now() - before).toBeGreaterThanOrEqual(115)
  })
})

test('the log of calls tells who asked for what, and no secrets', async () => {
  const mfa = withCode()
  const session = await sessionOf(dana, { RoleArn: `${PROD}/PlatformAdmin`, ...mfa })
  await whoAmI(session)
  expect(practice.calls()).toMatchObject([
    {
      action: 'AssumeRole',
      accessKeyId: dana.accessKeyId,
      region: 'eu-west-1',
      roleArn: `${PROD}/PlatformAdmin`,
      status: 200,
    },
    { action: 'GetCallerIdentity', accessKeyId: session.AccessKeyId, roleArn: null, errorCode: null },
  ])
  const text = JSON.stringify(practice.calls())
  for (const secret of [dana.secretAccessKey, session.SecretAccessKey, session.SessionToken, mfa.TokenCode])
    expect(text).not.toContain(secret)
})
