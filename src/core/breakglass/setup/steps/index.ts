/**
 * What a set-up consists of, in its order. What was there before is left as it is. Secrets are in the vault before, or
 * right after, the call that brings them into being.
 */
import type { SetupStep } from '../step.ts'
import { accessKey } from './access-key.ts'
import { mfaDevice } from './mfa-device.ts'
import { password } from './password.ts'
import { policy, role, rolePolicy } from './role-and-policy.ts'
import { group, groupPolicy, membership, user } from './user-and-group.ts'

export const STEPS: readonly SetupStep[] = [
  user,
  group,
  groupPolicy,
  membership,
  password,
  role,
  rolePolicy,
  policy,
  mfaDevice,
  accessKey,
]
