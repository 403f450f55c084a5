/** What the sessions screen lists, in which order, and what it leaves out. */
import { describe, expect, it } from 'vitest'
import type { RoleRow } from '#shared/role-list.ts'
import type { SessionSummary } from '#shared/sessions.ts'
import {
  filterSessions,
  lastExpiry,
  moveSession,
  type SessionItem,
  sessionItems,
} from '../../../src/renderer/lib/session-list.ts'
import { makeRow } from '../../support/role-rows.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString()

function session(name: string, endsIn: number, more: Partial<SessionSummary> = {}): SessionSummary {
  return {
    name,
    kind: 'role',
    accountId: '123456789012',
    assumedRoleArn: null,
    accessKeyId: 'ASIA',
    obtainedAt: at(endsIn - 60),
    expiresAt: at(endsIn),
    state: endsIn > 0 ? 'active' : 'expired',
    ...more,
  }
}
const ROLES: RoleRow[] = [
  makeRow('admin', { environment: 'prod', accountName: 'acme-prod', profile: 'acme-admin', profileMode: 'process' }),
  makeRow('reader'),
  makeRow('old'),
]
const SESSIONS = [
  session('old', -90),
  session('reader', 50),
  session('admin', 10),
  session('dana', 300, { kind: 'identity' }),
  session('older', -200),
]
const items = sessionItems(SESSIONS, ROLES, [], NOW)
const names = (list: readonly SessionItem[]) => list.map((item) => item.session.name)

describe('sessions', () => {
  it('stand with the next to end on top, and expired ones below, the latest first', () => {
    expect(names(items)).toEqual(['admin', 'reader', 'dana', 'old', 'older'])
    expect(items.map(({ live }) => live)).toEqual([true, true, true, false, false])
  })

  it('carry what is known of their role, and the session’s own state', () => {
    expect(items[0]?.row).toMatchObject({
      environment: 'prod',
      profile: 'acme-admin',
      expiresAt: at(10),
      state: 'active',
    })
    // An identity, and a role the list does not have yet, are rows all the same.
    expect(items[2]?.row).toMatchObject({ name: 'dana', environment: null, profileMode: null, state: 'active' })
    expect(items[4]?.row).toMatchObject({ name: 'older', state: 'expired' })
  })

  it('that have just expired are not live, whatever main said last', () => {
    expect(sessionItems(SESSIONS, ROLES, [], NOW + 11 * 60_000)[0]?.session.name).toBe('reader')
  })

  it('are found by name, account in gaps, account name and profile', () => {
    expect(names(filterSessions(items, 'ACME-prod', 'all'))).toEqual(['admin'])
    expect(names(filterSessions(items, 'acme admin', 'all'))).toEqual(['admin'])
    expect(names(filterSessions(items, '1234 5678', 'expired'))).toEqual(['old', 'older'])
    expect(names(filterSessions(items, '', 'active'))).toEqual(['admin', 'reader', 'dana'])
    expect(names(filterSessions(items, 'nothing', 'all'))).toEqual([])
  })

  it('end for AWS when the last of the live ones does', () => {
    expect(lastExpiry(items)).toBe(at(300))
    expect(lastExpiry(items.filter(({ live }) => !live))).toBeNull()
  })

  it('are walked over without falling off', () => {
    expect(moveSession(items, 'admin', -1)).toBe('admin')
    expect(moveSession(items, 'admin', 1)).toBe('reader')
    expect(moveSession(items, 'older', 1)).toBe('older')
    expect(moveSession(items, null, 1)).toBe('admin')
    expect([moveSession(items, null, 'first'), moveSession(items, null, 'last')]).toEqual(['admin', 'older'])
    expect(moveSession([], null, 1)).toBeNull()
  })
})
