/** The Identity Centers of the AWS files, in both forms SDKs know, with the profiles that come from each. */
import { expect, it } from 'vitest'
import { mergeProfiles } from '#core/awsfiles/merged-profiles.ts'
import { identityCentersOf } from '#core/import/identity-centers.ts'

const centersOf = (config: string) =>
  identityCentersOf(
    mergeProfiles(
      { config: Buffer.from(config), credentials: Buffer.from('') },
      { config: '/config', credentials: '/credentials' },
      'aws',
    ),
  )
const role = (account: string) => `sso_account_id = ${account}\nsso_role_name = Viewer\n`

it('finds sessions and the older form, and which profiles come from each', () => {
  const old = 'sso_start_url = https://old.awsapps.com/start\nsso_region = us-east-1\n'
  expect(
    centersOf(`[sso-session acme]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1
[profile one]\nsso_session = acme\n${role('123456789012')}
[profile two]\n${old}${role('234567890123')}
[profile three]\n${old}${role('345678901234')}
[profile astray]\nsso_session = nowhere\n${role('456789012345')}
[sso-session half]\nsso_region = eu-west-1\n`),
  ).toEqual([
    {
      name: 'acme',
      startUrl: 'https://acme.awsapps.com/start',
      region: 'eu-west-1',
      roles: [{ profile: 'one', accountId: '123456789012', roleName: 'Viewer' }],
    },
    {
      name: 'two',
      startUrl: 'https://old.awsapps.com/start',
      region: 'us-east-1',
      roles: [
        { profile: 'two', accountId: '234567890123', roleName: 'Viewer' },
        { profile: 'three', accountId: '345678901234', roleName: 'Viewer' },
      ],
    },
  ])
})
