/**
 * What one profile gets credentials from without another profile (AWS facts A.6).
 *
 * SDKs disagree about a profile with several of them. The order here is botocore's, which the AWS CLI has, too; in each
 * divergence that is known it is also that of most SDKs.
 */
import type { MergedProfiles } from '../merged-profiles.ts'
import type { Values } from '../readers/types.ts'
import {
  contradiction,
  incompleteSource,
  missingSsoSession,
  noCredentials,
  partialKeys,
  unknownCredentialSource,
} from './errors.ts'
import { ACCESS_KEY_ID, keyPair, setting } from './settings.ts'
import { CREDENTIAL_SOURCES, type CredentialSource, type SourceStep } from './types.ts'

/**
 * @param isSource whether another profile names this one in its `source_profile`: then its `credential_source` counts
 *   without a role of its own, as it does in most SDKs
 * @throws `chain.partial-keys`, `chain.missing-source`, `chain.invalid-source`, `chain.no-source`
 */
export function sourceOf(merged: MergedProfiles, profile: string, isSource: boolean): SourceStep {
  const values = merged.profiles.get(profile)
  const has = (key: string) => setting(values, key) !== undefined
  const keyIsIn = (kind: 'config' | 'credentials') =>
    setting(merged.readings[kind].profiles.get(profile), ACCESS_KEY_ID) !== undefined
  if (has('web_identity_token_file')) return webIdentity(profile, values)
  if (has('sso_account_id') || has('sso_role_name')) return sso(merged, profile, values)
  if (keyIsIn('credentials')) return accessKey(profile, values)
  if (has('login_session')) return { kind: 'login', profile }
  if (has('credential_process')) return { kind: 'process', profile }
  if (keyIsIn('config')) return accessKey(profile, values)
  if (keyPair(values) !== 'none' || has('aws_session_token')) throw partialKeys(profile, values)
  const source = setting(values, 'credential_source')
  if (isSource && source !== undefined) return credentialSource(profile, source)
  throw noCredentials(profile, values)
}

/** @throws `chain.invalid-source` for a value that SDKs don't know */
export function credentialSource(profile: string, value: string): SourceStep {
  if (!isCredentialSource(value)) throw unknownCredentialSource(profile)
  return { kind: 'credential-source', source: value }
}

function isCredentialSource(value: string): value is CredentialSource {
  return (CREDENTIAL_SOURCES as readonly string[]).includes(value)
}

/** @throws `chain.partial-keys` */
export function accessKey(profile: string, values: Values | undefined): SourceStep {
  if (keyPair(values) !== 'complete') throw partialKeys(profile, values)
  return { kind: 'access-key', profile }
}

function webIdentity(profile: string, values: Values | undefined): SourceStep {
  const roleArn = setting(values, 'role_arn')
  const tokenFile = setting(values, 'web_identity_token_file') ?? ''
  const sessionName = setting(values, 'role_session_name')
  if (roleArn === undefined) throw incompleteSource(profile, 'web identity', ['role_arn'])
  return { kind: 'web-identity', roleArn, tokenFile, ...(sessionName === undefined ? {} : { sessionName }) }
}

function sso(merged: MergedProfiles, profile: string, values: Values | undefined): SourceStep {
  const name = setting(values, 'sso_session')
  const session = name === undefined ? undefined : merged.ssoSessions.get(name)
  if (name !== undefined) {
    if (!session) throw missingSsoSession(profile, name, merged.ssoSessions.keys())
    const differing = [...session.keys()].find(
      (key) => setting(values, key) !== undefined && values?.get(key) !== session.get(key),
    )
    if (differing !== undefined) throw contradiction(profile, name, differing)
  }
  const needed = ['sso_start_url', 'sso_region', 'sso_account_id', 'sso_role_name']
  const missing = needed.filter((key) => (setting(values, key) ?? setting(session, key)) === undefined)
  if (missing.length > 0) throw incompleteSource(profile, 'IAM Identity Center sign-in', missing)
  return { kind: 'sso', profile }
}
