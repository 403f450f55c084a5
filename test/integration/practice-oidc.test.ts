/** The practice account's OIDC service as `@aws-sdk/client-sso-oidc` sees it: every answer and refusal it can give. */
import { ListAccountsCommand } from '@aws-sdk/client-sso'
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
  type SSOOIDCServiceException,
  UnauthorizedClientException,
  UnsupportedGrantTypeException,
} from '@aws-sdk/client-sso-oidc'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
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

  test('has a code for itself alone', async () => {
    const { client } = await begin()
    const { deviceCode = '', userCode = '' } = await startDevice(practice, await register(practice))
    set({ allowDevice: userCode })
    const stolen = token(practice, { ...client, grantType: DEVICE_GRANT, deviceCode })
    expect(await refused(stolen)).toEqual([InvalidGrantException, 400, 'invalid_grant'])
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
