// Moving in from other tools and from a catalogue, in both themes.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { session, workspaceText, writeLeappHome } from '../support/leapp-home.ts'
import { lookTwice, openApp } from './support/looks.ts'
import { DANA, expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'moving in from elsewhere' })
test.setTimeout(180_000)

const SANDBOX = 'arn:aws:iam::345678901234:role/PlatformAdmin'

test('moving in from elsewhere', async ({ world }) => {
  const { accessKeyId, secretAccessKey } = world.practice.user(DANA)
  world.plant('dana', secretAccessKey)
  await world.hallpass(['identity', 'add', 'work', '--access-key-id', accessKeyId], secretAccessKey)
  const page = await openApp(world)
  await page.getByRole('button', { name: /^Identities/ }).click()
  await fromLeapp(world, page)
  await fromAwsVault(page)
  await fromExtension(page)
  await fromCatalogue(world, page)
})

const open = (page: Page, place: string) => async () => {
  await page.getByRole('button', { name: 'Import…' }).click()
  await page.getByRole('dialog').getByRole('radio', { name: place }).click()
}

async function fromLeapp(world: World, page: Page): Promise<void> {
  await open(page, 'Leapp')()
  const dialog = page.getByRole('dialog', { name: 'Import from Leapp' })
  await expect(dialog.getByText('Leapp has no workspace on this computer.')).toBeVisible()
  await lookTwice(page, 'import-leapp-nothing')
  const user = session('awsIamUser', 'Old laptop', { profileId: 'p' })
  const chained = session('awsIamRoleChained', 'Sandbox', { roleArn: SANDBOX, parentSessionId: user.sessionId })
  const sso = session('awsSsoRole', 'Viewer', {
    roleArn: 'arn:aws:iam::345678901234/Viewer',
    awsSsoConfigurationId: 'c',
  })
  const center = { id: 'c', alias: 'corp', portalUrl: 'https://acme.awsapps.com/start', region: 'eu-west-1' }
  writeLeappHome(world.env.HOME ?? '', workspaceText([chained, user, sso], [{ id: 'p', name: 'default' }], [center]))
  await dialog.getByRole('button', { name: 'Try again' }).click()
  await expect(dialog.getByText('Its access key is not in the keychain of this computer.')).toBeVisible()
  await expect(dialog.getByText('corp is added as a sign-in to Identity Center.')).toBeVisible()
  await lookTwice(page, 'import-leapp')
  await page.keyboard.press('Escape')
}

async function fromAwsVault(page: Page): Promise<void> {
  await open(page, 'aws-vault')()
  const dialog = page.getByRole('dialog', { name: 'Import from aws-vault' })
  await expect(dialog.getByText('No keys of aws-vault’s were found on this computer.')).toBeVisible()
  await lookTwice(page, 'import-aws-vault-nothing')
  await page.keyboard.press('Escape')
}

async function fromExtension(page: Page): Promise<void> {
  await open(page, 'Switch roles')()
  const dialog = page.getByRole('dialog', { name: 'Import from a switch-roles extension' })
  await lookTwice(page, 'import-switch-roles')
  await dialog.getByRole('textbox', { name: 'Configuration' }).fill('[sandbox]\nnonsense\n')
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog.getByText('Line 2 is neither a section nor a setting.')).toBeVisible()
  await dialog
    .getByRole('textbox', { name: 'Configuration' })
    .fill(
      `[base]\naws_account_id = 987654321098\n\n[ext-sandbox]\nrole_arn = ${SANDBOX}\nsource_profile = base\ncolor = ffaaee\n`,
    )
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog.getByRole('checkbox', { name: 'Import ext-sandbox' })).toBeChecked()
  await lookTwice(page, 'import-switch-roles-preview')
  await dialog.getByRole('button', { name: 'Import 1' }).click()
  await expect(page.getByRole('dialog', { name: '1 role imported' })).toBeVisible()
  await page.keyboard.press('Enter')
}

async function fromCatalogue(world: World, page: Page): Promise<void> {
  const file = join(world.folder, 'downloads/acme.yaml')
  mkdirSync(join(world.folder, 'downloads'), { recursive: true })
  const catalogue = (more = '') =>
    `hallpassCatalogue: 1\nname: acme\naccounts: [{ id: "345678901234", name: Playground }]\nroles:\n  - name: acme-sandbox\n    arn: ${SANDBOX}\n    region: eu-west-1\n${more}`
  const deep = '  - { name: acme-read, arn: "arn:aws:iam::123456789012:role/ReadOnly", from: acme-sandbox }\n'
  writeFileSync(file, catalogue('password: hunter2\n'))
  await open(page, 'Catalogue')()
  const dialog = page.getByRole('dialog', { name: 'Take in a catalogue' })
  await lookTwice(page, 'import-catalogue')
  await dialog.getByRole('textbox', { name: 'Where it is' }).fill(file)
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog.getByText('It has a member that no catalogue has: password.')).toBeVisible()
  await lookTwice(page, 'import-catalogue-refused')
  writeFileSync(file, catalogue(deep))
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog.getByRole('region', { name: 'New' })).toContainText('acme-read')
  await lookTwice(page, 'import-catalogue-preview')
  await dialog.getByRole('button', { name: 'Add 2 roles' }).click()
  await expect(page.getByRole('dialog', { name: 'acme is taken in' })).toContainText('2 roles added.')
  await lookTwice(page, 'import-catalogue-done')
  await page.keyboard.press('Enter')

  expect((await world.hallpass(['role', 'edit', 'acme-sandbox', '--region', 'eu-north-1'])).code).toBe(0)
  writeFileSync(file, catalogue().replace('eu-west-1', 'us-east-1\n    durationSeconds: 1800'))
  await open(page, 'Catalogue')()
  await lookTwice(page, 'import-catalogue-known')
  await dialog.getByRole('button', { name: 'Pull acme' }).click()
  await expect(dialog.getByRole('region', { name: 'Changed' })).toContainText('stays; the catalogue says')
  await expect(dialog.getByRole('region', { name: 'No longer in it' })).toContainText('acme-read')
  await lookTwice(page, 'import-catalogue-pull')
  await dialog.getByText('Also replace what you have changed by hand').click()
  await expect(dialog.getByRole('region', { name: 'Changed' })).not.toContainText('stays; the catalogue says')
  await dialog.getByRole('button', { name: 'Change 2 roles' }).click()
  await expect(page.getByRole('dialog', { name: 'acme is taken in' })).toContainText('1 role changed. 1 role removed.')
  await page.keyboard.press('Enter')
  const { stdout } = await world.hallpass(['role', 'show', 'acme-sandbox', '--json'])
  expect(JSON.parse(stdout)).toMatchObject({ settings: { region: 'us-east-1', durationSeconds: 1800 } })
  expect(readFileSync(file, 'utf8')).toContain('acme-sandbox')
}
