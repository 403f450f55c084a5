import { beforeEach, describe, expect, it, vi } from 'vitest'
import { watchLeftOpen } from '#core/desktop/left-open.ts'
import { remindOfTasks } from '#core/desktop/left-to-do.ts'
import { createNoticeRules, type NoticeContext, type NoticeRules } from '#core/desktop/notices.ts'
import type { KeeperEvent } from '#core/sessions/index.ts'
import type { Opening, SealedCredential } from '#shared/breakglass.ts'
import { formatClock } from '#shared/clock-time.ts'
import { live, NOW } from './rows.ts'

const END = new Date(NOW + 600_000).toISOString()
const LATER = new Date(NOW + 4_200_000).toISOString()

const expiring: KeeperEvent = {
  kind: 'expiring',
  key: 'role:1',
  name: 'admin',
  expiresAt: END,
  minutesLeft: 10,
  because: 'needs-mfa',
}
const failed: KeeperEvent = {
  kind: 'renewal-failed',
  key: 'role:1',
  name: 'admin',
  expiresAt: END,
  error: { code: 'network.unreachable', message: 'No connection to AWS.', details: 'ENOTFOUND sts.amazonaws.com' },
}
const admin = live('admin', 10, { environment: 'prod' })

function context(more: Partial<NoticeContext['settings']> = {}, isLookedAt = false): NoticeContext {
  const settings = {
    notifyBeforeExpiry: true,
    notifyMfaNeeded: true,
    notifyRenewalFailed: true,
    notifyBreakGlassOpen: true,
    ...more,
  }
  return { settings, isLookedAt, now: NOW }
}

let rules: NoticeRules
beforeEach(() => {
  rules = createNoticeRules()
})

describe('a session that ends', () => {
  it('is said once, with what is at stake and a way to renew it', () => {
    expect(rules.ofSession(expiring, admin, context())).toEqual({
      about: 'role:1',
      name: 'admin',
      session: { expiresAt: END },
      title: 'admin ends in 10 min',
      body: 'Production. Renewing asks for an MFA code.',
      actions: [{ action: 'renew', label: 'Renew' }],
    })
    expect(rules.ofSession({ ...expiring, minutesLeft: 5 }, admin, context())).toBeUndefined()
  })

  it('is said again of the next session', () => {
    rules.ofSession(expiring, admin, context())
    expect(rules.ofSession({ ...expiring, expiresAt: LATER }, admin, context())).toBeDefined()
  })

  it('is left to the window while that is looked at, and said when it no longer is', () => {
    expect(rules.ofSession(expiring, admin, context({}, true))).toBeUndefined()
    const sooner = { ...expiring, minutesLeft: 0, because: 'set-to-lapse' as const }
    expect(rules.ofSession(sooner, live('admin', 1), context())).toMatchObject({
      title: 'admin ends in less than a minute',
      body: 'It is set to lapse.',
    })
  })

  it('of an identity goes with no row', () => {
    expect(rules.ofSession({ ...expiring, key: 'identity:1' }, undefined, context())).toMatchObject({ session: null })
  })

  it('is not said when nobody wants to hear it', () => {
    expect(rules.ofSession(expiring, admin, context({ notifyBeforeExpiry: false }))).toBeUndefined()
  })
})

describe('a renewal that failed', () => {
  it('is said with the reason, and not what AWS said word for word', () => {
    expect(rules.ofSession(failed, undefined, context())).toMatchObject({
      title: 'admin could not be renewed',
      body: `No connection to AWS. It works until ${formatClock(END, NOW)}.`,
    })
  })

  it('and the end that it leads to are one thing', () => {
    expect(rules.ofSession(failed, admin, context())).toBeDefined()
    expect(rules.ofSession({ ...expiring, because: 'renewal-failed' }, admin, context())).toBeUndefined()
    rules.ofSession({ ...failed, kind: 'renewed', expiresAt: LATER }, admin, context())
    expect(rules.ofSession({ ...failed, expiresAt: LATER }, admin, context())).toBeDefined()
  })

  it('is said as the end comes near to who wants to hear of that only, and the other way round', () => {
    const near = { ...expiring, because: 'renewal-failed' as const }
    expect(rules.ofSession(failed, admin, context({ notifyRenewalFailed: false }))).toBeUndefined()
    expect(rules.ofSession(near, admin, context({ notifyRenewalFailed: false }))).toBeDefined()
    const others = createNoticeRules()
    expect(others.ofSession(near, admin, context({ notifyBeforeExpiry: false }))).toBeDefined()
  })
})

it.each(['renewed', 'expired'] as const)('says nothing of a session that is %s', (kind) => {
  expect(rules.ofSession({ ...expiring, kind }, admin, context())).toBeUndefined()
})

describe('a code that a program waits for', () => {
  const request = { serial: 'arn:aws:iam::987654321098:mfa/dana-phone', identity: 'dana', target: 'billing' }

  it('is asked for with the device, to enter or to refuse', () => {
    expect(rules.ofMfa('p1', request, context())).toEqual({
      about: 'p1',
      name: 'billing',
      session: null,
      title: 'MFA code needed for billing',
      body: 'A program waits for a code from dana-phone.',
      actions: [
        { action: 'enter-code', label: 'Enter code' },
        { action: 'refuse-code', label: 'Refuse' },
      ],
    })
  })

  it('is left to the window that is looked at, or by choice', () => {
    expect(rules.ofMfa('p1', request, context({}, true))).toBeUndefined()
    expect(rules.ofMfa('p1', request, context({ notifyMfaNeeded: false }))).toBeUndefined()
  })
})

describe('a seal that was left open', () => {
  const opening = {
    id: 'o1',
    until: END,
    reason: 'A try',
    credential: { name: 'acme-prod', environment: 'prod' } as Opening['credential'],
  }

  it('is said, with a way to seal it, and without the reason', () => {
    const notice = rules.ofOpening(opening, context())
    expect(notice).toEqual({
      about: 'o1',
      name: 'acme-prod',
      session: null,
      title: 'acme-prod is still open',
      body: `Production. It seals itself at ${formatClock(END, NOW)}.`,
      actions: [{ action: 'seal', label: 'Seal now' }],
    })
  })

  it('is left to the window while that is looked at, and to nobody who does not want to know', () => {
    expect(rules.ofOpening(opening, context({}, true))).toBeUndefined()
    expect(rules.ofOpening(opening, context({ notifyBreakGlassOpen: false }))).toBeUndefined()
  })

  it('is told of at half its time, unless it has closed', () => {
    vi.useFakeTimers({ now: NOW })
    try {
      let open: Opening[] = []
      const listeners = new Set<() => void>()
      const told: string[] = []
      const watched = watchLeftOpen(
        {
          openings: () => open,
          onOpenings: (listener) => {
            listeners.add(listener)
            return () => listeners.delete(listener)
          },
        },
        { onLeftOpen: ({ id }) => told.push(`open ${id}`), onClosed: (id) => told.push(`closed ${id}`) },
      )
      const change = (...next: Opening[]) => {
        open = next
        for (const listener of listeners) listener()
      }
      change(opening, { ...opening, id: 'o2' })
      expect(watched.has('o1')).toBe(true)
      change(opening)
      vi.advanceTimersByTime(299_000)
      expect(told).toEqual(['closed o2'])
      vi.advanceTimersByTime(2000)
      change()
      expect(told).toEqual(['closed o2', 'open o1', 'closed o1'])
      expect(watched.has('o1')).toBe(false)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('what is left to do after a seal was broken', () => {
  const credential = (over: Partial<SealedCredential>) =>
    ({ id: 's1', name: 'acme-prod', environment: 'prod', openUntil: null, tasks: [], ...over }) as SealedCredential

  it('is said by name, with what is at stake', () => {
    expect(rules.ofTasks(credential({ tasks: ['note', 'rotate-password'] }), context())).toEqual({
      about: 'tasks:s1',
      name: 'acme-prod',
      session: null,
      title: 'acme-prod: 2 things left to do',
      body: 'Production. What was seen still works until it is changed.',
      actions: [{ action: 'show-breakglass', label: 'Show' }],
    })
    expect(rules.ofTasks(credential({ tasks: ['note'], environment: 'dev' }), context())?.body).toBe(
      'What it was used for is not written down yet.',
    )
  })

  it('is not said to somebody who looks at the window, or does not want it', () => {
    const due = credential({ tasks: ['note'] })
    expect(rules.ofTasks(due, context({}, true))).toBeUndefined()
    expect(rules.ofTasks(due, context({ notifyBreakGlassOpen: false }))).toBeUndefined()
  })

  it('comes back every day until it is done, not while it is open or the app is locked', () => {
    vi.useFakeTimers()
    let credentials = [credential({ tasks: ['note'] }), credential({ id: 's2', tasks: ['note'], openUntil: END })]
    let isLocked = false
    const onLeft = vi.fn()
    const log = { warn: vi.fn() } as never
    const stop = remindOfTasks({
      breakglass: { list: () => credentials },
      lock: { isLocked: () => isLocked, onChange: () => () => {} },
      onLeft,
      log,
    })
    const day = () => vi.advanceTimersByTime(86_400_000)
    expect(onLeft.mock.calls.map(([{ id }]) => id)).toEqual(['s1'])
    day()
    expect(onLeft).toHaveBeenCalledTimes(2)
    isLocked = true
    day()
    isLocked = false
    credentials = []
    day()
    expect(onLeft).toHaveBeenCalledTimes(2)
    stop()
    vi.useRealTimers()
  })
})
