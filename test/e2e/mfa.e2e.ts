// MFA in the window: the prompt, a wrong code, a used code, giving up.
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { DANA, expect, test, type World } from './support/world.ts'

/** A role that wants a code. */
async function setUp(world: World): Promise<void> {
  const arn = practiceRole(world, 'acme-identity', 'OrgAccess')
  await setUpWithCommand(world, [{ arn, name: 'org', words: ['--mfa', '--environment', 'other'] }])
}

test('the code of the device starts the role', async ({ world }) => {
  await setUp(world)
  const { page } = await world.launch()
  await expect(page.getByRole('row', { name: /org/ })).toContainText('Needs MFA')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Code from dana-phone' })).toBeVisible()
  await expect(page.getByLabel('Six digit code')).toBeFocused()

  await page.keyboard.type(world.practice.totpCode(DANA))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('row', { name: /org/ })).toContainText(/min|1 h/)
})

test('a wrong code is said, and the next one is asked for in the same place', async ({ world }) => {
  await setUp(world)
  const { page } = await world.launch()
  await page.getByRole('button', { name: 'Start session' }).click()
  const right = world.practice.totpCode(DANA)
  await page.getByLabel('Six digit code').fill(right === '000000' ? '000001' : '000000')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('AWS did not accept that MFA code.')
  await expect(page.getByLabel('Six digit code')).toHaveValue('')

  await page.getByLabel('Six digit code').fill(world.practice.totpCode(DANA))
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /org/ })).toContainText(/min|1 h/)
})

test('a used code is refused, as AWS does', async ({ world }) => {
  await setUp(world)
  const { page } = await world.launch()
  await page.getByRole('button', { name: 'Start session' }).click()
  const code = world.practice.totpCode(DANA)
  const spent = await world.hallpass(['assume', 'org', '--mfa-code', code])
  expect(spent.code).toBe(0)
  await world.hallpass(['session', 'end', 'org'])

  await page.getByLabel('Six digit code').fill(code)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toContainText('has been used already')
})

test('Escape gives up: nothing is started and nothing is wrong', async ({ world }) => {
  await setUp(world)
  const { page } = await world.launch()
  await page.getByRole('button', { name: 'Start session' }).click()
  await expect(page.getByLabel('Six digit code')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(page.getByRole('row', { name: /org/ })).toContainText('Needs MFA')
  await expect(page.getByRole('alert')).toHaveCount(0)
})
