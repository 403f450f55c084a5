/** Key ages say no more than is known, and roles are counted where their chains begin. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Identity } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { SourceRef } from '#shared/roles.ts'
import { AGE_TICKS, isPermissionSetOf, keyAge, rolesPerIdentity } from '../../../src/renderer/lib/identity-view.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString()

describe('the age of a key', () => {
  it.each([
    [0, 'known', 0],
    [59.9, 'known', 49.2],
    [60, 'due', 50],
    [89.9, 'due', 74.2],
    [90, 'overdue', 75],
    [500, 'overdue', 100],
  ] as const)('after %d days', (days, state, percent) => {
    expect(keyAge(daysAgo(days), NOW)).toEqual({ days: Math.floor(days), state, percent })
  })

  it('is never below nothing, and its marks are where it becomes due and overdue', () => {
    expect(keyAge(daysAgo(-3), NOW).days).toBe(0)
    expect(AGE_TICKS).toEqual([keyAge(daysAgo(60), NOW).percent, keyAge(daysAgo(90), NOW).percent])
  })
})

describe('roles of an identity', () => {
  const role = (name: string, from: string) => ({ name, from }) as RoleRow

  it('are those whose chain begins there', () => {
    const roles = [role('c', 'b'), role('a', 'dana'), role('b', 'a'), role('x', 'bot')]
    expect(Object.fromEntries(rolesPerIdentity(roles))).toEqual({ dana: 3, bot: 1 })
    expect(rolesPerIdentity([]).size).toBe(0)
  })

  it('add up to all roles, in whatever order they are listed', () => {
    const parents = fc.array(fc.integer({ min: -2, max: 20 }), { maxLength: 20 })
    fc.assert(
      fc.property(parents, fc.infiniteStream(fc.nat()), (sources, order) => {
        // Each role starts from one before it, or from one of two identities.
        const roles = sources.map((source, index) =>
          role(`r${index}`, source < 0 || source >= index ? `identity${source & 1}` : `r${source}`),
        )
        const expected = new Map<string, number>()
        for (const one of roles) {
          let at: RoleRow | undefined = one
          let origin = one.from
          while (at) {
            origin = at.from
            at = roles.find((other) => other.name === origin)
          }
          expected.set(origin, (expected.get(origin) ?? 0) + 1)
        }
        const shuffled = roles
          .map((one) => ({ one, key: order.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ one }) => one)
        expect(Object.fromEntries(rolesPerIdentity(shuffled))).toEqual(Object.fromEntries(expected))
      }),
    )
  })

  it('are counted at once, however many there are, and a circle ends nowhere', () => {
    const many = Array.from({ length: 50_000 }, (_, index) => role(`r${index}`, index % 2 === 0 ? 'dana' : 'r0'))
    expect(rolesPerIdentity(many).get('dana')).toBe(50_000)
    expect(rolesPerIdentity([role('a', 'b'), role('b', 'a')]).has('dana')).toBe(false)
  })
})

describe('a permission set', () => {
  const center = { kind: 'identity-center', id: 'c1', name: 'corp' } as Identity
  const from = (source: Partial<SourceRef>) => ({
    source: { kind: 'identity', id: 'c1', name: 'corp', ...source } as SourceRef,
  })

  it('is the first role after a sign-in, and no other', () => {
    expect(isPermissionSetOf(from({}), center)).toBe(true)
    expect(isPermissionSetOf(from({ kind: 'role', id: 'r1' }), center)).toBe(false)
    expect(isPermissionSetOf(from({ id: 'k1' }), center)).toBe(false)
    expect(isPermissionSetOf(from({}), { ...center, kind: 'access-key' } as Identity)).toBe(false)
    expect(isPermissionSetOf(from({}), undefined)).toBe(false)
  })
})
