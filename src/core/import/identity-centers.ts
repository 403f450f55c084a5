/** The IAM Identity Centers that the AWS files name: in `sso-session` sections, or in profiles as the first SDKs had it. */
import type { IdentityCenterFound } from '#shared/import.ts'
import { setting } from '../awsfiles/chain/settings.ts'
import type { MergedProfiles } from '../awsfiles/merged-profiles.ts'
import type { Values } from '../awsfiles/readers/types.ts'

/** Those without start URL or region lead nowhere, and are left out. */
export function identityCentersOf(merged: MergedProfiles): IdentityCenterFound[] {
  const centers = new Map<
    string,
    { name: string; startUrl: string; region: string; roles: IdentityCenterFound['roles'] }
  >()
  const add = (key: string, name: string, values: Values | undefined) => {
    const startUrl = setting(values, 'sso_start_url')
    const region = setting(values, 'sso_region')
    if (startUrl !== undefined && region !== undefined && !centers.has(key)) {
      centers.set(key, { name, startUrl, region, roles: [] })
    }
  }
  for (const [name, values] of merged.ssoSessions) add(`session ${name}`, name, values)
  for (const [profile, values] of merged.profiles) {
    const session = setting(values, 'sso_session')
    const startUrl = setting(values, 'sso_start_url')
    const key = session === undefined ? `url ${startUrl}` : `session ${session}`
    if (session === undefined) add(key, profile, values)
    const accountId = setting(values, 'sso_account_id')
    const roleName = setting(values, 'sso_role_name')
    if (accountId !== undefined && roleName !== undefined)
      centers.get(key)?.roles.push({ profile, accountId, roleName })
  }
  return [...centers.values()]
}
