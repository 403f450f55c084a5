/** Calls and events about sign-ins to Identity Center. No token, and no device code, is in any of them. */
import { z } from 'zod'
import { ssoSessionNameField } from '#shared/fields.ts'
import { identityDetailSchema, newCenterIdentitySchema } from '#shared/identities.ts'
import { discoveryChoicesSchema } from '#shared/identity-center.ts'
import {
  centerStateSchema,
  discoveryProgressSchema,
  discoveryReportSchema,
  shareLineSchema,
  signInWaySchema,
} from '#shared/identity-center-view.ts'
import { byName, none } from './common.ts'

/** What a person compares with what the browser shows. */
export const codeToCompareSchema = z.object({
  userCode: z.string(),
  /** Where it can be typed in, on any device. */
  address: z.string(),
  /** Milliseconds since the epoch. */
  expiresAt: z.number(),
})
export type CodeToCompare = z.infer<typeof codeToCompareSchema>

/** A list of which only the first are told. */
const firstOf = <Item extends z.ZodType>(item: Item) => z.object({ count: z.int(), first: z.array(item) })

/** A discovery's report as it crosses to the page: an organization may have 50,000 roles, and nobody reads them there. */
export const discoveryViewSchema = discoveryReportSchema.omit({ removed: true }).extend({
  /** Nothing was done. */
  isDryRun: z.boolean(),
  added: firstOf(discoveryReportSchema.shape.added.element),
  gone: firstOf(discoveryReportSchema.shape.gone.element),
  /** How many of those that are gone were removed. */
  removed: z.int(),
  renamedAccounts: firstOf(discoveryReportSchema.shape.renamedAccounts.element),
  refused: firstOf(discoveryReportSchema.shape.refused.element),
  /** Lines at the end of `filesDiff` that were left out. */
  diffLinesLeftOut: z.int(),
})
export type DiscoveryView = z.infer<typeof discoveryViewSchema>

/** One sign-in, with what is under way. */
export const centerViewSchema = centerStateSchema.extend({
  name: z.string(),
  /** A person is in the browser now; null when nobody is. */
  signingIn: z.object({ way: signInWaySchema, code: codeToCompareSchema.nullable() }).nullable(),
  /** Its roles are being read; null when they are not. */
  reading: discoveryProgressSchema.nullable(),
  /** How the last reading since the app was started ended. */
  report: discoveryViewSchema.nullable(),
  /** What was chosen last; null before the first time. */
  choices: discoveryChoicesSchema.nullable(),
})
export type CenterView = z.infer<typeof centerViewSchema>

/** What sharing a sign-in with the AWS CLI would do. */
export const sharePlanSchema = z.object({
  /** Of the `[sso-session]`. */
  session: z.string(),
  configFile: z.string(),
  /** Where the token lies in the clear from then on. */
  tokenFile: z.string(),
  /** False where a section that a person made does as well. */
  isOwnSection: z.boolean(),
  /** The change of the config file, unified; empty where it stays as it is. */
  diff: z.string(),
})
export type SharePlanView = z.infer<typeof sharePlanSchema>

export const CENTERS_CALLS = {
  'centers.add': { request: newCenterIdentitySchema, reply: identityDetailSchema },
  /** Of every sign-in there is. */
  'centers.state': { request: none, reply: z.array(centerViewSchema) },
  /** Opens the browser, or asks for a code, and waits for the person. One that is under way is ended first. */
  'centers.sign-in': { request: byName.extend({ way: signInWaySchema }), reply: centerStateSchema },
  /** Opens the page where the code of the sign-in under way is confirmed. */
  'centers.open-page': { request: byName, reply: none },
  /** Ends a sign-in or a reading that is under way; nothing when there is none. */
  'centers.cancel': { request: byName, reply: none },
  'centers.sign-out': { request: byName, reply: none },
  /** Reads the roles. The list fills meanwhile. */
  'centers.discover': {
    request: byName.extend({
      /** As last time when left out. */
      choices: discoveryChoicesSchema.optional(),
      /** Removes roles that are no longer there. */
      prune: z.boolean().default(false),
      /** Says what would be done, and does nothing. */
      dryRun: z.boolean().default(false),
      /** From what was just read, as the report shows it. */
      reuse: z.boolean().default(false),
      startOver: z.boolean().default(false),
    }),
    reply: discoveryViewSchema,
  },
  /** Looks only. */
  'centers.preview-share': { request: byName.extend({ session: ssoSessionNameField }), reply: sharePlanSchema },
  /** Under that name, or with nobody any more. */
  'centers.share': { request: byName.extend({ session: ssoSessionNameField.nullable() }), reply: none },
  /** A line for those who work with a shared sign-in: how to sign in in a terminal, or what a profile says. */
  'centers.copy-share-line': { request: byName.extend({ line: shareLineSchema }), reply: none },
  /** Removes the sign-in and every role that starts from it, directly or through others. */
  'centers.remove': { request: byName, reply: none },
} as const

export const CENTERS_EVENTS = {
  /** The code of a sign-in that was asked for is there. */
  'center.code': codeToCompareSchema.extend({ name: z.string() }),
  /** How far a reading is, a few times a second. */
  'center.progress': discoveryProgressSchema.extend({ name: z.string() }),
} as const
