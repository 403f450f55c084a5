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

/** A policy's ARN, or what AWS calls one of its own: `AdministratorAccess`. */
const policyField = z
  .string()
  .trim()
  .max(2048)
  .regex(
    /^(?:arn:aws[a-z-]*:iam::(?:aws|\d{12}):policy\/)?[\w+=,.@/-]+$/,
    'A policy is given by its ARN, or by its name if it is one of AWS.',
  )

export const setupChoicesSchema = z.object({
  /** Identity whose key makes everything. */
  from: nameField,
  /** What the sealed credential is called; the user's name when left out. */
  name: nameField.optional(),
  environment: environmentField.optional(),
  user: userNameField.default('EmergencyAccess'),
  group: iamName(128).default('EmergencyAccessGroup'),
  /** What the group may do. */
  groupPolicy: policyField.default('AdministratorAccess'),
  role: iamName(64).nullable().default('SupportUserRole'),
  /** What the role may do. */
  rolePolicy: policyField.default('SupportUser'),
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
  /** When AWS was last asked to make it, by its own clock. Left out by older versions. */
  begunAt: z.iso.datetime().optional(),
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

/** A call as it will be made; a secret is shown as a placeholder. */
export const plannedCallSchema = z.object({
  operation: z.string(),
  input: z.record(z.string(), z.union([z.string(), z.boolean()])),
})
export type PlannedCall = z.infer<typeof plannedCallSchema>

/** One line of a plan. */
export const planStepSchema = z.object({
  id: setupStepIdSchema,
  /** Calls to IAM it takes, in order. */
  calls: z.array(plannedCallSchema),
  /** The name of what is made. */
  subject: z.string(),
  /** `differs`: it is there, and not as it would be made; it is left as it is. */
  state: z.enum(['to-do', 'exists', 'differs']),
  /** Why it differs; null otherwise. */
  reason: z.string().nullable(),
})
export type PlanStep = z.infer<typeof planStepSchema>

export const setupPlanSchema = z.object({
  accountId: z.string(),
  accountAlias: z.string().nullable(),
  partition: z.string(),
  /** What the sealed credential will be called. */
  name: z.string(),
  choices: setupChoicesSchema,
  steps: z.array(planStepSchema),
})
export type SetupPlan = z.infer<typeof setupPlanSchema>

/** One thing that was looked at once all was made. */
export const setupCheckSchema = z.object({
  what: z.enum(['password', 'access-key', 'role', 'role-trust', 'group', 'sign-in-url', 'mfa-device']),
  ok: z.boolean(),
  note: z.string().nullable(),
})
export type SetupCheck = z.infer<typeof setupCheckSchema>

export const setupResultSchema = z.object({
  name: z.string(),
  /** Steps that changed something this time; empty when all was there. */
  made: z.array(setupStepIdSchema),
  checks: z.array(setupCheckSchema),
})
export type SetupResult = z.infer<typeof setupResultSchema>
