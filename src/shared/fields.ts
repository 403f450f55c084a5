/**
 * The fields people type, each with the limit AWS puts on it (STS and IAM API references) or that Hallpass needs.
 * The same schemas guard the command line, the app's forms and IPC, so the wording below is what users read.
 */
import { z } from 'zod'
import { parseRoleArn } from './arn.ts'
import { partitionOfRegion } from './partitions.ts'

/** Identity and role names: one shared namespace, safe inside a `credential_process` line on every OS. */
export const nameField = z
  .string()
  .min(1, 'A name is needed.')
  .max(64, 'A name has at most 64 characters.')
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.@+=,:/ -]*$/,
    'A name starts with a letter, a digit or _, and goes on with letters, digits, blanks or . _ - @ + = , : /',
  )
  .refine((name) => name === name.trimEnd() && !name.includes('  '), 'A name has single blanks, and none at its end.')

/**
 * Profile names every SDK can read: no blanks, ASCII, not `DEFAULT`, and no name that every JavaScript object has, such
 * as `__proto__` or `constructor`: the JS SDK loses their keys.
 */
export const profileNameField = z
  .string()
  .max(128, 'A profile name has at most 128 characters.')
  .regex(
    /^[A-Za-z0-9_][A-Za-z0-9_.@+/:%-]*$/,
    'A profile name that every AWS tool reads has letters, digits and . _ - @ + / : % only, and no blanks.',
  )
  .refine((name) => name !== 'DEFAULT' && !(name in Object.prototype), 'AWS tools misread a profile of this name.')

/** IAM allows 16–128 word characters; keys seen in practice have 20. `ASIA…` keys are temporary and not stored. */
export const accessKeyIdField = z
  .string()
  .trim()
  .regex(/^\w{16,128}$/, 'An access key id has 16 to 128 letters and digits, and starts with AKIA.')
  .refine(
    (id) => !id.startsWith('ASIA'),
    'This key is temporary (ASIA…). Store the long-term key (AKIA…) it came from.',
  )

/** AWS documents no format; secrets seen in practice have 40 of these characters. */
export const secretAccessKeyField = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9/+=]{16,128}$/, 'A secret access key has letters, digits, / and + only, usually 40 of them.')

export const roleArnField = z
  .string()
  .trim()
  .refine((arn) => parseRoleArn(arn) !== undefined, 'A role ARN looks like arn:aws:iam::123456789012:role/path/Name.')

/** STS SerialNumber: 9–256; hardware tokens have a bare serial, virtual devices an ARN. */
export const mfaSerialField = z
  .string()
  .trim()
  .min(9, 'An MFA serial has at least 9 characters.')
  .max(256, 'An MFA serial has at most 256 characters.')
  .regex(
    /^[\w+=/:,.@-]+$/,
    'An MFA serial looks like arn:aws:iam::123456789012:mfa/device, or is a hardware serial number.',
  )
  .refine(
    (serial) => !/:u2f\//.test(serial),
    'Passkeys and security keys can’t be used for API calls. Give a virtual or hardware MFA device.',
  )

export const mfaCodeField = z
  .string()
  .trim()
  .regex(/^\d{6}$/, 'An MFA code has exactly 6 digits.')

/** What `hallpass identity add-totp` and the app take: Base32, or an `otpauth://` URI. Core reads what is in it. */
export const totpSeedField = z
  .string()
  .trim()
  .min(1, 'A TOTP seed is needed.')
  .max(2048, 'A TOTP seed, or its otpauth:// address, has at most 2048 characters.')

/** A command that prints a code. Its words are split when it is stored, and run without a shell. */
export const mfaCommandField = z
  .string()
  .trim()
  .min(1, 'A command is needed.')
  .max(1024, 'A command has at most 1024 characters.')
  .regex(/^\P{Cc}+$/u, 'A command is one line of text.')

export const regionField = z
  .string()
  .trim()
  .refine((region) => partitionOfRegion(region) !== undefined, 'A region looks like eu-west-1.')

/** Name of an `[sso-session]` section: as for profiles, every SDK reads these. */
export const ssoSessionNameField = profileNameField

/** STS ExternalId: 2–1224. */
export const externalIdField = z
  .string()
  .min(2, 'An external id has at least 2 characters.')
  .max(1224, 'An external id has at most 1224 characters.')
  .regex(/^[\w+=,.@:/-]*$/, 'An external id has letters, digits and + = , . @ : / - _ only.')

/** STS RoleSessionName: 2–64; CloudTrail of the role's account shows it. */
export const sessionNameField = z
  .string()
  .min(2, 'A session name has at least 2 characters.')
  .max(64, 'A session name has at most 64 characters.')
  .regex(/^[\w+=,.@-]*$/, 'A session name has letters, digits and + = , . @ - _ only.')

/** STS SourceIdentity: 2–64, not starting with `aws:`. */
export const sourceIdentityField = sessionNameField.refine((value) => !value.startsWith('aws:'))

/** AssumeRole: 900 s up to the role's own maximum, at most 43,200 s. */
export const roleDurationField = z
  .int()
  .min(900, 'A session lasts at least 15 minutes.')
  .max(43_200, 'A role session lasts at most 12 hours.')

/** SessionDuration of the federation endpoint: 900–43,200 s. */
export const sessionDurationField = z
  .int()
  .min(900, 'A console session lasts at least 15 minutes.')
  .max(43_200, 'A console session lasts at most 12 hours.')

/** GetSessionToken: 900–129,600 s. */
export const identityDurationField = z
  .int()
  .min(900, 'A session lasts at least 15 minutes.')
  .max(129_600, 'A session of an identity lasts at most 36 hours.')

export const policyArnField = z
  .string()
  .regex(
    /^arn:[a-z-]+:iam::(aws|\d{12}):policy\/[\x21-\x7e]+$/,
    'A policy ARN looks like arn:aws:iam::aws:policy/ReadOnlyAccess.',
  )

/** The whole session policy; plain text of policy and ARNs together may have 2,048 characters. */
export const sessionPolicyField = z
  .string()
  .max(2048, 'A session policy has at most 2048 characters.')
  .refine((text) => {
    try {
      const document: unknown = JSON.parse(text)
      return typeof document === 'object' && document !== null && !Array.isArray(document)
    } catch {
      return false
    }
  }, 'A session policy is a JSON document.')

export const tagField = z.object({
  key: z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]+$/u),
  value: z
    .string()
    .max(256)
    .regex(/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u),
})

export const environmentField = z.enum(['prod', 'staging', 'dev', 'other'])
export type Environment = z.infer<typeof environmentField>

/** A hex colour for the switch-role form; stored without `#`. The console takes it as a wish only. */
export const colorField = z
  .string()
  .trim()
  .regex(/^#?[0-9a-fA-F]{6}$/, 'A colour is six hex digits, such as F2B0A9.')
  .transform((color) => color.replace('#', '').toLowerCase())

export const profileModeField = z.enum(['process', 'static'])
export type ProfileMode = z.infer<typeof profileModeField>
