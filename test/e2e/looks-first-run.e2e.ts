// Moving in and the doctor, in both themes: the story of somebody who has AWS files.
import { appendFileSync, chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { lookTwice, openApp } from './support/looks.ts'
import { DANA, expect, root, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'moving in' })
test.setTimeout(180_000)

test('moving in and the doctor', async ({ world }) => {
  const deployBot = awsFiles(world)
  putCommandOnPath(world)
  const page = await openApp(world)
  await expect(page.getByText(/7 profiles and/)).toBeVisible()
  await lookTwice(page, 'first-run-files')
  await page.setViewportSize({ width: 900, height: 600 })
  await lookTwice(page, 'first-run-900x600')
  await page.setViewportSize({ width: 1180, height: 760 })

  await moveIn(world, page)
  await consult(world, page, deployBot)
  await updated(page)
})

/** Imports all but one, and moves the keys; the keyboard does. */
async function moveIn(world: World, page: Page): Promise<void> {
  await page.keyboard.press('1')
  const dialog = page.getByRole('dialog', { name: 'Import from AWS files' })
  await expect(dialog.getByRole('checkbox', { name: 'Import prod', exact: true })).toBeChecked()
  await lookTwice(page, 'import')
  // A role goes with what it starts from.
  await dialog.getByText('org-access', { exact: true }).first().click()
  await expect(dialog.getByRole('checkbox', { name: 'Import prod', exact: true })).not.toBeChecked()
  await expect(dialog.getByRole('button', { name: 'Import 4' })).toBeVisible()
  await dialog.getByText('prod', { exact: true }).first().click()
  await expect(dialog.getByRole('checkbox', { name: 'Import org-access' })).toBeChecked()
  await dialog.getByText(/^Take 2 keys out/).click()
  await dialog.getByRole('button', { name: 'Import 6' }).click()
  const done = page.getByRole('dialog', { name: '6 profiles imported' })
  await expect(done).toContainText('2 keys no longer in the AWS files.')
  await lookTwice(page, 'import-done')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /prod/ })).toBeVisible()

  const credentials = readFileSync(world.credentialsFile, 'utf8')
  expect(credentials).not.toContain('aws_secret_access_key')
  const { code, stdout } = await world.hallpass(['import', 'aws-files', '--dry-run', '--json'])
  expect(code).toBe(0)
  const { items } = JSON.parse(stdout) as { items: { outcome: string }[] }
  expect(items.filter(({ outcome }) => outcome === 'identity' || outcome === 'role')).toEqual([])
}

/** Only an identity without MFA is looked at; then more is wrong. */
async function consult(world: World, page: Page, deployBot: string): Promise<void> {
  await page.getByRole('button', { name: 'Doctor' }).click()
  await expect(page.getByRole('status').filter({ hasText: '1 to look at' })).toBeVisible({ timeout: 30_000 })
  await lookTwice(page, 'doctor')

  appendFileSync(world.credentialsFile, deployBot)
  chmodSync(world.credentialsFile, 0o644)
  chmodSync(join(world.folder, 'home/state'), 0o755)
  await page.getByRole('button', { name: 'Check again' }).click()
  await expect(page.getByText('Others can look into the state folder')).toBeVisible({ timeout: 30_000 })
  await expect(page.getByText(/1 key sits in the AWS files in plain text: bot/)).toBeVisible()
  await lookTwice(page, 'doctor-problems')
  await page.setViewportSize({ width: 900, height: 600 })
  await lookTwice(page, 'doctor-900x600')
  await page.setViewportSize({ width: 1180, height: 760 })

  await page.getByRole('button', { name: 'Tighten' }).click()
  await expect(page.getByText('Others can look into the state folder')).toBeHidden({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Make safe repairs' }).click()
  await expect(page.getByText('1 problem in the AWS files')).toBeHidden({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Save report…' }).click()
  await lookTwice(page, 'doctor-report')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Move keys…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Import from AWS files' })
  await dialog.getByRole('button', { name: 'Import 1' }).click()
  await expect(page.getByRole('dialog', { name: '1 profile imported' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: '1 to look at' })).toBeVisible({ timeout: 30_000 })
  await page.getByRole('button', { name: 'Ask AWS too' }).click()
  await expect(page.getByText('legacy-ci: no MFA device, says AWS.')).toBeVisible({ timeout: 30_000 })
  await lookTwice(page, 'doctor-aws')
}

/** As after an update: what is new is told once. */
async function updated(page: Page): Promise<void> {
  const change = (value: string) =>
    page.evaluate(
      (seenVersion) =>
        (
          window as unknown as { hallpass: { call(channel: string, request: unknown): Promise<unknown> } }
        ).hallpass.call('settings.change', { seenVersion }),
      value,
    )
  await change('0.0.9')
  const news = page.getByRole('dialog', { name: /^New in Hallpass/ })
  await expect(news).toContainText('The practice account')
  await lookTwice(page, 'whats-new')
  await page.keyboard.press('Enter')
  await expect(news).toBeHidden()
  await page.reload()
  await page.getByRole('main').waitFor()
  await expect(page.getByRole('row', { name: /prod/ })).toBeVisible()
  await expect(news).toBeHidden()
}

/** What somebody has who has used AWS for a while. @returns a section for later, with a key that is not there yet */
function awsFiles(world: World): string {
  const dana = world.practice.user(DANA)
  const legacy = world.practice.addUser({ accountId: '987654321098', name: 'legacy-ci' })
  const bot = world.practice.user('deploy-bot')
  const section = (name: string, user: { accessKeyId: string; secretAccessKey: string }) =>
    `[${name}]\naws_access_key_id = ${user.accessKeyId}\naws_secret_access_key = ${user.secretAccessKey}\n\n`
  writeFileSync(world.credentialsFile, section('dana', dana) + section('legacy-ci', legacy), { mode: 0o600 })
  writeFileSync(
    world.configFile,
    `[profile dana]
region = eu-west-1

[profile org-access]
role_arn = arn:aws:iam::987654321098:role/OrgAccess
source_profile = dana
mfa_serial = ${dana.mfaSerial}
region = eu-west-1

[profile prod]
role_arn = arn:aws:iam::123456789012:role/PlatformAdmin
source_profile = org-access
region = eu-west-1

[profile data]
role_arn = arn:aws:iam::456789012345:role/DataEngineer
source_profile = dana
external_id = acme-ops-2291
region = eu-west-1

[profile acme-sso]
sso_session = acme
sso_account_id = 123456789012
sso_role_name = Viewer
region = eu-west-1

[profile build]
credential_process = /usr/local/bin/build-credentials
region = eu-west-1

[sso-session acme]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
`,
    { mode: 0o600 },
  )
  return section('bot', bot)
}

/** As an installation would. */
function putCommandOnPath(world: World): void {
  const folder = join(world.folder, 'tmp/bin')
  mkdirSync(folder)
  symlinkSync(join(root, 'out/cli/hallpass.cjs'), join(folder, 'hallpass'))
  world.env.PATH = `${folder}:${world.env.PATH}`
}
