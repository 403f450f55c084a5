/**
 * Emergency access set up, confirmed from outside by botocore, interrupted at every call, and taken back: against the
 * practice account, and as far as it goes against moto.
 */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIam, type IamCalls } from '#core/aws/iam.ts'
import { createSts } from '#core/aws/index.ts'
import { createPasswordRotation } from '#core/breakglass/passwords.ts'
import { sealedEntry } from '#core/breakglass/records.ts'
import { trustPolicy } from '#core/breakglass/setup/documents.ts'
import { planAsCloudFormation, planAsCommands } from '#core/breakglass/setup/render.ts'
import { createSetup, type SetupParts } from '#core/breakglass/setup/setup.ts'
import { createIdentityService } from '#core/identities.ts'
import { totpCode } from '#core/mfa/totp-code.ts'
import { parseTotpSeed } from '#core/mfa/totp-seed.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import type { SetupInput } from '#shared/breakglass-setup.ts'
import { HallpassError } from '#shared/errors.ts'
import { hasBotocore } from '../support/botocore.ts'
import { createUser, type Moto, motoMissing, startMoto } from '../support/moto.ts'
import { createMemoryVault } from '../unit/core/awsfiles/support/aws-home.ts'

const DANA = 'dana.whitfield'
const NAME = 'EmergencyAccess'
/** Without a wait for codes, which a sweep would spend most of its time on. */
const SWEPT: SetupInput = { from: 'admin', withMfa: true, withAccessKey: true }
const ALL: SetupInput = { from: 'admin', withMfa: true, withAccessKey: true, roleNeedsMfa: true }

let folder: string
let store: Store
let vault: ReturnType<typeof createMemoryVault>
let env: Readonly<Record<string, string>>
let now: () => number
let skip: (ms: number) => void
let recorded: string[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'setup-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  vault = createMemoryVault()
  recorded = []
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

async function addAdmin(accessKeyId: string, secretAccessKey: string, name = 'admin'): Promise<void> {
  const settled = { release: async () => {}, settle: async () => {} }
  const parts = { store, vault: vault as unknown as Vault, sts: createSts(env), clock: () => now(), ...settled }
  await createIdentityService(parts).add({ name, accessKeyId, secretAccessKey })
}

function parts(over: Partial<SetupParts> = {}): SetupParts {
  return {
    store,
    vault: vault as unknown as Vault,
    iam: createIam(env),
    sts: createSts(env),
    mfaSession: async () => undefined,
    clock: () => now(),
    awsClock: () => now(),
    record: async (what) => void recorded.push(what),
    wait: async (ms) => skip(ms),
    ...over,
  }
}
const setup = (over: Partial<SetupParts> = {}) => createSetup(parts(over))
const sealed = () => store.sealed.byName(NAME)
const interrupted = () =>
  store.setups
    .list()
    .filter(({ doneAt }) => doneAt === null)
    .map(({ choices }) => choices.user)
const secretOf = (part: 'password' | 'next-password' | 'totp-seed' | 'secret-access-key') =>
  vault.entries.get(sealedEntry(sealed()?.id ?? '', part)) ?? ''

interface Seen {
  readonly [row: string]: unknown
}

/** What a plain botocore script sees of the account. */
function lookFromOutside(endpoint: string, admin: { id: string; secret: string }, withKey = true): Promise<Seen> {
  const key = sealed()?.accessKeyId
  const seed = secretOf('totp-seed')
  const job = {
    endpoint,
    admin,
    ...(withKey && key ? { key: { id: key, secret: secretOf('secret-access-key') } } : {}),
    ...(withKey && seed ? { serial: sealed()?.mfaSerial, code: totpCode(parseTotpSeed(seed), now()) } : {}),
  }
  const script = resolve(import.meta.dirname, '../support/confirm-emergency-access.py')
  const home = { PATH: process.env.PATH, HOME: process.env.HOME, AWS_CONFIG_FILE: '/dev/null' }
  return new Promise((done, reject) => {
    const python = execFile('python3', [script], { env: home }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : done(JSON.parse(stdout) as Seen),
    )
    python.stdin?.end(JSON.stringify(job))
  })
}

if (!hasBotocore)
  process.stderr.write('skipped: emergency access seen from outside, because botocore is not installed\n')

/** Every row of what was promised. */
function expectAll(seen: Seen, account: string, isMfaNeeded: boolean): void {
  const user = `arn:aws:iam::${account}:user/${NAME}`
  expect(seen).toMatchObject({
    user,
    resetRequired: false,
    members: [NAME],
    groupPolicies: ['arn:aws:iam::aws:policy/AdministratorAccess'],
    rolePolicies: ['arn:aws:iam::aws:policy/job-function/SupportUser'],
    sameAsPowerUser: true,
    keys: [sealed()?.accessKeyId],
    devices: [`arn:aws:iam::${account}:mfa/${NAME}`],
    keyIs: user,
    assumed: `arn:aws:sts::${account}:assumed-role/SupportUserRole/outside`,
  })
  expect(JSON.stringify(seen.trust)).toContain(user)
  expect(
    JSON.stringify(seen.trust).includes('"aws:MultiFactorAuthPresent": "true"') ||
      JSON.stringify(seen.trust).includes('"aws:MultiFactorAuthPresent":"true"'),
  ).toBe(isMfaNeeded)
}

const NOTHING = {
  user: null,
  resetRequired: null,
  members: null,
  groupPolicies: null,
  trust: null,
  rolePolicies: null,
  keys: null,
  devices: null,
  sameAsPowerUser: false,
}

describe('on the practice account', () => {
  const ACCOUNT = '987654321098'
  let practice: PracticeAccount
  let ahead: number
  const admin = () => {
    const { accessKeyId, secretAccessKey } = practice.user(DANA)
    return { id: accessKeyId, secret: secretAccessKey }
  }

  const callerOf = ({ id, secret }: { id: string; secret: string }) =>
    ({ credentials: { accessKeyId: id, secretAccessKey: secret }, partition: 'aws', name: 'admin' }) as const

  beforeEach(async () => {
    ahead = 0
    const real = Date.now()
    now = () => real + ahead
    skip = (ms) => {
      ahead += ms
    }
    practice = await startPracticeAccount({ clock: () => now() })
    env = practice.describe().environment
    const { accessKeyId, secretAccessKey } = practice.user(DANA)
    await addAdmin(accessKeyId, secretAccessKey)
  })
  afterEach(() => practice.close())

  it('a plan says every call and what is there, and changes nothing', async () => {
    const before = practice.calls().length
    const plan = await setup().plan(ALL)
    expect(plan.steps.map(({ id, state }) => `${id} ${state}`)).toEqual([
      ...['user', 'group', 'group-policy', 'membership', 'password', 'role', 'role-policy', 'policy', 'mfa-device'].map(
        (id) => `${id} to-do`,
      ),
      'access-key to-do',
    ])
    const changing = practice
      .calls()
      .slice(before)
      .filter(({ action }) => !/^(Get|List)/.test(action))
    expect(changing).toEqual([])
    expect(store.sealed.list()).toEqual([])
  })

  it('policies are choices, by AWS’s name or by ARN; one that does not exist stops it first', async () => {
    const chosen = { ...SWEPT, groupPolicy: 'ReadOnlyAccess', rolePolicy: 'arn:aws:iam::aws:policy/IAMFullAccess' }
    const plan = await setup().plan(chosen)
    expect(plan.steps.filter(({ id }) => id.endsWith('-policy')).map(({ subject }) => subject)).toEqual([
      'ReadOnlyAccess',
      'IAMFullAccess',
    ])
    expect(planAsCommands(plan)).toContain("--policy-arn 'arn:aws:iam::aws:policy/ReadOnlyAccess'")
    expect(planAsCloudFormation(plan)).toContain('arn:aws:iam::aws:policy/IAMFullAccess')
    await setup().apply(chosen)
    const attached = await createIam(env).send(callerOf(admin()), 'ListAttachedGroupPolicies', {
      GroupName: 'EmergencyAccessGroup',
    })
    expect(attached.AttachedPolicies?.map(({ PolicyArn }) => PolicyArn)).toEqual([
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
    ])
    await setup().undo(NAME)
    const before = practice.calls().length
    const unknown = setup().apply({ ...SWEPT, groupPolicy: 'NoSuchPolicy' })
    await expect(unknown).rejects.toMatchObject({
      code: 'iam.not-found',
      message: expect.stringContaining('NoSuchPolicy'),
    })
    expect(
      practice
        .calls()
        .slice(before)
        .filter(({ action }) => !/^(?:Get|List)/.test(action)),
    ).toEqual([])
  })

  it.skipIf(!hasBotocore)(
    'makes every row, which botocore confirms; a second run changes nothing; undo leaves the account as it was',
    async () => {
      const before = await lookFromOutside(practice.endpoint, admin(), false)
      expect(before).toMatchObject(NOTHING)
      practice.control.apply({ iamDelayMs: 5000 })
      const result = await setup().apply(ALL)
      expect(result.made).toHaveLength(10)
      expect(result.checks.filter(({ ok }) => !ok)).toEqual([])
      expect(result.checks.map(({ what }) => what)).toEqual([
        'group',
        'password',
        'sign-in-url',
        'mfa-device',
        'access-key',
        'role',
      ])
      expect(sealed()).toMatchObject({
        accountAlias: 'acme-identity',
        signInUrl: 'https://acme-identity.signin.aws.amazon.com/console',
        holds: ['password', 'totp-seed', 'secret-access-key'],
      })
      skip(60_000)
      expectAll(await lookFromOutside(practice.endpoint, admin()), ACCOUNT, true)

      const calls = practice.calls().length
      const again = await setup().apply(ALL)
      expect(again.made).toEqual([])
      const changing = practice
        .calls()
        .slice(calls)
        .filter(({ action }) => !/^(Get|List|AssumeRole)/.test(action))
      expect(changing).toEqual([])
      expect((await setup().plan(ALL)).steps.every(({ state }) => state === 'exists')).toBe(true)

      await setup().undo(NAME)
      expect(await lookFromOutside(practice.endpoint, admin(), false)).toEqual(before)
      expect(store.sealed.list()).toEqual([])
      expect([...vault.entries.keys()].filter((entry) => entry.startsWith('breakglass/'))).toEqual([])
      expect(recorded).toEqual(['set-up', 'undone'])
    },
  )

  it('leaves what was there as it is, also when it is taken back', async () => {
    const caller = {
      credentials: { accessKeyId: admin().id, secretAccessKey: admin().secret },
      partition: 'aws' as const,
      name: DANA,
    }
    const iam = createIam(env)
    const send = (operation: never, input: object) => iam.send(caller, operation, input as never)
    await send('CreateGroup' as never, { GroupName: 'EmergencyAccessGroup' })
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: '987654321098' }, Action: 'sts:AssumeRole' }],
    }
    await send('CreateRole' as never, { RoleName: 'SupportUserRole', AssumeRolePolicyDocument: JSON.stringify(trust) })
    const plan = await setup().plan({ from: 'admin' })
    expect(plan.steps.find(({ id }) => id === 'group')?.state).toBe('exists')
    for (const id of ['role', 'role-policy'])
      expect(plan.steps.find((step) => step.id === id)).toMatchObject({ state: 'differs', reason: expect.any(String) })
    const { made } = await setup().apply({ from: 'admin' })
    expect(made).not.toContain('group')
    expect(made).not.toContain('role')
    // Nobody’s role gets rights it did not have.
    expect(made).not.toContain('role-policy')
    await setup().undo(NAME)
    await expect(send('GetGroup' as never, { GroupName: 'EmergencyAccessGroup' })).resolves.toBeDefined()
    await expect(send('GetRole' as never, { RoleName: 'SupportUserRole' })).resolves.toBeDefined()
    await expect(send('GetUser' as never, { UserName: NAME })).rejects.toMatchObject({ code: 'iam.not-found' })
  })

  it('gives nobody the rights of an emergency user: a group with others in it is left alone', async () => {
    const caller = {
      credentials: { accessKeyId: admin().id, secretAccessKey: admin().secret },
      partition: 'aws' as const,
      name: DANA,
    }
    const iam = createIam(env)
    await iam.send(caller, 'CreateGroup', { GroupName: 'EmergencyAccessGroup' })
    await iam.send(caller, 'AddUserToGroup', { GroupName: 'EmergencyAccessGroup', UserName: 'deploy-bot' })
    const { made, checks } = await setup().apply({ from: 'admin' })
    for (const id of ['group', 'group-policy', 'membership']) expect(made).not.toContain(id)
    expect(checks.find(({ what }) => what === 'group')).toMatchObject({ ok: false, note: expect.any(String) })
    const attached = await iam.send(caller, 'ListAttachedGroupPolicies', { GroupName: 'EmergencyAccessGroup' })
    expect(attached.AttachedPolicies ?? []).toEqual([])
  })

  it.each([
    ['denied', 'deploy-bot', {}, 'iam.denied'],
    ['throttled for long', 'admin', { throttleNext: 60 }, 'iam.throttled'],
    ['down', 'admin', { failNext: 60 }, 'aws.unavailable'],
  ])('%s is explained, and nothing is half made', async (_, from, control, code) => {
    const { accessKeyId, secretAccessKey } = practice.user('deploy-bot')
    await addAdmin(accessKeyId, secretAccessKey, 'deploy-bot')
    const open = setup({ sts: { ...createSts(env) } })
    const plan = async () => {
      // The first call of all, to STS, is let through: it is IAM that is tried.
      const identity = await createSts(env).getCallerIdentity(
        { accessKeyId: admin().id, secretAccessKey: admin().secret },
        { region: null, name: 'x' },
      )
      const fixed = { getCallerIdentity: async () => identity, assumeRole: createSts(env).assumeRole }
      practice.control.apply(control)
      return from === 'admin' ? setup({ sts: fixed }).plan({ from }) : open.plan({ from })
    }
    await expect(plan()).rejects.toMatchObject({ code, hint: expect.any(String) })
    expect(store.sealed.list()).toEqual([])
  })

  class Killed extends Error {}
  /** Dies at the n-th call that changes something, before or after AWS has carried it out. */
  function dying(at: number, when: 'before' | 'after'): { iam: IamCalls; count: () => number } {
    const real = createIam(env)
    let count = 0
    return {
      count: () => count,
      iam: {
        async send(...given) {
          if (/^(Get|List)/.test(given[1])) return real.send(...given)
          count += 1
          if (count === at && when === 'before') throw new Killed()
          const answer = await real.send(...given)
          if (count === at) throw new Killed()
          return answer
        },
      },
    }
  }

  it('killed at every call, before or after it was carried out, it resumes to the same end, with no orphan and no lost secret', async () => {
    const whole = dying(0, 'before')
    await setup({ iam: whole.iam }).apply(SWEPT)
    await setup().undo(NAME)
    expect(whole.count()).toBeGreaterThan(10)
    const iam = createIam(env)
    const caller = {
      credentials: { accessKeyId: admin().id, secretAccessKey: admin().secret },
      partition: 'aws' as const,
      name: DANA,
    }
    for (let at = 1; at <= whole.count(); at++) {
      for (const when of ['before', 'after'] as const) {
        await expect(setup({ iam: dying(at, when).iam }).apply(SWEPT), `call ${at}, ${when}`).rejects.toBeInstanceOf(
          Killed,
        )
        expect(interrupted()).toEqual([NAME])
        const { checks } = await setup().apply(SWEPT)
        expect(
          checks.filter(({ ok }) => !ok),
          `call ${at}, ${when}`,
        ).toEqual([])
        expect(interrupted()).toEqual([])
        const { AccessKeyMetadata } = await iam.send(caller, 'ListAccessKeys', { UserName: NAME })
        expect(
          AccessKeyMetadata?.map(({ AccessKeyId }) => AccessKeyId),
          `keys, ${at}, ${when}`,
        ).toEqual([sealed()?.accessKeyId])
        const { VirtualMFADevices } = await iam.send(caller, 'ListVirtualMFADevices', {})
        expect(VirtualMFADevices?.filter(({ SerialNumber }) => SerialNumber?.endsWith(NAME))).toHaveLength(1)
        // Taken back by a process that dies in the middle, and then to its end.
        const undo = dying(Math.ceil(whole.count() / 2), when)
        await expect(setup({ iam: undo.iam }).undo(NAME)).rejects.toBeInstanceOf(Killed)
        await setup().undo(NAME)
        await expect(iam.send(caller, 'GetUser', { UserName: NAME })).rejects.toMatchObject({ code: 'iam.not-found' })
      }
    }
  }, 120_000)

  /** Each call that makes something, and that AWS refuses when it is made once more. */
  const MAKING = [
    'CreateUser',
    'CreateGroup',
    'CreateLoginProfile',
    'CreateRole',
    'CreatePolicy',
    'CreateVirtualMFADevice',
    'EnableMFADevice',
    'CreateAccessKey',
  ]
  /** Does something just before the first call of that operation goes out. */
  function beforeFirst(operation: string, act: () => void): IamCalls {
    const real = createIam(env)
    let isDone = false
    return {
      async send(...given) {
        if (given[1] === operation && !isDone) {
          isDone = true
          act()
        }
        return real.send(...given)
      },
    }
  }

  it.each(MAKING)('takes over what %s made when its answer was lost, and goes on', async (operation) => {
    const iam = beforeFirst(operation, () => practice.control.apply({ loseNext: 1 }))
    const { made, checks } = await setup({ iam }).apply(SWEPT)
    expect(made).toHaveLength(10)
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    await setup().undo(NAME)
    expect(practice.calls().filter(({ action }) => action === operation).length).toBeLessThanOrEqual(2)
  })

  it.each(MAKING)('waits and goes on when %s is turned away because there are too many calls', async (operation) => {
    const iam = beforeFirst(operation, () => practice.control.apply({ throttleNext: 4 }))
    const { made, checks } = await setup({ iam }).apply(SWEPT)
    expect(made).toHaveLength(10)
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
  })

  it('takes over what it made also where AWS does not show it at once', async () => {
    const iam = beforeFirst('CreateUser', () => practice.control.apply({ loseNext: 1 }))
    let looks = 0
    const slow: IamCalls = {
      async send(...given) {
        // The first look is before it is made.
        if (given[1] === 'GetUser' && ++looks <= 3)
          throw new HallpassError('iam.not-found', 'There is no such user.', { hint: 'Look again.' })
        return iam.send(...given)
      },
    }
    expect((await setup({ iam: slow }).apply(SWEPT)).made).toContain('user')
    await setup().undo(NAME)
    expect(practice.calls().filter(({ action }) => action === 'DeleteUser')).toHaveLength(1)
  })

  /** Says no to that operation, without AWS. */
  function refusing(operation: string, code: 'iam.denied' | 'iam.limit' | 'iam.password-policy'): IamCalls {
    const real = createIam(env)
    return {
      async send(...given) {
        if (given[1] === operation) throw new HallpassError(code, 'No.', { hint: 'Ask somebody else.' })
        return real.send(...given)
      },
    }
  }
  const byAdmin = () => ({
    credentials: { accessKeyId: admin().id, secretAccessKey: admin().secret },
    partition: 'aws' as const,
    name: DANA,
  })
  const noted = () => store.setups.get(sealed()?.id ?? '')?.steps

  it('what AWS refused to make is not Hallpass’s when it is there later', async () => {
    const iam = createIam(env)
    const denied = setup({ iam: refusing('CreateGroup', 'iam.denied') }).apply({ from: 'admin' })
    await expect(denied).rejects.toMatchObject({ code: 'iam.denied' })
    expect(noted()).toEqual({ user: { state: 'made', detail: null } })
    await iam.send(byAdmin(), 'CreateGroup', { GroupName: 'EmergencyAccessGroup' })
    expect((await setup().apply({ from: 'admin' })).made).not.toContain('group')
    await setup().undo(NAME)
    await expect(iam.send(byAdmin(), 'GetGroup', { GroupName: 'EmergencyAccessGroup' })).resolves.toBeDefined()
  })

  it('a refused device keeps its note, because half of it may be there', async () => {
    const refused = setup({ iam: refusing('EnableMFADevice', 'iam.denied') }).apply(SWEPT)
    await expect(refused).rejects.toMatchObject({ code: 'iam.denied' })
    expect(noted()).toMatchObject({ 'mfa-device': { state: 'making' } })
    await setup().undo(NAME)
    const { VirtualMFADevices = [] } = await createIam(env).send(byAdmin(), 'ListVirtualMFADevices', {})
    expect(VirtualMFADevices.filter(({ SerialNumber }) => SerialNumber?.endsWith(NAME))).toEqual([])
  })

  it('a password that AWS refused is not kept: neither as that of the user, nor for the next try', async () => {
    for (const code of ['iam.denied', 'iam.password-policy'] as const) {
      const refused = setup({ iam: refusing('CreateLoginProfile', code) }).apply({ from: 'admin' })
      await expect(refused).rejects.toMatchObject({ code })
      expect(sealed()?.holds).toEqual([])
      expect([...vault.entries.keys()].filter((entry) => entry.startsWith('breakglass/'))).toEqual([])
    }
    const iam = createIam(env)
    await iam.send(byAdmin(), 'CreateLoginProfile', { UserName: NAME, Password: 'Set-by-hand-2026!' })
    const { checks } = await setup().apply({ from: 'admin' })
    expect(checks.find(({ what }) => what === 'password')).toMatchObject({ ok: false })
  })

  it('leaves a key that the user had, wherever the making of another is interrupted', async () => {
    const iam = createIam(env)
    const caller = {
      credentials: { accessKeyId: admin().id, secretAccessKey: admin().secret },
      partition: 'aws' as const,
      name: DANA,
    }
    await iam.send(caller, 'CreateUser', { UserName: NAME })
    const { AccessKey } = await iam.send(caller, 'CreateAccessKey', { UserName: NAME })
    const keys = async () => {
      const { AccessKeyMetadata = [] } = await iam.send(caller, 'ListAccessKeys', { UserName: NAME })
      return AccessKeyMetadata.map(({ AccessKeyId }) => AccessKeyId)
    }
    let lists = 0
    const dies: IamCalls = {
      async send(...given) {
        // The first looks whether there is a key, the second is part of making one.
        if (given[1] === 'ListAccessKeys' && ++lists === 2) throw new Killed()
        return iam.send(...given)
      },
    }
    await expect(setup({ iam: dies }).apply({ from: 'admin', withAccessKey: true })).rejects.toBeInstanceOf(Killed)
    await setup().apply({ from: 'admin', withAccessKey: true })
    expect((await keys()).sort()).toEqual([AccessKey?.AccessKeyId, sealed()?.accessKeyId].sort())
    await setup().undo(NAME)
    expect(await keys()).toEqual([AccessKey?.AccessKeyId])
  })

  it('a role that differs is somebody else’s, though Hallpass was about to make one', async () => {
    const dies: IamCalls = {
      send: (caller, operation, input) =>
        operation === 'CreateRole' ? Promise.reject(new Killed()) : createIam(env).send(caller, operation, input),
    }
    await expect(setup({ iam: dies }).apply({ from: 'admin' })).rejects.toBeInstanceOf(Killed)
    const trust = { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' }
    const RoleName = 'SupportUserRole'
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [trust] })
    await createIam(env).send(callerOf(admin()), 'CreateRole', { RoleName, AssumeRolePolicyDocument })
    expect((await setup().apply({ from: 'admin' })).made).not.toContain('role')
    await setup().undo(NAME)
    expect((await createIam(env).send(callerOf(admin()), 'GetRole', { RoleName })).Role?.RoleName).toBe(RoleName)
  })

  /** Dies before AWS is asked for that. */
  const dyingBefore = (operation: string): IamCalls => ({
    send: (caller, asked, input) =>
      asked === operation ? Promise.reject(new Killed()) : createIam(env).send(caller, asked, input),
  })
  /** Longer than a try takes, and within what a signature by the real clock may be off. */
  const LATER_MS = 8 * 60_000
  const GROUP = 'EmergencyAccessGroup'

  it.each([
    ['user', 'CreateUser', 'DeleteUser', { UserName: NAME }],
    ['group', 'CreateGroup', 'DeleteGroup', { GroupName: GROUP }],
    ['password', 'CreateLoginProfile', 'DeleteLoginProfile', { UserName: NAME, Password: 'Set-by-hand-2026!' }],
  ] as const)(
    'a %s that somebody else makes while Hallpass is interrupted stays theirs',
    async (step, create, away, input) => {
      await expect(setup({ iam: dyingBefore(create) }).apply({ from: 'admin' })).rejects.toBeInstanceOf(Killed)
      expect(noted()?.[step]).toMatchObject({ state: 'making' })
      skip(LATER_MS)
      await createIam(env).send(callerOf(admin()), create, input as never)
      expect((await setup().apply({ from: 'admin' })).made).not.toContain(step)
      expect(noted()?.[step]).toMatchObject({ state: 'found' })
      const calls = () => practice.calls().map(({ action }) => action)
      expect(calls()).not.toContain('UpdateLoginProfile')
      await setup()
        .undo(NAME)
        .catch(() => undefined)
      expect(calls()).not.toContain(away)
    },
  )

  it('a password prepared for a user that got another one meanwhile is not kept', async () => {
    const dies = setup({ iam: dyingBefore('CreateLoginProfile') })
    await expect(dies.apply({ from: 'admin' })).rejects.toBeInstanceOf(Killed)
    expect(sealed()?.holds).toEqual(['password'])
    skip(LATER_MS)
    const byHand = { UserName: NAME, Password: 'Set-by-hand-2026!' }
    await createIam(env).send(callerOf(admin()), 'CreateLoginProfile', byHand)
    await setup().apply({ from: 'admin' })
    expect(sealed()?.holds).toEqual([])
  })

  it('what somebody else made while Hallpass was interrupted is not taken back either', async () => {
    await expect(setup({ iam: dyingBefore('CreateGroup') }).apply({ from: 'admin' })).rejects.toBeInstanceOf(Killed)
    skip(LATER_MS)
    await createIam(env).send(callerOf(admin()), 'CreateGroup', { GroupName: GROUP })
    await setup().undo(NAME)
    const { Group } = await createIam(env).send(callerOf(admin()), 'GetGroup', { GroupName: GROUP })
    expect(Group?.GroupName).toBe(GROUP)
  })

  it('a role of the same trust that somebody else makes while the answer is awaited is not taken for ours', async () => {
    let asked = false
    const unanswered: IamCalls = {
      async send(caller, operation, input) {
        const iam = createIam(env)
        if (operation !== 'CreateRole' || asked) return iam.send(caller, operation, input)
        asked = true
        // It was there all the time, and had not shown: the first look came too early.
        throw new HallpassError('network.timeout', 'No answer.', { hint: 'Try again.' })
      },
    }
    let isEarly = true
    const hidden: IamCalls = {
      async send(...given) {
        const role = given[1] === 'GetRole'
        if (role && isEarly) {
          isEarly = false
          throw new HallpassError('iam.not-found', 'There is no such role.', { hint: 'Look again.' })
        }
        return unanswered.send(...given)
      },
    }
    const UserName = NAME
    await createIam(env).send(callerOf(admin()), 'CreateUser', { UserName })
    const trust = trustPolicy(`arn:aws:iam::${ACCOUNT}:user/${NAME}`, { roleNeedsMfa: false })
    const RoleName = 'SupportUserRole'
    await createIam(env).send(callerOf(admin()), 'CreateRole', { RoleName, AssumeRolePolicyDocument: trust })
    skip(LATER_MS)
    expect((await setup({ iam: hidden }).apply({ from: 'admin' })).made).not.toContain('role')
    await setup().undo(NAME)
    expect((await createIam(env).send(callerOf(admin()), 'GetRole', { RoleName })).Role?.RoleName).toBe(RoleName)
  })

  it('a key that somebody else makes while Hallpass is interrupted stays, whether it goes on or is taken back', async () => {
    const input = { from: 'admin', withAccessKey: true }
    const iam = createIam(env)
    const caller = callerOf(admin())
    const dies = setup({ iam: dyingBefore('CreateAccessKey') })
    await expect(dies.apply(input)).rejects.toBeInstanceOf(Killed)
    skip(LATER_MS)
    const theirs = (await iam.send(caller, 'CreateAccessKey', { UserName: NAME })).AccessKey?.AccessKeyId
    const keys = async () =>
      (await iam.send(caller, 'ListAccessKeys', { UserName: NAME })).AccessKeyMetadata?.map((key) => key.AccessKeyId)
    await setup().apply(input)
    expect([...((await keys()) ?? [])].sort()).toEqual([theirs, sealed()?.accessKeyId].sort())
    // The user can't go: it has a key that is not Hallpass's to delete.
    await expect(setup().undo(NAME)).rejects.toMatchObject({ code: 'iam.in-use' })
    expect(await keys()).toEqual([theirs])
  })

  it('a device of that name that another user has is left to them, and nothing sticks', async () => {
    const iam = createIam(env)
    const caller = callerOf(admin())
    const { VirtualMFADevice } = await iam.send(caller, 'CreateVirtualMFADevice', { VirtualMFADeviceName: NAME })
    const seed = Buffer.from(VirtualMFADevice?.Base32StringSeed ?? []).toString('ascii')
    const [first, second] = [now() - 30_000, now()].map((at) => totpCode(parseTotpSeed(seed), at))
    const SerialNumber = VirtualMFADevice?.SerialNumber ?? ''
    await iam.send(caller, 'CreateUser', { UserName: 'somebody' })
    const enabled = { UserName: 'somebody', SerialNumber, AuthenticationCode1: first, AuthenticationCode2: second }
    await iam.send(caller, 'EnableMFADevice', enabled)

    const { steps } = await setup().plan({ from: 'admin', withMfa: true })
    expect(steps.find(({ id }) => id === 'mfa-device')).toMatchObject({
      state: 'differs',
      reason: expect.stringContaining('somebody uses it') as unknown,
    })
    expect((await setup().apply({ from: 'admin', withMfa: true })).made).not.toContain('mfa-device')
    await setup().undo(NAME)
    const { MFADevices } = await iam.send(caller, 'ListMFADevices', { UserName: 'somebody' })
    expect(MFADevices?.map((device) => device.SerialNumber)).toEqual([SerialNumber])
  })

  it('a device that was refused before there was one leaves no note', async () => {
    const refused = setup({ iam: refusing('CreateVirtualMFADevice', 'iam.denied') }).apply(SWEPT)
    await expect(refused).rejects.toMatchObject({ code: 'iam.denied' })
    expect(noted()).not.toHaveProperty('mfa-device')
  })

  it('goes on under the names it was begun with only', async () => {
    await setup().apply({ from: 'admin' })
    for (const other of [
      { group: 'Others' },
      { role: 'Others' },
      { policy: 'Others' },
      { groupPolicy: 'IAMFullAccess' },
      { rolePolicy: 'ReadOnlyAccess' },
    ])
      await expect(setup().apply({ from: 'admin', ...other })).rejects.toMatchObject({
        code: 'input.invalid',
        message: expect.stringContaining(`not ${Object.values(other)[0]}`),
      })
    expect((await setup().apply({ from: 'admin' })).made).toEqual([])
  })

  /** Over a vault that keeps an index, as a real one does. */
  function passwordRotation() {
    for (const entry of vault.entries.keys()) store.vaultIndex.add(entry)
    const indexed = {
      ...vault,
      put: async (entry: string, secret: string) => {
        await vault.put(entry, secret)
        store.vaultIndex.add(entry)
      },
      remove: async (entry: string) => {
        await vault.remove(entry)
        store.vaultIndex.remove(entry)
      },
    } as unknown as Vault
    return (over: Partial<SetupParts> = {}) =>
      createPasswordRotation({ ...parts(over), vault: indexed, record: async () => {} })
  }

  it('a password is changed by the user itself or by an identity, and an interrupted change is taken up', async () => {
    await setup().apply({ from: 'admin', withAccessKey: true })
    const rotation = passwordRotation()
    const first = secretOf('password')
    await rotation().rotate(NAME)
    const second = secretOf('password')
    expect(second).not.toBe(first)
    await rotation().rotate(NAME, 'admin')
    const third = secretOf('password')
    expect(third).not.toBe(second)
    for (const when of ['before', 'after'] as const) {
      for (const by of [undefined, 'admin']) {
        const before = secretOf('password')
        await expect(rotation({ iam: dying(1, when).iam }).rotate(NAME, by)).rejects.toBeInstanceOf(Killed)
        await rotation().rotate(NAME, by)
        expect(secretOf('password')).not.toBe(before)
        // AWS takes it as the old one, so it is the one in force.
        await rotation().rotate(NAME)
      }
    }
    expect([...vault.entries.keys()].filter((entry) => entry.includes('next'))).toEqual([])
    // A user of the same name in another account keeps its password.
    const record = sealed()
    if (record) store.sealed.update({ ...record, accountId: '555555555555' })
    await expect(rotation().rotate(NAME, 'admin')).rejects.toMatchObject({
      code: 'input.invalid',
      hint: expect.stringContaining('555555555555'),
    })
  })

  it.each([
    ['ChangePassword', undefined],
    ['UpdateLoginProfile', 'admin'],
  ] as const)('a new password that %s refuses is not offered again', async (operation, by) => {
    await setup().apply({ from: 'admin', withAccessKey: true })
    const rotation = passwordRotation()
    const first = secretOf('password')
    const refused = rotation({ iam: refusing(operation, 'iam.password-policy') }).rotate(NAME, by)
    await expect(refused).rejects.toMatchObject({ code: 'iam.password-policy' })
    expect([...vault.entries.keys()].filter((entry) => entry.includes('next'))).toEqual([])
    expect(secretOf('password')).toBe(first)
    await rotation().rotate(NAME, by)
    expect(secretOf('password')).not.toBe(first)
  })

  it('another password is made at once where the one that an interrupted change left is refused', async () => {
    await setup().apply({ from: 'admin', withAccessKey: true })
    const rotation = passwordRotation()
    await expect(rotation({ iam: dying(1, 'after').iam }).rotate(NAME, 'admin')).rejects.toBeInstanceOf(Killed)
    const left = secretOf('next-password')
    const real = createIam(env)
    const strict: IamCalls = {
      async send(...given) {
        // As a policy against using a password again does.
        if (Object.values(given[2] ?? {}).includes(left))
          throw new HallpassError('iam.password-policy', 'It was used before.', { hint: 'Take another.' })
        return real.send(...given)
      },
    }
    await rotation({ iam: strict }).rotate(NAME, 'admin')
    expect(secretOf('password')).not.toBe(left)
    // AWS takes it as the old one, so it is the one in force.
    await rotation().rotate(NAME)
  })
})

if (motoMissing) process.stderr.write(`skipped: emergency access against moto (${motoMissing})\n`)
describe.skipIf(motoMissing || !hasBotocore)('on moto', () => {
  let moto: Moto
  beforeEach(async () => {
    now = Date.now
    skip = () => {}
    moto = await startMoto()
    env = { AWS_ENDPOINT_URL: moto.endpoint }
  }, 60_000)
  afterEach(() => moto?.stop())

  it('makes every row, changes nothing when run again, and takes it back', async () => {
    const { accessKeyId, secretAccessKey } = await createUser(moto.endpoint, 'admin')
    await addAdmin(accessKeyId, secretAccessKey)
    const admin = { id: accessKeyId, secret: secretAccessKey }
    const choices: SetupInput = { from: 'admin', withMfa: true, withAccessKey: true }
    const { made, checks } = await setup().apply(choices)
    expect(made).toHaveLength(10)
    expect(checks.filter(({ ok }) => !ok)).toEqual([])
    expectAll(await lookFromOutside(moto.endpoint, admin), '123456789012', false)
    expect((await setup().apply(choices)).made).toEqual([])
    await setup().undo(NAME)
    expect(await lookFromOutside(moto.endpoint, admin, false)).toMatchObject(NOTHING)
  }, 60_000)
})
