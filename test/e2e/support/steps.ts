/** What a person does in the window, in their words, so that a test reads as the path it walks. */
import type { ElectronApplication, Page } from '@playwright/test'
import type { PracticeUser } from '#core/practice/practice-account.ts'
import { DANA, expect, type World } from './world.ts'

export const REGION = 'eu-west-1'

/** First run: pastes the two parts of a key. */
export async function pasteFirstKey(page: Page, user: PracticeUser, secret = user.secretAccessKey): Promise<void> {
  await page.getByRole('button', { name: /Add an access key/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('dana')
  await dialog.getByLabel('Access key ID').fill(user.accessKeyId)
  await dialog.getByLabel('Secret access key').fill(secret)
  if (user.mfaSerial !== null) await dialog.getByLabel(/^MFA device/).fill(user.mfaSerial)
  await dialog.getByRole('button', { name: 'Add key' }).click()
}

/** Adds a role that starts from the identity `dana`, through the form. */
export async function addRole(page: Page, role: { arn: string; name: string; mfa?: boolean }): Promise<void> {
  await page.getByRole('button', { name: 'Add role' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Role ARN').fill(role.arn)
  await dialog.getByLabel('Name', { exact: true }).fill(role.name)
  await dialog.getByLabel(/^Region/).fill(REGION)
  if (role.mfa) await dialog.getByRole('switch', { name: 'Send an MFA code' }).click()
  await dialog.getByRole('button', { name: 'Add role' }).click()
  await expect(dialog).toBeHidden()
}

/** Starts a role of the list and writes its profile, by keys. */
export async function startWithProfile(page: Page, name: string): Promise<void> {
  const row = page.getByRole('row', { name: new RegExp(name) })
  await row.click()
  await page.keyboard.press('Enter')
  await expect(row).toContainText('left')
  await page.keyboard.press('w')
  await expect(page.getByText('The CLI asks Hallpass.')).toBeVisible()
}

/** The ARN of a seeded role, by the account's name and its own. */
export function practiceRole(world: World, accountName: string, name: string): string {
  const role = world.practice.roles.find((each) => each.accountName === accountName && each.name === name)
  if (!role) throw new Error(`the practice account has no ${name} in ${accountName}`)
  return role.arn
}

/** With the command: dana's key, and the given roles that start from it. */
export async function setUpWithCommand(
  world: World,
  roles: readonly { arn: string; name: string; words?: readonly string[] }[] = [],
): Promise<void> {
  const { accessKeyId, secretAccessKey, mfaSerial } = world.practice.user(DANA)
  const device = mfaSerial === null ? [] : ['--mfa-serial', mfaSerial]
  const add = await world.hallpass(
    ['identity', 'add', 'dana', '--access-key-id', accessKeyId, ...device],
    secretAccessKey,
  )
  expect(add.stderr + add.code).toBe(`${add.stderr}0`)
  for (const { arn, name, words = [] } of roles) {
    const added = await world.hallpass([
      'role',
      'add',
      name,
      '--arn',
      arn,
      '--from',
      'dana',
      '--region',
      REGION,
      ...words,
    ])
    expect(added.stderr + added.code).toBe(`${added.stderr}0`)
  }
}

/** Replaces what would open the browser; gives where it came to: a link that is handed over is fetched first. */
export async function watchBrowser(app: ElectronApplication): Promise<() => Promise<string[]>> {
  await app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { openedInBrowser: opened })
    shell.openExternal = async (url: string) => {
      if (url.includes('SigninToken')) throw new Error('a secret link on the command line of the system’s opener')
      if (!/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/.test(url)) return void opened.push(url)
      const answer = await fetch(url, { redirect: 'manual' })
      opened.push(answer.headers.get('location') ?? `nowhere, with ${answer.status}`)
    }
  })
  return () => app.evaluate(() => (globalThis as unknown as { openedInBrowser: string[] }).openedInBrowser)
}

/** What the clipboard holds. */
export function readClipboard(app: ElectronApplication): Promise<string> {
  return app.evaluate(({ clipboard }) => clipboard.readText())
}

/** Asks main past the page, as script in it would. @returns the envelope as text */
export function askMain(page: Page, channel: string, request?: unknown): Promise<string> {
  return page.evaluate(
    async ([name, given]) => {
      const { hallpass } = window as unknown as { hallpass: { call(c: string, r: unknown): Promise<unknown> } }
      return JSON.stringify(await hallpass.call(name as string, given))
    },
    [channel, request] as const,
  )
}

/** Opens a locked app again by its key. */
export async function unlock(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Unlock' })).toBeFocused()
  await page.keyboard.press('Enter')
  // Not before that are there keys to press.
  await expect(page.getByRole('navigation', { name: 'Sections' })).toBeVisible()
}
