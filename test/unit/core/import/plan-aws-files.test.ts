/** What profiles become, by what stands in the files; and what can't go wrong whatever stands there. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { mergeProfiles } from '#core/awsfiles/merged-profiles.ts'
import type { Known } from '#core/import/plan.ts'
import { planAwsFiles } from '#core/import/plan-aws-files.ts'
import { nameField } from '#shared/fields.ts'

const SECRET = 'abcdEFGH0123/abcdEFGH0123+abcdEFGH01234567'.slice(0, 40)
const OTHER_SECRET = 'zyxwVUTS9876/zyxwVUTS9876+zyxwVUTS98765432'.slice(0, 40)
const KEY = 'AKIAQ6VEXAMPLEKEY001'
const OTHER_KEY = 'AKIAQ6VEXAMPLEKEY002'
const NOTHING: Known = { identities: [], centers: [], roles: [], otherNames: [] }

function plan(config: string, credentials = '', known: Known = NOTHING) {
  const bytes = { config: Buffer.from(config), credentials: Buffer.from(credentials) }
  return planAwsFiles(mergeProfiles(bytes, { config: '/config', credentials: '/credentials' }, 'aws'), known)
}

const keyLines = (id = KEY, secret = SECRET) => `aws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`
const roleLines = (name: string, source: string, more = '') =>
  `role_arn = arn:aws:iam::123456789012:role/${name}\nsource_profile = ${source}\n${more}`

const outcomes = (items: ReturnType<typeof plan>['items']) => items.map(({ profile, outcome }) => [profile, outcome])

describe('access keys', () => {
  it('become identities with the region of their profile', () => {
    const { items, identities } = plan('[profile work]\nregion = eu-west-1\n', `[work]\n${keyLines()}`)
    expect(items).toMatchObject([
      { profile: 'work', outcome: 'identity', name: 'work', accessKeyId: KEY, plaintextKey: true, notes: [] },
    ])
    expect(identities.get('work')?.input).toEqual({
      name: 'work',
      accessKeyId: KEY,
      secretAccessKey: SECRET,
      region: 'eu-west-1',
    })
  })

  it('in two profiles become one identity, and the second says whose it is', () => {
    const { items, identities } = plan('', `[default]\n${keyLines()}\n[work]\n${keyLines()}`)
    expect(items.map(({ name }) => name)).toEqual(['default', 'default'])
    expect(items[1]).toMatchObject({ needs: ['default'], outcome: 'identity' })
    expect(items[1]?.notes.join()).toContain('profile default')
    expect(identities.get('work')?.input.name).toBe('default')
  })

  it('that are stored already are known, whatever they are called', () => {
    const known: Known = {
      identities: [{ name: 'alice', accessKeyId: KEY, mfaSerial: null }],
      centers: [],
      roles: [],
      otherNames: [],
    }
    const { items, identities } = plan('', `[work]\n${keyLines()}`, known)
    expect(items).toMatchObject([{ outcome: 'known', name: 'alice' }])
    expect(identities.get('work')?.isKnown).toBe(true)
  })

  it('that were left beside Hallpass’s line are still to be moved', () => {
    const line = 'credential_process = "/home/me/bin/hallpass" credential-process "work"\n'
    const identities = [{ name: 'work', accessKeyId: KEY, mfaSerial: null }]
    const { items } = plan(`[profile work]\n${line}`, `[work]\n${keyLines()}`, { ...NOTHING, identities })
    expect(items).toMatchObject([{ outcome: 'known', name: 'work', plaintextKey: true }])
  })

  it('that expire, or are incomplete or malformed, stay', () => {
    const { items } = plan(
      '',
      `[session]\n${keyLines()}aws_session_token = IQo\n[asia]\n${keyLines('ASIAQ6VEXAMPLEKEY001')}
[half]\naws_access_key_id = ${KEY}\n[odd]\n${keyLines(KEY, 'not a secret!')}`,
    )
    expect(items.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped', 'skipped', 'skipped'])
    expect(items.map(({ plaintextKey }) => plaintextKey)).toEqual([false, false, false, true])
    expect(JSON.stringify(items)).not.toContain('not a secret!')
  })
})

describe('roles', () => {
  it('keep their chain, and all their settings', () => {
    const { items, roles, identities } = plan(
      `[profile hub]\n${roleLines('Hub', 'base', 'mfa_serial = arn:aws:iam::123456789012:mfa/phone\n')}
[profile prod]\n${roleLines('Prod', 'hub', 'external_id = acme-1\nduration_seconds = 3600\nrole_session_name = me\nregion = eu-west-1\n')}`,
      `[base]\n${keyLines()}`,
    )
    expect(outcomes(items)).toEqual([
      ['hub', 'role'],
      ['prod', 'role'],
      ['base', 'identity'],
    ])
    expect(roles.get('hub')).toMatchObject({ from: 'base', mfa: true, profile: 'hub' })
    expect(roles.get('prod')).toEqual({
      name: 'prod',
      arn: 'arn:aws:iam::123456789012:role/Prod',
      from: 'hub',
      mfa: false,
      profile: 'prod',
      externalId: 'acme-1',
      durationSeconds: 3600,
      sessionName: 'me',
      region: 'eu-west-1',
    })
    expect(items[1]?.needs).toEqual(['base', 'hub'])
    expect(identities.get('base')?.input.mfaSerial).toBe('arn:aws:iam::123456789012:mfa/phone')
    expect([...roles.keys()]).toEqual(['hub', 'prod'])
  })

  it('come after what they start from, in whatever order the file has them', () => {
    const { roles } = plan(
      `[profile c]\n${roleLines('C', 'b')}[profile b]\n${roleLines('B', 'a')}[profile a]\n${roleLines('A', 'k')}`,
      `[k]\n${keyLines()}`,
    )
    expect([...roles.keys()]).toEqual(['a', 'b', 'c'])
  })

  it('with a key of their own become two records', () => {
    const { items, roles, identities } = plan(`[profile self]\n${roleLines('Self', 'self')}`, `[self]\n${keyLines()}`)
    expect(identities.get('self')?.input.name).toBe('self-key')
    expect(roles.get('self')).toMatchObject({ name: 'self', from: 'self-key' })
    expect(items).toMatchObject([{ outcome: 'role', plaintextKey: true, needs: [] }])
  })

  it('leave out what AWS would not take, and say so', () => {
    const { items, roles } = plan(
      `[profile r]\n${roleLines('R', 'k', 'duration_seconds = 5\nexternal_id = x\nregion = cn-north-1\nmfa_serial = arn:aws:iam::123456789012:u2f/user/a/b\n')}`,
      `[k]\n${keyLines()}`,
    )
    expect(roles.get('r')).toEqual({
      name: 'r',
      arn: 'arn:aws:iam::123456789012:role/R',
      from: 'k',
      mfa: false,
      profile: 'r',
    })
    expect(items.find(({ profile }) => profile === 'r')?.notes).toHaveLength(4)
  })

  it('of one identity share its first device', () => {
    const { items, identities } = plan(
      `[profile a]\n${roleLines('A', 'k', 'mfa_serial = arn:aws:iam::123456789012:mfa/one\n')}
[profile b]\n${roleLines('B', 'k', 'mfa_serial = arn:aws:iam::123456789012:mfa/two\n')}`,
      `[k]\n${keyLines()}`,
    )
    expect(identities.get('k')?.input.mfaSerial).toBe('arn:aws:iam::123456789012:mfa/one')
    expect(items.find(({ profile }) => profile === 'b')?.notes.join()).toContain('another MFA device')
  })

  it('give a stored identity without a device the one they name', () => {
    const known: Known = {
      identities: [{ name: 'alice', accessKeyId: KEY, mfaSerial: null }],
      centers: [],
      roles: [],
      otherNames: [],
    }
    const { identities } = plan(
      `[profile a]\n${roleLines('A', 'k', 'mfa_serial = arn:aws:iam::123456789012:mfa/one\n')}`,
      `[k]\n${keyLines()}`,
      known,
    )
    expect(identities.get('k')?.addMfaSerial).toBe('arn:aws:iam::123456789012:mfa/one')
  })
})

describe('roles of Identity Center', () => {
  const session = '[sso-session corp]\nsso_start_url = https://acme.awsapps.com/start\nsso_region = eu-west-1\n'
  const viewer = (profile: string, more = 'sso_session = corp\n', account = '123456789012') =>
    `[profile ${profile}]\n${more}sso_account_id = ${account}\nsso_role_name = Viewer\n`
  const place = { name: 'corp', startUrl: 'https://acme.awsapps.com/start', ssoRegion: 'eu-west-1' }
  const old = 'sso_start_url = https://acme.awsapps.com/start/#\nsso_region = eu-west-1\n'

  it('come with their sign-in, which is named after its session, and keep region and profile', () => {
    const { items, permissionSets, identityCenters } = plan(
      `${session}${viewer('view', 'sso_session = corp\nregion = eu-central-1\n')}${viewer('old', old, '234567890123')}`,
    )
    expect(items).toMatchObject([
      { profile: 'view', outcome: 'role', from: 'corp', permissionSet: 'Viewer', needs: [], notes: [] },
      { profile: 'old', outcome: 'role', from: 'corp', accountId: '234567890123', needs: [], notes: [] },
    ])
    expect(permissionSets.get('view')).toEqual({
      center: place,
      role: {
        name: 'view',
        accountId: '123456789012',
        permissionSet: 'Viewer',
        settings: { profile: 'view', region: 'eu-central-1' },
      },
    })
    expect(identityCenters).toEqual([
      {
        name: 'corp',
        startUrl: place.startUrl,
        region: 'eu-west-1',
        outcome: 'new',
        roles: [
          { profile: 'view', accountId: '123456789012', roleName: 'Viewer' },
          { profile: 'old', accountId: '234567890123', roleName: 'Viewer' },
        ],
        notes: ['Sign in with: hallpass sso login corp'],
      },
    ])
  })

  it('in the older form name it after the start URL; a profile of that name keeps it', () => {
    expect(plan(viewer('x', old)).identityCenters[0]?.name).toBe('acme')
    const { items, identityCenters } = plan(viewer('ACME', old))
    expect(items[0]?.name).toBe('ACME')
    expect(identityCenters[0]?.name).toBe('acme-sso')
  })

  it('of one Identity Center in another region are of another', () => {
    const { identityCenters } = plan(`${session}${viewer('a')}${viewer('b', old.replace('eu-west-1', 'us-east-1'))}`)
    expect(identityCenters.map(({ name, region }) => [name, region])).toEqual([
      ['corp', 'eu-west-1'],
      ['acme', 'us-east-1'],
    ])
  })

  it('in two profiles are one, and the second says whose it is', () => {
    const { items, permissionSets } = plan(`${session}${viewer('one')}${viewer('two')}`)
    expect(items[1]).toMatchObject({ name: 'one', needs: ['one'], outcome: 'role' })
    expect(permissionSets.get('two')).toBe(permissionSets.get('one'))
  })

  it('are what chained roles start from, however long the chain is; no code is sent', () => {
    const { items, roles } = plan(
      `[profile c]\n${roleLines('C', 'b')}[profile b]\n${roleLines('B', 'view', 'mfa_serial = arn:aws:iam::123456789012:mfa/x\n')}${session}${viewer('view')}`,
    )
    expect(items.map(({ profile, outcome, from, needs }) => [profile, outcome, from, needs])).toEqual([
      ['c', 'role', 'b', ['view', 'b']],
      ['b', 'role', 'view', ['view']],
      ['view', 'role', 'corp', []],
    ])
    expect([...roles.keys()]).toEqual(['b', 'c'])
    expect(roles.get('b')).toMatchObject({ from: 'view', mfa: false })
    expect(items[1]?.notes.join()).toContain('mfa_serial is left out')
  })

  it('that are here are known, and so is their sign-in, however its address ends', () => {
    const known: Known = {
      ...NOTHING,
      centers: [{ id: 'c-1', name: 'work', startUrl: 'https://acme.awsapps.com/start/', ssoRegion: 'eu-west-1' }],
      roles: [
        {
          name: 'acme-Viewer',
          arn: 'pattern',
          accountId: '123456789012',
          roleName: 'Viewer',
          source: { kind: 'identity', id: 'c-1', name: 'work' },
          settings: { mfa: false },
        },
      ],
    }
    const { items, permissionSets, identityCenters } = plan(
      `${session}${viewer('view')}${viewer('other', undefined, '234567890123')}`,
      '',
      known,
    )
    expect(items).toMatchObject([
      { outcome: 'known', name: 'acme-Viewer', from: 'work' },
      { outcome: 'role', name: 'other', from: 'work' },
    ])
    expect([...permissionSets.keys()]).toEqual(['other'])
    expect(identityCenters).toMatchObject([{ name: 'work', outcome: 'known', notes: [] }])
  })

  it.each([
    [
      'sso_start_url = ftp://x\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = R\n',
      'start URL',
    ],
    ['sso_start_url = https://x.y\nsso_region = nowhere\nsso_account_id = 123456789012\nsso_role_name = R\n', 'region'],
    ['sso_start_url = https://x.y\nsso_region = eu-west-1\nsso_account_id = 12\nsso_role_name = R\n', '12 digits'],
    [
      'sso_start_url = https://x.y\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = a b\n',
      'permission set',
    ],
    ['sso_start_url = https://x.y\nsso_account_id = 123456789012\nsso_role_name = R\n', 'sso_region'],
  ])('that can’t be stay, with what starts from them: %j', (lines, why) => {
    const { items, identityCenters } = plan(`[profile odd]\n${lines}[profile r]\n${roleLines('R', 'odd')}`)
    expect(items.map(({ outcome }) => outcome)).toEqual(['skipped', 'skipped'])
    expect(items[0]?.notes.join()).toContain(why)
    expect(identityCenters).toEqual([])
  })
})

describe('what stays', () => {
  it.each([
    ['sso', 'sso_account_id = 123456789012\nsso_role_name = R\nsso_session = gone\n', 'gone'],
    ['process', 'credential_process = /bin/tool\n', 'program of its own'],
    ['hallpass', 'credential_process = "/home/me/bin/hallpass" credential-process "x"\n', 'Hallpass wrote'],
    [
      'login',
      'login_session = arn:aws:iam::123456789012:user/u\n',
      'hallpass identity add-profile NAME --profile login',
    ],
    ['web', 'role_arn = arn:aws:iam::123456789012:role/R\nweb_identity_token_file = /t\n', 'token file'],
    ['machine', 'role_arn = arn:aws:iam::123456789012:role/R\ncredential_source = Ec2InstanceMetadata\n', 'machine'],
    ['plain', 'region = eu-west-1\n', 'no credentials'],
    ['astray', roleLines('R', 'nowhere'), 'nowhere'],
  ])('%s says why', (profile, lines, why) => {
    const { items } = plan(`[profile ${profile}]\n${lines}`)
    expect(items).toMatchObject([{ profile, outcome: 'skipped', name: null }])
    expect(items[0]?.notes.join()).toContain(why)
  })

  it('a role that starts from one of them names it', () => {
    const { items } = plan(`[profile p]\ncredential_process = /bin/tool\n[profile r]\n${roleLines('R', 'p')}`)
    expect(items.find(({ profile }) => profile === 'r')?.notes).toEqual([
      'It starts from profile p, which gets its credentials from a program of its own. To start from it: hallpass identity add-profile NAME --profile p',
    ])
  })
})

describe('a role that starts from a profile of Hallpass’s', () => {
  it('is not sent to an identity of that profile, which would be refused', () => {
    const own = 'credential_process = "/s/bin/hallpass" credential-process "p"\n'
    const { items } = plan(`[profile p]\n${own}[profile r]\n${roleLines('R', 'p')}`)
    expect(items.find(({ profile }) => profile === 'r')?.notes).toEqual([
      'It starts from profile p, which Hallpass wrote. If it is no role here yet, add it with: hallpass role add',
    ])
  })
})

describe('a role that starts from a profile Hallpass wrote for something that is here', () => {
  const own = (name: string) => `credential_process = "/s/bin/hallpass" credential-process "${name}"\n`
  const withRole = (source: { kind: 'identity' | 'role'; name: string }, name = 'hub'): Known['roles'][number] => ({
    name,
    arn: 'arn:aws:iam::123456789012:role/Hub',
    accountId: '123456789012',
    roleName: 'Hub',
    source: { ...source, id: source.name },
    settings: { profile: name, mfa: false },
  })
  const alice = { name: 'alice', accessKeyId: KEY, mfaSerial: 'arn:aws:iam::123456789012:mfa/phone' }
  const roleOf = ({ items, roles }: ReturnType<typeof plan>) => ({
    item: items.find(({ profile }) => profile === 'r'),
    role: roles.get('r'),
  })

  it('starts from that, and sends a code of its device', () => {
    const mfa = 'mfa_serial = arn:aws:iam::123456789012:mfa/phone\n'
    const known = { ...NOTHING, identities: [alice] }
    const { item, role } = roleOf(
      plan(`[profile p]\n${own('Alice')}[profile r]\n${roleLines('R', 'p', mfa)}`, '', known),
    )
    expect(item).toMatchObject({ outcome: 'role', from: 'alice', mfa: true, needs: [], notes: [] })
    expect(role).toMatchObject({ from: 'alice', mfa: true })
  })

  it('is chained from a role', () => {
    const known = { ...NOTHING, identities: [alice], roles: [withRole({ kind: 'identity', name: 'alice' })] }
    const { item } = roleOf(plan(`[profile hub]\n${own('hub')}[profile r]\n${roleLines('R', 'hub')}`, '', known))
    expect(item).toMatchObject({ outcome: 'role', from: 'hub', mfa: false })
  })

  it('says so when the device is one that the identity does not have', () => {
    const mfa = 'mfa_serial = arn:aws:iam::123456789012:mfa/phone\n'
    const known = { ...NOTHING, identities: [{ ...alice, mfaSerial: null }] }
    const { item } = roleOf(plan(`[profile p]\n${own('alice')}[profile r]\n${roleLines('R', 'p', mfa)}`, '', known))
    expect(item).toMatchObject({ outcome: 'role', mfa: false })
    expect(item?.notes.join()).toContain('alice has no MFA device')
  })

  it('ends where sources lead back', () => {
    const circle = [withRole({ kind: 'role', name: 'hub' }, 'back'), withRole({ kind: 'role', name: 'back' })]
    const known = { ...NOTHING, roles: circle }
    const { item } = roleOf(plan(`[profile hub]\n${own('hub')}[profile r]\n${roleLines('R', 'hub')}`, '', known))
    expect(item).toMatchObject({ outcome: 'role', from: 'hub' })
  })

  it('is known the second time, after the key was moved', () => {
    const arn = 'arn:aws:iam::123456789012:role/R'
    const stored = { ...withRole({ kind: 'identity', name: 'alice' }, 'r'), arn, roleName: 'R' }
    const known = { ...NOTHING, identities: [alice], roles: [stored] }
    const { item } = roleOf(plan(`[profile p]\n${own('alice')}[profile r]\n${roleLines('R', 'p')}`, '', known))
    expect(item).toMatchObject({ outcome: 'known', name: 'r' })
  })
})

describe('names', () => {
  it('that are taken get a number, and say so', () => {
    const known: Known = {
      identities: [{ name: 'WORK', accessKeyId: OTHER_KEY, mfaSerial: null }],
      centers: [],
      roles: [],
      otherNames: [],
    }
    const { items } = plan('', `[work]\n${keyLines()}`, known)
    expect(items).toMatchObject([{ name: 'work-2', notes: ['Called work-2: the name work is taken.'] }])
  })

  it('a second time, everything is known', () => {
    const config = `[profile hub]\n${roleLines('Hub', 'base')}[profile prod]\n${roleLines('Prod', 'hub')}`
    const credentials = `[base]\n${keyLines()}[other]\n${keyLines(OTHER_KEY, OTHER_SECRET)}`
    const first = plan(config, credentials)
    const known: Known = {
      centers: [],
      otherNames: [],
      identities: [...first.identities.values()].map(({ input }) => ({ ...input, mfaSerial: input.mfaSerial ?? null })),
      roles: [...first.roles.values()].map(({ name, arn, from, mfa, profile }) => ({
        name,
        arn,
        accountId: '',
        roleName: '',
        source: { kind: 'identity', id: from, name: from },
        settings: { mfa: mfa ?? false, ...(profile ? { profile } : {}) },
      })),
    }
    const second = plan(config, credentials, known)
    expect(second.items.map(({ outcome }) => outcome)).toEqual(['known', 'known', 'known', 'known'])
    expect(second.roles.size).toBe(0)
    expect(second.items.map(({ name }) => name)).toEqual(first.items.map(({ name }) => name))
  })
})

describe('whatever stands in the files', () => {
  const name = fc.constantFrom('a', 'b', 'C', 'default', 'x%y', '/odd', 'long'.repeat(30))
  const line = fc.oneof(
    fc.constantFrom(
      keyLines(),
      keyLines(OTHER_KEY, OTHER_SECRET),
      'credential_process = /bin/tool\n',
      'region = nowhere\n',
    ),
    name.map((source) => roleLines('R', source)),
    fc.constantFrom(
      'mfa_serial = x\n',
      'external_id = a b\n',
      'duration_seconds = -1\n',
      'aws_session_token = t\n',
      'role_arn = no\n',
      'sso_session = corp\n',
      'sso_start_url = https://a.awsapps.com/start\nsso_region = eu-west-1\n',
      'sso_account_id = 123456789012\nsso_role_name = R\n',
      'sso_account_id = 1\nsso_role_name = S\n',
    ),
  )
  const section = fc.tuple(name, fc.array(line, { maxLength: 4 }))

  it('each profile has one entry, names are valid and given once, sources come first, and no secret is in the plan', () => {
    fc.assert(
      fc.property(fc.array(section, { maxLength: 8 }), (sections) => {
        const session = '[sso-session corp]\nsso_start_url = https://a.awsapps.com/start/\nsso_region = eu-west-1\n'
        const config = sections.map(([profile, lines]) => `[profile ${profile}]\n${lines.join('')}`).join('\n')
        const { items, identities, roles, permissionSets, identityCenters } = plan(`${session}${config}`)
        const ofCenters = [...new Set(permissionSets.values())]
        expect(new Set(items.map(({ profile }) => profile)).size).toBe(items.length)
        const given = [
          ...new Set([...identities.values()].map(({ input }) => input.name)),
          ...[...roles.values()].map((role) => role.name),
          ...ofCenters.map(({ role }) => role.name),
          ...identityCenters.map((center) => center.name),
        ]
        expect(new Set(given.map((each) => each.toLowerCase())).size).toBe(given.length)
        for (const each of given) expect(nameField.safeParse(each).success).toBe(true)
        const there = new Set([...identities.values()].map(({ input }) => input.name))
        for (const { role } of ofCenters) there.add(role.name)
        for (const role of roles.values()) {
          expect(there).toContain(role.from)
          there.add(role.name)
        }
        for (const item of items) {
          expect(item.outcome === 'skipped').toBe(item.name === null)
          if (item.outcome === 'skipped') expect(item.notes.length).toBeGreaterThan(0)
        }
        const text = JSON.stringify(items)
        expect(text).not.toContain(SECRET)
        expect(text).not.toContain(OTHER_SECRET)
      }),
      { numRuns: 300 },
    )
  })
})
