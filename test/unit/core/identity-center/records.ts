/** Records that tests of Identity Center share. */
import type { ClientRegistration, IdentityCenterToken, OidcCalls } from '#core/identity-center/index.ts'
import { HallpassError } from '#shared/errors.ts'
import type { IdentityCenterInstance } from '#shared/identity-center.ts'

export const NOW = Date.parse('2026-11-26T12:00:00Z')
const MINUTE = 60_000

/** ISO 8601, so many minutes after NOW. */
export const inMinutes = (minutes: number) => new Date(NOW + minutes * MINUTE).toISOString()

export const INSTANCE: IdentityCenterInstance = {
  startUrl: 'https://d-1234567890.awsapps.com/start',
  region: 'eu-west-1',
  scopes: ['sso:account:access'],
}

export const CLIENT = {
  clientId: 'client-1',
  clientSecret: 'planted-client-secret',
  expiresAt: inMinutes(60 * 24 * 90),
}

export function token(change: Partial<IdentityCenterToken> = {}): IdentityCenterToken {
  return {
    startUrl: INSTANCE.startUrl,
    region: INSTANCE.region,
    accessToken: 'access-1',
    expiresAt: inMinutes(60),
    refreshToken: 'refresh-1',
    client: CLIENT,
    ...change,
  }
}

export function registration(change: Partial<ClientRegistration> = {}): ClientRegistration {
  return {
    ...CLIENT,
    ...INSTANCE,
    grantTypes: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
    ...change,
  }
}

/** Calls of which a test needs only some; any other is a failure. */
export function oidcCalls(some: Partial<OidcCalls>): OidcCalls {
  const unexpected = (name: string) => () => {
    throw new HallpassError('internal', `${name} was not expected`)
  }
  return {
    registerClient: unexpected('registerClient'),
    startDeviceAuthorization: unexpected('startDeviceAuthorization'),
    pollForToken: unexpected('pollForToken'),
    exchangeCode: unexpected('exchangeCode'),
    refresh: unexpected('refresh'),
    authorizeEndpoint: () => 'https://oidc.eu-west-1.amazonaws.com/authorize',
    ...some,
  }
}
