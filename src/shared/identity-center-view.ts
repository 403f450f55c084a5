/** A sign-in to Identity Center as it is shown. */
import { z } from 'zod'

/** How a person signs in: in a browser on this machine, or anywhere with a code to compare. */
export const signInWaySchema = z.enum(['browser', 'device'])
export type SignInWay = z.infer<typeof signInWaySchema>

export const centerStateSchema = z.object({
  /** End of the present token, ISO 8601; null when nobody is signed in. */
  signedInUntil: z.string().nullable(),
  /** Another token can be had without a person. */
  renews: z.boolean(),
})
export type CenterState = z.infer<typeof centerStateSchema>

const foundRoleSchema = z.object({
  /** What it is called in Hallpass. */
  name: z.string(),
  accountId: z.string(),
  /** Of the permission set. */
  roleName: z.string(),
})
export type FoundRole = z.infer<typeof foundRoleSchema>

/** How far a discovery has come. */
export const discoveryProgressSchema = z.object({
  accountsKnown: z.int(),
  accountsDone: z.int(),
  rolesFound: z.int(),
  requests: z.int(),
  throttled: z.int(),
})
export type DiscoveryProgressView = z.infer<typeof discoveryProgressSchema>

/** What a discovery found, and what became of it. */
export const discoveryReportSchema = z.object({
  /** Everything was read. Otherwise what was read is there, and the next one goes on. */
  isComplete: z.boolean(),
  accounts: z.int(),
  /** In all, with those known before. */
  roles: z.int(),
  added: z.array(foundRoleSchema),
  /** No longer there. They stay until they are pruned. */
  gone: z.array(foundRoleSchema),
  /** Of those, the ones that were removed. */
  removed: z.array(z.string()),
  renamedAccounts: z.array(z.object({ accountId: z.string(), from: z.string(), to: z.string() })),
  /** Accounts that AWS would not list the roles of. */
  refused: z.array(z.object({ accountId: z.string(), accountName: z.string(), message: z.string() })),
  /** The change of the AWS files; empty without one. */
  filesDiff: z.string(),
  /** What ended it early; null when nothing did. */
  problem: z.object({ code: z.string(), message: z.string(), hint: z.string().nullable() }).nullable(),
})
export type DiscoveryReport = z.infer<typeof discoveryReportSchema>

/** Which line about a shared sign-in: the command that signs in, or the setting of a profile that uses it. */
export const shareLineSchema = z.enum(['login', 'profile'])
export type ShareLine = z.infer<typeof shareLineSchema>

/** @param session the name of an `[sso-session]` */
export function shareLine(session: string, line: ShareLine): string {
  return line === 'login' ? `aws sso login --sso-session ${session}` : `sso_session = ${session}`
}
