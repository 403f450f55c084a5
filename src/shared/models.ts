/** The records Hallpass shows and stores, and what is needed to make one. Times are ISO 8601 UTC; durations seconds. */
import { z } from 'zod'
import type { ErrorReport } from './errors.ts'
import {
  accessKeyIdField,
  colorField,
  environmentField,
  externalIdField,
  mfaCommandField,
  mfaSerialField,
  nameField,
  policyArnField,
  profileModeField,
  profileNameField,
  regionField,
  roleArnField,
  roleDurationField,
  secretAccessKeyField,
  sessionNameField,
  sessionPolicyField,
  sourceIdentityField,
  ssoSessionNameField,
  tagField,
} from './fields.ts'
import { startUrlField } from './identity-center.ts'

const anyIdentity = z.object({
  id: z.string(),
  name: nameField,
  /** Of a key, decoded from its id until AWS confirmed it. Null when nobody told; always for a sign-in, which spans accounts. */
  accountId: z.string().nullable(),
  /** The caller ARN AWS gave; null until verified. */
  userArn: z.string().nullable(),
  mfaSerial: z.string().nullable(),
  region: z.string().nullable(),
  /** True once AWS took its credentials. */
  verified: z.boolean(),
  verifiedAt: z.string().nullable(),
  /** Since when it, or its present key, has been here. */
  createdAt: z.string(),
})

/** An IAM user's access key. Its secret is in the vault, never in this record. */
export const accessKeyIdentitySchema = anyIdentity.extend({
  kind: z.literal('access-key'),
  accessKeyId: z.string(),
})
export type AccessKeyIdentity = z.infer<typeof accessKeyIdentitySchema>

/** A sign-in to IAM Identity Center. Its token is sealed, and not in this record. */
export const centerIdentitySchema = anyIdentity.extend({
  kind: z.literal('identity-center'),
  startUrl: startUrlField,
  /** Home region of Identity Center, which need not be a role's. */
  ssoRegion: regionField,
  /** The `[sso-session]` under which the AWS CLI shares the sign-in; null when it does not. */
  cliSession: ssoSessionNameField.nullable(),
})
export type CenterIdentity = z.infer<typeof centerIdentitySchema>

/** A profile of the AWS files that Hallpass did not write: whatever it resolves to is where credentials start. */
export const profileIdentitySchema = anyIdentity.extend({
  kind: z.literal('aws-profile'),
  profile: z.string().min(1).max(256),
})
export type ProfileIdentity = z.infer<typeof profileIdentitySchema>

/** Where credentials start. */
export const identitySchema = z.discriminatedUnion('kind', [
  accessKeyIdentitySchema,
  centerIdentitySchema,
  profileIdentitySchema,
])
export type Identity = z.infer<typeof identitySchema>
export type IdentityKind = Identity['kind']

/** Where the codes of an identity's MFA device come from: a person, the seed in the vault, or a command. */
export const mfaSourceSchema = z.enum(['prompt', 'seed', 'command'])
export type MfaSource = z.infer<typeof mfaSourceSchema>

/** An identity as it is shown: also where its MFA codes come from, never the seed itself. */
export const identityDetailSchema = identitySchema.and(
  z.object({
    mfaSource: mfaSourceSchema,
    /** As the person typed it; null without one. */
    mfaCommand: z.string().nullable(),
  }),
)
export type IdentityDetail = z.infer<typeof identityDetailSchema>

export const newIdentitySchema = z.object({
  name: nameField,
  accessKeyId: accessKeyIdField,
  secretAccessKey: secretAccessKeyField,
  mfaSerial: mfaSerialField.optional(),
  region: regionField.optional(),
})
export type NewIdentity = z.infer<typeof newIdentitySchema>

export const newCenterIdentitySchema = z.object({
  name: nameField,
  startUrl: startUrlField,
  ssoRegion: regionField,
  /** Of its roles, where none of their own is given. */
  region: regionField.optional(),
})
export type NewCenterIdentity = z.infer<typeof newCenterIdentitySchema>

export const newProfileIdentitySchema = z.object({
  name: nameField,
  profile: z.string().trim().min(1, 'A profile is needed.').max(256),
  region: regionField.optional(),
})
export type NewProfileIdentity = z.infer<typeof newProfileIdentitySchema>

/** Where a role's caller credentials come from. */
export const sourceRefSchema = z.object({ kind: z.enum(['identity', 'role']), id: z.string(), name: z.string() })
export type SourceRef = z.infer<typeof sourceRefSchema>

/** Everything of a role that AssumeRole, the profile or the screens use, beyond its name, ARN and source. */
export const roleSettingsSchema = z.object({
  /** Name of the AWS profile to write; the role's own name, made safe, when absent. */
  profile: profileNameField.optional(),
  region: regionField.optional(),
  durationSeconds: roleDurationField.optional(),
  sessionName: sessionNameField.optional(),
  externalId: externalIdField.optional(),
  /** Send the MFA device of the identity at the start of the chain. */
  mfa: z.boolean().default(false),
  sourceIdentity: sourceIdentityField.optional(),
  tags: z.array(tagField).max(50).optional(),
  transitiveTagKeys: z.array(z.string().min(1).max(128)).max(50).optional(),
  policyArns: z.array(policyArnField).max(10).optional(),
  policy: sessionPolicyField.optional(),
  environment: environmentField.optional(),
  color: colorField.optional(),
  /** False: let its session lapse. Nothing renews it but a person who starts it. Renewed when absent. */
  autoRenew: z.boolean().optional(),
})
export type RoleSettings = z.infer<typeof roleSettingsSchema>

export const newRoleSchema = roleSettingsSchema.extend({
  name: nameField,
  arn: roleArnField,
  /** Name of the identity or role to assume it from. */
  from: nameField,
})
export type NewRole = z.input<typeof newRoleSchema>

/** Every field optional; `null` clears an optional one. */
export const roleEditSchema = z.object({
  name: nameField.optional(),
  arn: roleArnField.optional(),
  from: nameField.optional(),
  mfa: z.boolean().optional(),
  profile: profileNameField.nullable().optional(),
  region: regionField.nullable().optional(),
  durationSeconds: roleDurationField.nullable().optional(),
  sessionName: sessionNameField.nullable().optional(),
  externalId: externalIdField.nullable().optional(),
  sourceIdentity: sourceIdentityField.nullable().optional(),
  tags: z.array(tagField).max(50).nullable().optional(),
  transitiveTagKeys: z.array(z.string().min(1).max(128)).max(50).nullable().optional(),
  policyArns: z.array(policyArnField).max(10).nullable().optional(),
  policy: sessionPolicyField.nullable().optional(),
  environment: environmentField.nullable().optional(),
  color: colorField.nullable().optional(),
  autoRenew: z.boolean().nullable().optional(),
})
export type RoleEdit = z.input<typeof roleEditSchema>

export const identityEditSchema = z.object({
  name: nameField.optional(),
  mfaSerial: mfaSerialField.nullable().optional(),
  /** A command that prints the device's codes. */
  mfaCommand: mfaCommandField.nullable().optional(),
  region: regionField.nullable().optional(),
})
export type IdentityEdit = z.infer<typeof identityEditSchema>

/** A stored role. */
export const roleSchema = z.object({
  id: z.string(),
  name: nameField,
  arn: z.string(),
  accountId: z.string(),
  partition: z.string(),
  /** With slashes on both ends. */
  path: z.string(),
  roleName: z.string(),
  source: sourceRefSchema,
  settings: roleSettingsSchema,
  createdAt: z.string(),
})
export type Role = z.infer<typeof roleSchema>

export const sessionStateSchema = z.enum(['inactive', 'active', 'expired', 'needs-mfa'])
export type SessionState = z.infer<typeof sessionStateSchema>

/** One row of `role list --json` (design §3, in this order). */
export const roleSummarySchema = z.object({
  name: z.string(),
  arn: z.string(),
  accountId: z.string(),
  roleName: z.string(),
  /** Name of the identity or role it is assumed from. */
  from: z.string(),
  /** The AWS profile Hallpass wrote for it, or the name it would get. */
  profile: z.string(),
  /** null while no profile is written. */
  profileMode: profileModeField.nullable(),
  region: z.string().nullable(),
  environment: environmentField.nullable(),
  state: sessionStateSchema,
  expiresAt: z.string().nullable(),
})
export type RoleSummary = z.infer<typeof roleSummarySchema>

/** A role as the app lists it: a row of `role list`, with what a person made of it. */
export const roleRowSchema = roleSummarySchema.extend({
  /** What the person calls its account; null when unnamed. */
  accountName: z.string().nullable(),
  pinned: z.boolean(),
  /** When its credentials were last asked for by name; null when never. */
  lastUsedAt: z.string().nullable(),
})
export type RoleRow = z.infer<typeof roleRowSchema>

/** How far a copy of the role list has come: opaque to whoever holds it. */
export const roleListVersionSchema = z.object({
  /** Of the store's file. */
  file: z.int(),
  /** Of the last change. */
  change: z.int(),
  /** AWS's time, milliseconds since the epoch: sessions end by themselves. */
  at: z.number(),
})
export type RoleListVersion = z.infer<typeof roleListVersionSchema>

/** How long the whole list is. */
export const roleTotalsSchema = z.object({ roles: z.int(), accounts: z.int() })
export type RoleTotals = z.infer<typeof roleTotalsSchema>

/** The first of the role list, in the order it is shown, and every role with a live session. */
export const roleListStartSchema = z.object({
  version: roleListVersionSchema,
  totals: roleTotalsSchema,
  rows: z.array(roleRowSchema),
})
export type RoleListStart = z.infer<typeof roleListStartSchema>

/** A part of the role list by name, ignoring case; the last one is shorter than asked for. */
export const rolePageSchema = z.object({
  rows: z.array(roleRowSchema),
  /** The name to go on after; null at the end. */
  next: z.string().nullable(),
})
export type RolePage = z.infer<typeof rolePageSchema>

/** What has become of the role list since a version. */
export const roleListChangesSchema = z.object({
  version: roleListVersionSchema,
  totals: roleTotalsSchema,
  /** As they are now. */
  rows: z.array(roleRowSchema),
  /** Names that no role has any more. */
  removed: z.array(z.string()),
  /** More has changed than that: all is to be read again. */
  reload: z.boolean(),
})
export type RoleListChanges = z.infer<typeof roleListChangesSchema>

/** A hop of the way from the stored key to a role, origin first. */
export const chainHopSchema = z.object({
  kind: z.enum(['identity', 'role']),
  name: z.string(),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
  mfa: z.boolean(),
  /** Why it can't be taken, as far as that is known without AWS; null when nothing is wrong. */
  problem: z.enum(['source-gone', 'cycle', 'other-partition', 'root-user', 'no-mfa-device']).nullable(),
})
export type ChainHop = z.infer<typeof chainHopSchema>

/** A live or remembered session, without its secrets. */
export const sessionSummarySchema = z.object({
  /** Name of the role or identity it belongs to. */
  name: z.string(),
  kind: z.enum(['role', 'identity']),
  accountId: z.string().nullable(),
  /** ARN of the assumed role or federated caller, when AWS gave one. */
  assumedRoleArn: z.string().nullable(),
  accessKeyId: z.string(),
  obtainedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['active', 'expired']),
})
export type SessionSummary = z.infer<typeof sessionSummarySchema>

/** Short-term credentials in the clear: core, CLI output and the clipboard only, never IPC to the renderer. */
export interface SessionCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** As AWS gave it. */
  readonly expiration: Date
  readonly accountId: string | null
  /** ARN of the role; null for an identity's own session. */
  readonly roleArn: string | null
  readonly assumedRoleArn: string | null
  readonly region: string | null
}

/** Credentials as they are handed out. */
export interface HandedOutCredentials extends SessionCredentials {
  /** Why they could not be renewed, though they should have been: they are still valid until `expiration`. */
  readonly kept?: ErrorReport | undefined
}

/** How long a session of a role may last. Seconds. */
export const durationLimitsSchema = z.object({
  /** What the next session asks for: the role's own setting, or AWS's default of 3600. */
  asked: z.int(),
  /** No session can be longer, as far as is known. */
  maximum: z.int(),
  /**
   * What sets the maximum: AWS's one hour for chained roles; the role's own maximum, learned when AWS refused more; or
   * the 12 hours no role exceeds.
   */
  limit: z.enum(['chaining', 'role', 'service']),
  /** The longest session AWS has granted; null before the first. */
  proven: z.int().nullable(),
  /** True when it starts from the MFA session that roles of the same device share, which AWS allows up to an hour. */
  sharesMfa: z.boolean(),
})
export type DurationLimits = z.infer<typeof durationLimitsSchema>

/** A profile Hallpass owns in the AWS files. */
export const ownedProfileSchema = z.object({
  profile: z.string(),
  /** Name of the role or identity behind it. */
  name: z.string(),
  mode: profileModeField,
  isDefault: z.boolean(),
  /** It was somebody else's section before. */
  isAdopted: z.boolean(),
  configFile: z.string(),
  credentialsFile: z.string().nullable(),
  writtenAt: z.string(),
})
export type OwnedProfile = z.infer<typeof ownedProfileSchema>

/** State of the vault, read without prompting anybody. */
export const vaultStatusSchema = z.object({
  kind: z.enum(['keychain', 'file']),
  state: z.enum(['unlocked', 'locked', 'unavailable']),
  /** Why it is unavailable, as an error code and message; null otherwise. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string().optional() }).nullable(),
})
export type VaultStatus = z.infer<typeof vaultStatusSchema>
