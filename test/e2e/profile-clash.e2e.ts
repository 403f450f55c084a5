// A profile of the person's own in the way of a write: the change is shown first, and nothing happens unasked.
import { readFileSync, writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

const SECRET = 'planted+own+profile+secret+0123456789abc'
const ownConfig = (arn: string) => `# mine
[profile admin]
role_arn = ${arn}
source_profile = base
output = json

[profile base]
region = us-east-1
`
const ownCredentials = `[admin]
aws_access_key_id = AKIAI44QH8DHBEXAMPLE
aws_secret_access_key = ${SECRET}
`

async function meetOwnProfile(world: World): Promise<{ page: Page; config: string }> {
  const arn = practiceRole(world, 'acme-sandbox', 'PlatformAdmin')
  await setUpWithCommand(world, [{ arn, name: 'admin', words: ['--environment', 'dev'] }])
  const config = ownConfig(arn)
  writeFileSync(world.configFile, config)
  world.plant('secret of the own profile', SECRET)
  writeFileSync(world.credentialsFile, ownCredentials)
  const { page } = await world.launch()
  await page.getByRole('switch', { name: 'Write this profile' }).click()
  await expect(clashOf(page)).toBeVisible()
  return { page, config }
}

/** Toasts are alert dialogs too. */
const clashOf = (page: Page) => page.getByRole('alertdialog', { name: 'There is a profile admin already' })
const filesOf = (world: World) => [readFileSync(world.configFile, 'utf8'), readFileSync(world.credentialsFile, 'utf8')]

test('is shown with what would change, taken over, and given back', async ({ world }) => {
  const { page, config } = await meetOwnProfile(world)
  const dialog = clashOf(page)
  const diff = dialog.getByRole('region', { name: 'What changes in profile admin' })
  await expect(diff).toContainText('Removed: source_profile = base')
  await expect(diff).toContainText('Removed: aws_secret_access_key = ••••')
  await expect(diff).toContainText('Added: credential_process')
  await expect(page.getByText(SECRET)).toHaveCount(0)
  expect(filesOf(world)).toEqual([config, ownCredentials])

  await dialog.getByRole('button', { name: 'Take it over' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByText('The CLI asks Hallpass. No secret touches the disk.')).toBeVisible()
  const [written, keys] = filesOf(world)
  expect(written).toContain('output = json\ncredential_process = ')
  expect(keys).not.toContain(SECRET)

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('not written')).toBeVisible()
  expect(filesOf(world)).toEqual([config, ownCredentials])
  world.forgetFile(world.credentialsFile)
})

test('stays when the person leaves, by keyboard too', async ({ world }) => {
  const { page, config } = await meetOwnProfile(world)
  await expect(page.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(clashOf(page)).toBeHidden()
  await expect(page.getByRole('switch', { name: 'Write this profile' })).toBeFocused()
  await page.keyboard.press('Space')
  await expect(clashOf(page)).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(clashOf(page)).toBeHidden()
  await expect(page.getByText('not written')).toBeVisible()
  expect(filesOf(world)).toEqual([config, ownCredentials])
  world.forgetFile(world.credentialsFile)
})

test('stays when another name is chosen, which the role keeps', async ({ world }) => {
  const { page, config } = await meetOwnProfile(world)
  await page.getByRole('button', { name: 'Use another name' }).click()
  const field = page.getByRole('dialog').getByLabel('Profile name')
  await expect(field).toHaveValue('admin-hallpass')
  await field.fill('base')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('not one that Hallpass wrote')
  await field.fill('admin-mine')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  const [written, keys] = filesOf(world)
  expect(written?.startsWith(config)).toBe(true)
  expect(written).toContain('[profile admin-mine]')
  expect(keys).toBe(ownCredentials)

  await page.getByRole('radio', { name: 'Static keys' }).click()
  await expect(page.getByText('Puts keys on disk until the session ends.')).toBeVisible()
  expect(readFileSync(world.configFile, 'utf8').startsWith(config)).toBe(true)
  world.forgetFile(world.credentialsFile)
})
