// Sharing a sign-in with the AWS CLI in the window: shown first, done, used by the CLI's own cache, taken back and undone.
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { answerInBrowser, CENTER, openedAddress } from './support/center.ts'
import { askMain, readClipboard, watchBrowser } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

test.setTimeout(120_000)

const MINE = '# mine\n[profile dev]\nregion = eu-west-1\n'

test('shown, shared, stopped and shared again, by keys alone', async ({ world }) => {
  writeFileSync(world.configFile, MINE)
  const { app, page } = await signedIn(world)
  const dialog = page.getByRole('dialog')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill('>sharing with the aws cli')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('heading', { name: `Share ${CENTER} with the AWS CLI` })).toBeVisible()
  const field = dialog.getByLabel('Name of the sso-session')
  await expect(field).toBeFocused()
  await expect(field).toHaveValue(CENTER)
  await expect(dialog.getByRole('region', { name: `What changes for sso-session ${CENTER}` })).toContainText(
    `[sso-session ${CENTER}]`,
  )
  await expect(dialog.getByText('The token will lie on the disk in plain text.')).toBeVisible()
  await expect(dialog.getByText(tokenFile(world, CENTER))).toBeVisible()
  expect(readFileSync(world.configFile, 'utf8')).toBe(MINE)

  await field.fill('bad name')
  await expect(dialog.getByRole('button', { name: 'Share', exact: true })).toBeDisabled()
  await field.fill('work')
  await expect(dialog.getByRole('region', { name: 'What changes for sso-session work' })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('heading', { name: `${CENTER} is shared with the AWS CLI` })).toBeVisible()
  expect(readFileSync(world.configFile, 'utf8')).toContain('[sso-session work]')
  expect(tokens(world)).toHaveLength(1)
  await expect(dialog.getByRole('button', { name: 'Close' })).toBeFocused()
  await dialog.getByRole('button', { name: 'Copy: aws sso login --sso-session work' }).click()
  await expect.poll(() => readClipboard(app)).toBe('aws sso login --sso-session work')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+4')
  await expect(page.getByRole('listitem').filter({ hasText: 'Shared with the AWS CLI as' })).toContainText('work')

  await page.getByRole('button', { name: `More actions for ${CENTER}` }).click()
  await page.getByRole('menuitem', { name: 'Shared with the AWS CLI…' }).click()
  await dialog.getByRole('button', { name: 'Stop sharing' }).click()
  await expect(page.getByText(`${CENTER} is not shared with the AWS CLI any more.`)).toBeVisible()
  await expect(page.getByRole('button', { name: `More actions for ${CENTER}` })).toBeFocused()
  expect(readFileSync(world.configFile, 'utf8')).toBe(MINE)
  expect(tokens(world)).toHaveLength(0)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('Shared with the AWS CLI as')).toBeVisible()
  expect(readFileSync(world.configFile, 'utf8')).toContain('[sso-session work]')
  expect(tokens(world)).toHaveLength(1)
  world.forgetFile(tokenFile(world, 'work'))
})

test('a section of that name, a file that can’t be written, nobody signed in: each says how to go on', async ({
  world,
}) => {
  const theirs = `[sso-session ${CENTER}]\nsso_start_url = https://d-0000000000.awsapps.com/start\nsso_region = eu-west-1\n`
  const { page, opened } = await signedIn(world)
  const dialog = page.getByRole('dialog')
  await openShare(page)
  await expect(dialog.getByRole('button', { name: 'Share', exact: true })).toBeEnabled()
  await page.keyboard.press('Escape')
  // What it showed then is not so any more.
  writeFileSync(world.configFile, theirs)
  await openShare(page)
  await expect(dialog.getByRole('alert')).toContainText('is not one that Hallpass wrote')
  await expect(dialog.getByRole('button', { name: 'Share', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: `Use ${CENTER}-hallpass` }).click()
  await expect(dialog.getByRole('region', { name: `What changes for sso-session ${CENTER}-hallpass` })).toBeVisible()
  await expect(dialog.getByRole('alert')).toBeHidden()

  // A folder where the token is to go: even root can't write that, and the section goes again.
  const inTheWay = tokenFile(world, `${CENTER}-hallpass`)
  mkdirSync(inTheWay, { recursive: true })
  await dialog.getByRole('button', { name: 'Share', exact: true }).click()
  await expect(dialog.getByRole('alert')).toContainText(inTheWay)
  expect(readFileSync(world.configFile, 'utf8')).toBe(theirs)
  rmdirSync(inTheWay)

  await askMain(page, 'centers.sign-out', { name: CENTER })
  await expect(dialog.getByText('Nobody is signed in.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Sign in first' }).click()
  await answerInBrowser(world.practice, await openedAddress(opened), 'Allow')
  await expect(dialog.getByRole('heading', { name: `Share ${CENTER} with the AWS CLI` })).toBeVisible()
  await expect(dialog.getByText('Nobody is signed in.')).toBeHidden()
})

/** `corp` is there, and somebody is signed in to it. */
async function signedIn(world: World) {
  world.practice.control.apply({ identityCenter: { answer: 'allow', deviceIntervalSeconds: 1 } })
  const { app, page } = await world.launch()
  const opened = await watchBrowser(app)
  const { startUrl, region } = world.practice.identityCenter
  await askMain(page, 'centers.add', { name: CENTER, startUrl, ssoRegion: region })
  await askMain(page, 'centers.sign-in', { name: CENTER, way: 'device' })
  world.practice.control.apply({ identityCenter: { answer: 'ask' } })
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
  return { app, page, opened }
}

async function openShare(page: Page): Promise<void> {
  await page.keyboard.press('Control+4')
  await page.getByRole('button', { name: `More actions for ${CENTER}` }).click()
  await page.getByRole('menuitem', { name: 'Share with the AWS CLI…' }).click()
}

const cache = (world: World) => join(world.folder, 'home/.aws/sso/cache')
const tokenFile = (world: World, session: string) =>
  join(cache(world), `${createHash('sha1').update(session).digest('hex')}.json`)
const tokens = (world: World) => (existsSync(cache(world)) ? readdirSync(cache(world)) : [])
