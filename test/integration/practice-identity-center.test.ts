/** The practice account's Identity Center as the clients of the JavaScript SDK see it: every answer and refusal it can give. */
import {
  GetRoleCredentialsCommand,
  ListAccountRolesCommand,
  ListAccountsCommand,
  LogoutCommand,
  paginateListAccountRoles,
  paginateListAccounts,
} from '@aws-sdk/client-sso'
import {
  AccessDeniedException,
  AuthorizationPendingException,
  ExpiredTokenException,
  InternalServerException,
  InvalidClientException,
  InvalidClientMetadataException,
  InvalidGrantException,
  InvalidRedirectUriException,
  InvalidRequestException,
  InvalidScopeException,
  RegisterClientCommand,
  SlowDownException,
  SSOOIDCServiceException,
  UnauthorizedClientException,
  UnsupportedGrantTypeException,
} from '@aws-sdk/client-sso-oidc'
import { AssumeRoleCommand, GetCallerIdentityCommand, GetSessionTokenCommand } from '@aws-sdk/client-sts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { type StsCredentials, stsClient, refusalOf as stsRefusalOf } from '../unit/core/practice/clients.ts'
import {
  authorize,
  type ClientKey,
  DEVICE_GRANT,
  oidcClient,
  pkce,
  portalClient,
  press,
  REDIRECT,
  REDIRECT_WITH_PORT,
  redirection,
  refusalOf,
  register,
  registerForCode,
  signIn,
  startDevice,
  token,
} from '../unit/core/practice/identity-center/clients.ts'

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

/** Class, HTTP status and OAuth's word of a refusal of the OIDC service. */
async function refused(call: Promise<unknown>): Promise<[unknown, number | undefined, string | undefined]> {
  const { status, error } = await refusalOf(call)
  return [await call.catch((reason: Error) => reason.constructor), status, error]
}

describe('RegisterClient', () => {
  test('gives a client for 90 days, in seconds since the epoch', async () => {
    const answer = await oidcClient(practice).send(
      new RegisterClientCommand({ clientName: 'test', clientType: 'public' }),
    )
    expect(answer.clientIdIssuedAt).toBe(Math.floor(now / 1000))
    expect(answer.clientSecretExpiresAt).toBe(Math.floor(now / 1000) + 90 * 86_400)
  })

  test.each<[string, object, new (...input: never[]) => SSOOIDCServiceException, string]>([
    ['a name missing', { clientName: undefined }, InvalidRequestException, 'invalid_request'],
    ['scopes that are no list', { scopes: 'sso:account:access' }, InvalidRequestException, 'invalid_request'],
    [
      'a confidential client',
      { clientType: 'confidential' },
      InvalidClientMetadataException,
      'invalid_client_metadata',
    ],
    ['a scope of no service', { scopes: ['everything'] }, InvalidScopeException, 'invalid_scope'],
    ['an unknown grant', { grantTypes: ['password'] }, UnsupportedGrantTypeException, 'unsupported_grant_type'],
    [
      'a redirect to another machine',
      { redirectUris: ['http://example.com/callback'] },
      InvalidRedirectUriException,
      'invalid_redirect_uri',
    ],
    [
      'the code flow without a redirect',
      { grantTypes: ['authorization_code'] },
      InvalidRedirectUriException,
      'invalid_redirect_uri',
    ],
    [
      'the code flow without an issuer',
      { grantTypes: ['authorization_code'], redirectUris: [REDIRECT] },
      InvalidRequestException,
      'invalid_request',
    ],
    [
      'another issuer',
      { issuerUrl: 'https://d-0000000000.awsapps.com/start' },
      InvalidRequestException,
      'invalid_request',
    ],
  ])('refuses %s', async (_, input, kind, word) => {
    expect(await refused(register(practice, input))).toEqual([kind, 400, word])
  })
})

describe('a device', () => {
  const begin = async () => {
    const client = await register(practice)
    const { deviceCode = '', userCode = '' } = await startDevice(practice, client)
    return { client, userCode, poll: () => token(practice, { ...client, grantType: DEVICE_GRANT, deviceCode }) }
  }

  test('is told where a person answers, for ten minutes', async () => {
    const answer = await startDevice(practice, await register(practice))
    expect(answer).toMatchObject({
      userCode: expect.stringMatching(/^[A-Z]{4}-[A-Z]{4}$/),
      verificationUri: `${practice.endpoint}/device`,
      verificationUriComplete: `${practice.endpoint}/device?user_code=${answer.userCode}`,
      expiresIn: 600,
      interval: 5,
    })
  })

  test('waits, is too fast, waits on, and gets its token once', async () => {
    const { userCode, poll } = await begin()
    expect(await refused(poll())).toEqual([AuthorizationPendingException, 400, 'authorization_pending'])
    now += 4000
    expect(await refused(poll())).toEqual([SlowDownException, 400, 'slow_down'])
    now += 5000
    expect(await refused(poll())).toEqual([AuthorizationPendingException, 400, 'authorization_pending'])
    now += 5000
    set({ allowDevice: userCode.toLowerCase().replace('-', ' ') })
    expect(await poll()).toMatchObject({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      tokenType: 'Bearer',
      expiresIn: 3600,
    })
    now += 5000
    expect(await refused(poll())).toEqual([InvalidGrantException, 400, 'invalid_grant'])
    expect(practice.calls().map(({ action, errorCode }) => [action, errorCode])).toEqual([
      ['sso-oidc:RegisterClient', null],
      ['sso-oidc:StartDeviceAuthorization', null],
      ['sso-oidc:CreateToken:device_code', 'AuthorizationPendingException'],
      ['sso-oidc:CreateToken:device_code', 'SlowDownException'],
      ['sso-oidc:CreateToken:device_code', 'AuthorizationPendingException'],
      ['sso-oidc:CreateToken:device_code', null],
      ['sso-oidc:CreateToken:device_code', 'InvalidGrantException'],
    ])
  })

  test('with no interval may poll at any speed', async () => {
    set({ deviceIntervalSeconds: 0 })
    try {
      const { poll } = await begin()
      for (let count = 0; count < 3; count++)
        expect(await refused(poll())).toEqual([AuthorizationPendingException, 400, 'authorization_pending'])
    } finally {
      set({ deviceIntervalSeconds: 5 })
    }
  })

  test('is denied', async () => {
    const { userCode, poll } = await begin()
    set({ denyDevice: userCode })
    expect(await refused(poll())).toEqual([AccessDeniedException, 400, 'access_denied'])
  })

  test('is too late', async () => {
    const { userCode, poll } = await begin()
    now += 600_000
    expect(await refused(poll())).toEqual([ExpiredTokenException, 400, 'expired_token'])
    expect(() => set({ allowDevice: userCode })).toThrow(`No device waits with the code ${userCode}.`)
  })

  test('is answered by nobody when tests say so', async () => {
    try {
      set({ answer: 'allow' })
      const allowed = await begin()
      set({ answer: 'deny' })
      const denied = await begin()
      expect((await allowed.poll()).accessToken).toBeDefined()
      expect(await refused(denied.poll())).toEqual([AccessDeniedException, 400, 'access_denied'])
    } finally {
      set({ answer: 'ask' })
    }
  })

  test('needs the start URL of this Identity Center, and a device’s registration', async () => {
    const client = await register(practice)
    const startUrl = 'https://d-0000000000.awsapps.com/start'
    const elsewhere = { ...practice, identityCenter: { ...practice.identityCenter, startUrl } }
    expect(await refused(startDevice(elsewhere, client))).toEqual([InvalidRequestException, 400, 'invalid_request'])
    const forCode = await registerForCode(practice)
    expect(await refused(startDevice(practice, forCode))).toEqual([
      UnauthorizedClientException,
      400,
      'unauthorized_client',
    ])
  })

  test('is answered on its page, which shows the code', async () => {
    const { client, userCode, poll } = await begin()
    const empty = await (await fetch(`${practice.endpoint}/device`)).text()
    expect(empty).toContain('name="user_code"')
    const page = await (await fetch(`${practice.endpoint}/device?user_code=${userCode}`)).text()
    expect(page).toContain('Practice account sign-in')
    expect(page).toContain(`<dd>${userCode}</dd>`)
    expect(page).not.toContain(client.clientSecret)
    const answered = await press(practice, page, 'Allow')
    expect(await answered.text()).toContain('The request is allowed.')
    expect((await press(practice, page, 'Deny')).status).toBe(400)
    expect((await poll()).accessToken).toBeDefined()
  })

  test('is denied on its page', async () => {
    const { userCode, poll } = await begin()
    const page = await (await fetch(`${practice.endpoint}/device?user_code=${userCode}`)).text()
    await press(practice, page, 'Deny')
    expect(await refused(poll())).toEqual([AccessDeniedException, 400, 'access_denied'])
    expect((await fetch(`${practice.endpoint}/device?user_code=NONE-SUCH`)).status).toBe(400)
  })
})

describe('an authorization code', () => {
  const { verifier, challenge } = pkce()
  let client: ClientKey

  beforeEach(async () => {
    client = await registerForCode(practice)
  })

  /** The code of an allowed request. */
  const allowed = async () => {
    const page = await (await authorize(practice, client.clientId, challenge)).text()
    return redirection(await press(practice, page, 'Allow')).parameters.code ?? ''
  }
  const redeem = (code: string, changes: object = {}) =>
    token(practice, {
      ...client,
      grantType: 'authorization_code',
      code,
      codeVerifier: verifier,
      redirectUri: REDIRECT_WITH_PORT,
      ...changes,
    })
  const badGrant = [InvalidGrantException, 400, 'invalid_grant']

  test('comes back to the port the client listens on, with the state', async () => {
    const reply = await authorize(practice, client.clientId, challenge)
    const page = await reply.text()
    expect(reply.status).toBe(200)
    expect(page).toContain('Practice account sign-in')
    const back = await press(practice, page, 'Allow')
    expect(back.status).toBe(303)
    expect(redirection(back)).toEqual({
      to: REDIRECT_WITH_PORT,
      parameters: { code: expect.stringMatching(/^[\w-]{40,}$/), state: 'a state & more' },
    })
    // A page's buttons work once.
    expect((await press(practice, page, 'Allow')).status).toBe(400)
  })

  test('is not given when the person denies', async () => {
    const page = await (await authorize(practice, client.clientId, challenge)).text()
    expect(redirection(await press(practice, page, 'Deny')).parameters).toEqual({
      error: 'access_denied',
      state: 'a state & more',
    })
  })

  test('needs nobody when tests say so', async () => {
    try {
      set({ answer: 'allow' })
      const { code = '' } = redirection(await authorize(practice, client.clientId, challenge)).parameters
      expect((await redeem(code)).refreshToken).toBeDefined()
      set({ answer: 'deny' })
      expect(redirection(await authorize(practice, client.clientId, challenge)).parameters.error).toBe('access_denied')
    } finally {
      set({ answer: 'ask' })
    }
  })

  test('opens once', async () => {
    const code = await allowed()
    expect(await redeem(code)).toMatchObject({ accessToken: expect.any(String), refreshToken: expect.any(String) })
    expect(await refused(redeem(code))).toEqual(badGrant)
  })

  test.each<[string, object]>([
    ['another verifier', { codeVerifier: pkce().verifier }],
    ['the challenge as verifier', { codeVerifier: challenge }],
    ['the redirect URI without its port', { redirectUri: REDIRECT }],
    ['another port', { redirectUri: REDIRECT_WITH_PORT.replace('49152', '49153') }],
    ['a code nobody gave', { code: 'x'.repeat(128) }],
  ])('does not open with %s', async (_, changes) => {
    expect(await refused(redeem(await allowed(), changes))).toEqual(badGrant)
  })

  test('is spent by a wrong verifier', async () => {
    const code = await allowed()
    await refusalOf(redeem(code, { codeVerifier: pkce().verifier }))
    expect(await refused(redeem(code))).toEqual(badGrant)
  })

  test('is of one client, and does not last', async () => {
    const code = await allowed()
    expect(await refused(redeem(code, await registerForCode(practice)))).toEqual(badGrant)
    now += 10 * 60_000
    expect(await refused(redeem(code))).toEqual(badGrant)
  })

  test.each<[string, Record<string, string | undefined>, string]>([
    ['no challenge', { code_challenge: undefined }, 'invalid_request'],
    ['a plain challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['the method of another service', { code_challenge_method: 'SHA-256' }, 'invalid_request'],
    ['another response type', { response_type: 'token' }, 'unsupported_response_type'],
    ['a scope it was not registered for', { scopes: 'sso:account:access other:scope' }, 'invalid_scope'],
  ])('is refused by redirection for %s', async (_, changes, error) => {
    const reply = await authorize(practice, client.clientId, challenge, changes)
    expect(redirection(reply)).toEqual({ to: REDIRECT_WITH_PORT, parameters: { error, state: 'a state & more' } })
  })

  test.each<[string, Record<string, string | undefined>]>([
    ['another machine', { redirect_uri: 'http://example.com/oauth/callback' }],
    ['another path', { redirect_uri: 'http://127.0.0.1:49152/other' }],
    ['another name of this machine', { redirect_uri: 'http://localhost:49152/oauth/callback' }],
    ['a user in front of another machine', { redirect_uri: 'http://127.0.0.1@example.com/oauth/callback' }],
    ['https', { redirect_uri: 'https://127.0.0.1:49152/oauth/callback' }],
    ['a script', { redirect_uri: 'javascript:alert(1)' }],
    ['nowhere', { redirect_uri: undefined }],
    ['an unknown client', { client_id: 'nobody' }],
  ])('never redirects to %s', async (_, changes) => {
    const reply = await authorize(practice, client.clientId, challenge, changes)
    expect(reply.status).toBe(400)
    expect(reply.headers.get('location')).toBeNull()
    expect(await reply.text()).toContain('Sign-in refused')
  })

  test('is nothing a device’s registration can ask for', async () => {
    const device = await register(practice, { redirectUris: [REDIRECT] })
    const reply = await authorize(practice, device.clientId, challenge)
    expect(redirection(reply).parameters.error).toBe('unauthorized_client')
  })
})

describe('CreateToken', () => {
  test('knows its clients by their secret, until the registration expires', async () => {
    const client = await register(practice)
    const input = { ...client, grantType: DEVICE_GRANT, deviceCode: 'x' }
    const unknown = [InvalidClientException, 401, 'invalid_client']
    expect(await refused(token(practice, { ...input, clientSecret: 'x' }))).toEqual(unknown)
    expect(await refused(token(practice, { ...input, clientId: 'x' }))).toEqual(unknown)
    now += 90 * 86_400_000
    expect(await refused(token(practice, input))).toEqual(unknown)
    const other = await register(practice)
    set({ expireRegistrations: true })
    expect(await refused(startDevice(practice, other))).toEqual(unknown)
  })

  test('refuses unknown grants, those not registered, and what is missing', async () => {
    const client = await register(practice)
    expect(await refused(token(practice, { ...client, grantType: 'password' }))).toEqual([
      UnsupportedGrantTypeException,
      400,
      'unsupported_grant_type',
    ])
    expect(await refused(token(practice, { ...client, grantType: 'authorization_code', code: 'x' }))).toEqual([
      UnauthorizedClientException,
      400,
      'unauthorized_client',
    ])
    for (const grantType of [DEVICE_GRANT, 'refresh_token'])
      expect(await refused(token(practice, { ...client, grantType }))).toEqual([
        InvalidRequestException,
        400,
        'invalid_request',
      ])
  })

  test.each(['', '{', 'null', '[]', '"x"', '{"clientId":1,"clientSecret":"x","grantType":"x"}'])(
    'refuses the body %j',
    async (body) => {
      for (const path of ['token', 'client/register', 'device_authorization']) {
        const reply = await fetch(`${practice.endpoint}/${path}`, { method: 'POST', body })
        expect(reply.status).toBe(400)
        expect(await reply.json()).toMatchObject({ error: 'invalid_request', error_description: expect.any(String) })
      }
    },
  )

  test('rotates refresh tokens: an old one is worth nothing', async () => {
    const { accessToken, refreshToken, ...client } = await signIn(practice)
    const refresh = (given: string) => token(practice, { ...client, grantType: 'refresh_token', refreshToken: given })
    const second = await refresh(refreshToken)
    expect(second.accessToken).not.toBe(accessToken)
    expect(await refused(refresh(refreshToken))).toEqual([InvalidGrantException, 400, 'invalid_grant'])
    const third = await refresh(second.refreshToken ?? '')
    await portalClient(practice).send(new ListAccountsCommand({ accessToken: third.accessToken }))
    const other = await register(practice)
    const stolen = { ...other, grantType: 'refresh_token', refreshToken: third.refreshToken ?? '' }
    expect(await refused(token(practice, stolen))).toEqual([InvalidGrantException, 400, 'invalid_grant'])
  })

  test('refreshes for as long as the sign-in lasts', async () => {
    const { refreshToken, ...client } = await signIn(practice)
    now += 7.5 * HOUR
    const late = await token(practice, { ...client, grantType: 'refresh_token', refreshToken })
    expect(late.expiresIn).toBe(1800)
    now += HOUR
    const tooLate = token(practice, { ...client, grantType: 'refresh_token', refreshToken: late.refreshToken })
    expect(await refused(tooLate)).toEqual([InvalidGrantException, 400, 'invalid_grant'])
  })

  test('gives no refresh token without the scope, but eight hours', async () => {
    const client = await register(practice, { scopes: undefined })
    const { deviceCode = '', userCode = '' } = await startDevice(practice, client)
    set({ allowDevice: userCode })
    const answer = await token(practice, { ...client, grantType: DEVICE_GRANT, deviceCode })
    expect(answer.refreshToken).toBeUndefined()
    expect(answer.expiresIn).toBe(8 * 3600)
  })

  test('fails as often as it is told to', async () => {
    set({ failNext: 1 })
    expect(await refused(register(practice))).toEqual([InternalServerException, 500, 'server_error'])
    await register(practice)
  })
})

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
      expect(await refused(token(practice, { ...given, grantType: 'refresh_token' }))).toEqual([
        InvalidGrantException,
        400,
        'invalid_grant',
      ])
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
    expect(await refused(again)).toEqual([InvalidGrantException, 400, 'invalid_grant'])
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
    await expect(list()).rejects.not.toBeInstanceOf(SSOOIDCServiceException)
    expect(practice.calls()).toEqual([])
    practice.control.apply({ loseNext: 1 })
    await expect(list()).rejects.toThrow()
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
