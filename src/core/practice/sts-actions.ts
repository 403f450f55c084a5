/** The STS actions the practice account knows. A new one is a handler file and a line here. */
import { assumeRole } from './sts-assume-role.ts'
import { assumeRoleWithWebIdentity } from './sts-assume-role-with-web-identity.ts'
import type { OpenStsAction, StsAction } from './sts-call.ts'
import { getAccessKeyInfo } from './sts-get-access-key-info.ts'
import { getCallerIdentity } from './sts-get-caller-identity.ts'
import { getFederationToken } from './sts-get-federation-token.ts'
import { getSessionToken } from './sts-get-session-token.ts'

export const STS_ACTIONS: ReadonlyMap<string, StsAction> = new Map([
  ['AssumeRole', assumeRole],
  ['GetAccessKeyInfo', getAccessKeyInfo],
  ['GetCallerIdentity', getCallerIdentity],
  ['GetFederationToken', getFederationToken],
  ['GetSessionToken', getSessionToken],
])

/** Those that nobody signs. */
export const OPEN_STS_ACTIONS: ReadonlyMap<string, OpenStsAction> = new Map([
  ['AssumeRoleWithWebIdentity', assumeRoleWithWebIdentity],
])
