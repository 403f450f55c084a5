/** Which role of Identity Center a profile of the AWS files is (AWS facts A.6), in both forms SDKs know. */
import { setting } from '../awsfiles/chain/settings.ts'
import type { MergedProfiles } from '../awsfiles/merged-profiles.ts'
import type { CenterRole } from './identity-centers.ts'

/** @param profile one whose credentials come from Identity Center. @returns undefined when something is missing */
export function centerRoleOf({ profiles, ssoSessions }: MergedProfiles, profile: string): CenterRole | undefined {
  const values = profiles.get(profile)
  const sessionName = setting(values, 'sso_session')
  const session = sessionName === undefined ? values : ssoSessions.get(sessionName)
  const startUrl = setting(session, 'sso_start_url')
  const region = setting(session, 'sso_region')
  const accountId = setting(values, 'sso_account_id')
  const roleName = setting(values, 'sso_role_name')
  if (startUrl === undefined || region === undefined || accountId === undefined || roleName === undefined) {
    return undefined
  }
  return { center: { name: sessionName ?? firstLabel(startUrl), startUrl, region }, accountId, roleName }
}

/** `acme` of `https://acme.awsapps.com/start`: the older form has no name of its own. */
function firstLabel(startUrl: string): string {
  const host = URL.canParse(startUrl) ? new URL(startUrl).hostname : ''
  return /^[a-z0-9-]+(?=\.)/i.exec(host)?.[0] ?? 'identity-center'
}
