/** Calls that open or copy console links, and about the browsers they open in. */
import { z } from 'zod'
import {
  browserChoiceSchema,
  browserRuleSchema,
  browserScopeSchema,
  consoleDoorField,
  destinationField,
  doorOptionSchema,
  foundBrowsersSchema,
} from '#shared/console.ts'
import { environmentField, regionField, sessionDurationField } from '#shared/fields.ts'
import { byName, none } from './common.ts'

/** The doors that tray, links from outside and notifications name. */
export const consoleVia = z.enum(['switch-role', 'sign-in'])

const place = byName.extend({ destination: destinationField.optional(), region: regionField.optional() })

/** What the dialog shows before anything is opened. */
export const consoleDoorsSchema = z.object({
  /** The proposed one first, if it is possible. */
  doors: z.array(doorOptionSchema),
  partition: z.string(),
  /** Where a service opens unless told. */
  region: z.string(),
  accountId: z.string().nullable(),
  environment: environmentField.nullable(),
  /** AWS takes a duration for the console session of a sign-in link. */
  takesDuration: z.boolean(),
  /** What is remembered for its account or its environment; null for the system's browser. */
  browser: browserChoiceSchema.nullable(),
})
export type ConsoleDoorsView = z.infer<typeof consoleDoorsSchema>

export const CONSOLE_CALLS = {
  'console.doors': { request: byName, reply: consoleDoorsSchema },
  /** The page a destination stands for; fails where it is none of the partition's. */
  'console.destination': { request: place, reply: z.object({ url: z.string() }) },
  'console.open': {
    request: place.extend({
      /** null for the proposed door. */
      via: consoleDoorField.nullable(),
      /** Seconds. */
      sessionDurationSeconds: sessionDurationField.optional(),
      /** null for the system's browser; the remembered one when absent. */
      browser: browserChoiceSchema.nullable().optional(),
    }),
    /** Why the link says nothing of a duration that was asked for; null when it does, or none was. */
    reply: z.object({ durationLeftOut: z.enum(['not-direct', 'refused']).nullable() }),
  },
  /** Of the links without secret. */
  'console.copy-link': { request: place.extend({ door: consoleDoorField.exclude(['sign-in']) }), reply: none },
  'console.browsers': { request: none, reply: foundBrowsersSchema },
  /** Remembers a browser for an account or an environment; null forgets it. Answers with all that is remembered. */
  'console.remember-browser': {
    request: z.object({ for: browserScopeSchema, use: browserChoiceSchema.nullable() }),
    reply: z.array(browserRuleSchema),
  },
} as const
