/** The practice account's portal as `@aws-sdk/client-sso` sees it, and what its role credentials are good for. */
import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
  paginateListAccountRoles,
  paginateListAccounts,
  SSOServiceException,
} from '@aws-sdk/client-sso'
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { type StsCredentials, stsClient, refusalOf as stsRefusalOf } from '../unit/core/practice/clients.ts'
import { portalClient, refusalOf, signIn, token } from '../unit/core/practice/identity-center/clients.ts'

const STAGING = '234567890123'
const HOUR = 3600_000
let practice: PracticeAccount
let now: number

beforeAll(async () => {
  practice = await startPracticeAccount({ clock: () => now })
})
afterAll(() => practice.close())
beforeEach(() => {
  now = Date.now()
  practice.control.apply({ clearCalls: true })
})

const set = (identityCenter: object) => void practice.control.apply({ identityCenter })

describe('the portal', () => {
  const names = async (accessToken: string) => {
    const seen: string[] = []
    for await (const { accountList } of paginateListAccounts({ client: portalClient(practice) }, { accessToken }))
      for (const { accountId = '', accountName } of accountList ?? [])
        for await (const { roleList } of paginateListAccountRoles(
          { client: portalClient(practice), pageSize: 1 },
          { accessToken, accountId },
        ))
          for (const { roleName } of roleList ?? []) seen.push(`${accountName} ${roleName}`)
    return seen
  }

  test('lists what is assigned, page by page', async () => {
    const { accessToken } = await signIn(practice)
    expect(await names(accessToken)).toEqual([
      'acme-identity AdministratorAccess',
      'acme-identity ReadOnlyAccess',
      'acme-prod ReadOnlyAccess',
      'acme-prod PowerUserAccess',
      'acme-staging AdministratorAccess',
      'acme-staging PowerUserAccess',
      'acme-staging ReadOnlyAccess',
      'acme-sandbox AdministratorAccess',
      'acme-sandbox PowerUserAccess',
    ])
    const { accountList } = await portalClient(practice).send(new ListAccountsCommand({ accessToken, maxResults: 1 }))
    expect(accountList).toEqual([
      { accountId: '987654321098', accountName: 'acme-identity', emailAddress: 'acme-identity@acme.example' },
    ])
  })

  test.each([0, 101, -1])('refuses a page of %i', async (maxResults) => {
    const { accessToken } = await signIn(practice)
    const list = portalClient(practice).send(new ListAccountsCommand({ accessToken, maxResults }))
    expect(await refusalOf(list)).toMatchObject({ name: 'InvalidRequestException', status: 400 })
  })

  test('refuses a page token that is none, or of another list', async () => {
    const { accessToken } = await signIn(practice)
    const { nextToken = '' } = await portalClient(practice).send(
      new ListAccountsCommand({ accessToken, maxResults: 1 }),
    )
    const roles = (given: string) =>
      portalClient(practice).send(
        new ListAccountRolesCommand({ accessToken, accountId: STAGING, nextToken: given, maxResults: 1 }),
      )
    for (const given of [nextToken, 'x', `${nextToken}A`])
      expect(await refusalOf(roles(given))).toMatchObject({ name: 'InvalidRequestException', status: 400 })
  })

  test('answers to valid access tokens alone', async () => {
    const list = (accessToken: string) =>
      refusalOf(portalClient(practice).send(new ListAccountsCommand({ accessToken })))
    const unauthorized = { name: 'UnauthorizedException', status: 401 }
    const first = await signIn(practice)
    expect(await list('x')).toMatchObject(unauthorized)
    expect(await list(first.refreshToken)).toMatchObject(unauthorized)
    now += HOUR
    expect(await list(first.accessToken)).toMatchObject(unauthorized)
    const second = await signIn(practice)
    set({ expireAccessTokens: true })
    expect(await list(second.accessToken)).toMatchObject(unauthorized)
    const third = await signIn(practice)
    set({ endSignIns: true })
    expect(await list(third.accessToken)).toMatchObject(unauthorized)
    for (const { accessToken: _, ...given } of [first, second, third])
      expect(await refusalOf(token(practice, { ...given, grantType: 'refresh_token' }))).toMatchObject({
        error: 'invalid_grant',
      })
  })

  test('lets nobody into what is not assigned', async () => {
    const { accessToken } = await signIn(practice)
    const get = (accountId: string, roleName: string) =>
      refusalOf(portalClient(practice).send(new GetRoleCredentialsCommand({ accessToken, accountId, roleName })))
    const noAccess = { name: 'ForbiddenException', status: 403, message: 'No access' }
    expect(await get('123456789012', 'AdministratorAccess')).toMatchObject(noAccess)
    expect(await get('999999999999', 'ReadOnlyAccess')).toMatchObject(noAccess)
    expect(await get(STAGING, '')).toMatchObject(noAccess)
    expect(await get('1234', 'ReadOnlyAccess')).toMatchObject({ name: 'InvalidRequestException', status: 400 })
    const roles = portalClient(practice).send(new ListAccountRolesCommand({ accessToken, accountId: '999999999999' }))
    expect(await refusalOf(roles)).toMatchObject(noAccess)
  })

  test('forgets a sign-in at its logout; its role sessions go on', async () => {
    const { accessToken, refreshToken, ...client } = await signIn(practice)
    const session = await roleSession(accessToken, 'ReadOnlyAccess')
    await portalClient(practice).send(new LogoutCommand({ accessToken }))
    const list = portalClient(practice).send(new ListAccountsCommand({ accessToken }))
    expect(await refusalOf(list)).toMatchObject({ name: 'UnauthorizedException', status: 401 })
    const again = token(practice, { ...client, grantType: 'refresh_token', refreshToken })
    expect(await refusalOf(again)).toMatchObject({ error: 'invalid_grant' })
    await stsClient(practice, session).send(new GetCallerIdentityCommand({}))
    const out = portalClient(practice).send(new LogoutCommand({ accessToken }))
    expect(await refusalOf(out)).toMatchObject({ name: 'UnauthorizedException', status: 401 })
  })

  test('has only so much time a second', async () => {
    const { accessToken } = await signIn(practice)
    const burst = async (count: number) => {
      const calls = Array.from({ length: count }, () =>
        portalClient(practice)
          .send(new ListAccountsCommand({ accessToken }))
          .then(
            () => 200,
            (error) => error.$metadata.httpStatusCode,
          ),
      )
      return (await Promise.all(calls)).filter((status) => status === 429).length
    }
    try {
      set({ callsPerSecond: 5 })
      expect(await burst(8)).toBe(3)
      now += 400
      expect(await burst(8)).toBe(6)
    } finally {
      set({ callsPerSecond: null })
    }
    set({ tooManyNext: 2 })
    const list = () => portalClient(practice).send(new ListAccountsCommand({ accessToken }))
    for (let count = 0; count < 2; count++)
      expect(await refusalOf(list())).toMatchObject({ name: 'TooManyRequestsException', status: 429 })
    await list()
  })

  test('refuses some calls by chance, the same ones for the same seed', async () => {
    const { accessToken } = await signIn(practice)
    const run = async (randomSeed: number) => {
      set({ randomSeed, tooManyPercent: 30, failPercent: 20 })
      const statuses: unknown[] = []
      for (let count = 0; count < 60; count++)
        statuses.push(
          await portalClient(practice)
            .send(new ListAccountsCommand({ accessToken }))
            .then(
              () => 200,
              (error) => error.$metadata.httpStatusCode,
            ),
        )
      return statuses
    }
    try {
      const first = await run(7)
      expect(new Set(first)).toEqual(new Set([200, 429, 500]))
      expect(await run(7)).toEqual(first)
      expect(await run(8)).not.toEqual(first)
    } finally {
      set({ tooManyPercent: 0, failPercent: 0 })
    }
  })
})

async function roleSession(accessToken: string, roleName: string): Promise<StsCredentials> {
  const { roleCredentials } = await portalClient(practice).send(
    new GetRoleCredentialsCommand({ accessToken, accountId: STAGING, roleName }),
  )
  return {
    AccessKeyId: roleCredentials?.accessKeyId,
    SecretAccessKey: roleCredentials?.secretAccessKey,
    SessionToken: roleCredentials?.sessionToken,
  }
}

describe('the credentials of a permission set', () => {
  const ANALYST = 'arn:aws:iam::456789012345:role/DataAnalyst'

  test('last as long as the permission set says, in milliseconds', async () => {
    const { accessToken } = await signIn(practice)
    const expiryOf = async (roleName: string) => {
      const { roleCredentials } = await portalClient(practice).send(
        new GetRoleCredentialsCommand({ accessToken, accountId: STAGING, roleName }),
      )
      return roleCredentials?.expiration
    }
    const second = Math.floor(now / 1000) * 1000
    expect(await expiryOf('AdministratorAccess')).toBe(second + HOUR)
    expect(await expiryOf('PowerUserAccess')).toBe(second + 4 * HOUR)
  })

  test('are of the reserved role', async () => {
    const { accessToken } = await signIn(practice)
    const session = await roleSession(accessToken, 'PowerUserAccess')
    const caller = await stsClient(practice, session).send(new GetCallerIdentityCommand({}))
    expect(caller).toMatchObject({
      Account: STAGING,
      Arn: expect.stringMatching(
        /^arn:aws:sts::234567890123:assumed-role\/AWSReservedSSO_PowerUserAccess_[0-9a-f]{16}\/dana\.whitfield$/,
      ),
      UserId: expect.stringMatching(/^AROA[A-Z2-7]{17}:dana\.whitfield$/),
    })
    const seen = practice.calls().find(({ action }) => action === 'sso:GetRoleCredentials')
    expect(seen?.roleArn).toMatch(
      /^arn:aws:iam::234567890123:role\/aws-reserved\/sso\.amazonaws\.com\/eu-west-1\/AWSReservedSSO_PowerUserAccess_/,
    )
  })

  test('chain to a role that trusts them, for an hour at most', async () => {
    const { accessToken } = await signIn(practice)
    const session = await roleSession(accessToken, 'PowerUserAccess')
    const assume = (who: StsCredentials, DurationSeconds: number) =>
      stsClient(practice, who).send(
        new AssumeRoleCommand({ RoleArn: ANALYST, RoleSessionName: 'dana', DurationSeconds }),
      )
    expect((await assume(session, 3600)).AssumedRoleUser?.Arn).toBe(
      'arn:aws:sts::456789012345:assumed-role/DataAnalyst/dana',
    )
    expect(await stsRefusalOf(assume(session, 3601))).toMatchObject({
      code: 'ValidationError',
      message: expect.stringContaining('1 hour session limit for roles assumed by role chaining'),
    })
    const other = await roleSession(accessToken, 'ReadOnlyAccess')
    expect((await stsRefusalOf(assume(other, 3600))).code).toBe('AccessDenied')
    expect((await stsRefusalOf(stsClient(practice, session).send(new GetSessionTokenCommand({})))).message).toBe(
      'Cannot call GetSessionToken with session credentials',
    )
  })

  test('open the console, but may not say for how long', async () => {
    const { accessToken } = await signIn(practice)
    const { AccessKeyId, SecretAccessKey, SessionToken } = await roleSession(accessToken, 'ReadOnlyAccess')
    const Session = JSON.stringify({ sessionId: AccessKeyId, sessionKey: SecretAccessKey, sessionToken: SessionToken })
    const ask = (more: object) =>
      fetch(`${practice.endpoint}/federation?${new URLSearchParams({ Action: 'getSigninToken', Session, ...more })}`)
    const refusal = await ask({ SessionDuration: '3600' })
    expect(refusal.status).toBe(400)
    expect(await refusal.text()).toContain('Invalid credentials parameter')
    expect(await (await ask({})).json()).toEqual({ SigninToken: expect.any(String) })
  })

  test('nobody assumes the reserved role itself', async () => {
    const { accessToken } = await signIn(practice)
    await roleSession(accessToken, 'ReadOnlyAccess')
    const RoleArn = practice.calls().find(({ action }) => action === 'sso:GetRoleCredentials')?.roleArn ?? ''
    const assume = stsClient(practice, practice.user('dana.whitfield')).send(
      new AssumeRoleCommand({ RoleArn, RoleSessionName: 'dana' }),
    )
    expect((await stsRefusalOf(assume)).code).toBe('AccessDenied')
  })

  test('and every token are among what a run can be searched for', async () => {
    const { accessToken, refreshToken, clientSecret } = await signIn(practice)
    const { SecretAccessKey } = await roleSession(accessToken, 'ReadOnlyAccess')
    const given = [accessToken, refreshToken, clientSecret, SecretAccessKey]
    expect(practice.issuedSecrets()).toEqual(expect.arrayContaining(given))
    for (const secret of given) expect(JSON.stringify(practice.calls())).not.toContain(secret)
  })
})

describe('a directory of any size', () => {
  test('is made at once and read in pages', async () => {
    const large = await startPracticeAccount()
    try {
      large.identityCenter.fill(1000, 10)
      const { accessToken } = await signIn(large)
      const accounts: (string | undefined)[] = []
      const pages = paginateListAccounts({ client: portalClient(large), pageSize: 100 }, { accessToken })
      let count = 0
      for await (const { accountList } of pages) {
        count++
        accounts.push(...(accountList ?? []).map(({ accountId }) => accountId))
      }
      expect(count).toBe(10)
      expect(new Set(accounts).size).toBe(1000)
      const accountId = accounts[999] ?? ''
      const { roleList = [] } = await portalClient(large).send(new ListAccountRolesCommand({ accessToken, accountId }))
      expect(new Set(roleList.map(({ roleName }) => roleName)).size).toBe(10)
      const { roleCredentials } = await portalClient(large).send(
        new GetRoleCredentialsCommand({ accessToken, accountId, roleName: roleList[9]?.roleName }),
      )
      const who = {
        AccessKeyId: roleCredentials?.accessKeyId,
        SecretAccessKey: roleCredentials?.secretAccessKey,
        SessionToken: roleCredentials?.sessionToken,
      }
      expect((await stsClient(large, who).send(new GetCallerIdentityCommand({}))).Account).toBe(accountId)
    } finally {
      await large.close()
    }
  })

  test('changes while it is used', async () => {
    const { accessToken } = await signIn(practice)
    const roles = async () => {
      const { roleList = [] } = await portalClient(practice).send(
        new ListAccountRolesCommand({ accessToken, accountId: '700000000001' }),
      )
      return roleList.map(({ roleName }) => roleName)
    }
    practice.identityCenter.addAccount({ accountId: '700000000001', accountName: 'acme-new' })
    practice.identityCenter.assign({ accountId: '700000000001', roleName: 'ReadOnlyAccess' })
    practice.identityCenter.assign({ accountId: '700000000001', roleName: 'Billing' })
    expect(await roles()).toEqual(['ReadOnlyAccess', 'Billing'])
    practice.identityCenter.unassign('700000000001', 'Billing')
    expect(await roles()).toEqual(['ReadOnlyAccess'])
    practice.identityCenter.unassign('700000000001')
    expect(await refusalOf(roles())).toMatchObject({ name: 'ForbiddenException' })
    expect(() => practice.identityCenter.assign({ accountId: '700000000002', roleName: 'Billing' })).toThrow(
      'Identity Center has no account 700000000002.',
    )
  })
})

describe('connections', () => {
  test('are cut when they are to be', async () => {
    const { accessToken } = await signIn(practice)
    practice.control.apply({ dropNext: 1, clearCalls: true })
    const list = () => portalClient(practice).send(new ListAccountsCommand({ accessToken }))
    await expect(list()).rejects.not.toBeInstanceOf(SSOServiceException)
    expect(practice.calls()).toEqual([])
    practice.control.apply({ loseNext: 1 })
    await expect(list()).rejects.not.toBeInstanceOf(SSOServiceException)
    expect(practice.calls().map(({ action }) => action)).toEqual(['sso:ListAccounts'])
    await list()
  })

  test('answer to the methods of the services only', async () => {
    for (const [method, path] of [
      ['GET', 'token'],
      ['POST', 'assignment/accounts'],
      ['PUT', 'device'],
      ['GET', 'logout'],
    ])
      expect((await fetch(`${practice.endpoint}/${path}`, { method: method ?? '' })).status).toBe(405)
  })
})
