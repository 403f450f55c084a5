// The role pane, accounts and the sessions screen, in both themes.
import type { Page } from '@playwright/test'
import { setUpCompany } from './support/company.ts'
import { lookTwice, openApp } from './support/looks.ts'
import { expect, test } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
// Axe reads each screen whole.
test.setTimeout(480_000)

test('role pane and sessions', async ({ world }) => {
  await setUpCompany(world)
  const page = await openApp(world)

  await page.getByRole('button', { name: /^Sessions/ }).click()
  await expect(page.getByText('No session yet')).toBeVisible()
  await lookTwice(page, 'sessions-empty')
  await page.getByRole('button', { name: 'Go to roles' }).click()

  await start(page, 'staging-admin')
  await page.keyboard.press('w')
  await expect(page.getByText('The CLI asks Hallpass.')).toBeVisible()
  await lookTwice(page, 'detail-chain')

  await page.getByRole('button', { name: 'Use this profile' }).click()
  await lookTwice(page, 'detail-profile-menu')
  await page.keyboard.press('Escape')
  await page.setViewportSize({ width: 900, height: 600 })
  await lookTwice(page, 'detail-900x600')
  await page.setViewportSize({ width: 1180, height: 760 })

  await select(page, 'data-engineer')
  await expect(page.getByText(/^Is 4567/)).toBeVisible()
  await lookTwice(page, 'detail-ask-production')
  await more(page, 'Account…')
  await page
    .getByRole('dialog', { name: /^Account/ })
    .getByLabel('Name')
    .fill('acme-live')
  await lookTwice(page, 'account')
  await leaveDialog(page)

  await select(page, 'bot-deploy')
  await expect(page.getByText('A code is wanted')).toBeVisible()
  await lookTwice(page, 'detail-broken-chain')

  await select(page, 'staging-deploy')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary').getByRole('alert')).toBeVisible({ timeout: 20_000 })
  await lookTwice(page, 'detail-too-long')

  await more(page, 'Edit role…')
  await page.getByRole('dialog', { name: /^Edit/ }).getByRole('button', { name: 'Advanced' }).click()
  await page.getByLabel('Session tags').fill('team=data\ncost center=12 34')
  await page.getByLabel('Transitive tags').fill('region')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('region is none of the tags.')).toBeVisible()
  await lookTwice(page, 'role-advanced')
  await leaveDialog(page)

  // In the order of their names too, which is the list's where both end in the same second.
  await start(page, 'prod-read-only')
  await start(page, 'sandbox-admin')
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('grid', { name: 'Sessions' }).getByRole('row')).toHaveCount(4)
  await lookTwice(page, 'sessions')
  await page.getByRole('button', { name: 'End all' }).click()
  await expect(page.getByRole('alertdialog', { name: /^End 4 sessions/ })).toBeVisible()
  await lookTwice(page, 'sessions-end-all')
  await leaveDialog(page)
  await page.setViewportSize({ width: 900, height: 600 })
  await lookTwice(page, 'sessions-900x600')
})

async function select(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(`${name} `) }).click()
  await expect(page.getByRole('complementary', { name })).toBeVisible()
}

/** Production asks first. */
async function start(page: Page, name: string): Promise<void> {
  await select(page, name)
  await page.keyboard.press('Enter')
  if (name.startsWith('prod')) {
    await expect(page.getByRole('alertdialog', { name: `Start ${name} in production?` })).toBeVisible()
    await page.keyboard.press('y')
  }
  await expect(page.getByRole('row', { name: new RegExp(`${name} `) })).toContainText('left', { timeout: 20_000 })
}

async function more(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

async function leaveDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.locator('.dialog')).toBeHidden()
}
