/** AWS accounts as people know them: a name, and what they are for. */
import { z } from 'zod'
import { environmentField } from './fields.ts'

export const accountIdField = z
  .string()
  .trim()
  .transform((id) => id.replaceAll(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{12}$/, 'An account id has 12 digits.'))

/** What a person calls an account: one line, up to 64 characters. */
export const accountNameField = z
  .string()
  .trim()
  .min(1, 'A name is needed.')
  .max(64, 'An account name has at most 64 characters.')
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, 'An account name is one line of text.')

/** What a person says an account is for; `none` is an answer too. */
export const accountEnvironmentField = z.union([environmentField, z.literal('none')])
export type AccountEnvironment = z.infer<typeof accountEnvironmentField>

export const accountSchema = z.object({
  accountId: z.string(),
  /** null when nobody has named it. */
  name: z.string().nullable(),
  /** What holds for its roles that name none themselves. */
  environment: environmentField.nullable(),
  /** Who decided that: a person, or its name. `nobody`: it is not known yet, and a person is asked once. */
  decidedBy: z.enum(['person', 'name', 'nobody']),
})
export type Account = z.infer<typeof accountSchema>

/** An account in the list of all. */
export const accountRowSchema = accountSchema.extend({ roles: z.int(), identities: z.int() })
export type AccountRow = z.infer<typeof accountRowSchema>

/** A change of an account; null takes an answer back. */
export const accountChangeSchema = z.object({
  name: accountNameField.nullable().optional(),
  environment: accountEnvironmentField.nullable().optional(),
})
export type AccountChange = z.input<typeof accountChangeSchema>
