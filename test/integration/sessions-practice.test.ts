import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSts } from '#core/aws/index.ts'
import type { MfaPromptRequest } from '#core/capabilities.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import type { AccessKeyIdentity } from '#shared/identities.ts'
import { openScenario, type SessionScenario } from '../support/session-scenario.ts'

const PROD = '123456789012'
const STAGING = '234567890123'
const HOME = '987654321098'

let practice: PracticeAccount
let scenario: SessionScenario
let dana: AccessKeyIdentity
let prompts: MfaPromptRequest[]
let codes: string[]

const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`
const stsCalls = () => practice.calls().filter(({ action }) => action === 'AssumeRole' || action === 'GetSessionToken')
const code = () => practice.totpCode('dana.whitfield')

beforeEach(async () => {
  prompts = []
  codes = []
  practice = await startPracticeAccount()
  scenario = openScenario({ AWS_ENDPOINT_URL: practice.endpoint }, async (request) => {
    prompts.push(request)
    return codes.shift() ?? code()
  })
  dana = await scenario.addIdentity({ ...practice.user('dana.whitfield'), name: 'dana' })
})

afterEach(async () => {
  scenario.close()
  await practice.close()
})

describe('sessions against the practice account', () => {
  it('confirms the key, assumes a role, and what it gets is taken', async () => {
    expect(dana).toMatchObject({ verified: true, accountId: HOME, userArn: practice.user('dana.whitfield').arn })
    scenario.addRole('ro', role(PROD, 'ReadOnly'), dana, { durationSeconds: 7200, region: 'eu-west-1' })
    const before = Date.now()
    const credentials = await scenario.engine.credentials('ro')
    expect(credentials).toMatchObject({
      accountId: PROD,
      roleArn: role(PROD, 'ReadOnly'),
      assumedRoleArn: `arn:aws:sts::${PROD}:assumed-role/ReadOnly/hallpass-dana.whitfield`,
      region: 'eu-west-1',
    })
    const lifetime = (credentials.expiration.getTime() - before) / 1000
    expect(lifetime).toBeGreaterThan(7190)
    expect(lifetime).toBeLessThan(7210)
    const sts = createSts({ AWS_ENDPOINT_URL: practice.endpoint })
    await expect(sts.getCallerIdentity(credentials, { region: null, name: 'dana' })).resolves.toMatchObject({
      arn: credentials.assumedRoleArn,
    })
  })

  it('makes one call and one prompt for many callers, and keeps the session for another process', async () => {
    scenario.addRole('admin', role(PROD, 'PlatformAdmin'), dana, { mfa: true })
    const all = await Promise.all(Array.from({ length: 20 }, () => scenario.engine.credentials('admin')))
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1)
    expect(prompts).toEqual([{ serial: dana.mfaSerial, identity: 'dana', target: 'admin' }])
    expect(stsCalls()).toHaveLength(1)
    expect(await scenario.secondEngine().credentials('admin')).toEqual(all[0])
    expect(stsCalls()).toHaveLength(1)
  })

  it('asks again after a wrong code and after a used one', async () => {
    scenario.addRole('admin', role(PROD, 'PlatformAdmin'), dana, { mfa: true })
    const good = code()
    const wrong = good === '000000' ? '000001' : '000000'
    codes.push(wrong, good)
    await scenario.engine.credentials('admin')
    expect(prompts.map(({ problem }) => problem?.code)).toEqual([undefined, 'sts.mfa-invalid'])
    await expect(scenario.engine.credentials('admin', { mfaCode: good, renew: true })).rejects.toMatchObject({
      code: 'sts.mfa-invalid',
      message: expect.stringContaining('used already'),
    })
  })

  it('follows a chain with one code', async () => {
    const org = scenario.addRole('org', role(HOME, 'OrgAccess'), dana, { mfa: true })
    scenario.addRole('staging', role(STAGING, 'PlatformAdmin'), org)
    const credentials = await scenario.engine.credentials('staging')
    expect(credentials.assumedRoleArn).toContain(`${STAGING}:assumed-role/PlatformAdmin/`)
    expect(prompts).toHaveLength(1)
    await scenario.engine.credentials('org')
    expect(stsCalls()).toHaveLength(2)
  })

  it('starts a chain anew when AWS has dropped the session it starts from', async () => {
    const org = scenario.addRole('org', role(HOME, 'OrgAccess'), dana, { mfa: true })
    scenario.addRole('staging', role(STAGING, 'PlatformAdmin'), org)
    const first = await scenario.engine.credentials('org')
    for (const command of [{ expireSession: first.accessKeyId }, { revokeSession: first.accessKeyId }]) {
      practice.control.apply({ ...command, forgetUsedCodes: true })
      await scenario.engine.credentials('staging', { renew: true })
    }
    expect(prompts.length).toBeGreaterThan(1)
  })

  it('explains a refusal with what was and was not sent', async () => {
    scenario.addRole('data', role('456789012345', 'DataEngineer'), dana)
    scenario.addRole('admin', role(PROD, 'PlatformAdmin'), dana)
    for (const name of ['data', 'admin']) {
      await expect(scenario.engine.credentials(name)).rejects.toMatchObject({
        code: 'sts.access-denied',
        message: expect.stringMatching(
          /does not name dana\.whitfield, it wants MFA and none was sent, it wants an external id/,
        ),
        details: expect.stringContaining('is not authorized to perform: sts:AssumeRole'),
      })
    }
  })

  it('passes an external id', async () => {
    scenario.addRole('data', role('456789012345', 'DataEngineer'), dana, { externalId: 'acme-ops-2291' })
    await expect(scenario.engine.credentials('data')).resolves.toMatchObject({ accountId: '456789012345' })
  })

  it.each([
    [
      'a session longer than the role allows',
      'sts.duration-role-maximum',
      () => scenario.addRole('x', role(PROD, 'PlatformAdmin'), dana, { mfa: true, durationSeconds: 7200 }),
    ],
    [
      'a key that was turned off',
      'sts.key-unknown',
      () => {
        scenario.addRole('x', role(PROD, 'ReadOnly'), dana)
        practice.control.apply({ deactivateKey: dana.accessKeyId })
      },
    ],
    [
      'a region that is off',
      'sts.region-disabled',
      () => {
        scenario.addRole('x', role(PROD, 'ReadOnly'), dana, { region: 'ap-east-1' })
        practice.control.apply({ disabledRegions: ['ap-east-1'] })
      },
    ],
    [
      'a clock behind AWS’s',
      'sts.clock-slow',
      () => {
        scenario.addRole('x', role(PROD, 'ReadOnly'), dana)
        practice.control.apply({ clockSkewSeconds: 1800 })
      },
    ],
    [
      'a clock ahead of AWS’s',
      'sts.clock-fast',
      () => {
        scenario.addRole('x', role(PROD, 'ReadOnly'), dana)
        practice.control.apply({ clockSkewSeconds: -1800 })
      },
    ],
  ])('names %s', async (_case, expected, arrange) => {
    arrange()
    await expect(scenario.engine.credentials('x')).rejects.toMatchObject({ code: expected })
  })

  it('tells how far the clock is off', async () => {
    scenario.addRole('x', role(PROD, 'ReadOnly'), dana)
    practice.control.apply({ clockSkewSeconds: 1800 })
    await expect(scenario.engine.credentials('x')).rejects.toMatchObject({
      message: 'This computer is 30 minutes behind AWS. AWS rejects requests that far off.',
    })
  })

  it('rides out throttling and a failure', async () => {
    scenario.addRole('ro', role(PROD, 'ReadOnly'), dana)
    practice.control.apply({ throttleNext: 1, failNext: 1 })
    await scenario.engine.credentials('ro')
    practice.control.apply({ throttleNext: 3 })
    await expect(scenario.engine.credentials('ro', { renew: true })).rejects.toMatchObject({ code: 'sts.throttled' })
    expect(scenario.engine.list()).toHaveLength(1)
  })

  it('keeps handing out a session while AWS is away', async () => {
    scenario.addRole('short', role(PROD, 'ReadOnly'), dana, { durationSeconds: 900 })
    const held = await scenario.engine.credentials('short')
    await practice.close()
    expect(await scenario.engine.credentials('short')).toEqual(held)
    await expect(scenario.engine.credentials('short', { renew: true })).rejects.toMatchObject({
      code: 'network.unreachable',
    })
  })

  it('gets an identity’s own session, which can’t be had from a session', async () => {
    const credentials = await scenario.engine.credentials('dana', { durationSeconds: 3600 })
    expect(credentials).toMatchObject({ roleArn: null, accountId: HOME })
    const sts = createSts({ AWS_ENDPOINT_URL: practice.endpoint })
    const call = { credentials, region: 'us-east-1', target: 'dana', caller: 'dana' }
    await expect(sts.getSessionToken(call, {})).rejects.toMatchObject({ code: 'sts.session-credentials' })
  })

  it('stores no key AWS refuses, and tells a wrong secret from an unknown key', async () => {
    const bot = practice.user('deploy-bot')
    const wrong = { ...bot, name: 'bot', secretAccessKey: 'x'.repeat(40) }
    await expect(scenario.addIdentity(wrong)).rejects.toMatchObject({ code: 'sts.secret-wrong' })
    await expect(scenario.addIdentity({ ...wrong, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' })).rejects.toMatchObject({
      code: 'sts.key-unknown',
    })
    expect(scenario.store.identities.list()).toHaveLength(1)
  })

  it('leaves no secret in any file', async () => {
    scenario.addRole('ro', role(PROD, 'ReadOnly'), dana)
    const credentials = await scenario.engine.credentials('ro')
    const files = readdirSync(scenario.folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    const content = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1')).join('\n')
    // The public parts are there, so the files read are the right ones.
    expect(content).toContain(credentials.accessKeyId)
    for (const secret of [
      practice.user('dana.whitfield').secretAccessKey,
      credentials.secretAccessKey,
      credentials.sessionToken,
    ]) {
      expect(content).not.toContain(secret)
    }
  })
})
