// What goes wrong, and what the window says: AWS refuses, wrong secret, bad input, a keyring that is locked or missing,
// a damaged store. Each changes nothing.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pasteFirstKey, practiceRole, setUpWithCommand } from './support/steps.ts'
import { DANA, expect, test } from './support/world.ts'

test('AWS refuses a role: the likely causes, the details, and the row says failed', async ({ world }) => {
  const arn = practiceRole(world, 'acme-prod', 'SupportUserRole')
  await setUpWithCommand(world, [{ arn, name: 'support', words: ['--environment', 'prod'] }])
  const { page } = await world.launch()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toContainText('Start support in production?')
  await page.keyboard.press('y')

  const alert = page.getByRole('alert')
  await expect(alert).toContainText('AWS refused support. AWS does not say which')
  await expect(page.getByRole('row', { name: /support/ })).toContainText('Failed')
  await alert.getByRole('button', { name: 'Details' }).click()
  await expect(alert).toContainText('is not authorized to perform: sts:AssumeRole')
})

test('in production Enter cancels, and only Y starts', async ({ world }) => {
  const arn = practiceRole(world, 'acme-prod', 'ReadOnly')
  await setUpWithCommand(world, [{ arn, name: 'prod-ro', words: ['--environment', 'prod'] }])
  const { page } = await world.launch()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alertdialog')).toBeHidden()
  expect(world.practice.calls().some(({ action }) => action === 'AssumeRole')).toBe(false)
})

test('a wrong secret is refused and nothing is stored', async ({ world }) => {
  const wrong = 'wrongSecret/abcdefghijklmnopqrstuvwxyz012345'.slice(0, 40)
  world.plant('wrong secret', wrong)
  const { page } = await world.launch()
  await pasteFirstKey(page, world.practice.user(DANA), wrong)
  await expect(page.getByRole('alert')).toContainText('is not the one AWS has for this access key id')
  await expect(page.getByLabel('Secret access key')).toHaveValue('')
  const listed = await world.hallpass(['identity', 'list', '--json'])
  expect(JSON.parse(listed.stdout)).toEqual([])
})

test('what is wrong with the input is said at the field', async ({ world }) => {
  await setUpWithCommand(world)
  const { page } = await world.launch()
  await page.keyboard.press('Control+n')
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Role ARN').fill('arn:aws:iam::123:role/x')
  await dialog.getByRole('button', { name: 'Add role' }).click()
  await expect(dialog.getByLabel('Role ARN')).toHaveAttribute('aria-invalid', 'true')
  // The focus is there, and not on the button.
  await expect(dialog.locator('[aria-invalid=true]').first()).toBeFocused()
  await expect(dialog).toBeVisible()
})

test('a locked keyring is said on top, and the role that needs it names the way out', async ({ world }) => {
  const keyring = await world.ownKeyring()
  const arn = practiceRole(world, 'acme-sandbox', 'PlatformAdmin')
  await setUpWithCommand(world, [{ arn, name: 'admin', words: ['--environment', 'dev'] }])
  keyring.lock()

  const { page } = await world.launch()
  await expect(page.getByText('Locked · keychain')).toBeVisible()
  await expect(page.getByRole('alert').first()).toContainText('locked')
  await page.getByRole('button', { name: 'Start session' }).click()
  await expect(page.getByRole('row', { name: /admin/ })).toContainText('Failed')
  await expect(page.getByRole('row', { name: /admin/ })).toBeVisible()
})

test('a keyring service that ends while the app runs, and one in its place: sessions start as before', async ({
  world,
}) => {
  const keyring = await world.ownKeyring()
  const arn = practiceRole(world, 'acme-sandbox', 'PlatformAdmin')
  await setUpWithCommand(world, [{ arn, name: 'admin', words: ['--environment', 'dev'] }])
  const { page } = await world.launch()
  const row = page.getByRole('row', { name: /admin/ })
  await page.getByRole('button', { name: 'Start session' }).click()
  await expect(row).toContainText('left')
  await keyring.restart()
  await page.getByRole('button', { name: 'End' }).click()
  await page.getByRole('button', { name: 'Start session' }).click()
  await expect(row).toContainText('left')
  await keyring.restart()
  await test.step('and a key is stored', async () => {
    await page.keyboard.press('Control+4')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Access key…' }).click()
    const dialog = page.getByRole('dialog')
    const { accessKeyId, secretAccessKey } = world.practice.user('deploy-bot')
    await dialog.getByLabel('Name').fill('bot')
    await dialog.getByLabel('Access key ID').fill(accessKeyId)
    await dialog.getByLabel('Secret access key').fill(secretAccessKey)
    await dialog.getByRole('button', { name: 'Add key' }).click()
    await expect(dialog).toBeHidden()
    await expect(page.getByText('bot', { exact: true }).first()).toBeVisible()
  })
})

test('no keyring at all: said in words, and the app still opens', async ({ world }) => {
  const { page } = await world.launch({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' })
  await expect(page.getByRole('alert')).toContainText('D-Bus')
})

test('a damaged store: what was lost is said until it is read, and the app works on', async ({ world }) => {
  const state = world.env.HALLPASS_HOME ?? ''
  mkdirSync(state, { recursive: true, mode: 0o700 })
  writeFileSync(join(state, 'hallpass.db'), 'no database')
  const { page } = await world.launch()
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The records of Hallpass were damaged.')
  await expect(alert).toContainText('hallpass.db.damaged-')
  await alert.getByRole('button', { name: 'Understood' }).click()
  await expect(alert).toBeHidden()
  const listed = await world.hallpass(['identity', 'list'])
  expect(listed.stderr).not.toContain('damaged')
})
