// The command palette in both themes: accessible by axe's rules, and pictured.
import type { Page } from '@playwright/test'
import { look, showTheme } from './support/looks.ts'
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
// Axe reads each screen whole.
test.setTimeout(240_000)

test('palette, light and dark', async ({ world }) => {
  await company(world)
  const { page } = await world.launch()
  await page.setViewportSize({ width: 1180, height: 760 })
  await start(page, 'sandbox-admin')
  await start(page, 'prod-read-only')
  await page.keyboard.press('y')
  await expect(page.getByRole('row', { name: /prod-read-only/ })).toContainText('left')

  for (const theme of ['light', 'dark'] as const) {
    await showTheme(page, theme)
    await page.setViewportSize({ width: 1180, height: 760 })
    await page.keyboard.press('Control+k')
    await expect(page.getByRole('option').first()).toBeVisible()
    await look(page, `palette-recent-${theme}`)
    await page.keyboard.type('padm')
    await expect(page.getByRole('option', { selected: true })).toContainText('admin')
    await look(page, `palette-${theme}`)
    await page.setViewportSize({ width: 900, height: 600 })
    await look(page, `palette-900x600-${theme}`)
    await page.setViewportSize({ width: 1180, height: 760 })
    await page.keyboard.press('Tab')
    await look(page, `palette-actions-${theme}`)
    await page.keyboard.press('Escape')
    await ask(page, '@')
    await look(page, `palette-accounts-${theme}`)
    await ask(page, 'nothing like it')
    await look(page, `palette-nothing-${theme}`)
    await ask(page, 'long')
    await look(page, `palette-long-names-${theme}`)
    await page.keyboard.press('Escape')
  }
})

async function ask(page: Page, query: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Find a role or a command' }).fill(query)
}

async function start(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(name) }).click()
  await page.keyboard.press('Enter')
  if (name.startsWith('prod')) return
  await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText('left')
}

async function company(world: World): Promise<void> {
  const role = (account: string, name: string) => practiceRole(world, account, name)
  await setUpWithCommand(world, [
    { arn: role('acme-prod', 'ReadOnly'), name: 'prod-read-only', words: ['--environment', 'prod'] },
    { arn: role('acme-prod', 'PlatformAdmin'), name: 'prod-admin', words: ['--environment', 'prod', '--mfa'] },
    { arn: role('acme-staging', 'Deploy'), name: 'staging-deploy', words: ['--environment', 'staging'] },
    { arn: role('acme-sandbox', 'PlatformAdmin'), name: 'sandbox-admin', words: ['--environment', 'dev'] },
    { arn: role('acme-data', 'DataEngineer'), name: 'data-eng', words: ['--environment', 'other'] },
    {
      arn: role('acme-identity', 'OrgAccess'),
      name: 'a-role-with-the-longest-name-that-there-can-be-in-this-product-x',
      words: ['--profile', 'the-profile-of-the-role-with-the-longest-name-that-there-can-be-in-aws', '--mfa'],
    },
  ])
}
