/**
 * aws-vault: its keys are in a store of its own, all else is in the AWS files. So the keys are laid over the files, as
 * aws-vault does it, and the result is planned like them.
 */
import { z } from 'zod'
import { ACCESS_KEY_ID, keyPair, SECRET_ACCESS_KEY, setting } from '../awsfiles/chain/settings.ts'
import type { MergedProfiles } from '../awsfiles/merged-profiles.ts'
import type { Values } from '../awsfiles/readers/types.ts'

/** A key of aws-vault's. */
export interface AwsVaultKey {
  readonly profile: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** As aws-vault (AccessKeyID) stores it, and as its `export` prints it (AccessKeyId). */
const credentialsSchema = z.object({
  AccessKeyID: z.string().optional(),
  AccessKeyId: z.string().optional(),
  SecretAccessKey: z.string(),
  SessionToken: z.string().nullish(),
})

/** @returns null for what is no long-term key */
export function readCredentials(profile: string, json: string): AwsVaultKey | null {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  const parsed = credentialsSchema.safeParse(value)
  if (!parsed.success || parsed.data.SessionToken) return null
  const { AccessKeyID, AccessKeyId, SecretAccessKey } = parsed.data
  const accessKeyId = AccessKeyID ?? AccessKeyId
  return accessKeyId ? { profile, accessKeyId, secretAccessKey: SecretAccessKey } : null
}

/** Sessions and tokens of Identity Center are beside the keys, under names that no profile has. */
export function isKeyName(name: string): boolean {
  return !/^oidc:|^session[:,]|^[^,]+,[^,]+,[^,]*,\d+$| session \(\d+\)$/.test(name)
}

/**
 * The AWS files with the keys in their profiles. A role without a source starts from the key of its own name, and has
 * the MFA device of the profile it starts from when it names none.
 * @returns also the profiles whose key came from aws-vault
 */
export function layOver(
  merged: MergedProfiles,
  keys: readonly AwsVaultKey[],
): { readonly merged: MergedProfiles; readonly elsewhere: ReadonlySet<string> } {
  const profiles = new Map(merged.profiles)
  const elsewhere = new Set<string>()
  for (const { profile, accessKeyId, secretAccessKey } of keys) {
    const before = profiles.get(profile)
    // A key in the files is what every other tool uses for this profile.
    if (keyPair(before) === 'complete') continue
    const values: Values = new Map(before)
    values.set(ACCESS_KEY_ID, accessKeyId)
    values.set(SECRET_ACCESS_KEY, secretAccessKey)
    values.delete('credential_process')
    if (values.has('role_arn') && !values.has('source_profile')) values.set('source_profile', profile)
    profiles.set(profile, values)
    elsewhere.add(profile)
  }
  for (const [profile, values] of profiles) {
    const source = setting(values, 'source_profile')
    const device = setting(profiles.get(source ?? ''), 'mfa_serial')
    const isFirstHop = source !== undefined && source !== profile && elsewhere.has(source)
    if (isFirstHop && device !== undefined && values.has('role_arn') && !values.has('mfa_serial')) {
      profiles.set(profile, new Map(values).set('mfa_serial', device))
    }
  }
  return { merged: { ...merged, profiles }, elsewhere }
}
