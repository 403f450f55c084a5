/** Identities as they are stored and shown, and what is needed to make or edit one. Times are ISO 8601 UTC. */
import { z } from 'zod'
import {
  accessKeyIdField,
  mfaCommandField,
  mfaSerialField,
  nameField,
  regionField,
  secretAccessKeyField,
  ssoSessionNameField,
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

export const identityEditSchema = z.object({
  name: nameField.optional(),
  mfaSerial: mfaSerialField.nullable().optional(),
  /** A command that prints the device's codes. */
  mfaCommand: mfaCommandField.nullable().optional(),
  region: regionField.nullable().optional(),
})
export type IdentityEdit = z.infer<typeof identityEditSchema>
