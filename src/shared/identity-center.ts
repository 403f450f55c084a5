/** What people type of IAM Identity Center, and how AWS names it in the config file (facts E.1). */
import { z } from 'zod'
import { regionField } from './fields.ts'
import { isLoopbackHost } from './loopback.ts'

/** The address of the AWS access portal; plain http only on this machine, where the practice account is. */
export const startUrlField = z
  .string()
  .trim()
  .max(2048, 'A start URL has at most 2048 characters.')
  .refine((text) => isStartUrl(text), 'A start URL looks like https://d-1234567890.awsapps.com/start.')

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

function isStartUrl(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || !URL.canParse(text)) return false
  const { protocol, hostname, username, password } = new URL(text)
  if (username !== '' || password !== '') return false
  return protocol === 'https:' || (protocol === 'http:' && isLoopbackHost(hostname))
}
