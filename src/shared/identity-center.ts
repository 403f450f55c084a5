/** What people type of IAM Identity Center, and how AWS names it in the config file (facts E.1). */
import { z } from 'zod'
import { environmentField, regionField } from './fields.ts'
import { isLoopbackHost } from './loopback.ts'
import { DEFAULT_TEMPLATE } from './role-name-template.ts'

/** The address of the AWS access portal; plain http only on this machine, where the practice account is. */
export const startUrlField = z
  .string()
  .trim()
  .max(2048, 'A start URL has at most 2048 characters.')
  .refine((text) => isStartUrl(text), 'A start URL looks like https://d-1234567890.awsapps.com/start.')

/** Whether two start URLs are of the same portal: people copy the address with and without what follows it. */
export function isSamePortal(one: string, other: string): boolean {
  const bare = (url: string) => url.replace(/[/#]+$/, '').toLowerCase()
  return bare(one) === bare(other)
}

/** The scope that lists accounts and gives credentials; without it there is no refresh token. */
export const ACCOUNT_ACCESS_SCOPE = 'sso:account:access'

/** One Identity Center, by where its portal is and the region it lives in. */
export const identityCenterInstance = z.object({
  /** Exactly as written: AWS tools name files by it, and a trailing slash matters. */
  startUrl: startUrlField,
  /** The home region of Identity Center, whatever the region people work in. */
  region: regionField,
  scopes: z.array(z.string().regex(/^[\x21-\x7e]+$/)).default([ACCOUNT_ACCESS_SCOPE]),
})
export type IdentityCenterInstance = z.infer<typeof identityCenterInstance>

/** The environment of accounts, or of roles, whose name a pattern matches; `*` stands for any characters. */
export const environmentRuleSchema = z.object({
  pattern: z.string().trim().min(1).max(128),
  environment: environmentField,
})

/** How discovered roles come into Hallpass. */
export const discoveryChoicesSchema = z.object({
  /** Of their names, with `{account}`, `{accountId}`, `{role}` and `{email}`. */
  template: z.string().trim().min(1).max(128).default(DEFAULT_TEMPLATE),
  /** The first that matches counts. */
  rules: z.array(environmentRuleSchema).max(100).default([]),
  /** Write an AWS profile for each. */
  withProfiles: z.boolean().default(false),
})
export type DiscoveryChoices = z.output<typeof discoveryChoicesSchema>

/** What is kept of a discovery: what was chosen, and how far it came. */
export const discoveryRecordSchema = z.object({
  identityId: z.string(),
  choices: discoveryChoicesSchema,
  /** While it is not over: accounts that are done, and stored roles that were not in them any more. Null once it is. */
  soFar: z.object({ doneAccountIds: z.array(z.string()), goneRoleIds: z.array(z.string()) }).nullable(),
  /** What Identity Center called the accounts, by their id: a name that a person gave one is told from it. */
  accountNames: z.record(z.string(), z.string()),
  /** When it last came to its end; null when never. */
  completedAt: z.iso.datetime().nullable(),
})
export type DiscoveryRecord = z.infer<typeof discoveryRecordSchema>

function isStartUrl(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}
