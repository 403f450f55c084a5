/** Leapp's workspace: what its sessions become, and that no file whatever does more than be refused. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findInLeapp } from '#core/import/leapp.ts'
import { readLeappWorkspace } from '#core/import/leapp-file.ts'
import { hashMachineId, machineId } from '#core/import/machine-id.ts'
import type { Known } from '#core/import/plan.ts'
import { planFound } from '#core/import/plan-found.ts'
import { HallpassError } from '#shared/errors.ts'
import { encryptAsCryptoJs, session, workspaceText, writeLeappHome } from '../../../support/leapp-home.ts'

const MACHINE = hashMachineId('0123456789abcdef')
const SECRET = 'abcdEFGH0123/abcdEFGH0123+abcdEFGH012345'
const KEY = 'AKIAQ6VEXAMPLEKEY001'
const NOTHING: Known = { identities: [], centers: [], roles: [], otherNames: [] }

let home: string
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'leapp-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

function keychain(items: Readonly<Record<string, string>>) {
  return async (account: string) => items[account] ?? null
}

const keyItems = (id: string, secret = SECRET) => ({
  [`${id}-iam-user-aws-session-access-key-id`]: KEY,
  [`${id}-iam-user-aws-session-secret-access-key`]: secret,
})

async function plan(text: string, items: Readonly<Record<string, string>> = {}, known = NOTHING) {
  const file = writeLeappHome(home, text, MACHINE)
  const found = await findInLeapp({ file, isUsual: false, machineId: async () => MACHINE, secret: keychain(items) })
  return planFound(found.items, known)
}

describe('what sessions become', () => {
  const user = session('awsIamUser', 'Work user', {
    mfaDevice: 'arn:aws:iam::123456789012:mfa/phone',
    profileId: 'p-work',
  })
  const hub = session('awsIamRoleChained', 'Hub', {
    roleArn: 'arn:aws:iam::123456789012:role/Hub',
    parentSessionId: user.sessionId,
    roleSessionName: 'assumed-from-leapp',
    profileId: 'p-hub',
  })
  const prod = session('awsIamRoleChained', 'Prod', {
    roleArn: 'arn:aws:iam::234567890123:role/Prod',
    parentSessionId: hub.sessionId,
    roleSessionName: 'me',
  })
  const sso = session('awsSsoRole', 'Viewer', {
    // As Leapp has it, without `role`.
    roleArn: 'arn:aws:iam::345678901234/Viewer',
    awsSsoConfigurationId: 'c-1',
  })
  const behindSso = session('awsIamRoleChained', 'Behind', {
    roleArn: 'arn:aws:iam::345678901234:role/Behind',
    parentSessionId: sso.sessionId,
  })
  const saml = session('awsIamRoleFederated', 'Saml', { roleArn: 'arn:aws:iam::345678901234:role/S' })
  const profiles = [
    { id: 'p-default', name: 'default' },
    { id: 'p-work', name: 'work' },
    { id: 'p-hub', name: 'hub' },
  ]
  const centers = [
    { id: 'c-1', alias: 'acme', portalUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1', type: 'AWS-SSO' },
  ]
  // Children before their parents.
  const text = workspaceText([prod, behindSso, saml, hub, sso, user], profiles, centers)

  it('keys, chains with their settings, and the rest with why it stays', async () => {
    const { items, identities, roles, permissionSets, identityCenters } = await plan(text, keyItems(user.sessionId))
    expect(items.map(({ profile, outcome, from, mfa }) => [profile, outcome, from, mfa])).toEqual([
      ['Prod', 'role', 'Hub', false],
      ['Behind', 'role', 'Viewer', false],
      ['Saml', 'skipped', null, false],
      ['Hub', 'role', 'Work user', true],
      ['Viewer', 'role', 'acme', false],
      ['Work user', 'identity', null, false],
    ])
    expect([...roles.keys()]).toEqual(['Hub', 'Prod', 'Behind'])
    expect(roles.get('Hub')).toEqual({
      name: 'Hub',
      arn: 'arn:aws:iam::123456789012:role/Hub',
      from: 'Work user',
      mfa: true,
      profile: 'hub',
      region: 'eu-west-1',
    })
    expect(roles.get('Prod')).toMatchObject({ from: 'Hub', sessionName: 'me' })
    // `default` is many sessions' at once, and would take the person's own.
    expect(roles.get('Prod')).not.toHaveProperty('profile')
    expect(items[0]?.needs).toEqual(['Work user', 'Hub'])
    expect(identities.get('Work user')?.input).toEqual({
      name: 'Work user',
      accessKeyId: KEY,
      secretAccessKey: SECRET,
      region: 'eu-west-1',
      mfaSerial: 'arn:aws:iam::123456789012:mfa/phone',
    })
    expect(items[1]?.needs).toEqual(['Viewer'])
    expect(permissionSets.get('Viewer')?.role).toMatchObject({ accountId: '345678901234', permissionSet: 'Viewer' })
    expect(identityCenters).toEqual([
      {
        name: 'acme',
        startUrl: 'https://acme.awsapps.com/start',
        region: 'eu-west-1',
        outcome: 'new',
        notes: ['Sign in with: hallpass sso login acme'],
        roles: [{ profile: 'Viewer', accountId: '345678901234', roleName: 'Viewer' }],
      },
    ])
    expect(JSON.stringify({ items, identityCenters })).not.toContain(SECRET)
  })

  it('a second time, everything is known', async () => {
    const first = await plan(text, keyItems(user.sessionId))
    const known: Known = {
      centers: first.identityCenters.map(({ name, startUrl, region }) => ({
        id: 'c',
        name,
        startUrl,
        ssoRegion: region,
      })),
      otherNames: [],
      identities: [...first.identities.values()].map(({ input }) => ({ ...input, mfaSerial: input.mfaSerial ?? null })),
      roles: [
        ...[...first.roles.values()].map(({ name, arn, from, profile }) => ({
          name,
          arn,
          accountId: '',
          roleName: '',
          source: { kind: 'role' as const, id: from, name: from },
          settings: { mfa: false, ...(profile ? { profile } : {}) },
        })),
        ...[...first.permissionSets.values()].map(({ center, role: { name, accountId, permissionSet } }) => ({
          name,
          arn: '',
          accountId,
          roleName: permissionSet,
          source: { kind: 'identity' as const, id: 'c', name: center.name },
          settings: { mfa: false },
        })),
      ],
    }
    const second = await plan(text, keyItems(user.sessionId), known)
    expect(second.roles.size + second.permissionSets.size).toBe(0)
    expect(second.identityCenters).toMatchObject([{ name: 'acme', outcome: 'known', notes: [] }])
    expect(second.items.filter(({ outcome }) => outcome !== 'skipped').map(({ outcome }) => outcome)).toEqual([
      'known',
      'known',
      'known',
      'known',
      'known',
    ])
  })

  it('a key that is not in the keychain stays, and what starts from it says so', async () => {
    const { items } = await plan(text)
    expect(items.at(-1)?.notes).toEqual(['Its access key is not in the keychain of this computer.'])
    expect(items.find(({ profile }) => profile === 'Hub')?.notes).toEqual([
      'It starts from Work user, which has no access key in the keychain.',
    ])
    const empty = await plan(text, keyItems(user.sessionId, '<EMPTY>'))
    expect(empty.items.at(-1)?.outcome).toBe('skipped')
  })

  it('roles that go round in a circle stay', async () => {
    const one = session('awsIamRoleChained', 'One', { roleArn: 'arn:aws:iam::123456789012:role/One' })
    const two = session('awsIamRoleChained', 'Two', {
      roleArn: 'arn:aws:iam::123456789012:role/Two',
      parentSessionId: one.sessionId,
    })
    const { items } = await plan(workspaceText([{ ...one, parentSessionId: two.sessionId }, two], []))
    expect(items.map(({ outcome, notes }) => [outcome, notes.length])).toEqual([
      ['skipped', 1],
      ['skipped', 1],
    ])
  })

  it('two sessions of one name are told apart', async () => {
    const twin = session('awsIamRoleChained', 'hub', {
      roleArn: 'arn:aws:iam::234567890123:role/Hub',
      parentSessionId: user.sessionId,
    })
    const { items, roles } = await plan(workspaceText([user, hub, twin], profiles), keyItems(user.sessionId))
    expect(items.map(({ profile }) => profile)).toEqual(['Work user', 'Hub', 'hub 2'])
    expect([...roles.values()].map(({ name, profile }) => [name, profile])).toEqual([
      ['Hub', 'hub'],
      // Leapp’s `default` is where it puts everything.
      ['hub 2', undefined],
    ])
  })
})

describe('the file', () => {
  it('is read as OpenSSL itself encrypts it', () => {
    const text = workspaceText([], [])
    const words = ['enc', '-aes-256-cbc', '-md', 'md5', '-salt', '-base64', '-A', '-pass', `pass:${MACHINE}`]
    const encrypted = execFileSync('openssl', words, { input: text, stdio: ['pipe', 'pipe', 'ignore'] })
    expect(readLeappWorkspace(encrypted, MACHINE)._sessions).toEqual([])
  })

  it('of another computer is refused as such', () => {
    const bytes = Buffer.from(encryptAsCryptoJs(workspaceText([], []), hashMachineId('another')))
    expect(() => readLeappWorkspace(bytes, MACHINE)).toThrow(expect.objectContaining({ code: 'import.other-machine' }))
    expect(() => readLeappWorkspace(bytes, undefined)).toThrow(
      expect.objectContaining({ code: 'import.other-machine' }),
    )
  })

  it('that is something else is refused, without a word of it', () => {
    for (const text of ['', 'planted-secret', '{"a":1}', Buffer.from('Salted__short').toString('base64')]) {
      expect(() => readLeappWorkspace(Buffer.from(text), MACHINE)).toThrow(
        expect.objectContaining({ code: 'import.invalid' }),
      )
    }
    const other = Buffer.from(encryptAsCryptoJs('{"sessions":[]}', MACHINE))
    expect(() => readLeappWorkspace(other, MACHINE)).toThrow(expect.objectContaining({ code: 'import.invalid' }))
  })

  it('whatever is in it, is read or refused with a code', () => {
    const anySession = fc.record({
      sessionId: fc.oneof(fc.constantFrom('a', 'b'), fc.string()),
      sessionName: fc.oneof(fc.string(), fc.integer()),
      type: fc.constantFrom('awsIamUser', 'awsIamRoleChained', 'awsSsoRole', 'x'),
      parentSessionId: fc.oneof(fc.constantFrom('a', 'b'), fc.constant(undefined), fc.integer()),
      roleArn: fc.oneof(fc.constant('arn:aws:iam::123456789012:role/R'), fc.string()),
    })
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.array(anySession, { maxLength: 6 }).map((_sessions) => JSON.stringify({ _sessions })),
    )
    return fc.assert(
      fc.asyncProperty(text, async (content) => {
        try {
          const { items, roles } = await plan(content, keyItems('a'))
          expect(new Set(items.map(({ profile }) => profile)).size).toBe(items.length)
          for (const role of roles.values()) expect(role.from).not.toBe(role.name)
          expect(JSON.stringify(items)).not.toContain(SECRET)
        } catch (error) {
          if (!(error instanceof HallpassError)) throw error
          expect(error.code).toMatch(/^import\./)
        }
      }),
      { numRuns: 200 },
    )
  })
})

it.runIf(process.platform === 'linux')('the machine id is that of node-machine-id', async () => {
  const said = execFileSync('sh', [
    '-c',
    '( cat /var/lib/dbus/machine-id /etc/machine-id 2>/dev/null || hostname ) | head -n 1',
  ])
  expect(await machineId()).toBe(hashMachineId(said.toString().trim().toLowerCase()))
})
