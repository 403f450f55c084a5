/** Setting up emergency access in an account: what is chosen, what is to be done, what became of it. */
import { z } from 'zod'
import { userNameField } from './breakglass.ts'
import { environmentField, nameField } from './fields.ts'

/** IAM: role names have up to 64 of these, group and policy names up to 128 (facts F.1). */
const iamName = (longest: number) =>
  z
    .string()
    .trim()
    .min(1, 'A name is needed.')
    .max(longest, `This name has at most ${longest} characters.`)
    .regex(/^[\w+=,.@-]+$/, 'A name in IAM has letters, digits and + = , . @ - _ only.')

export const setupChoicesSchema = z.object({
  /** Identity whose key makes everything. */
  from: nameField,
  /** What the sealed credential is called; the user's name when left out. */
  name: nameField.optional(),
  environment: environmentField.optional(),
  user: userNameField.default('EmergencyAccess'),
  group: iamName(128).default('EmergencyAccessGroup'),
  role: iamName(64).nullable().default('SupportUserRole'),
  policy: iamName(128).nullable().default('PowerUserExamplePolicy'),
  /** A virtual MFA device, its seed in the vault. */
  withMfa: z.boolean().default(false),
  /** The role wants MFA of whoever assumes it. */
  roleNeedsMfa: z.boolean().default(false),
  /** A long-term key, which AWS advises against. */
  withAccessKey: z.boolean().default(false),
})
export type SetupChoices = z.output<typeof setupChoicesSchema>
export type SetupInput = z.input<typeof setupChoicesSchema>

export const SETUP_STEPS = [
  'user',
  'group',
  'group-policy',
  'membership',
  'password',
  'role',
  'role-policy',
  'policy',
  'mfa-device',
  'access-key',
] as const
export const setupStepIdSchema = z.enum(SETUP_STEPS)
export type SetupStepId = z.infer<typeof setupStepIdSchema>

/** `making` is noted before AWS is asked: whether it was done is found out by looking. `found`: it was there before. */
const stepRecordSchema = z.object({
  state: z.enum(['making', 'made', 'found']),
  /** What undoing needs: a key's id, a device's serial, a policy's ARN; of keys, those there were before. */
  detail: z.string().nullable(),
})
export type SetupStepRecord = z.infer<typeof stepRecordSchema>

/** The journal of one set-up. Nothing in it is secret. */
export const setupRecordSchema = z.object({
  sealedId: z.string(),
  choices: setupChoicesSchema,
  accountId: z.string(),
  partition: z.string(),
  userArn: z.string().nullable(),
  steps: z.partialRecord(setupStepIdSchema, stepRecordSchema),
  startedAt: z.iso.datetime(),
  doneAt: z.iso.datetime().nullable(),
  /** What there is of it is being taken away. */
  undoing: z.boolean(),
})
export type SetupRecord = z.infer<typeof setupRecordSchema>

/** One line of a plan. */
export interface PlanStep {
  readonly id: SetupStepId
  /** Calls to IAM it takes, in order. */
  readonly calls: readonly PlannedCall[]
  /** The name of what is made. */
  readonly subject: string
  /** `differs`: it is there, and not as it would be made; it is left as it is. */
  readonly state: 'to-do' | 'exists' | 'differs'
  /** Why it differs; null otherwise. */
  readonly reason: string | null
}

/** A call as it will be made; a secret is shown as a placeholder. */
export interface PlannedCall {
  readonly operation: string
  readonly input: Readonly<Record<string, string | boolean>>
}

export interface SetupPlan {
  readonly accountId: string
  readonly accountAlias: string | null
  readonly partition: string
  /** What the sealed credential will be called. */
  readonly name: string
  readonly choices: SetupChoices
  readonly steps: readonly PlanStep[]
}

/** One thing that was looked at once all was made. */
export interface SetupCheck {
  readonly what: 'password' | 'access-key' | 'role' | 'role-trust' | 'group' | 'policy' | 'sign-in-url' | 'mfa-device'
  readonly ok: boolean
  readonly note: string | null
}

export interface SetupResult {
  readonly name: string
  /** Steps that changed something this time; empty when all was there. */
  readonly made: readonly SetupStepId[]
  readonly checks: readonly SetupCheck[]
}
