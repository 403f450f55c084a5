/** IAM Identity Center: signing in, tokens, the portal's accounts and roles, and the AWS CLI's own sign-ins. */
export * from './cli-cache.ts'
export { adoptCliToken, type CliToken, parseCliToken, parseTime, printCliToken } from './cli-token.ts'
export * from './discovery.ts'
export { type EnvironmentRule, environmentByRules, matchesGlob } from './environment-rules.ts'
export { createOidc, type OidcCalls } from './oidc.ts'
export { createPortal, type PortalAccess, type PortalAccount, type PortalCalls } from './portal.ts'
export {
  type ClientRegistration,
  clientRegistration,
  type IdentityCenterToken,
  identityCenterToken,
  isRefreshable,
  tokenEnd,
} from './records.ts'
export { createRoleNamer, type RoleNamer } from './role-names.ts'
export { type BrowserSignInParts, type SignedIn, type SignInParts, signInWithBrowser } from './sign-in-browser.ts'
export { type DeviceCodeToConfirm, type DeviceSignInParts, signInWithDevice } from './sign-in-device.ts'
export { createDiscovery, type DiscoverOptions, type Discovery } from './take-in.ts'
export * from './token-keeper.ts'
export { realWait } from './wait.ts'
