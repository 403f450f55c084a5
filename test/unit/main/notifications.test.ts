// Notifications as the system keeps them: shown, clicked, taken away.
import { beforeEach, expect, it, vi } from 'vitest'
import type { Notice } from '#core/desktop/notices.ts'
import { createNotifier, type Notifier } from '../../../src/main/notifications.ts'
import { live, row } from '../core/desktop/rows.ts'
import { seen } from './electron-double.ts'

vi.mock('electron', () => import('./electron-double.ts'))

const admin = live('admin', 10)
const notice: Notice = {
  about: 'role:1',
  name: 'admin',
  session: { expiresAt: admin.expiresAt ?? '' },
  title: 'admin ends in 10 min',
  body: 'It is set to lapse.',
  actions: [{ action: 'renew', label: 'Renew' }],
}

let notifier: Notifier
let done: unknown[]
let canNotify: boolean
const titles = () => seen.notifications.map(({ options }) => options.title)

beforeEach(() => {
  seen.notifications.length = 0
  seen.isNotifying = true
  canNotify = true
  done = []
  notifier = createNotifier({
    canNotify: async () => canNotify,
    onAction: ({ name }, action) => done.push([name, action]),
    onClick: ({ name }) => done.push(name),
  })
})

it('are shown with their buttons, and one takes the place of the one before about the same thing', async () => {
  expect(await notifier.show(notice)).toBe(true)
  await notifier.show({ ...notice, title: 'admin could not be renewed' })
  await notifier.show({ ...notice, about: 'role:2', title: 'other' })
  expect(titles()).toEqual(['admin could not be renewed', 'other'])
  expect(seen.notifications[0]?.options.actions).toEqual([{ type: 'button', text: 'Renew' }])
})

it('do what is clicked', async () => {
  await notifier.show(notice)
  const [shown] = seen.notifications
  shown?.emit('click')
  shown?.emit('action', { actionIndex: 0 })
  shown?.emit('action', { actionIndex: 7 })
  expect(done).toEqual(['admin', ['admin', 'renew']])
})

it('are left to the window where the system shows none', async () => {
  canNotify = false
  expect(await notifier.show(notice)).toBe(false)
  canNotify = true
  seen.isNotifying = false
  expect(await notifier.show(notice)).toBe(false)
  expect(titles()).toEqual([])
})

it.each([
  ['was renewed', [live('admin', 60)]],
  ['was ended', [row('admin')]],
  ['is of a role that is gone', []],
])('go when the session %s', async (_what, roles) => {
  await notifier.show(notice)
  await notifier.show({ ...notice, about: 'p1', name: 'billing', session: null, title: 'MFA code needed for billing' })
  notifier.settle([admin])
  expect(titles()).toHaveLength(2)
  notifier.settle(roles)
  expect(titles()).toEqual(['MFA code needed for billing'])
  notifier.withdraw('p1')
  notifier.withdraw('p1')
  expect(titles()).toEqual([])
})
