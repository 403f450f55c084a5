/** aws-vault's keys over the AWS files, as aws-vault takes them together. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeProfiles } from '#core/awsfiles/merged-profiles.ts'
import { isKeyName, layOver, readCredentials } from '#core/import/aws-vault.ts'
import { planAwsFiles } from '#core/import/plan-aws-files.ts'

const SECRET = 'abcdEFGH0123/abcdEFGH0123+abcdEFGH012345'
const KEY = 'AKIAQ6VEXAMPLEKEY001'

function plan(config: string, profiles: readonly string[]) {
  const bytes = { config: Buffer.from(config), credentials: Buffer.from('') }
  const merged = mergeProfiles(bytes, { config: '/config', credentials: '/credentials' }, 'aws')
  const keys = profiles.map((profile) => ({ profile, accessKeyId: KEY, secretAccessKey: SECRET }))
  const over = layOver(merged, keys)
  return planAwsFiles(over.merged, { identities: [], centers: [], roles: [], otherNames: [] }, over.elsewhere)
}

describe('keys over the files', () => {
  it('become identities, with the roles that start from them and the device of their profile', () => {
    const { items, identities, roles } = plan(
      `[profile home]\nregion = eu-west-1\nmfa_serial = arn:aws:iam::123456789012:mfa/me\ncredential_process = aws-vault exec home --json
[profile prod]\nrole_arn = arn:aws:iam::123456789012:role/Prod\nsource_profile = home\n`,
      ['home'],
    )
    expect(items.map(({ profile, outcome, plaintextKey, mfa }) => [profile, outcome, plaintextKey, mfa])).toEqual([
      ['home', 'identity', false, false],
      ['prod', 'role', false, true],
    ])
    expect(identities.get('home')?.input).toMatchObject({
      accessKeyId: KEY,
      mfaSerial: 'arn:aws:iam::123456789012:mfa/me',
    })
    expect(roles.get('prod')).toMatchObject({ from: 'home', mfa: true })
  })

  it('of a role of the same name are where it starts', () => {
    const { roles, identities } = plan('[profile ops]\nrole_arn = arn:aws:iam::123456789012:role/Ops\n', ['ops'])
    expect(identities.get('ops')?.input.name).toBe('ops-key')
    expect(roles.get('ops')).toMatchObject({ name: 'ops', from: 'ops-key' })
  })

  it('without a profile in the files are identities all the same', () => {
    expect(plan('', ['lonely']).items).toMatchObject([{ profile: 'lonely', outcome: 'identity', plaintextKey: false }])
  })
})

describe('what is stored', () => {
  it('is read as aws-vault stores it, and as its export prints it', () => {
    const stored = JSON.stringify({
      AccessKeyID: KEY,
      SecretAccessKey: SECRET,
      SessionToken: '',
      ProviderName: '',
      Expires: '0001-01-01T00:00:00Z',
    })
    const printed = JSON.stringify({ Version: 1, AccessKeyId: KEY, SecretAccessKey: SECRET })
    const key = { profile: 'p', accessKeyId: KEY, secretAccessKey: SECRET }
    expect(readCredentials('p', stored)).toEqual(key)
    expect(readCredentials('p', printed)).toEqual(key)
    expect(readCredentials('p', JSON.stringify({ ...JSON.parse(printed), SessionToken: 'x' }))).toBeNull()
  })

  it('whatever it is, nothing is thrown', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readCredentials('p', text)),
      { numRuns: 300 },
    )
  })

  it('sessions and tokens are told from keys by their names', () => {
    const others = [
      'oidc:https://acme.awsapps.com/start',
      'sts.GetSessionToken,aG9tZQ,,1700000000',
      'session,home,,1700000000',
      'home session (61234)',
    ]
    expect(others.filter(isKeyName)).toEqual([])
    expect(['home', 'acme-prod', 'a b'].filter(isKeyName)).toHaveLength(3)
  })
})
