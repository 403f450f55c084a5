/** The ways into the AWS console, and the browser that each is opened in. */
import { z } from 'zod'
import { accountIdField } from './accounts.ts'
import { environmentField } from './fields.ts'

/** Switch-role link, sign-in link, shortcut link of Identity Center's access portal. */
export const consoleDoorField = z.enum(['switch-role', 'sign-in', 'identity-center'])
export type ConsoleDoor = z.infer<typeof consoleDoorField>

/** Why a door is the one to take, is not, or can't be. */
export const doorReasonField = z.enum([
  'signed-in-console',
  'own-session',
  'path-and-name-too-long',
  'external-id',
  'chained-source',
  'multi-session',
  'not-a-role',
  'root-user',
  'identity-center-role',
  'no-identity-center',
  'console-not-public',
])
export type DoorReason = z.infer<typeof doorReasonField>

/** A door of a role or an identity. */
export const doorOptionSchema = z.object({
  door: consoleDoorField,
  /** False: AWS refuses it for certain. */
  possible: z.boolean(),
  /** One sentence or two for a person, with a code for programs. */
  reason: z.object({ code: doorReasonField, text: z.string() }),
})
export type DoorOption = z.infer<typeof doorOptionSchema>

/** A service such as `s3`, or a pasted console URL. Core checks what is in it. */
export const destinationField = z
  .string()
  .trim()
  .min(1, 'A destination is a service such as s3, or a console URL.')
  .max(4096, 'A destination has at most 4096 characters.')

/** What a person sees of a name of somebody else's: one line, nothing invisible. */
const lineField = z
  .string()
  .min(1)
  .max(256, 'A name has at most 256 characters.')
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, 'A name is one line of text.')

/** A browser of this computer by its id, with what of it is meant. */
export const browserChoiceSchema = z
  .object({
    /** As `hallpass browser list` has it. */
    browser: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'A browser has a short name such as firefox.'),
    /** A Chromium profile's folder, such as `Profile 1`, or a Firefox profile's name. */
    profile: lineField.optional(),
    /** A Firefox container, by name; the extension "Open external links in a container" opens it. */
    container: lineField.optional(),
    private: z.boolean().optional(),
  })
  .refine(({ container, private: isPrivate }) => container === undefined || !isPrivate, {
    message: 'Private windows have no containers.',
  })
export type BrowserChoice = z.infer<typeof browserChoiceSchema>

/** Whose consoles open in a browser: those of an account, or of an environment. */
export const browserScopeSchema = z.union([
  z.strictObject({ accountId: accountIdField }),
  z.strictObject({ environment: environmentField }),
])
export type BrowserScope = z.infer<typeof browserScopeSchema>

/** What a person has had remembered. */
export const browserRuleSchema = z.object({ for: browserScopeSchema, use: browserChoiceSchema })
export type BrowserRule = z.infer<typeof browserRuleSchema>

/** A browser that is on this computer. */
export const foundBrowserSchema = z.object({
  id: z.string(),
  title: z.string(),
  canBePrivate: z.boolean(),
  profiles: z.array(
    z.object({
      /** What a choice names it by. */
      id: z.string(),
      title: z.string(),
      /** Firefox alone has them. */
      containers: z.array(z.string()),
    }),
  ),
})
export type FoundBrowser = z.infer<typeof foundBrowserSchema>

/** The browsers, with what could not be read of them. */
export const foundBrowsersSchema = z.object({ browsers: z.array(foundBrowserSchema), notes: z.array(z.string()) })
export type FoundBrowsers = z.infer<typeof foundBrowsersSchema>

export function isSameScope(one: BrowserScope, other: BrowserScope): boolean {
  if ('accountId' in one) return 'accountId' in other && one.accountId === other.accountId
  return 'environment' in other && one.environment === other.environment
}
