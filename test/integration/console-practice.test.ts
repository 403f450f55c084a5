import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requestSignInLink, switchRoleUrl } from '#core/aws/index.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import type { Identity } from '#shared/identities.ts'
import { openScenario, type SessionScenario } from '../support/session-scenario.ts'

const PROD_RO = 'arn:aws:iam::123456789012:role/ReadOnly'

let practice: PracticeAccount
let scenario: SessionScenario
let env: Record<string, string>
let dana: Identity

beforeEach(async () => {
  practice = await startPracticeAccount()
  env = { ...practice.describe().environment }
  scenario = openScenario(env, async () => practice.totpCode('dana.whitfield'))
  dana = await scenario.addIdentity({ ...practice.user('dana.whitfield'), name: 'dana' })
})

afterEach(async () => {
  scenario.close()
  await practice.close()
})

const tokenCalls = () => practice.calls().filter(({ action }) => action === 'federation:getSigninToken')

describe('the sign-in link', () => {
  it('signs in as the role, at the page asked for', async () => {
    scenario.addRole('ro', PROD_RO, dana, { region: 'eu-west-1' })
    const credentials = await scenario.engine.credentials('ro')
    const link = await requestSignInLink({
      env,
      credentials,
      partition: 'aws',
      destination: 's3',
      sessionDurationSeconds: 3600,
    })
    expect(link.startsWith(`${practice.endpoint}/federation?`)).toBe(true)
    const page = await fetch(link)
    expect(page.status).toBe(200)
    const text = await page.text()
    expect(text).toContain('ReadOnly')
    expect(text).toContain('https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1')
    expect(tokenCalls().map(({ status }) => status)).toEqual([200])
  })

  it('does without a duration where the session is a chained one', async () => {
    const org = scenario.addRole('org', 'arn:aws:iam::987654321098:role/OrgAccess', dana, { mfa: true })
    scenario.addRole('staging', 'arn:aws:iam::234567890123:role/PlatformAdmin', org)
    const credentials = await scenario.engine.credentials('staging')
    const link = await requestSignInLink({ env, credentials, partition: 'aws', sessionDurationSeconds: 3600 })
    expect(tokenCalls().map(({ status }) => status)).toEqual([400, 200])
    expect((await fetch(link)).status).toBe(200)
  })

  it('is refused for an expired session, without naming its secrets', async () => {
    scenario.addRole('ro', PROD_RO, dana)
    const credentials = await scenario.engine.credentials('ro')
    practice.control.apply({ expireSession: credentials.accessKeyId })
    const error = await requestSignInLink({ env, credentials, partition: 'aws' }).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'console.refused' })
    expect(JSON.stringify(error)).not.toContain(credentials.secretAccessKey)
    expect(JSON.stringify(error)).not.toContain(credentials.sessionToken)
  })
})

describe('the switch-role link', () => {
  it('is the real console’s, and the practice account fills its form in from the same query', async () => {
    const arn = 'arn:aws:iam::234567890123:role/ops/Deploy'
    const url = new URL(switchRoleUrl({ arn, displayName: 'deploy + more' }))
    expect(url.host).toBe('signin.aws.amazon.com')
    const page = await fetch(`${practice.endpoint}${url.pathname}${url.search}`)
    expect(page.status).toBe(200)
    const text = await page.text()
    expect(text).toContain('ops/Deploy')
    expect(text).toContain('deploy + more')
  })
})
