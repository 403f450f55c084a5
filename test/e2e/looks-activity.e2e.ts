// How the activity, break-glass and identities screens look, in both themes.
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { openStore } from '#core/store/open-store.ts'
import { connect } from '#core/store/sqlite.ts'
import { lookTwice, openApp } from './support/looks.ts'
import { type PastEntry, recordPast } from './support/past.ts'
import { practiceRole, setUpWithCommand, startWithProfile } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(300_000)

test('activity, break-glass and identities', async ({ world }) => {
  await aMonth(world)
  const page = await openApp(world)
  await startWithProfile(page, 'sandbox-admin')
  await page.getByRole('row', { name: /support/ }).click()
  await page.keyboard.press('Enter')
  await page.keyboard.press('y')
  await expect(page.getByRole('row', { name: /support/ })).toContainText('Failed')
  await page.keyboard.press('Control+5')
  const log = page.getByRole('treegrid')
  const verified = page.getByRole('status').filter({ hasText: 'Chain verified' })
  await expect(verified).toBeVisible()
  await everythingShown(page)
  await lookTwice(page, 'activity')

  await page.keyboard.press('/')
  await page.keyboard.type('terraform')
  await expect(log.getByRole('row').filter({ hasText: 'prod-support' })).toHaveCount(0)
  await log.getByRole('row').filter({ hasText: 'Gave credentials' }).first().click()
  await expect(page.getByText('matches', { exact: true })).toBeVisible()
  await expect(todaysBar(page)).toHaveAccessibleName(/no entries$/)
  await lookTwice(page, 'activity-open')
  await page.setViewportSize({ width: 900, height: 600 })
  await lookTwice(page, 'activity-900x600')
  await page.setViewportSize({ width: 1180, height: 760 })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Console/ }).click()
  await page.keyboard.press('/')
  await page.keyboard.type('nothing like it')
  await expect(page.getByText(/^Nothing in the log matches/)).toBeVisible()
  await expect(todaysBar(page)).toHaveAccessibleName(/no entries$/)
  await lookTwice(page, 'activity-nothing')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^All/ }).click()

  const db = connect(join(world.env.HALLPASS_HOME ?? '', 'activity.db'))
  db.exec("UPDATE entries SET entry = replace(entry, 'sandbox-admin', 'sandbox-adnim') WHERE seq = 7")
  db.close()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Chain broken' })).toBeVisible()
  await everythingShown(page)
  await lookTwice(page, 'activity-broken')

  await page.keyboard.press('Control+3')
  await expect(page.getByText('No emergency credential is sealed here')).toBeVisible()
  await page.setViewportSize({ width: 900, height: 600 })
  await lookTwice(page, 'breakglass-none-900x600')

  await page.keyboard.press('Control+4')
  await expect(page.getByText('No Identity Center sign-in')).toBeVisible()
  await lookTwice(page, 'identities-900x600')
  await page.setViewportSize({ width: 1180, height: 760 })
  await lookTwice(page, 'identity-ages')
})

/** Waits for the entries and for the counts, which come on their own. */
async function everythingShown(page: Page): Promise<void> {
  await expect(page.getByRole('treegrid').getByRole('row').filter({ hasText: 'Could not start' })).toHaveCount(1)
  await expect(todaysBar(page)).toHaveAccessibleName(/\d entries$/)
}

const todaysBar = (page: Page) =>
  page.getByRole('group', { name: 'Entries per day, last 30 days' }).getByRole('button').last()

/** Four weeks of a small company's work, and keys of three ages. */
async function aMonth(world: World): Promise<void> {
  const roles = [
    { name: 'prod-read-only', accountId: '123456789012' },
    { name: 'sandbox-admin', accountId: '345678901234' },
    { name: 'data-eng', accountId: '456789012345' },
  ]
  const past: PastEntry[] = []
  for (let daysAgo = 29; daysAgo > 0; daysAgo -= 1) {
    const isWeekend = daysAgo % 7 > 4
    const count = isWeekend ? daysAgo % 3 : 5 + ((daysAgo * 7) % 11)
    for (let index = 0; index < count; index += 1) {
      past.push({ daysAgo, draft: { ...kindOf(index), ...roles[(daysAgo + index) % roles.length] } })
    }
  }
  await recordPast(world, past)
  const role = (account: string, name: string) => practiceRole(world, account, name)
  await setUpWithCommand(world, [
    { arn: role('acme-prod', 'ReadOnly'), name: 'prod-read-only', words: ['--environment', 'prod'] },
    { arn: role('acme-prod', 'SupportUserRole'), name: 'prod-support', words: ['--environment', 'prod'] },
    { arn: role('acme-sandbox', 'PlatformAdmin'), name: 'sandbox-admin', words: ['--environment', 'dev'] },
  ])
  const { accessKeyId, secretAccessKey } = world.practice.user('deploy-bot')
  await world.hallpass(['identity', 'add', 'deploy-bot', '--access-key-id', accessKeyId], secretAccessKey)
  const store = openStore({ file: join(world.env.HALLPASS_HOME ?? '', 'hallpass.db') })
  for (const [accountId, name, environment] of [
    ['123456789012', 'acme-prod', 'prod'],
    ['345678901234', 'acme-sandbox', 'dev'],
    ['456789012345', 'acme-data', 'other'],
    ['987654321098', 'acme-identity', null],
  ] as const) {
    store.accounts.put({ accountId, name, environment })
  }
  age(store, 'dana', 24)
  age(store, 'deploy-bot', 78)
  store.close()
}

function kindOf(index: number): PastEntry['draft'] {
  if (index % 5 === 0) return { kind: 'session.started' }
  if (index % 5 === 4) return { kind: 'console.opened', how: 'switch-role' }
  return { kind: 'credentials.issued', how: 'credential-process' }
}

/** As if a key had been added that long ago. */
function age(store: ReturnType<typeof openStore>, name: string, days: number): void {
  const identity = store.identities.byName(name)
  if (!identity) throw new Error(`there is no identity ${name}`)
  const added = Date.now() - days * 86_400_000 - 3_600_000
  store.identities.update({ ...identity, createdAt: new Date(added).toISOString() })
}
