// What was done with which credential, in the window: found, opened, proven, exported; and what a broken log looks like.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { connect } from '#core/store/sqlite.ts'
import { recordPast } from './support/past.ts'
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

const entries = (page: Page) => page.getByRole('treegrid', { name: 'Entries, newest first' }).getByRole('row')

test('the log is read, searched and filtered by keyboard alone, and an opened entry proves itself', async ({
  world,
}) => {
  await recordPast(world, [
    { daysAgo: 40, draft: { kind: 'role.added', name: 'long-gone' } },
    { daysAgo: 3, draft: { kind: 'console.opened', name: 'old-role', how: 'sign-in' } },
    ...Array.from({ length: 250 }, (_, index) => ({
      daysAgo: 2,
      draft: { kind: 'credentials.issued', name: `role-${index}`, how: 'credential-process' } as const,
    })),
  ])
  await setUpWithCommand(world, [
    { arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'sandbox', words: ['--environment', 'dev'] },
    { arn: practiceRole(world, 'acme-prod', 'SupportUserRole'), name: 'support', words: ['--environment', 'other'] },
  ])
  const { app, page } = await world.launch()
  for (const name of ['support', 'sandbox']) {
    await page.getByRole('row', { name: new RegExp(name) }).click()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: new RegExp(name) })).toContainText(
      name === 'sandbox' ? 'left' : 'Failed',
    )
  }

  // Alt A: of the selected role alone.
  await page.keyboard.press('Alt+a')
  await expect(page.getByRole('button', { name: /^Only sandbox/ })).toBeVisible()
  await expect(entries(page).filter({ hasText: 'Started sandbox' })).toHaveCount(1)
  await expect(entries(page).filter({ hasText: 'support' })).toHaveCount(0)
  await expect(page.getByRole('status').filter({ hasText: 'Chain verified' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(entries(page).filter({ hasText: 'Could not start support: AWS did not allow it' })).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^All/ })).toContainText('258')

  // The search, from anywhere, and into the list with Enter.
  await page.keyboard.press('/')
  await page.keyboard.type('role-17 terraform')
  await expect(entries(page).filter({ hasText: 'Gave credentials of role-17 to terraform' })).toHaveCount(1)
  await page.keyboard.press('Enter')
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  const opened = page.getByRole('row', { expanded: true })
  await expect(opened).toContainText('role-17')
  await expect(page.getByText('terraform, pid 4710, in /home/dana/work')).toBeVisible()
  await expect(page.getByText('matches', { exact: true })).toBeVisible()
  await page.keyboard.press('ArrowLeft')
  await expect(opened).toHaveCount(0)
  await page.keyboard.press('Escape')

  // A day of the histogram, by its keys.
  const days = page.getByRole('group', { name: 'Entries per day, last 30 days' })
  await days.getByRole('button').last().focus()
  for (const _ of [1, 2, 3]) await page.keyboard.press('ArrowLeft')
  await expect(days.getByRole('button', { name: /: 1 entry$/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(entries(page).filter({ hasText: 'Made a sign-in link for old-role' })).toHaveCount(1)
  await expect(entries(page).filter({ hasText: 'sandbox' })).toHaveCount(0)
  await page.getByRole('button', { name: /^Only .*, remove this filter/ }).click()

  // To the very end, page after page.
  await entries(page).first().click()
  await expect(async () => {
    await page.keyboard.press('End')
    await expect(entries(page).filter({ hasText: 'The log was begun' })).toHaveCount(1, { timeout: 500 })
  }).toPass()
  await page
    .getByRole('group', { name: 'Show' })
    .getByRole('button', { name: /^Roles/ })
    .click()
  await expect(entries(page).filter({ hasText: 'Added role long-gone' })).toHaveCount(1)
  await page
    .getByRole('button', { name: /^Break-glass/ })
    .last()
    .waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('nothing like it')
  await expect(page.getByText('Nothing in the log matches “nothing like it”')).toBeVisible()
  await page.getByRole('button', { name: 'Show everything' }).click()
  await expect(entries(page).filter({ hasText: 'Started sandbox' })).toHaveCount(1)

  // What happens meanwhile comes in by itself.
  await world.hallpass(['session', 'end', 'sandbox'])
  await expect(entries(page).filter({ hasText: 'Ended sandbox' })).toHaveCount(1)

  await exportsLikeTheCommand(world, app, page)
  await saysWhereItIsBroken(world, page)
})

async function exportsLikeTheCommand(world: World, app: ElectronApplication, page: Page): Promise<void> {
  const file = join(world.folder, 'downloads/log.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'CSV…' }).click()
  await expect(page.getByText('The log is in log.csv.')).toBeVisible()
  const command = await world.hallpass(['activity', 'export', '--format', 'csv'])
  expect(readFileSync(file, 'utf8')).toBe(command.stdout)
  expect(statSync(file).mode & 0o777).toBe(0o600)

  await app.evaluate(
    ({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    },
    join(world.folder, 'no/folder/log.jsonl'),
  )
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'JSON Lines…' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Could not export.' })).toContainText('There is no folder')
}

async function saysWhereItIsBroken(world: World, page: Page): Promise<void> {
  const db = connect(join(world.env.HALLPASS_HOME ?? '', 'activity.db'))
  const last = Number(db.prepare('SELECT max(seq) AS seq FROM entries').get()?.seq)
  db.prepare("UPDATE entries SET entry = replace(entry, 'sandbox', 'sandpit') WHERE seq = ?").run(last)
  db.close()
  await page.getByRole('button', { name: 'Check now' }).click()
  await expect(page.getByRole('status').filter({ hasText: `Chain broken at entry ${last}` })).toBeVisible()
  const alert = page.getByRole('alert').filter({ hasText: 'Chain broken' })
  await expect(alert).toContainText(`Entries up to ${last - 1} still verify.`)
  await expect(entries(page).filter({ hasText: 'This entry is not what was recorded' })).toHaveCount(1)
}

test('with the keyring locked, the log says that it can’t be proven, and break-glass that it can’t look', async ({
  world,
}) => {
  const keyring = await world.ownKeyring()
  await setUpWithCommand(world)
  keyring.lock()
  const { page } = await world.launch()
  await page.keyboard.press('Control+5')
  await expect(page.getByRole('status').filter({ hasText: 'Not checked: the vault is locked' })).toBeVisible()
  await expect(entries(page).filter({ hasText: 'dana' })).toHaveCount(1)
  await page.keyboard.press('Control+3')
  await expect(page.getByText('The vault is locked', { exact: true })).toBeVisible()
})
