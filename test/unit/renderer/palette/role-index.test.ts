/** The index answers as if it were built anew and everything sorted, whatever was asked and changed before. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RoleRow } from '#shared/role-list.ts'
import { matchText } from '../../../../src/renderer/palette/marking.ts'
import { RoleIndex } from '../../../../src/renderer/palette/role-index.ts'
import { termsOf } from '../../../../src/renderer/palette/terms.ts'
import { anyQuery, anyRows, row } from './roles.ts'

function indexOf(rows: readonly RoleRow[], uses: ReadonlyMap<string, number> = new Map()): RoleIndex {
  const index = new RoleIndex()
  index.update(rows)
  index.setUses(uses)
  index.work()
  return index
}
const ALL = { limit: 1000 }
const names = (index: RoleIndex, query: string, limit = 1000) =>
  index.search(query, { limit }).hits.map(({ role }) => role.name)

describe('the index of roles', () => {
  it('searches names, accounts, ids in fours, roles, profiles, sources and environments', () => {
    const admin = row('prod-admin', { accountName: 'acme', roleName: 'PlatformAdmin', environment: 'prod' })
    const other = row('other', { accountId: '999988887777', from: 'robot', profile: 'legacy' })
    const index = indexOf([admin, other])
    for (const query of ['prod', 'padm', 'acme', 'platform', 'Production', '1111 2222 3333', 'acme padm', 'padm acme'])
      expect(names(index, query), query).toEqual(['prod-admin'])
    for (const query of ['9999', '9999 8888', 'robot', 'legacy', 'OTHER'])
      expect(names(index, query), query).toEqual(['other'])
    expect(names(index, 'padm legacy')).toEqual([])
    expect(index.search('acme padm', ALL).hits[0]?.places).toEqual({ account: [0, 1, 2, 3], name: [0, 5, 6, 7] })
    expect(names(index, '')).toEqual(['prod-admin', 'other'])
  })

  it('puts a name before an account of that name, and what is used a lot before its equals', () => {
    const rows = [row('a-dev', { accountName: 'billing' }), row('billing'), row('billing-x'), row('billing-y')]
    expect(names(indexOf(rows), 'billing')).toEqual(['billing', 'billing-x', 'billing-y', 'a-dev'])
    const uses = new Map([['billing-y', 1]])
    expect(names(indexOf(rows, uses), 'bill')).toEqual(['billing-y', 'billing', 'billing-x', 'a-dev'])
    expect(names(indexOf(rows, uses), '')).toEqual(['billing-y', 'a-dev', 'billing', 'billing-x'])
    const pinned = [row('one'), row('two', { pinned: true }), row('three', { state: 'active' })]
    expect(names(indexOf(pinned), '')).toEqual(['two', 'three', 'one'])
  })

  it('answers a query that goes on like one asked at once', () => {
    fc.assert(
      fc.property(anyRows, fc.array(anyQuery, { minLength: 1, maxLength: 5 }), (rows, queries) => {
        const index = indexOf(rows)
        for (const query of queries)
          for (let length = 0; length <= query.length; length++) {
            const begun = query.slice(0, length)
            expect(index.search(begun, ALL), begun).toEqual(indexOf(rows).search(begun, ALL))
          }
      }),
    )
  })

  it('finds exactly the roles of which every word is in some field, best first, equals in their order', () => {
    fc.assert(
      fc.property(anyRows, anyQuery, fc.nat(12), (rows, query, limit) => {
        const terms = termsOf(query)
        const environment = { prod: 'Production', dev: 'Sandbox', staging: '', other: '' } as const
        const found = rows.filter((role) => {
          const word = role.environment === null ? '' : environment[role.environment]
          const fields = [
            role.name,
            role.accountName ?? '',
            role.roleName,
            role.accountId,
            role.profile,
            role.from,
            word,
          ]
          return terms.every((term) => fields.some((field) => matchText([term], field) !== undefined))
        })
        const { hits, total } = indexOf(rows).search(query, ALL)
        expect(total).toBe(found.length)
        expect(new Set(hits.map(({ role }) => role))).toEqual(new Set(found))
        const place = new Map(rows.map((role, at) => [role, at]))
        const sorted = [...hits].sort(
          (a, b) => b.score - a.score || (place.get(a.role) ?? 0) - (place.get(b.role) ?? 0),
        )
        expect(hits).toEqual(sorted)
        expect(indexOf(rows).search(query, { limit }).hits).toEqual(hits.slice(0, limit))
      }),
    )
  })

  it('follows rows that come, change, move and go as if built anew, in slices of any size', () => {
    fc.assert(
      fc.property(fc.array(anyRows, { minLength: 2, maxLength: 5 }), anyQuery, (stages, query) => {
        const index = new RoleIndex()
        let known: readonly RoleRow[] = []
        for (const stage of stages) {
          // Rows that stay the same are the same objects, as the list hands them on.
          const kept = new Map(known.map((role) => [JSON.stringify(role), role]))
          known = stage.map((role) => kept.get(JSON.stringify(role)) ?? role)
          index.update(known)
          index.search(query, ALL)
          while (index.work(() => true));
          expect(index.search(query, ALL)).toEqual(indexOf(known).search(query, ALL))
        }
      }),
    )
  })

  it('works in slices, and can be asked in between', () => {
    const rows = Array.from({ length: 5000 }, (_, at) => row(`role-${at}`))
    const index = new RoleIndex()
    index.update(rows)
    let slices = 1
    while (index.work(() => true)) {
      slices++
      expect(index.search('role-0', { limit: 1 }).hits[0]?.role.name).toBe('role-0')
    }
    expect(slices).toBeGreaterThan(5)
    expect(names(index, 'role-4999', 1)).toEqual(['role-4999'])
    expect(index.search('role', { limit: 6 }).total).toBe(5000)
  })

  it('keeps to one account where told', () => {
    const rows = [row('here', { accountId: '111122223333' }), row('there', { accountId: '444455556666' })]
    const index = indexOf(rows)
    const of = (accountId: string) => index.search('here', { limit: 9, accountId }).hits.map(({ role }) => role.name)
    expect(of('444455556666')).toEqual(['there'])
    expect(of('111122223333')).toEqual(['here'])
    expect(names(index, 'here')).toEqual(['here', 'there'])
  })

  it('lets go of texts when everything has changed often enough', () => {
    const index = new RoleIndex()
    for (let round = 0; round < 12; round++) {
      index.update(Array.from({ length: 4000 }, (_, at) => row(`r${round}-${at}`, { profile: `p${round}-${at}` })))
      index.work()
      expect(index.search(`r${round}`, { limit: 1 }).total).toBe(4000)
    }
    expect(names(index, 'r3-39')).toEqual([])
  })
})
