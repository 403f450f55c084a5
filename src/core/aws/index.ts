/** AWS as the rest of core uses it: STS, console links, endpoints, credential formats. */
export * from './aws-clock.ts'
export type { OnAnswer, SigningCredentials } from './client-settings.ts'
export { consoleUrl, isServiceId, regionOfPartition } from './console-destination.ts'
export { type DoorFacts, proposeDoor, takesSessionDuration } from './console-doors.ts'
export { type SwitchRoleLinkOptions, switchRoleName, switchRoleUrl } from './console-links.ts'
export {
  CREDENTIAL_FORMATS,
  type CredentialFormat,
  childEnvironment,
  endpointEnvironment,
  formatCredentials,
} from './credential-formats.ts'
export { describeOverride, type Env, endpointOverride, stsEndpoint } from './endpoints.ts'
export { isTransientError } from './explain.ts'
export { requestSignInLink, type SignInLinkOptions } from './federation.ts'
export { type ShortcutLinkOptions, shortcutUrl } from './shortcut-link.ts'
export * from './sts.ts'
