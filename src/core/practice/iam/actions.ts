/** Every IAM action the practice account knows. */
import { ACCESS_KEY_ACTIONS } from './access-keys.ts'
import { ACCOUNT_ACTIONS } from './account.ts'
import type { IamAction } from './call.ts'
import { CREDENTIAL_REPORT_ACTIONS } from './credential-report.ts'
import { GROUP_ACTIONS } from './groups.ts'
import { MFA_ACTIONS } from './mfa-devices.ts'
import { PASSWORD_POLICY_ACTIONS } from './password-policy.ts'
import { POLICY_ACTIONS } from './policies.ts'
import { ROLE_ACTIONS } from './roles.ts'
import { USER_ACTIONS } from './users.ts'

export const IAM_ACTIONS: ReadonlyMap<string, IamAction> = new Map(
  Object.entries({
    ...USER_ACTIONS,
    ...PASSWORD_POLICY_ACTIONS,
    ...GROUP_ACTIONS,
    ...ROLE_ACTIONS,
    ...POLICY_ACTIONS,
    ...ACCESS_KEY_ACTIONS,
    ...MFA_ACTIONS,
    ...ACCOUNT_ACTIONS,
    ...CREDENTIAL_REPORT_ACTIONS,
  }),
)
