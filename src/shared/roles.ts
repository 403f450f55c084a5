/** Roles as they are stored and shown, and what is needed to make or edit one. Times are ISO 8601 UTC; durations seconds. */
import { z } from 'zod'
import {
  colorField,
  environmentField,
  externalIdField,
  nameField,
  policyArnField,
  profileNameField,
  regionField,
  roleArnField,
  roleDurationField,
  sessionNameField,
  sessionPolicyField,
  sourceIdentityField,
  tagField,
} from './fields.ts'

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
