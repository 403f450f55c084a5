/** A stored seed against the practice account, which takes each code once, as AWS does. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { MfaWait } from '#core/capabilities.ts'
import { setMfaCommand, totpSeedEntry } from '#core/mfa/mfa-source.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import type { Identity } from '#shared/identities.ts'
import { scanFolders, scanText } from '../support/secret-scan.ts'
import { openScenario, type SessionScenario } from '../support/session-scenario.ts'

const DANA = 'dana.whitfield'
const ORG = 'arn:aws:iam::987654321098:role/OrgAccess'
const PROD = 'arn:aws:iam::123456789012:role/PlatformAdmin'

let account: PracticeAccount
let scenario: SessionScenario
let identity: Identity
let waits: MfaWait[]
/** How far both clocks have been moved by waiting. Milliseconds. */
let waited: number

beforeEach(async () => {
  waits = []
  // Five seconds into a window, so that none ends in the middle of a test.
  waited = 35_000 - (Date.now() % 30_000)
  const clock = () => Date.now() + waited
  account = await startPracticeAccount({ clock })
  scenario = openScenario(account.describe().environment, undefined, {
    clock,
    pause: async (milliseconds) => {
      waited += milliseconds
    },
    onMfaWait: (wait) => waits.push(wait),
  })
  const user = account.user(DANA)
  identity = await scenario.addIdentity(user)
  await scenario.vault.put(totpSeedEntry(identity.id), user.totpSeed ?? '')
  scenario.addRole('org', ORG, identity, { mfa: true, durationSeconds: 7200 })
  scenario.addRole('prod', PROD, identity, { mfa: true })
})
afterEach(async () => {
  scenario.close()
  await account.close()
})

const refusals = () => account.calls().filter(({ status }) => status !== 200)

describe('two roles that want MFA, started within one window', () => {
  it('both start without a person: the second has a code, or a session with MFA, of its own', async () => {
    await scenario.engine.credentials('org')
    const second = await scenario.engine.credentials('prod')
    expect(second.roleArn).toBe(PROD)
    expect(refusals()).toEqual([])
    expect(waits.length).toBeLessThanOrEqual(1)
  })

  it('also at the same moment, by two processes', async () => {
    const other = scenario.secondEngine()
    const started = await Promise.all([scenario.engine.credentials('org'), other.credentials('prod')])
    expect(started.map(({ roleArn }) => roleArn)).toEqual([ORG, PROD])
    expect(refusals()).toEqual([])
  })
})

it('a code that was used elsewhere costs one refusal, and no prompt', async () => {
  await openElsewhere()
  await scenario.engine.credentials('org')
  expect(refusals()).toHaveLength(1)
  expect(waits).toHaveLength(1)
})

it('a seed of another device ends in what went wrong, where nobody can be asked', async () => {
  await scenario.vault.put(totpSeedEntry(identity.id), 'A'.repeat(32))
  const failure = await scenario.engine.credentials('org').catch((error: unknown) => error)
  expect(failure).toMatchObject({ code: 'sts.mfa-invalid', message: expect.stringContaining('TOTP seed') })
  expect(refusals()).toHaveLength(2)
})

it('a command gives codes as well', async () => {
  await scenario.vault.remove(totpSeedEntry(identity.id))
  setMfaCommand(scenario.store, identity.id, `"${process.execPath}" -p "'${account.totpCode(DANA)}'"`)
  expect((await scenario.engine.credentials('org')).roleArn).toBe(ORG)
  expect(waits).toEqual([])
})

it('leaves the seed in the keychain and nowhere else', async () => {
  await scenario.engine.credentials('org')
  const secrets = { seed: account.user(DANA).totpSeed ?? '' }
  const { hits, filesRead } = scanFolders([scenario.folder], secrets)
  expect(hits).toEqual([])
  expect(filesRead).toBeGreaterThan(0)
  expect(scanText('warnings', scenario.warnings.join('\n'), secrets)).toEqual([])
})

/** Somebody signs in with the present code. */
async function openElsewhere(): Promise<void> {
  const elsewhere = openScenario(account.describe().environment)
  const user = account.user(DANA)
  await elsewhere.addIdentity({ ...user, name: 'elsewhere' })
  await elsewhere.engine.credentials('elsewhere', { mfaCode: account.totpCode(DANA) })
  elsewhere.close()
}
