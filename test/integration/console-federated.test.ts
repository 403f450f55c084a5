/** Signing in to the console as an IAM user: GetFederationToken, then the federation endpoint, of the practice account. */
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetFederationTokenCommand,
  GetSessionTokenCommand,
} from '@aws-sdk/client-sts'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Hallpass } from '#core/hallpass.ts'
import type { PracticeAccount } from '#core/practice/practice-account.ts'
import { type ConsoleWorld, openConsoleWorld } from '../support/console-world.ts'
import { refusalOf, stsClient } from '../unit/core/practice/clients.ts'

const ADMIN = [{ arn: 'arn:aws:iam::aws:policy/AdministratorAccess' }]

let world: ConsoleWorld
let practice: PracticeAccount
let hallpass: Hallpass

beforeEach(async () => {
  world = await openConsoleWorld()
  ;({ practice, hallpass } = world)
})
afterEach(() => world.close())

const actions = () => practice.calls().map(({ action, status }) => `${action} ${status}`)

describe('the sign-in link of an identity', () => {
  it('signs in as the user, asks for no code though there is a device, and leaves no session behind', async () => {
    const link = await hallpass.console.signInLink('work', { destination: 's3' })
    const page = await (await fetch(link)).text()
    expect(page).toContain('You are signed in to the practice account as dana.whitfield')
    expect(page).toContain('arn:aws:sts::987654321098:federated-user/dana.whitfield')
    expect(page).toContain('console.aws.amazon.com/s3/home')
    expect(actions()).toEqual(['GetFederationToken 200', 'federation:getSigninToken 200', 'federation:login 200'])
    expect(hallpass.sessions.list()).toEqual([])
  })

  it('is in the activity log, with the session it was made of', async () => {
    await hallpass.console.signInLink('work')
    const [opened, started] = hallpass.activity.list({ limit: 2 })
    expect(opened).toMatchObject({ kind: 'console.opened', name: 'work', how: 'sign-in', accessKeyId: null })
    expect(started).toMatchObject({
      kind: 'session.started',
      name: 'work',
      accessKeyId: expect.stringMatching(/^ASIA/),
      detail: { call: 'GetFederationToken' },
    })
  })

  it('is refused for a code, an impossible duration and a root user, before AWS is asked', async () => {
    practice.addUser({ accountId: '987654321098', name: 'root', isRoot: true })
    await world.addIdentity('root', 'boss')
    practice.control.apply({ clearCalls: true })
    const { signInLink } = hallpass.console
    await expect(signInLink('work', { mfaCode: '123456' })).rejects.toMatchObject({ code: 'input.invalid' })
    await expect(signInLink('work', { durationSeconds: 60 })).rejects.toMatchObject({ code: 'input.invalid' })
    await expect(signInLink('boss')).rejects.toMatchObject({ code: 'console.not-supported' })
    expect(actions()).toEqual([])
    expect(() => hallpass.console.switchRoleLink('work')).toThrow(/switch to roles only/)
  })
})

describe('GetFederationToken of the practice account', () => {
  const federate = (input: { Name?: string; DurationSeconds?: number } = {}) =>
    stsClient(practice, practice.user('dana.whitfield')).send(
      new GetFederationTokenCommand({ Name: 'dana', PolicyArns: ADMIN, ...input }),
    )

  it('gives a session that may call GetCallerIdentity and no other of STS', async () => {
    const { Credentials, FederatedUser } = await federate()
    expect(FederatedUser).toEqual({
      FederatedUserId: '987654321098:dana',
      Arn: 'arn:aws:sts::987654321098:federated-user/dana',
    })
    const client = stsClient(practice, Credentials)
    expect(await client.send(new GetCallerIdentityCommand())).toMatchObject({
      UserId: '987654321098:dana',
      Arn: 'arn:aws:sts::987654321098:federated-user/dana',
    })
    const role = { RoleArn: 'arn:aws:iam::123456789012:role/ReadOnly', RoleSessionName: 'dana' }
    expect(await refusalOf(client.send(new AssumeRoleCommand(role)))).toMatchObject({ code: 'AccessDenied' })
    expect(await refusalOf(client.send(new GetFederationTokenCommand({ Name: 'again' })))).toMatchObject({
      code: 'AccessDenied',
      message: 'Cannot call GetFederationToken with session credentials',
    })
    expect(await refusalOf(client.send(new GetSessionTokenCommand()))).toMatchObject({ code: 'AccessDenied' })
  })

  it('lasts 12 h unless told, and an hour for the root user', async () => {
    const hours = async (answer: ReturnType<typeof federate>) =>
      Math.round(((await answer).Credentials?.Expiration?.getTime() ?? 0) / 3_600_000 - Date.now() / 3_600_000)
    expect(await hours(federate())).toBe(12)
    expect(await hours(federate({ DurationSeconds: 129_600 }))).toBe(36)
    const root = practice.addUser({ accountId: '987654321098', name: 'root', isRoot: true })
    expect(await hours(stsClient(practice, root).send(new GetFederationTokenCommand({ Name: 'root' })))).toBe(1)
  })

  it.each([
    ['a name of one character', { Name: 'd' }],
    ['a name of 33', { Name: 'd'.repeat(33) }],
    ['a name with a blank', { Name: 'dana w' }],
    ['899 seconds', { DurationSeconds: 899 }],
    ['36 hours and a second', { DurationSeconds: 129_601 }],
  ])('refuses %s', async (_, input) => {
    expect(await refusalOf(federate(input))).toMatchObject({ code: 'ValidationError', status: 400 })
  })

  it('may not say how long the console session lasts', async () => {
    const { Credentials } = await federate()
    const Session = JSON.stringify({
      sessionId: Credentials?.AccessKeyId,
      sessionKey: Credentials?.SecretAccessKey,
      sessionToken: Credentials?.SessionToken,
    })
    const ask = (more: Record<string, string>) =>
      fetch(`${practice.endpoint}/federation?${new URLSearchParams({ Action: 'getSigninToken', Session, ...more })}`)
    expect((await ask({ SessionDuration: '3600' })).status).toBe(400)
    expect((await ask({})).status).toBe(200)
  })
})
