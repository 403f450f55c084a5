/** What can be set of the practice account's Identity Center: lifetimes, limits, failures, and what a person would answer. */
import { z } from 'zod'

const count = z.int().min(0).max(1_000_000)
const percent = z.number().min(0).max(100)
const seconds = z.int().min(1).max(31_536_000)

const settingsSchema = z.strictObject({
  /** The next so many calls of the portal get 429 TooManyRequestsException. */
  tooManyNext: count,
  /** The next so many calls of the portal or of OIDC get HTTP 500. */
  failNext: count,
  /** Of a hundred calls of the portal, so many get 429, drawn with `randomSeed`. */
  tooManyPercent: percent,
  /** Of a hundred calls of the portal, so many get HTTP 500, drawn with `randomSeed`. */
  failPercent: percent,
  /** Given again, the same calls are hit again. */
  randomSeed: z.int().min(0).max(0xffff_ffff),
  /** Calls of the portal a second, by the server's clock; one second's worth may come at once. null: no limit. */
  callsPerSecond: z.number().positive().max(1_000_000).nullable(),
  /** What clients are told to wait between polls; faster ones get `slow_down`. 0: nobody has to wait. */
  deviceIntervalSeconds: z.int().min(0).max(600),
  deviceCodeSeconds: seconds,
  /** Of a sign-in that can be refreshed; one that can't lasts `signInSeconds`. */
  accessTokenSeconds: seconds,
  /** How long a sign-in can be refreshed. */
  signInSeconds: seconds,
  registrationSeconds: seconds,
  /** `ask` shows the pages; with the others, nobody has to look at one. */
  answer: z.enum(['ask', 'allow', 'deny']),
})

/** What is set at the moment. */
export type IdentityCenterSettings = Readonly<z.output<typeof settingsSchema>>

/** Lifetimes as at AWS (aws-facts E.1, E.3). */
export const DEFAULT_SETTINGS: IdentityCenterSettings = {
  tooManyNext: 0,
  failNext: 0,
  tooManyPercent: 0,
  failPercent: 0,
  randomSeed: 1,
  callsPerSecond: null,
  deviceIntervalSeconds: 5,
  deviceCodeSeconds: 600,
  accessTokenSeconds: 3600,
  signInSeconds: 8 * 3600,
  registrationSeconds: 90 * 86_400,
  answer: 'ask',
}

const userCode = z.string().min(1).max(64)

/** One command; what is left out stays as it is. */
export const identityCenterCommandSchema = settingsSchema.partial().extend({
  /** Allows a device's request, as its page would. */
  allowDevice: userCode.optional(),
  denyDevice: userCode.optional(),
  /** Access tokens expire now; sign-ins that can be refreshed go on. */
  expireAccessTokens: z.literal(true).optional(),
  /** An administrator ends every sign-in: no token works any more. Role sessions go on until they expire, as at AWS. */
  endSignIns: z.literal(true).optional(),
  /** Every client's registration expires now. */
  expireRegistrations: z.literal(true).optional(),
})
export type IdentityCenterCommand = z.output<typeof identityCenterCommandSchema>

/** @param change what is undefined or no setting stays as it is */
export function mergeSettings(settings: IdentityCenterSettings, change: object): IdentityCenterSettings {
  const known = Object.entries(change).filter(([name, value]) => name in settings && value !== undefined)
  return known.length === 0 ? settings : settingsSchema.parse({ ...settings, ...Object.fromEntries(known) })
}
