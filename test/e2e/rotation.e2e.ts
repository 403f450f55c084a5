// A new key in place of an old one, in the window: done, taken back, done again and finished; and where the user has two
// keys already. At every moment the key that is stored works.
import type { Page } from '@playwright/test'
import { createIam } from '#core/aws/iam.ts'
import { look, lookTwice } from './support/looks.ts'
import { setUpWithCommand } from './support/steps.ts'
import { DANA, expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(120_000)

const dialog = (page: Page) => page.getByRole('dialog')

async function openRotation(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More actions for dana' }).click()
  await page.getByRole('menuitem', { name: /^Rotate/ }).click()
  await expect(dialog(page)).toContainText('Rotate the key of dana')
}

/** The stored key, proven against AWS by the command. */
async function workingKey(world: World): Promise<string> {
  const { code, stdout } = await world.hallpass(['identity', 'test', 'dana', '--json'])
  expect(code).toBe(0)
  const shown = await world.hallpass(['identity', 'show', 'dana', '--json'])
  expect(stdout).not.toBe('')
  return (JSON.parse(shown.stdout) as { accessKeyId: string }).accessKeyId
}

test('a key is rotated, taken back, rotated and finished', async ({ world }) => {
  await setUpWithCommand(world)
  const first = world.practice.user(DANA).accessKeyId
  const { page } = await world.launch()
  await page.setViewportSize({ width: 1180, height: 760 })
  await page.keyboard.press('Control+4')
  await openRotation(page)
  await expect(dialog(page).getByText(first)).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Rotate', exact: true }).click()
  await expect(page.getByText('dana uses a new key. The old one is turned off.')).toBeVisible({ timeout: 60_000 })
  const second = await workingKey(world)
  expect(second).not.toBe(first)
  await expect(dialog(page).getByText(second)).toBeVisible()
  await lookTwice(page, 'rotation')

  await dialog(page).getByRole('button', { name: 'Go back to the old key' }).click()
  await expect(page.getByText('dana uses its old key again.')).toBeVisible({ timeout: 60_000 })
  await expect(dialog(page)).toBeHidden()
  expect(await workingKey(world)).toBe(first)

  await openRotation(page)
  await dialog(page).getByRole('button', { name: 'Rotate', exact: true }).click()
  await expect(dialog(page).getByRole('button', { name: 'Delete the old key now' })).toBeVisible({ timeout: 60_000 })
  await dialog(page).getByRole('button', { name: 'Delete the old key now' }).click()
  await expect(page.getByText('The old key is deleted.')).toBeVisible({ timeout: 30_000 })
  const third = await workingKey(world)
  expect([first, second]).not.toContain(third)
})

test('with both slots taken, the key nobody needs goes when the person says so', async ({ world }) => {
  await setUpWithCommand(world)
  const { accessKeyId, secretAccessKey } = world.practice.user(DANA)
  // Somebody else has made it in AWS, and does not use it.
  const caller = { credentials: { accessKeyId, secretAccessKey }, partition: 'aws', name: 'dana' } as const
  const { AccessKey } = await createIam(world.env).send(caller, 'CreateAccessKey', { UserName: DANA })
  const other = AccessKey?.AccessKeyId ?? ''
  world.plant('the secret of a second key', AccessKey?.SecretAccessKey ?? '')
  const { page } = await world.launch()
  await page.setViewportSize({ width: 1180, height: 760 })
  await page.keyboard.press('Control+4')
  await openRotation(page)
  await expect(dialog(page).getByText(`The other is ${other}`)).toBeVisible()
  await expect(dialog(page).getByRole('button', { name: 'Rotate', exact: true })).toBeDisabled()
  await look(page, 'rotation-slots-light')
  await dialog(page).getByRole('button', { name: 'Delete it and rotate' }).click()
  await expect(dialog(page).getByRole('button', { name: 'Delete the old key now' })).toBeVisible({ timeout: 60_000 })
  expect([accessKeyId, other]).not.toContain(await workingKey(world))
  await expect(dialog(page).getByText(other)).toHaveCount(0)
})
