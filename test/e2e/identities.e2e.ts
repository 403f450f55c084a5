// The keys in the window: the console as a user, and the TOTP seed from a picture, which the page never gets.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { drawQr } from '../support/draw-qr.ts'
import { setUpWithCommand, watchBrowser } from './support/steps.ts'
import { DANA, expect, test } from './support/world.ts'

test('a picture of the QR code gives the seed; the console opens as the user; their activity is one step away', async ({
  world,
}) => {
  await setUpWithCommand(world)
  const { app, page } = await world.launch()
  const opened = await watchBrowser(app)
  await page.keyboard.press('Control+4')
  await expect(page.getByRole('img', { name: 'Added today' })).toBeVisible()
  await expect(page.getByText('No Identity Center sign-in')).toBeVisible()

  await page.getByRole('button', { name: 'Open the console as dana' }).click()
  await expect.poll(opened).toEqual([expect.stringContaining('Action=login')])

  const picture = join(world.folder, 'downloads/device.png')
  const wrong = join(world.folder, 'downloads/wrong.png')
  writeFileSync(picture, drawQr(`otpauth://totp/AWS:dana?secret=${world.practice.user(DANA).totpSeed}&issuer=AWS`))
  writeFileSync(wrong, drawQr('https://aws.amazon.com'))
  await page.getByRole('button', { name: 'More actions for dana' }).click()
  await page.getByRole('menuitem', { name: 'Add TOTP seed…' }).click()
  const dialog = page.getByRole('dialog', { name: /^Add the TOTP seed/ })
  const pick = async (path: string) => {
    await app.evaluate(({ dialog: system }, chosen) => {
      system.showOpenDialog = async () => ({ canceled: false, filePaths: [chosen] })
    }, path)
    await dialog.getByRole('button', { name: 'choose it' }).click()
  }
  await pick(wrong)
  await expect(dialog.getByRole('alert')).toContainText('TOTP')
  await pick(picture)
  await expect(dialog).toContainText('Read from device.png')
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await dialog.getByRole('switch', { name: 'Check a code with AWS first' }).click()
  await dialog.getByRole('button', { name: 'Add seed' }).click()
  const done = page.getByRole('dialog', { name: 'The seed is stored' })
  await expect(done).toContainText('device.png still shows the seed.')
  await page.keyboard.press('Enter')
  await expect(done).toBeHidden()
  await expect(page.getByText('stored seed')).toBeVisible()
  expect(world.practice.calls().map(({ action }) => action)).toContain('GetSessionToken')

  await page.getByRole('button', { name: 'More actions for dana' }).click()
  await page.getByRole('menuitem', { name: 'Show activity' }).click()
  await expect(page.getByRole('button', { name: /^Only dana/ })).toBeVisible()
  await expect(page.getByRole('treegrid').getByRole('row').filter({ hasText: 'Changed identity dana' })).toHaveCount(1)
})
