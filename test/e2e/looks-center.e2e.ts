// Identity Center's screens in both themes, read by axe, and at the smallest size.
import { writeFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { answerInBrowser, CENTER, fillCenter, openedAddress, readRoles } from './support/center.ts'
import { look, openApp, readScreen, showTheme, type Theme } from './support/looks.ts'
import { askMain, setUpWithCommand, watchBrowser } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
// Axe reads each screen whole.
test.setTimeout(240_000)

const THEMES: readonly Theme[] = ['light', 'dark']

/** The same screen in both themes, and at the smallest size where asked to. */
async function lookBoth(page: Page, name: string, small = false): Promise<void> {
  for (const theme of THEMES) {
    await showTheme(page, theme)
    await look(page, `center-${name}-${theme}`)
  }
  if (!small) return
  await page.setViewportSize({ width: 900, height: 600 })
  await look(page, `center-${name}-900x600-dark`)
  await page.setViewportSize({ width: 1180, height: 760 })
}

/** The same without pictures: how much has been read by then differs from run to run. */
async function readBoth(page: Page, name: string): Promise<void> {
  for (const theme of THEMES) {
    await showTheme(page, theme)
    await readScreen(page, `center-${name}-${theme}`)
  }
}

test('adding, signing in, reading', async ({ world }) => {
  world.practice.control.apply({ identityCenter: { deviceIntervalSeconds: 1 } })
  const { app, page } = await world.launch()
  await page.setViewportSize({ width: 1180, height: 760 })
  const opened = await watchBrowser(app)
  await lookBoth(page, 'first-run')
  await page.getByRole('button', { name: /Sign in with Identity Center/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Sign in', exact: true }).click()
  await lookBoth(page, 'add-problems', true)
  await fillCenter(page, world)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await openedAddress(opened)
  await lookBoth(page, 'sign-in-browser')
  await dialog.getByRole('button', { name: 'Use a code instead' }).click()
  await expect(dialog.locator('.compare__code')).toBeVisible()
  await lookBoth(page, 'sign-in-code', true)
  await dialog.getByRole('button', { name: 'Use this browser instead' }).click()
  await answerInBrowser(world.practice, await openedAddress(opened, 2), 'Deny')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await lookBoth(page, 'sign-in-declined')
  await dialog.getByRole('button', { name: 'Sign in again' }).click()
  await answerInBrowser(world.practice, await openedAddress(opened, 3), 'Allow')

  await expect(dialog.getByRole('heading', { name: `Read the roles of ${CENTER}` })).toBeVisible()
  await dialog.getByRole('button', { name: 'Add pattern' }).click()
  await dialog.getByLabel('Pattern 1', { exact: true }).fill('*prod*')
  await dialog.getByRole('button', { name: 'Add pattern' }).click()
  await dialog.getByText('Write an AWS profile for each role').click()
  await dialog.getByRole('button', { name: 'Look first' }).click()
  await expect(dialog.getByText('A pattern is needed.')).toBeVisible()
  await lookBoth(page, 'choices', true)
  await dialog.getByRole('button', { name: 'Remove pattern 2' }).click()
  await dialog.getByRole('button', { name: 'Look first' }).click()
  await expect(dialog.getByText('9 new')).toBeVisible()
  await lookBoth(page, 'look-first', true)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

test('reading, and what came of it', async ({ world }) => {
  world.practice.identityCenter.fill(60, 3)
  const { app, page } = await world.launch()
  await page.setViewportSize({ width: 1180, height: 760 })
  const opened = await watchBrowser(app)
  const dialog = page.getByRole('dialog')
  await page.getByRole('button', { name: /Sign in with Identity Center/ }).click()
  await fillCenter(page, world)
  await dialog.getByRole('button', { name: 'Sign in', exact: true }).click()
  await answerInBrowser(world.practice, await openedAddress(opened), 'Allow')
  world.practice.control.apply({ identityCenter: { callsPerSecond: 2 } })
  await dialog.getByRole('button', { name: 'Read roles', exact: true }).click()
  await expect(dialog.getByText(/^[1-9]\d* of 60 accounts/)).toBeVisible({ timeout: 60_000 })
  await readBoth(page, 'reading')
  await dialog.getByRole('button', { name: 'Hide' }).click()
  await page.getByRole('button', { name: /^Identities/ }).click()
  await readBoth(page, 'row-reading')
  await page.getByRole('button', { name: `Show: ${CENTER}` }).click()
  await dialog.getByRole('button', { name: 'Cancel reading' }).click()
  await expect(dialog.getByText('Reading was cancelled.')).toBeVisible()
  await readBoth(page, 'cancelled')
  world.practice.control.apply({ identityCenter: { callsPerSecond: null } })
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog.getByText('60 accounts, 180 roles')).toBeVisible({ timeout: 60_000 })
  await readBoth(page, 'report')
  await page.keyboard.press('Escape')
  const [account] = world.practice.identityCenter.accounts
  world.practice.identityCenter.unassign(account?.accountId ?? '')
  await page.getByRole('button', { name: `Read roles: ${CENTER}` }).click()
  await readRoles(page)
  await expect(dialog.getByText('3 gone')).toBeVisible()
  await lookBoth(page, 'report-gone', true)
})

test('identities of three kinds, and a role of Identity Center', async ({ world }) => {
  await setUpWithCommand(world)
  otherProfile(world)
  const page = await openApp(world)
  const { startUrl, region } = world.practice.identityCenter
  await askMain(page, 'centers.add', { name: CENTER, startUrl, ssoRegion: region })
  await askMain(page, 'centers.add', {
    name: 'acme-gov',
    startUrl: 'https://start.us-gov-west-1.us-gov-home.awsapps.com/directory/acme-governmental-affairs',
    ssoRegion: 'us-gov-west-1',
  })
  world.practice.control.apply({ identityCenter: { answer: 'allow', deviceIntervalSeconds: 1 } })
  await askMain(page, 'centers.sign-in', { name: CENTER, way: 'device' })
  await askMain(page, 'centers.discover', { name: CENTER })
  await page.keyboard.press('Control+4')
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await lookBoth(page, 'add-menu')
  await page.getByRole('menuitem', { name: 'AWS profile…' }).click()
  await page.getByRole('dialog').getByLabel('Profile', { exact: true }).fill('build')
  await lookBoth(page, 'add-profile')
  await page.getByRole('dialog').getByRole('button', { name: 'Add profile' }).click()
  await expect(page.getByRole('heading', { name: 'AWS profiles' })).toBeVisible({ timeout: 20_000 })
  await lookBoth(page, 'identities', true)
  await page.getByRole('button', { name: `More actions for ${CENTER}` }).click()
  await lookBoth(page, 'menu')
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await lookBoth(page, 'remove')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: `More actions for ${CENTER}` }).click()
  await page.getByRole('menuitem', { name: 'Edit…' }).click()
  await lookBoth(page, 'edit')
  await page.keyboard.press('Escape')

  await page.keyboard.press('Control+1')
  await page.getByRole('row', { name: /acme-sandbox-PowerUserAccess/ }).click()
  await lookBoth(page, 'role', true)
  await askMain(page, 'centers.sign-out', { name: CENTER })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert').filter({ hasText: `Nobody is signed in to ${CENTER} now.` })).toBeVisible()
  await lookBoth(page, 'sign-in-needed', true)
  await page.getByRole('button', { name: 'More actions', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Edit role…' }).click()
  await lookBoth(page, 'edit-role', true)
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(`>${CENTER}`)
  await lookBoth(page, 'palette')
  world.forgetFile(world.credentialsFile)
})

test('sharing with the AWS CLI', async ({ world }) => {
  writeFileSync(world.configFile, '[profile dev]\nregion = eu-west-1\n')
  world.practice.control.apply({ identityCenter: { answer: 'allow', deviceIntervalSeconds: 1 } })
  const page = await openApp(world)
  const { startUrl, region } = world.practice.identityCenter
  await askMain(page, 'centers.add', { name: CENTER, startUrl, ssoRegion: region })
  const dialog = page.getByRole('dialog')
  await page.keyboard.press('Control+4')
  const open = async (item: string) => {
    await page.getByRole('button', { name: `More actions for ${CENTER}` }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  await open('Share with the AWS CLI…')
  await expect(dialog.getByText('Nobody is signed in.')).toBeVisible()
  await lookBoth(page, 'share-signed-out')
  await askMain(page, 'centers.sign-in', { name: CENTER, way: 'device' })
  await expect(dialog.getByText('Nobody is signed in.')).toBeHidden()
  await expect(dialog.getByRole('region', { name: `What changes for sso-session ${CENTER}` })).toBeVisible()
  await lookBoth(page, 'share', true)
  await page.keyboard.press('Escape')

  const theirs = `[sso-session ${CENTER}]\nsso_start_url = https://d-0000000000.awsapps.com/start\nsso_region = eu-west-1\n`
  writeFileSync(world.configFile, theirs)
  await open('Share with the AWS CLI…')
  await expect(dialog.getByRole('alert')).toBeVisible()
  await lookBoth(page, 'share-not-ours')
  await dialog.getByRole('button', { name: `Use ${CENTER}-hallpass` }).click()
  await expect(dialog.getByRole('region')).toBeVisible()
  await dialog.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(dialog.getByRole('heading', { name: `${CENTER} is shared with the AWS CLI` })).toBeVisible()
  await lookBoth(page, 'shared')
  await page.keyboard.press('Escape')
  await lookBoth(page, 'shared-row', true)
  await open('Shared with the AWS CLI…')
  await dialog.getByRole('button', { name: 'Stop sharing' }).click()
  await expect(page.getByText('Shared with the AWS CLI as')).toBeHidden()
})

/** Somebody's own profile with a key of its own. */
function otherProfile(world: World): void {
  const { accessKeyId, secretAccessKey } = world.practice.user('deploy-bot')
  const text = `[build]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
  writeFileSync(world.credentialsFile, text, { mode: 0o600 })
}
