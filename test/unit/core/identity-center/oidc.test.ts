import { afterEach, describe, expect, it } from 'vitest'
import { createOidc } from '#core/identity-center/index.ts'
import { GRANT_TYPES } from '#core/identity-center/records.ts'
import type { ErrorCode, HallpassError } from '#shared/errors.ts'
import { type StubReply, type StubServer, startStub } from '../aws/stub-server.ts'
import { CLIENT, INSTANCE, NOW, token } from './records.ts'

let stub: StubServer
afterEach(() => stub.close())

async function oidcWith(...replies: StubReply[]) {
  stub = await startStub((_request, index) => replies[Math.min(index, replies.length - 1)])
  return createOidc({ AWS_ENDPOINT_URL_SSO_OIDC: stub.endpoint, AWS_PROFILE: 'nobody' }, () => NOW)
}

const json = (body: object, status = 200, headers: Record<string, string> = {}): StubReply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})
const failure = (status: number, name: string, error: string, more: object = {}) =>
  json({ error, error_description: 'no reason given', ...more }, status, { 'x-amzn-ErrorType': name })

const sent = (index = 0) => JSON.parse(stub.requests[index]?.body ?? 'null')
const GRANT = {
  code: 'planted-code',
  codeVerifier: 'planted-verifier',
  redirectUri: 'http://127.0.0.1:5/oauth/callback',
}

describe('registering', () => {
  it('asks for a public client with the grants, and takes the seconds it ends at', async () => {
    const oidc = await oidcWith(json({ clientId: 'c', clientSecret: 's', clientSecretExpiresAt: 1_800_000_000 }))
    const made = await oidc.registerClient(INSTANCE, {
      grantTypes: [GRANT_TYPES.authorizationCode, GRANT_TYPES.refreshToken],
      redirectUri: 'http://127.0.0.1/oauth/callback',
    })
    expect(made).toEqual({
      ...{ clientId: 'c', clientSecret: 's', expiresAt: new Date(1_800_000_000_000).toISOString() },
      ...INSTANCE,
      grantTypes: ['authorization_code', 'refresh_token'],
    })
    expect(stub.requests[0]).toMatchObject({ method: 'POST' })
    expect(stub.requests[0]?.url.pathname).toBe('/client/register')
    expect(stub.requests[0]?.headers.authorization).toBeUndefined()
    expect(sent()).toEqual({
      clientName: 'Hallpass',
      clientType: 'public',
      scopes: ['sso:account:access'],
      grantTypes: ['authorization_code', 'refresh_token'],
      redirectUris: ['http://127.0.0.1/oauth/callback'],
      issuerUrl: INSTANCE.startUrl,
    })
  })

  it.each([
    {},
    { clientId: 'c', clientSecret: 's' },
    { clientId: 'c', clientSecretExpiresAt: 1_800_000_000 },
    { clientId: 'c\n', clientSecret: 's', clientSecretExpiresAt: 1_800_000_000 },
    { clientId: 'c', clientSecret: 's', clientSecretExpiresAt: 1e18 },
  ])('does not take %j for a registration', async (answer) => {
    const oidc = await oidcWith(json(answer))
    await expect(oidc.registerClient(INSTANCE, { grantTypes: [] })).rejects.toMatchObject({ code: 'aws.unavailable' })
  })
})

describe('a device code', () => {
  const answer = {
    ...{ deviceCode: 'd', userCode: 'ABCD-EFGH', expiresIn: 600 },
    ...{ verificationUri: 'https://device.sso/', verificationUriComplete: 'https://device.sso/?c' },
  }

  it('has an interval of 5 seconds where the server names none', async () => {
    const oidc = await oidcWith(json(answer), json({ ...answer, interval: 2 }))
    expect(await oidc.startDeviceAuthorization(INSTANCE, CLIENT)).toEqual({ ...answer, interval: 5 })
    expect(sent()).toEqual({ clientId: 'client-1', clientSecret: CLIENT.clientSecret, startUrl: INSTANCE.startUrl })
    expect(await oidc.startDeviceAuthorization(INSTANCE, CLIENT)).toMatchObject({ interval: 2 })
  })

  it.each([
    ['an interval no timer can wait', { interval: 3_000_000 }, { interval: 60 }],
    ['an interval of nothing', { interval: 0.001 }, { interval: 1 }],
    ['a time that no code has', { expiresIn: 1e12 }, { expiresIn: 3600 }],
    [
      'an address with what drives a terminal in it',
      { verificationUri: 'https://a.example/\u001b[31m', verificationUriComplete: 'https://a.example/?\u202ex' },
      { verificationUri: 'https://a.example/%1B[31m', verificationUriComplete: 'https://a.example/?%E2%80%AEx' },
    ],
  ])('with %s is polled, and shown, within reason', async (_, odd, expected) => {
    const oidc = await oidcWith(json({ ...answer, ...odd }))
    expect(await oidc.startDeviceAuthorization(INSTANCE, CLIENT)).toMatchObject(expected)
  })

  it.each(['AB\u001b[2JCD', 'AB\nhallpass: all is well', '\u202eABCD', 'A'.repeat(65)])(
    'is no code a person could compare: %j',
    async (userCode) => {
      const oidc = await oidcWith(json({ ...answer, userCode }))
      await expect(oidc.startDeviceAuthorization(INSTANCE, CLIENT)).rejects.toMatchObject({ code: 'aws.unavailable' })
    },
  )

  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'nonsense', 'https://device.aws.com@evil.example/'])(
    'never leads to %s',
    async (address) => {
      const oidc = await oidcWith(json({ ...answer, verificationUriComplete: address }))
      await expect(oidc.startDeviceAuthorization(INSTANCE, CLIENT)).rejects.toMatchObject({ code: 'aws.unavailable' })
    },
  )

  it.each([
    ['AuthorizationPendingException', 'authorization_pending', 'pending'],
    ['SlowDownException', 'slow_down', 'slow-down'],
    // Without the header that names the class, OAuth's own word is enough.
    ['', 'authorization_pending', 'pending'],
  ])('%s (%s) is not yet a failure', async (name, error, expected) => {
    const oidc = await oidcWith(name === '' ? json({ error }, 400) : failure(400, name, error))
    expect(await oidc.pollForToken(INSTANCE, CLIENT, 'd')).toBe(expected)
    expect(stub.requests).toHaveLength(1)
  })

  it('gives the token once it is confirmed, with its end counted from now', async () => {
    const oidc = await oidcWith(json({ accessToken: 'a', expiresIn: 3600, refreshToken: 'r', tokenType: 'Bearer' }))
    expect(await oidc.pollForToken(INSTANCE, CLIENT, 'd')).toEqual({
      startUrl: INSTANCE.startUrl,
      region: 'eu-west-1',
      accessToken: 'a',
      expiresAt: '2026-11-26T13:00:00.000Z',
      refreshToken: 'r',
      client: CLIENT,
    })
    expect(sent()).toMatchObject({ grantType: 'urn:ietf:params:oauth:grant-type:device_code', deviceCode: 'd' })
  })
})

describe('an authorization code', () => {
  it('goes with its verifier and the address with the port', async () => {
    const oidc = await oidcWith(json({ accessToken: 'a', expiresIn: 60 }))
    expect(await oidc.exchangeCode(INSTANCE, CLIENT, GRANT)).toMatchObject({ accessToken: 'a', refreshToken: null })
    expect(sent()).toEqual({
      clientId: 'client-1',
      clientSecret: CLIENT.clientSecret,
      grantType: 'authorization_code',
      ...GRANT,
    })
  })

  it.each([
    {},
    { accessToken: 'a' },
    { expiresIn: 60 },
    { accessToken: 'a\r\nx: y', expiresIn: 60 },
    { accessToken: 'a', expiresIn: -60 },
    { accessToken: 'a', expiresIn: 1e300 },
  ])('does not take %j for a token', async (answer) => {
    const oidc = await oidcWith(json(answer))
    await expect(oidc.exchangeCode(INSTANCE, CLIENT, GRANT)).rejects.toMatchObject({ code: 'aws.unavailable' })
  })
})

describe('refreshing', () => {
  it('gives the token and the refresh token that replace the old ones', async () => {
    const oidc = await oidcWith(json({ accessToken: 'a2', expiresIn: 60, refreshToken: 'r2' }))
    expect(await oidc.refresh(token())).toMatchObject({ accessToken: 'a2', refreshToken: 'r2', client: CLIENT })
    expect(sent()).toMatchObject({ grantType: 'refresh_token', refreshToken: 'refresh-1' })
  })

  it('keeps a refresh token that AWS does not replace', async () => {
    const oidc = await oidcWith(json({ accessToken: 'a2', expiresIn: 60 }))
    expect(await oidc.refresh(token())).toMatchObject({ accessToken: 'a2', refreshToken: 'refresh-1' })
  })

  it('asks nobody without a refresh token', async () => {
    const oidc = await oidcWith(json({}))
    await expect(oidc.refresh(token({ refreshToken: null }))).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
    expect(stub.requests).toEqual([])
  })

  it.each(['InvalidGrantException', 'ExpiredTokenException'])('%s means signing in again', async (name) => {
    const oidc = await oidcWith(
      failure(400, name, name === 'InvalidGrantException' ? 'invalid_grant' : 'expired_token'),
    )
    await expect(oidc.refresh(token())).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
  })
})

describe('refusals', () => {
  it.each<[number, string, string, ErrorCode]>([
    [400, 'ExpiredTokenException', 'expired_token', 'sso.sign-in-expired'],
    [400, 'InvalidGrantException', 'invalid_grant', 'sso.sign-in-expired'],
    [400, 'AccessDeniedException', 'access_denied', 'sso.sign-in-denied'],
    [401, 'InvalidClientException', 'invalid_client', 'sso.registration-expired'],
    [400, 'UnauthorizedClientException', 'unauthorized_client', 'sso.registration-expired'],
    [400, 'InvalidRequestException', 'invalid_request', 'sso.request-invalid'],
    [400, 'InvalidScopeException', 'invalid_scope', 'sso.request-invalid'],
    [400, 'UnsupportedGrantTypeException', 'unsupported_grant_type', 'sso.request-invalid'],
    [400, 'SlowDownException', 'slow_down', 'sso.throttled'],
    [418, 'TeapotException', 'teapot', 'aws.refused'],
  ])('%i %s is %s → %s', async (status, name, error, code) => {
    const oidc = await oidcWith(failure(status, name, error))
    const problem: HallpassError = await oidc.exchangeCode(INSTANCE, CLIENT, GRANT).catch((thrown) => thrown)
    expect(problem).toMatchObject({ code })
    expect(problem.hint).toBeTruthy()
  })

  it('of the wrong region names the right one', async () => {
    const oidc = await oidcWith(
      failure(400, 'InvalidRequestRegionException', 'invalid_request', { region: 'us-east-2', endpoint: 'https://x' }),
    )
    await expect(oidc.startDeviceAuthorization(INSTANCE, CLIENT)).rejects.toMatchObject({
      code: 'sso.wrong-region',
      message: expect.stringContaining('but in us-east-2'),
    })
  })

  it('of AWS’s own making are tried again, and then are AWS’s', async () => {
    const oidc = await oidcWith(failure(500, 'InternalServerException', 'server_error'))
    await expect(oidc.refresh(token())).rejects.toMatchObject({ code: 'aws.unavailable' })
    expect(stub.requests.length).toBeGreaterThan(1)
  })

  it('have no secret in them that the call carried, whatever AWS quotes', async () => {
    const secrets = [CLIENT.clientSecret, GRANT.code, GRANT.codeVerifier]
    const oidc = await oidcWith(
      json({ error: 'invalid_request', error_description: secrets.join(' ') }, 400, {
        'x-amzn-ErrorType': 'InvalidRequestException',
      }),
    )
    const problem = await oidc.exchangeCode(INSTANCE, CLIENT, GRANT).catch((thrown: HallpassError) => thrown)
    const said = JSON.stringify((problem as HallpassError).toReport())
    expect(said).toContain('InvalidRequestException')
    for (const secret of secrets) expect(said).not.toContain(secret)
  })
})

describe('where and whether', () => {
  it('a redirect is not followed', async () => {
    const elsewhere = await startStub(() => json({ accessToken: 'a', expiresIn: 60 }))
    try {
      const oidc = await oidcWith({ status: 307, headers: { location: `${elsewhere.endpoint}/token` } })
      await expect(oidc.exchangeCode(INSTANCE, CLIENT, GRANT)).rejects.toMatchObject({ code: 'aws.unavailable' })
      expect(elsewhere.requests).toEqual([])
    } finally {
      await elsewhere.close()
    }
  })

  it('an aborted call is cancelled, and not made', async () => {
    const oidc = await oidcWith(json({}))
    await expect(oidc.exchangeCode(INSTANCE, CLIENT, GRANT, AbortSignal.abort())).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(stub.requests).toEqual([])
  })

  it('a call that is under way can be cancelled', async () => {
    const abort = new AbortController()
    stub = await startStub(() => {
      abort.abort()
      return undefined
    })
    const oidc = createOidc({ AWS_ENDPOINT_URL_SSO_OIDC: stub.endpoint }, () => NOW)
    await expect(oidc.exchangeCode(INSTANCE, CLIENT, GRANT, abort.signal)).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('the browser signs in at the region’s own host, or at the override', async () => {
    expect(createOidc({}, () => NOW).authorizeEndpoint({ ...INSTANCE, region: 'cn-north-1' })).toBe(
      'https://oidc.cn-north-1.amazonaws.com.cn/authorize',
    )
    const oidc = await oidcWith(json({}))
    expect(oidc.authorizeEndpoint(INSTANCE)).toBe(`${stub.endpoint}/authorize`)
  })
})
