import { describe, expect, it } from 'vitest'
import { GRANT_TYPES } from '#core/identity-center/records.ts'
import { isReusable } from '#core/identity-center/registration.ts'
import { INSTANCE, inMinutes, NOW, registration } from './records.ts'

const REQUEST = { grantTypes: [GRANT_TYPES.deviceCode, GRANT_TYPES.refreshToken] }
const reusable = (change: Parameters<typeof registration>[0]) =>
  isReusable(registration(change), INSTANCE, REQUEST, NOW)

describe('a registration', () => {
  it('is used again while more than 15 minutes of it are left', () => {
    expect(reusable({ expiresAt: inMinutes(15.1) })).toBe(true)
    expect(reusable({ expiresAt: inMinutes(15) })).toBe(false)
    expect(reusable({ expiresAt: inMinutes(-1) })).toBe(false)
  })

  it('is used again for the same grants only, in whatever order', () => {
    expect(reusable({ grantTypes: REQUEST.grantTypes.toReversed() })).toBe(true)
    expect(reusable({ grantTypes: [GRANT_TYPES.deviceCode] })).toBe(false)
    expect(reusable({ grantTypes: [GRANT_TYPES.authorizationCode, GRANT_TYPES.refreshToken] })).toBe(false)
    expect(reusable({ grantTypes: [...REQUEST.grantTypes, GRANT_TYPES.authorizationCode] })).toBe(false)
  })

  it('is used again for the same instance and scopes only', () => {
    expect(reusable({ startUrl: `${INSTANCE.startUrl}/` })).toBe(false)
    expect(reusable({ region: 'us-east-1' })).toBe(false)
    expect(reusable({ scopes: [] })).toBe(false)
  })
})
