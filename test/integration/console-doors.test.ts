/** The doors of what is stored, and the duration of console sessions, on the practice account. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Hallpass } from '#core/hallpass.ts'
import type { PracticeAccount } from '#core/practice/practice-account.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'

const READ_ONLY = 'arn:aws:iam::123456789012:role/ReadOnly'
const ORG = 'arn:aws:iam::987654321098:role/OrgAccess'
const PLATFORM = 'arn:aws:iam::234567890123:role/PlatformAdmin'

let world: ConsoleWorld
let practice: PracticeAccount
let hallpass: Hallpass

beforeEach(async () => {
  world = await openConsoleWorld(async (account) => account.totpCode('dana.whitfield'))
  ;({ practice, hallpass } = world)
})
afterEach(() => world.close())

const proposed = (name: string) => {
  const [first] = hallpass.console.doors(name).doors
  return `${first?.door} ${first?.reason.code}`
}
const tokenCalls = () =>
  practice.calls().flatMap(({ action, status }) => (action === 'federation:getSigninToken' ? [status] : []))

describe('doors', () => {
  it('follow from what is stored of a role, an identity and the settings', () => {
    hallpass.roles.add({ name: 'plain', arn: READ_ONLY, from: 'work', region: 'eu-west-1', environment: 'prod' })
    hallpass.roles.add({ name: 'partner', arn: READ_ONLY, from: 'work', externalId: 'acme-42' })
    hallpass.roles.add({ name: 'behind', arn: PLATFORM, from: 'plain' })
    const long = `arn:aws:iam::123456789012:role/${'team/'.repeat(12)}Admin`
    hallpass.roles.add({ name: 'long', arn: long, from: 'work' })
    expect(proposed('plain')).toBe('switch-role signed-in-console')
    expect(proposed('partner')).toBe('sign-in external-id')
    expect(proposed('behind')).toBe('sign-in chained-source')
    expect(proposed('long')).toBe('sign-in path-and-name-too-long')
    expect(proposed('work')).toBe('sign-in not-a-role')
    expect(hallpass.console.doors('plain')).toMatchObject({
      partition: 'aws',
      region: 'eu-west-1',
      accountId: '123456789012',
      environment: 'prod',
      takesDuration: true,
    })
    hallpass.settings.change({ consoleMultiSession: true })
    expect(proposed('plain')).toBe('sign-in multi-session')
  })

  it('are there for a role whose key is a root user’s, and all closed', async () => {
    const { accessKeyId, secretAccessKey } = practice.addUser({ accountId: '987654321098', name: 'root', isRoot: true })
    await hallpass.identities.add({ name: 'boss', accessKeyId, secretAccessKey })
    hallpass.roles.add({ name: 'crown', arn: READ_ONLY, from: 'boss' })
    for (const name of ['boss', 'crown']) {
      expect(hallpass.console.doors(name).doors.filter(({ possible }) => possible)).toEqual([])
      expect(proposed(name)).toBe('switch-role root-user')
    }
  })

  it('lead to a region of the partition, and to no other', () => {
    hallpass.roles.add({ name: 'plain', arn: READ_ONLY, from: 'work', region: 'eu-west-1' })
    const link = (where: object) => new URL(hallpass.console.switchRoleLink('plain', where)).searchParams
    expect(link({ region: 'ap-south-1' }).get('redirect_uri')).toBe(
      'https://ap-south-1.console.aws.amazon.com/console/home?region=ap-south-1',
    )
    expect(link({ destination: 's3' }).get('redirect_uri')).toBe(
      'https://eu-west-1.console.aws.amazon.com/s3/home?region=eu-west-1',
    )
    expect(() => link({ region: 'cn-north-1' })).toThrow(/not a region of the aws partition/)
    expect(() => link({ region: 'eu-west-1', destination: 'https://console.aws.amazon.com/s3/home' })).toThrow(
      /has its region in it/,
    )
    expect(() => hallpass.console.shortcutLink('plain')).toThrow(/does not come from Identity Center/)
  })
})

describe('the door of a role of Identity Center', () => {
  beforeEach(async () => {
    practice.control.apply({ identityCenter: { answer: 'allow', deviceIntervalSeconds: 0 } })
    const { startUrl, region } = practice.identityCenter
    hallpass.identities.addCenter({ name: 'corp', startUrl, ssoRegion: region })
    await hallpass.centers.signIn('corp', { way: 'device', open: async () => {} })
    await hallpass.centers.discover('corp')
  })

  it('is a page of the practice account’s own, with account, permission set and destination', async () => {
    const link = hallpass.console.shortcutLink('acme-prod-ReadOnlyAccess', { destination: 's3', region: 'eu-west-1' })
    expect(link.startsWith(`${practice.endpoint}/start/console?`)).toBe(true)
    expect(hallpass.browserOrigins()).toEqual([practice.endpoint])
    const page = await fetch(link)
    const text = await page.text()
    expect(page.status).toBe(200)
    expect(text).toContain('You are signed in to the practice account with ReadOnlyAccess')
    expect(text).toContain('acme-prod (123456789012)')
    expect(text).toContain('https://eu-west-1.console.aws.amazon.com/s3/home')
    expect(practice.calls().at(-1)).toMatchObject({ action: 'sso:portal-console', status: 200 })
    expect((await fetch(link, { method: 'POST' })).status).toBe(405)
  })

  it('is refused for what is not assigned, and for what is no page of the console', async () => {
    const link = hallpass.console.shortcutLink('acme-prod-ReadOnlyAccess', {})
    const elsewhere = `${link}&destination=${encodeURIComponent('https://evil.example/')}`
    expect((await fetch(elsewhere)).status).toBe(403)
    practice.identityCenter.unassign('123456789012', 'ReadOnlyAccess')
    const page = await fetch(link)
    expect([page.status, await page.text()]).toEqual([403, expect.stringContaining('no permission set of that name')])
  })

  it('is the person’s portal where only the calls go elsewhere', async () => {
    const other = await world.openWith({ AWS_ENDPOINT_URL_SSO: 'https://vpce.example.com' })
    const link = other.console.shortcutLink('acme-prod-ReadOnlyAccess', {})
    other.close()
    expect(link.startsWith(`${practice.identityCenter.startUrl}/#/console?`)).toBe(true)
  })
})

describe('the duration of a console session', () => {
  const sessionDurationSeconds = 8 * 3600

  it('is sent for a role assumed directly, and taken', async () => {
    hallpass.roles.add({ name: 'plain', arn: READ_ONLY, from: 'work' })
    const said: string[] = []
    await hallpass.console.signInLink('plain', { sessionDurationSeconds, onDurationLeftOut: (why) => said.push(why) })
    expect([tokenCalls(), said]).toEqual([[200], []])
    await expect(hallpass.console.signInLink('plain', { sessionDurationSeconds: 60 })).rejects.toMatchObject({
      code: 'input.invalid',
    })
  })

  it('is not sent for a chained role, nor for an identity, and that is said', async () => {
    hallpass.roles.add({ name: 'org', arn: ORG, from: 'work', mfa: true })
    hallpass.roles.add({ name: 'behind', arn: PLATFORM, from: 'org' })
    const said: string[] = []
    const options = { sessionDurationSeconds, onDurationLeftOut: (why: string) => void said.push(why) }
    await hallpass.console.signInLink('behind', options)
    await hallpass.console.signInLink('work', options)
    // Sent, it would have been refused first.
    expect([tokenCalls(), said]).toEqual([
      [200, 200],
      ['not-direct', 'not-direct'],
    ])
  })

  it('is left out where AWS refuses it all the same, and that is said', async () => {
    // A role that shared an MFA session when it was started, and would be started directly by now.
    hallpass.roles.add({ name: 'first', arn: ORG, from: 'work', mfa: true })
    hallpass.roles.add({ name: 'second', arn: ORG, from: 'work', mfa: true })
    await hallpass.sessions.credentials('first')
    await hallpass.sessions.end('work')
    await hallpass.roles.remove('second')
    const said: string[] = []
    await hallpass.console.signInLink('first', { sessionDurationSeconds, onDurationLeftOut: (why) => said.push(why) })
    expect([tokenCalls(), said]).toEqual([[400, 200], ['refused']])
  })
})
