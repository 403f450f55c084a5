// The app on an encrypted file: it says that the file is locked, and what the command unlocks it uses.
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { expect, test } from './support/world.ts'

const PASSPHRASE = 'planted passphrase of the file'

test('the app is locked until the command unlocks it, and again once it is locked', async ({ world }) => {
  world.plant('passphrase', PASSPHRASE)
  const withPassphrase = async (words: string[]) => {
    world.env.HALLPASS_PASSPHRASE = PASSPHRASE
    const run = await world.hallpass(words)
    delete world.env.HALLPASS_PASSPHRASE
    return run
  }
  world.env.HALLPASS_VAULT = 'file'
  world.env.HALLPASS_PASSPHRASE = PASSPHRASE
  const arn = practiceRole(world, 'acme-identity', 'OrgAccess')
  await setUpWithCommand(world, [{ arn, name: 'org', words: ['--environment', 'other'] }])
  delete world.env.HALLPASS_PASSPHRASE

  const { page } = await world.launch()
  await expect(page.getByRole('alert')).toContainText('The encrypted file is locked')
  await expect(page.getByText('Locked · encrypted file')).toBeVisible()
  expect((await world.hallpass(['credential-process', 'org'])).code).toBe(5)

  expect((await withPassphrase(['vault', 'unlock', '--for', '1h'])).code).toBe(0)
  await expect(page.getByText('Unlocked · encrypted file')).toBeVisible()
  await expect(page.getByRole('alert')).toBeHidden()
  expect((await world.hallpass(['identity', 'test', 'dana'])).code).toBe(0)

  expect((await world.hallpass(['vault', 'lock'])).code).toBe(0)
  await expect(page.getByText('Locked · encrypted file')).toBeVisible()
})
