// A stored TOTP seed in the window: added, used in place of a prompt, removed. The page's memory is searched for it.
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { DANA, expect, test, type World } from './support/world.ts'

async function setUp(world: World) {
  const arn = practiceRole(world, 'acme-identity', 'OrgAccess')
  await setUpWithCommand(world, [{ arn, name: 'org', words: ['--mfa', '--environment', 'other'] }])
  const { page } = await world.launch()
  await expect(page.getByRole('row', { name: /org/ })).toContainText('Needs MFA')
  await page.getByRole('button', { name: /^Identities/ }).click()
  await page.getByRole('button', { name: 'More actions for dana' }).click()
  return page
}

const seedOf = (world: World) => world.practice.user(DANA).totpSeed ?? ''

test('with a seed, a role that wants MFA starts without a prompt', async ({ world }) => {
  const page = await setUp(world)
  await page.getByRole('menuitem', { name: 'Add TOTP seed…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Add the TOTP seed/ })
  await expect(dialog).toContainText('one factor where there were two')
  await expect(dialog.getByLabel('Seed', { exact: true })).toBeFocused()
  await page.keyboard.insertText(`otpauth://totp/dana-phone?secret=${seedOf(world)}`)
  await page.keyboard.press('Enter')
  await expect(dialog).toBeHidden()
  await expect(page.getByText('stored seed')).toBeVisible()

  await page.getByRole('button', { name: /^Roles/ }).click()
  await expect(page.getByRole('row', { name: /org/ })).toContainText('Inactive')
  await expect(page.getByText('MFA from the stored seed')).toBeVisible()
  await page.getByRole('button', { name: 'Start session' }).click()
  await expect(page.getByRole('row', { name: /org/ })).toContainText(/min|1 h/)
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.getByRole('button', { name: /^Identities/ }).click()
  await page.getByRole('button', { name: 'More actions for dana' }).click()
  await page.getByRole('menuitem', { name: 'Remove TOTP seed…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove seed' }).click()
  await expect(page.getByText('asks for codes')).toBeVisible()
  expect((await world.hallpass(['identity', 'totp', 'dana'])).code).toBe(3)
})

test('a seed is checked with AWS on request, and a malformed one is refused; neither stays in the page', async ({
  world,
}) => {
  const page = await setUp(world)
  await page.getByRole('menuitem', { name: 'Add TOTP seed…' }).click()
  const seed = page.getByRole('dialog', { name: /^Add the TOTP seed/ }).getByLabel('Seed', { exact: true })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /^Add the TOTP seed/ })).toContainText('A TOTP seed is needed.')
  await seed.fill('not a seed, 123')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('This is no TOTP seed')
  await expect(seed).toHaveValue('')

  await seed.fill(seedOf(world))
  await page.getByRole('switch', { name: 'Check a code with AWS first' }).click()
  await page.getByRole('button', { name: 'Add seed' }).click()
  await expect(page.getByRole('dialog')).toBeHidden()
  expect(world.practice.calls().map(({ action }) => action)).toContain('GetSessionToken')
  await world.hallpass(['identity', 'remove-totp', 'dana'])
  await expect(page.getByText('asks for codes')).toBeVisible()
})
