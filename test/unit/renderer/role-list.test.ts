import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RoleRow } from '#shared/role-list.ts'
import {
  type Arrangement,
  arrangeRoles,
  filterRoles,
  isGroup,
  type ListItem,
  liveRoles,
  moveSelection,
  originOf,
} from '../../../src/renderer/lib/role-list.ts'
import { findStart } from '../../../src/renderer/roles/use-type-ahead.ts'
import { makeRow, rowField } from '../../support/role-rows.ts'

const BY_ACCOUNT: Arrangement = { groupRolesBy: 'account', sortRolesBy: 'name', folded: new Set() }
const NOW = Date.parse('2026-01-02T03:04:05.000Z')

const said = (items: readonly ListItem[]) => items.map((item) => (isGroup(item) ? `# ${item.key}` : item.name))

describe('arranging', () => {
  const rows = [
    makeRow('alpha', { accountId: '222222222222', accountName: 'zoo' }),
    makeRow('Beta', { accountId: '111111111111', pinned: true, lastUsedAt: '2026-01-01T00:00:00.000Z' }),
    makeRow('gamma', { accountId: '111111111111', environment: 'prod', state: 'needs-mfa' }),
    makeRow('delta', { accountId: '333333333333', accountName: 'Acme', from: 'gamma', state: 'active' }),
    makeRow('epsilon', { accountId: '111111111111', lastUsedAt: '2026-01-02T00:00:00.000Z' }),
  ]

  test('puts pinned roles first and only there, then accounts by what they are called', () => {
    expect(said(arrangeRoles(rows, rows, BY_ACCOUNT))).toEqual([
      '# pinned ',
      'Beta',
      '# account 111111111111',
      'epsilon',
      'gamma',
      '# account 333333333333',
      'delta',
      '# account 222222222222',
      'alpha',
    ])
  })

  test.each([
    [
      'environment',
      ['# pinned ', 'Beta', '# environment prod', 'gamma', '# environment none', 'alpha', 'delta', 'epsilon'],
    ],
    ['source', ['# pinned ', 'Beta', '# source work', 'alpha', 'delta', 'epsilon', 'gamma']],
    ['none', ['# pinned ', 'Beta', '# others ', 'alpha', 'delta', 'epsilon', 'gamma']],
  ] as const)('by %s', (groupRolesBy, expected) => {
    expect(said(arrangeRoles(rows, rows, { ...BY_ACCOUNT, groupRolesBy }))).toEqual(expected)
  })

  test.each([
    ['name', ['alpha', 'Beta', 'delta', 'epsilon', 'gamma']],
    ['account', ['Beta', 'epsilon', 'gamma', 'delta', 'alpha']],
    ['state', ['delta', 'gamma', 'alpha', 'Beta', 'epsilon']],
    ['recent', ['epsilon', 'Beta', 'alpha', 'delta', 'gamma']],
  ] as const)('sorts by %s', (sortRolesBy, expected) => {
    const flat = rows.map((row) => ({ ...row, pinned: false }))
    expect(said(arrangeRoles(flat, flat, { groupRolesBy: 'none', sortRolesBy, folded: new Set() }))).toEqual(expected)
  })

  test('a folded group says how many roles it has and shows none of them', () => {
    const items = arrangeRoles(rows, rows, { ...BY_ACCOUNT, folded: new Set(['account 111111111111']) })
    expect(said(items)).not.toContain('gamma')
    expect(items.find((item) => isGroup(item) && item.value === '111111111111')).toMatchObject({
      count: 2,
      folded: true,
      environments: ['prod'],
    })
  })

  test('every role is there once, in its group, whatever the arrangement', () => {
    const arrangements = fc.record({
      groupRolesBy: fc.constantFrom('account', 'environment', 'source', 'none'),
      sortRolesBy: fc.constantFrom('name', 'account', 'state', 'recent'),
      folded: fc.constant(new Set<string>()),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(rowField, { selector: ({ name }) => name.toLowerCase() }),
        arrangements,
        (all, how) => {
          const items = arrangeRoles(all, all, how)
          const shown = items.filter((item): item is RoleRow => !isGroup(item))
          expect(shown.map(({ name }) => name).sort()).toEqual(all.map(({ name }) => name).sort())
          const groups = items.filter(isGroup)
          expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
          if (groups.length > 0) expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(all.length)
          const keys = new Map<string, string>()
          let key = ''
          for (const item of items) {
            if (isGroup(item)) key = item.key
            else keys.set(item.name, key)
          }
          for (const role of all) {
            const own = {
              account: role.accountId,
              environment: role.environment ?? 'none',
              source: originOf(role, all).identity,
              none: '',
            }[how.groupRolesBy]
            if (groups.length > 0)
              expect(keys.get(role.name)).toBe(
                role.pinned ? 'pinned ' : how.groupRolesBy === 'none' ? 'others ' : `${how.groupRolesBy} ${own}`,
              )
          }
        },
      ),
    )
  })
})

describe('searching', () => {
  const rows = [
    makeRow('prod-admin', { accountId: '123456789012', accountName: 'acme-prod', roleName: 'Admin' }),
    makeRow('a+b (test)', { accountId: '999999999999', profile: 'other', from: 'dana' }),
  ]
  const found = (query: string) => filterRoles(rows, query, 'all', NOW).map(({ name }) => name)

  test.each([
    ['ADMIN', ['prod-admin']],
    ['acme', ['prod-admin']],
    ['1234 5678', ['prod-admin']],
    ['prod adm', ['prod-admin']],
    ['a+b (', ['a+b (test)']],
    ['dana other', ['a+b (test)']],
    ['.*', []],
    ['  ', ['prod-admin', 'a+b (test)']],
  ])('%j', (query, expected) => {
    expect(found(query)).toEqual(expected)
  })

  test('finds what a search word by word in small letters finds', () => {
    const text = fc.oneof(fc.string({ maxLength: 3 }), fc.constantFrom('a', 'Ad', '12', '(', '\\'))
    fc.assert(
      fc.property(fc.array(rowField), text, (all, query) => {
        const words = query.trim().toLowerCase().split(/\s+/)
        fc.pre(!/^[\d ]+$/.test(query.trim()))
        const expected = all.filter((role) =>
          words.every((word) =>
            [role.name, role.roleName, role.accountId, role.from, role.profile, role.accountName ?? ''].some((field) =>
              field.toLowerCase().includes(word),
            ),
          ),
        )
        expect(filterRoles(all, query, 'all', NOW)).toEqual(expected)
      }),
    )
  })

  test('only sessions that AWS still honours are active', () => {
    const rows = [
      makeRow('a', { state: 'active', expiresAt: new Date(NOW + 1500).toISOString() }),
      makeRow('b', { state: 'active', expiresAt: new Date(NOW - 1000).toISOString() }),
      makeRow('c', { state: 'needs-mfa' }),
    ]
    expect(liveRoles(rows, NOW).map(({ name }) => name)).toEqual(['a'])
    expect(liveRoles(rows, NOW + 60_000)).toEqual([])
    expect(filterRoles(rows, '', 'active', NOW).map(({ name }) => name)).toEqual(['a'])
    expect(filterRoles(rows, '', 'needs-mfa', NOW).map(({ name }) => name)).toEqual(['c'])
  })
})

describe('moving', () => {
  const rows = [makeRow('a'), makeRow('b'), makeRow('c', { accountId: '999999999999' })]
  const items = arrangeRoles(rows, rows, BY_ACCOUNT)
  const folded = arrangeRoles(rows, rows, { ...BY_ACCOUNT, folded: new Set(['account 123456789012']) })
  const at = (from: ListItem[], name: string) => from.findIndex((item) => !isGroup(item) && item.name === name)

  test('passes over heads of open groups, and stops at those of folded ones', () => {
    expect(moveSelection(items, at(items, 'b'), 1)).toBe(rows[2])
    expect(moveSelection(items, at(items, 'c'), -1)).toBe(rows[1])
    expect(moveSelection(folded, at(folded, 'c'), -1)).toBe(folded[0])
    expect(moveSelection(items, -1, 1)).toBe(rows[0])
  })

  test('ends at the ends', () => {
    expect(moveSelection(items, at(items, 'a'), -1)).toBe(rows[0])
    expect(moveSelection(items, at(items, 'c'), 50)).toBe(rows[2])
    expect([moveSelection(items, 1, 'first'), moveSelection(items, 1, 'last')]).toEqual([rows[0], rows[2]])
    expect(moveSelection([], -1, 1)).toBeUndefined()
  })

  test('type-ahead goes on from the cursor and around', () => {
    expect(findStart(items, 'c', 1)).toBe(rows[2])
    expect(findStart(items, 'a', 3)).toBe(rows[0])
    expect(findStart(items, 'x', 0)).toBeUndefined()
  })
})
