import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type TrayInput, type TrayItem, trayMenu, traySummary } from '#core/desktop/tray-menu.ts'
import { formatClock } from '#shared/clock-time.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { live, NOW, row, used } from './rows.ts'

function input(roles: readonly RoleRow[], more: Partial<TrayInput> = {}): TrayInput {
  return {
    roles,
    now: NOW,
    isLocked: false,
    canLock: true,
    confirmProduction: true,
    paletteShortcut: 'CommandOrControl+Shift+K',
    ...more,
  }
}

/** As text: a line a row, sub-menus left out. */
function shown(items: readonly TrayItem[]): string[] {
  return items.map((item) => (item.kind === 'line' ? '—' : item.label))
}

function under(items: readonly TrayItem[], label: RegExp): readonly TrayItem[] {
  const found = items.find((item) => item.kind === 'menu' && label.test(item.label))
  if (found?.kind !== 'menu') throw new Error(`no menu ${label}`)
  return found.items
}

function everyItem(items: readonly TrayItem[]): TrayItem[] {
  return items.flatMap((item) => (item.kind === 'menu' ? [item, ...everyItem(item.items)] : [item]))
}

const prod = { environment: 'prod', accountName: 'acme-prod' } as const

describe('the menu', () => {
  it('shows live, pinned and recent roles, each once, with environment and time in words', () => {
    const roles = [
      live('ReadOnly', 150, prod),
      live('PlatformAdmin', 5, { ...prod, pinned: true }),
      row('Sandbox', { pinned: true, environment: 'dev', state: 'expired', expiresAt: '2026-11-24T10:00:00Z' }),
      row('Deploy', { pinned: true, environment: 'staging', state: 'needs-mfa' }),
      used('older', 90),
      used('newer', 9),
    ]
    expect(shown(trayMenu(input(roles)))).toEqual([
      '2 active sessions, both in production',
      'PlatformAdmin, acme-prod · Production · 5 min',
      'ReadOnly, acme-prod · Production · 2 h 30 min',
      '—',
      'Pinned',
      'Deploy · Staging · needs MFA',
      'Sandbox · Sandbox · expired',
      '—',
      'Recent',
      'newer · inactive',
      'older · inactive',
      '—',
      'Start a role…',
      'Break-glass…',
      '—',
      'End all sessions',
      'Lock now',
      '—',
      'Open Hallpass',
      'Settings…',
      'Quit Hallpass',
    ])
  })

  it('offers a live role what can be done with it', () => {
    const role = live('admin', 5, { ...prod, profile: 'acme', profileMode: 'process' })
    const menu = under(trayMenu(input([role])), /^admin/)
    expect(shown(menu)).toEqual([
      `Production, ends at ${formatClock(NOW + 300_000, NOW)}`,
      'Renew',
      'Open console, switch role',
      'Open console, sign in',
      'Copy as env',
      'Profile acme',
      '—',
      'Show in Hallpass',
      'End session',
    ])
    expect(menu).toContainEqual({
      kind: 'action',
      label: 'Profile acme',
      isChecked: true,
      action: { do: 'remove-profile', name: 'admin', profile: 'acme' },
    })
    expect(under(menu, /^Copy/)).toContainEqual({
      kind: 'action',
      label: 'fish',
      action: { do: 'copy-env', name: 'admin', shell: 'fish' },
    })
  })

  it.each([
    [prod, true, 'Start session…'],
    [prod, false, 'Start session'],
    [{ environment: 'staging' } as const, true, 'Start session'],
  ])('says that production asks: %j, %s', (more, confirmProduction, words) => {
    const menu = under(trayMenu(input([used('admin', 1, more)], { confirmProduction })), /^admin/)
    expect(menu).toContainEqual({ kind: 'action', label: words, action: { do: 'start', name: 'admin' } })
    expect(shown(menu)).not.toContain('End session')
  })

  it('counts what is live', () => {
    const summary = (roles: RoleRow[]) => traySummary(input(roles))
    expect(summary([used('a', 1)])).toBe('No active sessions')
    expect(summary([live('a', 1)])).toBe('1 active session')
    expect(summary([live('a', 1, prod)])).toBe('1 active session, in production')
    expect(summary([live('a', 1, prod), live('b', 1), live('c', 1)])).toBe('3 active sessions, 1 in production')
    expect(summary(['a', 'b', 'c'].map((name) => live(name, 1, prod)))).toBe('3 active sessions, all in production')
  })

  it('does not say that a session lives on past its end', () => {
    const [, item] = trayMenu(input([live('a', 0.5)]))
    expect(item).toMatchObject({ label: 'a · under 1 min' })
    expect(shown(trayMenu(input([live('a', -1, { pinned: true })])))).toContain('a · expired')
  })

  it('ends all only when there is something to end', () => {
    const end = (roles: RoleRow[]) =>
      trayMenu(input(roles)).find((item) => item.kind === 'action' && item.action.do === 'end-all')
    expect(end([])).toMatchObject({ isEnabled: false })
    expect(end([live('a', 5)])).toMatchObject({ isEnabled: true })
  })

  it('shows the keys of the palette only while they work', () => {
    const palette = (paletteShortcut: string | null) =>
      trayMenu(input([], { paletteShortcut })).find((item) => item.kind === 'action' && item.action.do === 'palette')
    expect(palette('Alt+Space')).toMatchObject({ shortcut: 'Alt+Space' })
    expect(palette(null)).not.toHaveProperty('shortcut')
  })

  it('shows nothing of what is in a locked Hallpass', () => {
    const items = trayMenu(input([live('admin', 5, prod)], { isLocked: true }))
    expect(shown(items)).toEqual(['Locked', '—', 'Open Hallpass', 'Quit Hallpass'])
    expect(traySummary(input([live('admin', 5)], { isLocked: true }))).toBe('Locked')
  })

  it('has no lock where nothing can be locked', () => {
    expect(shown(trayMenu(input([], { canLock: false })))).not.toContain('Lock now')
  })

  it('stays short: of many live sessions the rest is a click away, names are cut at their end', () => {
    const many = Array.from({ length: 20 }, (_, index) => live(`role-${index}`, index + 1))
    const pinned = Array.from({ length: 30 }, (_, index) => row(`pinned-${index}`, { pinned: true }))
    const recent = Array.from({ length: 30 }, (_, index) => used(`recent-${index}`, index))
    const items = trayMenu(input([...many, ...pinned, ...recent]))
    expect(items.length).toBeLessThan(45)
    expect(items).toContainEqual({
      kind: 'action',
      label: '8 more…',
      action: { do: 'command', command: 'sessions' },
    })
    const long = trayMenu(input([live('x'.repeat(64), 5, prod)]))
    expect(shown(long)[1]).toBe(`${'x'.repeat(39)}…, acme-prod · Production · 5 min`)
    expect(under(long, /^x/)).toContainEqual(expect.objectContaining({ action: { do: 'renew', name: 'x'.repeat(64) } }))
  })

  it('is one line an item, whatever an account is called', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (accountName) => {
        for (const item of everyItem(trayMenu(input([live('a', 5, { accountName })])))) {
          if (item.kind !== 'line') expect(item.label).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        }
      }),
    )
  })
})
