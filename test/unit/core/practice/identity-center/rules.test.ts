import { describe, expect, test } from 'vitest'
import { TokenMaker } from '#core/practice/identity-center/make-token.ts'
import { oauthWord, oidcRefusal } from '#core/practice/identity-center/oidc-refusal.ts'
import { permissionSetRole, permissionSetRoleArn } from '#core/practice/identity-center/permission-set-role.ts'
import { DEFAULT_SETTINGS, mergeSettings } from '#core/practice/identity-center/settings.ts'
import { isTrusted } from '#core/practice/trust.ts'

// aws-facts E.3; the words are those of RFC 6749 and RFC 8628.
test.each([
  ['AuthorizationPendingException', 'authorization_pending'],
  ['SlowDownException', 'slow_down'],
  ['ExpiredTokenException', 'expired_token'],
  ['AccessDeniedException', 'access_denied'],
  ['InvalidGrantException', 'invalid_grant'],
  ['InvalidClientException', 'invalid_client'],
  ['InvalidRequestException', 'invalid_request'],
  ['InvalidScopeException', 'invalid_scope'],
  ['UnauthorizedClientException', 'unauthorized_client'],
  ['UnsupportedGrantTypeException', 'unsupported_grant_type'],
  ['InvalidRedirectUriException', 'invalid_redirect_uri'],
  ['InvalidClientMetadataException', 'invalid_client_metadata'],
  ['InternalServerException', 'server_error'],
])('%s is %s', (name, word) => {
  expect(oauthWord(name)).toBe(word)
})

test('a wrong client is refused with 401, a defect with 500, all else with 400', () => {
  expect(oidcRefusal('InvalidClient', 'x').status).toBe(401)
  expect(oidcRefusal('InternalServer', 'x').status).toBe(500)
  expect(oidcRefusal('SlowDown', 'x')).toMatchObject({ status: 400, code: 'SlowDownException', message: 'x' })
})

describe('the role of a permission set', () => {
  const place = { accountId: '123456789012', permissionSet: 'ReadOnlyAccess', region: 'eu-west-1' }
  const account = { id: place.accountId, name: 'acme-prod', environment: 'prod', partition: 'aws' } as const

  test('is named as AWS names it', () => {
    expect(permissionSetRoleArn(place)).toMatch(
      /^arn:aws:iam::123456789012:role\/aws-reserved\/sso\.amazonaws\.com\/eu-west-1\/AWSReservedSSO_ReadOnlyAccess_[0-9a-f]{16}$/,
    )
    const arns = [place, { ...place, accountId: '210987654321' }, { ...place, permissionSet: 'Billing' }].map((one) =>
      permissionSetRoleArn(one).slice(-16),
    )
    expect(new Set(arns).size).toBe(3)
    expect(permissionSetRole(place, account).arn).toBe(permissionSetRoleArn(place))
  })

  test('trusts Identity Center, and nobody who comes with credentials', () => {
    const role = permissionSetRole(place, account)
    const principals = [`arn:aws:iam::${place.accountId}:root`, place.accountId, role.arn]
    expect(isTrusted(role.trust, { principals, externalId: undefined, mfaPresent: true })).toBe(false)
    expect(JSON.parse(role.trustDocument ?? '').Statement[0].Principal).toEqual({
      Federated: expect.stringMatching(/^arn:aws:iam::123456789012:saml-provider\/AWSSSO_[0-9a-f]{16}_DO_NOT_DELETE$/),
    })
  })
})

test('codes for people have no vowels, which could spell something', () => {
  const maker = new TokenMaker()
  for (let count = 0; count < 200; count++)
    expect(maker.userCode()).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/)
})

test('every token made is remembered', () => {
  const maker = new TokenMaker()
  const made = [maker.secret('aoa', 240), maker.secret('aor', 240), maker.secret('', 24)]
  expect(new Set(made).size).toBe(3)
  expect(maker.secrets()).toEqual(made)
})

test('settings that are left out or undefined stay as they are', () => {
  const changed = mergeSettings(DEFAULT_SETTINGS, { deviceIntervalSeconds: 1, answer: undefined, allowDevice: 'X' })
  expect(changed).toEqual({ ...DEFAULT_SETTINGS, deviceIntervalSeconds: 1 })
  expect(mergeSettings(changed, {})).toBe(changed)
  expect(mergeSettings({ ...changed, callsPerSecond: 5 }, { callsPerSecond: null }).callsPerSecond).toBeNull()
})
