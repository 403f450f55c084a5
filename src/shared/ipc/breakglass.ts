/** Calls about break-glass. One secret crosses at a time, in `breakglass.reveal`, while somebody looks at it. */
import { z } from 'zod'
import { activityEntrySchema } from '#shared/activity.ts'
import {
  copyPartSchema,
  newSealedSchema,
  openSealSchema,
  revealPartSchema,
  sealedCredentialSchema,
  sealedFilePreviewSchema,
  sealedTaskSchema,
} from '#shared/breakglass.ts'
import { drillProgressSchema, drillReportSchema } from '#shared/breakglass-drill.ts'
import { setupChoicesSchema, setupPlanSchema, setupResultSchema, setupStepIdSchema } from '#shared/breakglass-setup.ts'
import { environmentField, nameField } from '#shared/fields.ts'
import { byName, none } from './common.ts'

/** A file of the console that main has read: its secrets stay in main, under `draftId`, for ten minutes. */
export const sealedDraftSchema = sealedFilePreviewSchema.extend({ draftId: z.string(), fileName: z.string() })
export type SealedFileDraft = z.infer<typeof sealedDraftSchema>

const openingSchema = z.object({
  id: z.string(),
  name: z.string(),
  until: z.string(),
  reason: z.string(),
  /** What the activity log has of it since it was opened, oldest first. */
  records: z.array(activityEntrySchema.pick({ seq: true, at: true, kind: true, how: true, detail: true })),
})
export type OpenSealView = z.infer<typeof openingSchema>

const filePath = z.object({ path: z.string().max(4096) })
const byOpening = z.object({ opening: z.string() })

export const BREAKGLASS_CALLS = {
  'breakglass.list': {
    request: none,
    reply: z.object({
      credentials: z.array(sealedCredentialSchema),
      /** Open in this app. */
      openings: z.array(openingSchema),
      /** Set-ups that were interrupted. */
      interrupted: z.array(z.object({ name: z.string(), undoing: z.boolean(), choices: setupChoicesSchema })),
      /** While there is one, everything here is of the drill's practice account. */
      drill: drillProgressSchema.nullable(),
    }),
  },
  'breakglass.add': {
    request: z.union([
      z.object({
        draftId: z.string(),
        name: nameField,
        userName: z.string().optional(),
        environment: environmentField.optional(),
      }),
      newSealedSchema,
    ]),
    reply: sealedCredentialSchema,
  },
  /** Opens the system's file dialog; null when the person cancels. */
  'breakglass.pick-file': { request: none, reply: sealedDraftSchema.nullable() },
  /** For a file dropped on the window. */
  'breakglass.read-file': { request: filePath, reply: sealedDraftSchema },
  /** Deletes the file that was read, if it is still that one. */
  'breakglass.delete-file': { request: z.object({ draftId: z.string() }), reply: none },
  'breakglass.open': { request: byName.extend(openSealSchema.shape), reply: openingSchema },
  'breakglass.reveal': {
    request: byOpening.extend({ part: revealPartSchema }),
    reply: z.object({ value: z.string(), secondsLeft: z.number().nullable() }),
  },
  /** @returns how long it stays on the clipboard, in seconds */
  'breakglass.copy': {
    request: byOpening.extend({ part: copyPartSchema }),
    reply: z.object({ seconds: z.number() }),
  },
  /** Opens the account's sign-in page, or a role's switch form, in the browser; in a drill it stays closed. */
  'breakglass.browse': {
    request: byOpening.extend({ role: z.string().optional() }),
    reply: z.object({ opened: z.boolean() }),
  },
  /** Signs in to the console as a role, with the reason for CloudTrail as far as its trust policy lets it. */
  'breakglass.sign-in': {
    request: byOpening.extend({ role: z.string() }),
    reply: z.object({ opened: z.boolean(), reasonSent: z.boolean() }),
  },
  /** Puts the sign-in address or a role's link on the clipboard, for somebody else: nothing in them is secret. */
  'breakglass.copy-link': { request: byName.extend({ role: z.string().optional() }), reply: none },
  'breakglass.close': { request: byOpening, reply: none },
  /** One that another process left open. */
  'breakglass.seal': { request: byName, reply: none },
  'breakglass.done': {
    request: byName.extend({ task: sealedTaskSchema, note: z.string().max(500).optional() }),
    reply: sealedCredentialSchema,
  },
  /** Changes the password and the key that are inside; signed by an identity, or by the user itself. */
  'breakglass.rotate': { request: byName.extend({ with: nameField.optional() }), reply: sealedCredentialSchema },
  'breakglass.remove': { request: byName, reply: none },
  'breakglass.plan': { request: setupChoicesSchema, reply: setupPlanSchema },
  /** Puts a plan on the clipboard, for people who may not click. */
  'breakglass.copy-plan': {
    request: z.object({ choices: setupChoicesSchema, form: z.enum(['commands', 'cloudformation']) }),
    reply: none,
  },
  'breakglass.set-up': { request: setupChoicesSchema, reply: setupResultSchema },
  'breakglass.undo': { request: byName, reply: none },
  /** From now on all calls here are about a practice account. @param name what it is a rehearsal for */
  'breakglass.start-drill': { request: z.object({ name: nameField.optional() }), reply: none },
  /** Takes what it made back, and records how it went. */
  'breakglass.finish-drill': { request: none, reply: drillReportSchema },
  /** Ends it without a record. */
  'breakglass.stop-drill': { request: none, reply: none },
} as const

export const BREAKGLASS_EVENTS = {
  /** `breakglass.list` has another answer than its last one. */
  'breakglass.changed': none,
  /** A step of a set-up, or of taking it back. */
  'breakglass.progress': z.object({ step: setupStepIdSchema, state: z.enum(['begun', 'done']) }),
} as const
