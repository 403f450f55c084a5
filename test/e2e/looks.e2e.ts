// Every screen in both themes: accessible by axe's rules, and pictured. With HALLPASS_SCREENS set to a folder, the
// pictures go there; `npm run screenshots` puts them into docs/screens.
import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { look, showTheme } from './support/looks.ts'
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { DANA, expect, test, type World } from './support/world.ts'

/** A profile as people have it before Hallpass. */
const OWN_PROFILE = `
[profile staging-deploy]
# through the build account
role_arn = arn:aws:iam::234567890123:role/Deploy
source_profile = build
region = eu-west-1
output = json
`

test.use({ practiceSeed: 'screens' })
// Axe reads each screen whole.
test.setTimeout(180_000)

for (const theme of ['light', 'dark'] as const) {
  test(`first run, ${theme}`, async ({ world }) => {
    const page = await open(world, theme)
    await look(page, `first-run-${theme}`)
    await page.getByRole('button', { name: /Add an access key/ }).click()
    await look(page, `add-key-${theme}`)
    await page.getByRole('button', { name: 'Add key' }).click()
    await look(page, `add-key-problems-${theme}`)
  })

  test(`roles, ${theme}`, async ({ world }) => {
    await company(world)
    const page = await open(world, theme)
    await page.getByRole('row', { name: /sandbox-admin/ }).click()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: /sandbox-admin/ })).toContainText('left')
    await page.keyboard.press('w')
    await expect(page.getByText('The CLI asks Hallpass.')).toBeVisible()
    await expect(page.locator('.toast')).toHaveCount(0, { timeout: 15_000 })
    await look(page, `roles-${theme}`)

    await page.getByRole('button', { name: 'Choose console link' }).click()
    await look(page, `console-menu-${theme}`)
    await page.keyboard.press('Escape')

    await page.getByRole('row', { name: /support/ }).click()
    await page.keyboard.press('Enter')
    await look(page, `confirm-production-${theme}`)
    await page.keyboard.press('y')
    await expect(page.getByRole('alert')).toBeVisible()
    await look(page, `refused-${theme}`)

    await page.getByRole('row', { name: /prod-read-only/ }).click()
    await page.keyboard.press('Enter')
    await page.keyboard.press('y')
    await expect(page.getByRole('row', { name: /prod-read-only/ })).toContainText('left')
    await look(page, `production-${theme}`)

    await page.getByRole('row', { name: /org-access/ }).click()
    await page.keyboard.press('Enter')
    await expect(page.getByLabel('Six digit code')).toBeVisible()
    await look(page, `mfa-${theme}`)
    await leaveDialog(page)

    writeFileSync(world.configFile, OWN_PROFILE, { flag: 'a' })
    await page.getByRole('row', { name: /staging-deploy/ }).click()
    await page.keyboard.press('w')
    await expect(page.getByRole('alertdialog').getByText(/^credential_process/)).toBeVisible()
    await look(page, `profile-clash-${theme}`)
    await leaveDialog(page)

    await page.keyboard.press('Control+n')
    await page.getByLabel('Role ARN').fill(practiceRole(world, 'acme-prod', 'ReadOnly'))
    await look(page, `add-role-${theme}`)
    await leaveDialog(page)

    await page.keyboard.press('/')
    await page.keyboard.type('nothing like it')
    await expect(page.getByText('Nothing matches')).toBeVisible()
    await look(page, `nothing-found-${theme}`)
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: /^Identities/ }).click()
    await look(page, `identities-${theme}`)
    await page.getByRole('button', { name: 'More actions for dana' }).click()
    await page.getByRole('menuitem', { name: 'Add TOTP seed…' }).click()
    await page.getByRole('dialog').getByLabel('Seed', { exact: true }).fill('not a seed')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert')).toBeVisible()
    await look(page, `totp-seed-${theme}`)
    await leaveDialog(page)
    await page.keyboard.press('?')
    await look(page, `keys-${theme}`)
  })

  test(`900 by 600, ${theme}`, async ({ world }) => {
    await company(world)
    const page = await open(world, theme)
    await page.setViewportSize({ width: 900, height: 600 })
    await look(page, `roles-900x600-${theme}`)
  })
}

async function open(world: World, theme: 'light' | 'dark'): Promise<Page> {
  const { page } = await world.launch()
  await showTheme(page, theme)
  await page.reload()
  await page.getByRole('main').waitFor()
  await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
  await page.setViewportSize({ width: 1180, height: 760 })
  return page
}

/** A small company, as the practice account has it. */
async function company(world: World): Promise<void> {
  const role = (account: string, name: string) => practiceRole(world, account, name)
  await setUpWithCommand(world, [
    { arn: role('acme-prod', 'ReadOnly'), name: 'prod-read-only', words: ['--environment', 'prod'] },
    { arn: role('acme-prod', 'PlatformAdmin'), name: 'prod-admin', words: ['--environment', 'prod', '--mfa'] },
    { arn: role('acme-prod', 'SupportUserRole'), name: 'prod-support', words: ['--environment', 'prod'] },
    { arn: role('acme-staging', 'Deploy'), name: 'staging-deploy', words: ['--environment', 'staging'] },
    { arn: role('acme-sandbox', 'PlatformAdmin'), name: 'sandbox-admin', words: ['--environment', 'dev'] },
    {
      arn: role('acme-data', 'DataEngineer'),
      name: 'data-eng',
      words: ['--environment', 'other', '--external-id', 'acme-ops-2291', '--duration', '4h'],
    },
    { arn: role('acme-identity', 'OrgAccess'), name: 'org-access', words: ['--mfa'] },
  ])
  const { accessKeyId, secretAccessKey } = world.practice.user('deploy-bot')
  await world.hallpass(['identity', 'add', 'deploy-bot', '--access-key-id', accessKeyId], secretAccessKey)
  expect(world.practice.user(DANA).mfaSerial).not.toBeNull()
}

async function leaveDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.locator('.dialog')).toBeHidden()
}
