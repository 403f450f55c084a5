// Every screen in both themes.
import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { lookTwice, openApp } from './support/looks.ts'
import { practiceRole, setUpWithCommand, startWithProfile } from './support/steps.ts'
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

test('first run', async ({ world }) => {
  const page = await openApp(world)
  await lookTwice(page, 'first-run')
  await page.getByRole('button', { name: /Add an access key/ }).click()
  await lookTwice(page, 'add-key')
  await page.getByRole('button', { name: 'Add key' }).click()
  await lookTwice(page, 'add-key-problems')
})

test('roles', async ({ world }) => {
  await company(world)
  const page = await openApp(world)
  await startWithProfile(page, 'sandbox-admin')
  await lookTwice(page, 'roles')

  await page.getByRole('button', { name: 'Choose console link' }).click()
  await lookTwice(page, 'console-menu')
  await page.keyboard.press('Escape')

  await page.getByRole('row', { name: /support/ }).click()
  await page.keyboard.press('Enter')
  await lookTwice(page, 'confirm-production')
  await page.keyboard.press('y')
  await expect(page.getByRole('complementary').getByRole('alert')).toBeVisible()
  await lookTwice(page, 'refused')

  await page.getByRole('row', { name: /prod-read-only/ }).click()
  await page.keyboard.press('Enter')
  await page.keyboard.press('y')
  await expect(page.getByRole('row', { name: /prod-read-only/ })).toContainText('left')
  await lookTwice(page, 'production')

  await page.getByRole('row', { name: /org-access/ }).click()
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Six digit code')).toBeVisible()
  await lookTwice(page, 'mfa')
  await leaveDialog(page)

  writeFileSync(world.configFile, OWN_PROFILE, { flag: 'a' })
  await page.getByRole('row', { name: /staging-deploy/ }).click()
  await page.keyboard.press('w')
  await expect(page.getByRole('alertdialog').getByText(/^credential_process/)).toBeVisible()
  await lookTwice(page, 'profile-clash')
  await leaveDialog(page)

  await page.keyboard.press('Control+n')
  await page.getByLabel('Role ARN').fill(practiceRole(world, 'acme-prod', 'ReadOnly'))
  await lookTwice(page, 'add-role')
  await leaveDialog(page)

  await page.keyboard.press('/')
  await page.keyboard.type('nothing like it')
  await expect(page.getByText('Nothing matches')).toBeVisible()
  await lookTwice(page, 'nothing-found')
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: /^Identities/ }).click()
  await lookTwice(page, 'identities')
  await page.getByRole('button', { name: 'More actions for dana' }).click()
  await page.getByRole('menuitem', { name: 'Add TOTP seed…' }).click()
  await page.getByRole('dialog').getByLabel('Seed', { exact: true }).fill('not a seed')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible()
  await lookTwice(page, 'totp-seed')
  await leaveDialog(page)
  await page.keyboard.press('?')
  await lookTwice(page, 'keys')
})

test('a locked encrypted file', async ({ world }) => {
  Object.assign(world.env, { HALLPASS_VAULT: 'file', HALLPASS_PASSPHRASE: 'only as long as it takes to set up' })
  await company(world)
  delete world.env.HALLPASS_PASSPHRASE
  const page = await openApp(world)
  await expect(page.getByRole('alert')).toBeVisible()
  await lookTwice(page, 'vault-locked')
})

test('900 by 600', async ({ world }) => {
  await company(world)
  const page = await openApp(world)
  await page.setViewportSize({ width: 900, height: 600 })
  await lookTwice(page, 'roles-900x600')
})

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
