/**
 * The real command, killed by SIGKILL at every call that changes something in AWS: before the account carries it out, and
 * after, when the answer is lost. Running it again ends where an undisturbed run does, and nothing is left over.
 */
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { createIam, type IamCaller } from '#core/aws/iam.ts'
import { createSts } from '#core/aws/index.ts'
import { connect } from '#core/store/sqlite.ts'
import type { RevealPart, SealedCredential } from '#shared/breakglass.ts'
import type { SetupResult } from '#shared/breakglass-setup.ts'
import { isHallpassError } from '#shared/errors.ts'
import type { RotationStatus, UserKey } from '#shared/rotation.ts'
import { builtCli } from './cli-support/built.ts'
import { DANA, type Scenario, startScenario } from './cli-support/scenario.ts'
import { type Kill, runWatched } from './cli-support/watched.ts'

const NAME = 'EmergencyAccess'
const IN_ACCOUNT = 'arn:aws:iam::987654321098'
const SET_UP = ['breakglass', 'setup', '--from', 'work', '--with-mfa', '--with-access-key', '--yes', '--json']
const ROTATE = ['identity', 'rotate', 'work', '--json']

/** In their order; each comes once. The last is the check of what was made. */
const SETUP_CALLS = [
  'CreateUser',
  'CreateGroup',
  'AttachGroupPolicy',
  'AddUserToGroup',
  'CreateLoginProfile',
  'CreateRole',
  'AttachRolePolicy',
  'CreatePolicy',
  'CreateVirtualMFADevice',
  'EnableMFADevice',
  'CreateAccessKey',
  'AssumeRole',
]
/** Of a second rotation, which has a key of the first to delete. */
const ROTATE_CALLS = ['DeleteAccessKey', 'CreateAccessKey', 'UpdateAccessKey']

const atEach = (calls: readonly string[]): Kill[] =>
  calls.flatMap((at) => [
    { at, when: 'before' as const },
    { at, when: 'after' as const },
  ])

const cli = builtCli()

/** A person with a key of dana's, for as long as the work takes. */
async function inScenario(work: (scenario: Scenario) => Promise<void>): Promise<void> {
  const scenario = await startScenario(cli.entry)
  try {
    await scenario.addWork()
    await work(scenario)
  } finally {
    await scenario.end()
  }
}

/** Runs into the kill, and makes sure that it came when it was meant to. */
async function runKilled(scenario: Scenario, words: readonly string[], kill: Kill): Promise<void> {
  const calls = scenario.account.calls().length
  const run = await runWatched(scenario, words, kill)
  expect(run, run.stderr).toMatchObject({ exitCode: null, stdout: '' })
  const carriedOut = scenario.account.calls().slice(calls)
  expect(carriedOut.some(({ action }) => action === kill.at)).toBe(kill.when === 'after')
}

/** Asks IAM as dana. */
function asDana({ account }: Scenario) {
  const { accessKeyId, secretAccessKey } = account.user(DANA)
  const caller: IamCaller = { credentials: { accessKeyId, secretAccessKey }, partition: 'aws', name: DANA }
  const iam = createIam(account.describe().environment)
  // The summary counts everything, and is nothing that Hallpass asks for.
  return (operation: string, input: object): Promise<unknown> =>
    iam.send(caller, operation as never, input as never).catch((error: unknown) => {
      if (isHallpassError(error, 'iam.not-found')) return null
      throw error
    })
}

const LOOKS: readonly [operation: string, input: object][] = [
  ['GetAccountSummary', {}],
  ['GetGroup', { GroupName: 'EmergencyAccessGroup' }],
  ['ListAttachedGroupPolicies', { GroupName: 'EmergencyAccessGroup' }],
  ['GetRole', { RoleName: 'SupportUserRole' }],
  ['ListAttachedRolePolicies', { RoleName: 'SupportUserRole' }],
  ['GetPolicyVersion', { PolicyArn: `${IN_ACCOUNT}:policy/PowerUserExamplePolicy`, VersionId: 'v1' }],
  ['GetLoginProfile', { UserName: NAME }],
  ['ListAccessKeys', { UserName: NAME }],
  ['ListMFADevices', { UserName: NAME }],
  ['ListVirtualMFADevices', {}],
]

/** What there is in the account, without what differs from one making to the next: times and ids. */
async function lookAt(scenario: Scenario): Promise<unknown> {
  const ask = asDana(scenario)
  const seen = await Promise.all(LOOKS.map(async ([operation, input]) => [operation, await ask(operation, input)]))
  const text = JSON.stringify(seen, (name, value: unknown) =>
    /^\$metadata$|(Date|Id)$/.test(name) ? undefined : value,
  )
  return JSON.parse(text) as unknown
}

function entriesInVault({ env }: Scenario): string[] {
  const db = connect(join(env.HALLPASS_HOME ?? '', 'hallpass.db'))
  const rows = db.prepare("SELECT entry FROM vault_index WHERE entry LIKE 'breakglass/%'").all()
  db.close()
  return rows.map(({ entry }) => String(entry).split('/').slice(2).join('/'))
}

/** What is inside, by the door everybody goes through. */
async function openSealed({ app: { breakglass } }: Scenario) {
  const { id } = await breakglass.open(NAME, { reason: 'Does it work?' })
  const reveal = async (part: RevealPart) => (await breakglass.reveal(id, part, 'shown')).value
  const password = await reveal('password')
  const secretAccessKey = await reveal('secret-access-key')
  const code = await reveal('code')
  await breakglass.close(id)
  return { password, secretAccessKey, code }
}

/** Each secret in the vault is the one that AWS knows. */
async function expectSecretsToWork(scenario: Scenario, { accessKeyId, mfaSerial }: SealedCredential): Promise<void> {
  const { account } = scenario
  account.control.apply({ forgetUsedCodes: true })
  const { password, secretAccessKey, code } = await openSealed(scenario)
  const credentials = { accessKeyId: accessKeyId ?? '', secretAccessKey }
  const { environment } = account.describe()
  const sts = createSts(environment)
  const { arn } = await sts.getCallerIdentity(credentials, { region: null, name: NAME })
  expect(arn).toBe(`${IN_ACCOUNT}:user/${NAME}`)
  const call = { credentials, region: 'us-east-1', target: NAME, caller: NAME }
  await sts.getSessionToken(call, { mfa: { serial: mfaSerial ?? '', code } })
  // AWS has no other way to ask whether a password is right.
  const caller: IamCaller = { credentials, partition: 'aws', name: NAME }
  const change = { OldPassword: password, NewPassword: `${password}.` }
  await createIam(environment).send(caller, 'ChangePassword', change)
}

describe('breakglass setup', () => {
  let before: unknown
  let whole: unknown

  beforeAll(() =>
    inScenario(async (scenario) => {
      before = await lookAt(scenario)
      const run = await runWatched(scenario, SET_UP)
      expect(run, run.stderr).toMatchObject({ exitCode: 0 })
      // Otherwise there would be a call that nothing below is killed at.
      expect(run.changes).toEqual(SETUP_CALLS)
      whole = await lookAt(scenario)
      expect(whole).not.toEqual(before)
    }),
  )

  describe.concurrent('killed', { timeout: 60_000 }, () => {
    it.each(atEach(SETUP_CALLS))('$when $at, does the rest when it is run again, and can be taken back', (kill) =>
      inScenario(async (scenario) => {
        await runKilled(scenario, SET_UP, kill)
        const { checks } = (await scenario.json(SET_UP)) as SetupResult
        expect(checks.filter(({ ok }) => !ok)).toEqual([])
        expect(await lookAt(scenario)).toEqual(whole)
        expect(entriesInVault(scenario).sort()).toEqual(['password', 'secret-access-key', 'totp-seed'])
        const sealed = (await scenario.json(['breakglass', 'show', NAME, '--json'])) as SealedCredential
        expect(sealed).toMatchObject({ holds: expect.arrayContaining(entriesInVault(scenario)), tasks: [] })
        await expectSecretsToWork(scenario, sealed)
        await scenario.json(['breakglass', 'undo', NAME, '--yes', '--json'])
        expect(await lookAt(scenario)).toEqual(before)
        expect(entriesInVault(scenario)).toEqual([])
      }),
    )
  })
})

describe('identity rotate', () => {
  interface Keys {
    readonly rotation: RotationStatus | null
    readonly keys: readonly UserKey[]
  }
  const look = async (scenario: Scenario) =>
    (await scenario.json(['identity', 'rotate', 'work', '--status', '--json'])) as Keys
  const rotate = async (scenario: Scenario) => (await scenario.json(ROTATE)) as RotationStatus

  it('makes the calls that it is killed at below', () =>
    inScenario(async (scenario) => {
      await rotate(scenario)
      expect(await runWatched(scenario, ROTATE)).toMatchObject({ exitCode: 0, changes: ROTATE_CALLS })
    }))

  describe.concurrent('killed', { timeout: 60_000 }, () => {
    // The last is the proof of the new key, after which it is put in place.
    it.each(atEach([...ROTATE_CALLS, 'GetCallerIdentity']))(
      '$when $at, leaves a key that works, and does the rest when it is run again',
      (kill) =>
        inScenario(async (scenario) => {
          const { newKeyId: inUse } = await rotate(scenario)
          await runKilled(scenario, ROTATE, kill)
          expect(await scenario.json(['identity', 'test', 'work', '--json'])).toMatchObject({ verified: true })
          const status = await rotate(scenario)
          expect(status).toMatchObject({ phase: 'deactivated', oldKeyId: inUse })
          expect(await scenario.json(['identity', 'test', 'work', '--json'])).toMatchObject({ verified: true })
          const { keys, rotation } = await look(scenario)
          expect(rotation).toEqual(status)
          expect(keys).toHaveLength(2)
          expect(keys).toEqual(
            expect.arrayContaining([
              expect.objectContaining({ accessKeyId: inUse, active: false, isOurs: false }),
              expect.objectContaining({ accessKeyId: status.newKeyId, active: true, isOurs: true }),
            ]),
          )
        }),
    )
  })
})
