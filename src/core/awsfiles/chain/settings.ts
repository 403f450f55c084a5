/** The settings of one profile that credentials depend on (AWS facts A.5), with an empty value as none at all. */
import type { Values } from '../readers/types.ts'
import type { RoleStep } from './types.ts'

export const ACCESS_KEY_ID = 'aws_access_key_id'
export const SECRET_ACCESS_KEY = 'aws_secret_access_key'

/** The value of a key; `undefined` when it is missing, empty or a block. */
export function setting(values: Values | undefined, key: string): string | undefined {
  const value = values?.get(key)
  return typeof value === 'string' && value !== '' ? value : undefined
}

export type KeyPair = 'complete' | 'partial' | 'none'

/** How much of an access key the profile has. A session token alone makes none. */
export function keyPair(values: Values | undefined): KeyPair {
  const count = [ACCESS_KEY_ID, SECRET_ACCESS_KEY].filter((key) => setting(values, key) !== undefined).length
  return count === 2 ? 'complete' : count === 1 ? 'partial' : 'none'
}

/** Whether a profile gets its credentials with AssumeRole; with a token file `role_arn` is for the web identity call. */
export function isAssumedRole(values: Values | undefined): boolean {
  return setting(values, 'role_arn') !== undefined && setting(values, 'web_identity_token_file') === undefined
}

/** The AssumeRole call of a profile. */
export function roleStep(profile: string, values: Values | undefined): RoleStep {
  const externalId = setting(values, 'external_id')
  const sessionName = setting(values, 'role_session_name')
  const mfaSerial = setting(values, 'mfa_serial')
  const duration = setting(values, 'duration_seconds')
  return {
    kind: 'assume-role',
    profile,
    roleArn: setting(values, 'role_arn') ?? '',
    ...(externalId === undefined ? {} : { externalId }),
    ...(sessionName === undefined ? {} : { sessionName }),
    ...(mfaSerial === undefined ? {} : { mfaSerial }),
    ...(duration !== undefined && /^\d+$/.test(duration) ? { durationSeconds: Number(duration) } : {}),
  }
}
