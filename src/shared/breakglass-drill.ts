/** A drill: the emergency path rehearsed on the practice account, and what came of it. Nothing in it is secret. */
import { z } from 'zod'
import { nameField } from './fields.ts'

/** In the order they are rehearsed in. */
export const DRILL_STEPS = [
  'set-up',
  'open',
  'show-password',
  'show-code',
  'assume-role',
  'close',
  'rotate',
  'write-note',
  'verify-log',
  'take-back',
] as const
export const drillStepIdSchema = z.enum(DRILL_STEPS)
export type DrillStepId = z.infer<typeof drillStepIdSchema>

/** Those that a person does in a drill on the screens; the others Hallpass does itself once that is finished. */
export type HandStepId = Exclude<DrillStepId, 'verify-log' | 'take-back'>
export const HAND_STEPS = DRILL_STEPS.filter((id): id is HandStepId => id !== 'verify-log' && id !== 'take-back')

/** How far a drill is whose steps a person does on the screens. */
export const drillProgressSchema = z.object({
  /** The sealed credential it is a rehearsal for; null for none in particular. */
  name: nameField.nullable(),
  startedAt: z.iso.datetime(),
  /** Identity of the practice account that sets emergency access up. */
  from: nameField,
  done: z.array(drillStepIdSchema),
})
export type DrillProgress = z.infer<typeof drillProgressSchema>

export const drillStepReportSchema = z.object({
  id: drillStepIdSchema,
  /** From when it was told of until it was done or had failed; null when it was missed. */
  seconds: z.number().nonnegative().nullable(),
  done: z.boolean(),
  /** What came of it, or why nothing did. */
  note: z.string().nullable(),
})
export type DrillStepReport = z.infer<typeof drillStepReportSchema>

export const drillReportSchema = z.object({
  /** The sealed credential it was a rehearsal for; null for none in particular. */
  name: nameField.nullable(),
  startedAt: z.iso.datetime(),
  /** The whole of it. */
  seconds: z.number().nonnegative(),
  steps: z.array(drillStepReportSchema),
})
export type DrillReport = z.infer<typeof drillReportSchema>

/** Steps that were tried and went wrong. */
export function failedSteps({ steps }: Pick<DrillReport, 'steps'>): DrillStepId[] {
  return steps.flatMap(({ id, done, seconds }) => (!done && seconds !== null ? [id] : []))
}

/** Steps that were not tried. */
export function missedSteps({ steps }: Pick<DrillReport, 'steps'>): DrillStepId[] {
  return steps.flatMap(({ id, done, seconds }) => (!done && seconds === null ? [id] : []))
}
