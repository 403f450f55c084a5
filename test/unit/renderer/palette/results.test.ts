/** What is listed for what is typed. */
import { describe, expect, it } from 'vitest'
import type { IdentityDetail } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { Item, Scope } from '../../../../src/renderer/palette/items.ts'
import { answer, type Sources } from '../../../../src/renderer/palette/results.ts'
import { RoleIndex } from '../../../../src/renderer/palette/role-index.ts'
import { row } from './roles.ts'

const NOW = Date.parse('2026-11-26T12:00:00Z')
const inMinutes = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()
const live = (name: string, minutes: number, more: Partial<RoleRow> = {}) =>
  row(name, { state: 'active', expiresAt: inMinutes(minutes), ...more })
const dana = { name: 'dana' } as IdentityDetail

const ROLES = [
  live('prod-admin', 47, { environment: 'prod', accountName: 'acme-prod', profileMode: 'process' }),
  row('prod-ro', { environment: 'prod', accountName: 'acme-prod' }),
  live('sandbox-admin', 8, { environment: 'dev', accountName: 'acme-sandbox', accountId: '444455556666' }),
  row('data-eng', { state: 'expired', accountId: '777788889999' }),
]

function ask(query: string, more: Partial<Sources> & { scope?: Scope; isWhole?: boolean } = {}) {
  const { scope = null, isWhole = false, roles = ROLES, ...sources } = more
  const index = new RoleIndex()
  index.update(roles)
  index.work()
  const selected = roles[3] ?? null
  const chosen = new Map<string, number>()
  return answer(
    { query, scope, isWhole },
    { index, roles, live: 2, identities: [dana], selected, chosen, shell: 'bash, zsh', now: NOW, ...sources },
  )
}
const shown = (item: Item): string => {
  if (item.kind === 'role') return `${item.role.name} ${item.deed.kind === 'role' ? item.deed.command : ''}`
  if (item.kind === 'action') return item.label.text
  return item.kind === 'account' ? item.account.accountId : `${item.count} more`
}
const lines = (...asked: Parameters<typeof ask>) =>
  Object.fromEntries(ask(...asked).sections.map(({ heading, items }) => [heading, items.map(shown)]))

describe('the palette lists', () => {
  it('roles, actions on the first of them, and what is elsewhere', () => {
    expect(lines('padm')).toEqual({
      Roles: ['prod-admin console'],
      'Actions on prod-admin, acme-prod': [
        'Copy as env: prod-admin',
        'Renew: prod-admin',
        'Stop writing profile: prod-admin',
      ],
    })
  })

  it('what Enter does by the state: renew what runs out, open what is live, start what is neither', () => {
    const { Roles = [] } = lines('a')
    expect(new Set(Roles)).toEqual(
      new Set(['prod-admin console', 'prod-ro start', 'sandbox-admin start', 'data-eng start']),
    )
  })

  it('recent roles and places when nothing is typed, and no action on anything', () => {
    const sections = lines('')
    expect(Object.keys(sections)).toEqual(['Recent roles', 'Elsewhere'])
    expect(sections['Recent roles']).toHaveLength(4)
    expect(sections.Elsewhere?.slice(0, 2)).toEqual(['Add role', 'End all sessions'])
    expect(lines('', { chosen: new Map([['theme dark', 1]]) }).Elsewhere?.[0]).toBe('Theme: Dark')
  })

  it('signing in and reading roles for sign-ins alone', () => {
    const corp = { name: 'corp', kind: 'identity-center' } as IdentityDetail
    expect(lines('>corp', { identities: [dana, corp] })).toEqual({
      Elsewhere: expect.arrayContaining([
        'Sign in to corp',
        'Read roles of corp',
        'Sharing with the AWS CLI: corp',
        'Identity: corp',
      ]),
    })
    expect(lines('>sign dana', { identities: [dana, corp] })).toEqual({})
    const { sections } = ask('>sign in to corp', { identities: [corp] })
    const start = { kind: 'sign-in', name: 'corp', way: 'browser' }
    expect(sections[0]?.items[0]?.deed).toEqual({ kind: 'center', start })
  })

  it('actions alone after >, on the selected role and elsewhere', () => {
    expect(lines('>start')).toEqual({ 'Actions on data-eng, 7777 8888 9999': ['Start again: data-eng'] })
    expect(lines('>dark')).toEqual({ Elsewhere: ['Theme: Dark'] })
    expect(ask('>').sections[0]?.items[0]).toMatchObject({ deed: { command: 'start' }, role: { name: 'data-eng' } })
    expect(Object.keys(lines('>'))).toHaveLength(2)
  })

  it('accounts after @, named ones first, and the roles of the one gone into', () => {
    expect(lines('@')).toEqual({ Accounts: ['111122223333', '444455556666', '777788889999'] })
    expect(lines('@sand')).toEqual({ Accounts: ['444455556666'] })
    expect(lines('@7777 8888')).toEqual({ Accounts: ['777788889999'] })
    const scope = { kind: 'account', accountId: '111122223333', label: 'acme-prod' } as const
    expect(lines('ro', { scope })).toEqual({ 'Roles in acme-prod': ['prod-ro start', 'prod-admin console'] })
  })

  it('all actions of the role gone into', () => {
    const [first] = ROLES as [RoleRow]
    const scope = { kind: 'role', role: first } as const
    const { sections } = ask('', { scope })
    expect(sections).toHaveLength(1)
    expect(sections[0]?.items.map(shown)).toEqual([
      'Open console',
      'Copy as env',
      'Renew',
      'Stop writing profile',
      'End',
      'Open console, signed in',
      'Open console with…',
      'Copy switch-role link',
      'Pin',
      'Activity',
      'Show in the list',
    ])
    expect(lines('end', { scope })['Actions on prod-admin, acme-prod']?.[0]).toBe('End')
  })

  it('the portal’s link of a role of Identity Center, which nobody can switch to', () => {
    const arn = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_Admin_*'
    const role = row('acme-prod-Admin', { arn })
    const labels = ask('', { roles: [role], scope: { kind: 'role', role } }).sections[0]?.items.map(shown)
    expect(labels).toContain('Copy access portal shortcut')
    expect(labels).not.toContain('Copy switch-role link')
  })

  it('a role and what to do with it from one line', () => {
    expect(lines('prod-ro console')).toEqual({ 'Actions on prod-ro, acme-prod': ['Open console'] })
    expect(ask('prod-ro console').sections[0]?.items[0]).toMatchObject({ deed: { command: 'console', role: ROLES[1] } })
  })

  it('the first few of many roles, the others on demand', () => {
    const roles = Array.from({ length: 250 }, (_, at) => row(`role-${at}`))
    const few = ask('role', { roles })
    expect(few.sections[0]?.items.map(shown).at(-1)).toBe('94 more')
    expect(few.sections[0]?.items).toHaveLength(7)
    expect(few.total).toBeGreaterThanOrEqual(250)
    expect(ask('role', { roles, isWhole: true }).sections[0]?.items).toHaveLength(100)
  })

  it('nothing, with a total of nothing', () => {
    expect(ask('qqq')).toEqual({ sections: [], total: 0 })
    expect(ask('qqq', { roles: [], selected: null })).toEqual({ sections: [], total: 0 })
  })
})
