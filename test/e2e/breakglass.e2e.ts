// Break-glass in the window, from nothing: set up in an account, opened with a reason, one secret at a time, rotated
// after use. Secrets are in the page only while they are looked at, and nothing is shown that is not recorded.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'
import { takeHeapSnapshot } from '../support/heap-snapshot.ts'
import { look, lookTwice } from './support/looks.ts'
import { setUpWithCommand, unlock } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(180_000)

const FILE = 'EmergencyAccess_credentials.csv'
const PASSWORD = 'planted, "pass" of 3 a.m.'
const PASSPHRASE = 'five planted words of a kit'

async function start(world: World): Promise<{ app: ElectronApplication; page: Page }> {
  const launched = await world.launch()
  await launched.page.setViewportSize({ width: 1180, height: 760 })
  await launched.page.keyboard.press('Control+3')
  await expect(launched.page.getByRole('heading', { name: 'Break-glass' })).toBeVisible()
  return launched
}

const slip = (page: Page, name: string) => page.getByRole('article').filter({ hasText: name })
const dialog = (page: Page) => page.getByRole('dialog')
const isProtected = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isContentProtected()))

test('set up in an account, opened, and rotated after use', async ({ world }) => {
  await setUpWithCommand(world)
  const { app, page } = await start(world)

  await test.step('the wizard reads the account, shows its plan, and makes it', async () => {
    await page.getByRole('button', { name: 'Add credential' }).click()
    await page.getByRole('menuitem', { name: /Set up in an account/ }).click()
    await dialog(page).getByText('A long-term access key').click()
    await lookTwice(page, 'breakglass-setup')
    await dialog(page).getByRole('button', { name: 'Read the account' }).click()
    await expect(dialog(page).getByRole('heading')).toHaveText('What is to be done in acme-identity')
    await expect(dialog(page).getByText('To do', { exact: true })).toHaveCount(10)
    await lookTwice(page, 'breakglass-plan')
    await dialog(page).getByRole('button', { name: 'Copy the plan' }).click()
    await page.getByRole('menuitem', { name: 'As AWS CLI commands' }).click()
    await expect(page.getByText('The plan is on the clipboard')).toBeVisible()
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain(
      "aws iam create-user --user-name 'EmergencyAccess'",
    )
    await dialog(page).getByRole('button', { name: 'Make it' }).click()
    await expect(dialog(page).getByRole('heading')).toHaveText('EmergencyAccess is set up and sealed', {
      timeout: 60_000,
    })
    await lookTwice(page, 'breakglass-set-up')
    await dialog(page).getByRole('button', { name: 'Done' }).click()
  })

  await test.step('what is sealed is listed, without what is inside', async () => {
    await expect(slip(page, 'EmergencyAccess')).toContainText('Never opened here')
    expect((await world.hallpass(['account', 'environment', '987654321098', 'prod'])).code).toBe(0)
    await expect(slip(page, 'EmergencyAccess')).toContainText('Production')
    await lookTwice(page, 'breakglass')
    await page.getByRole('button', { name: 'More for EmergencyAccess' }).click()
    await page.getByRole('menuitem', { name: 'Copy link of SupportUserRole' }).click()
    await expect(page.getByText('Nothing in it is secret.')).toBeVisible()
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain('roleName=SupportUserRole')
  })

  await test.step('a seal breaks with a reason and, in production, its name', async () => {
    await slip(page, 'EmergencyAccess').getByRole('button', { name: /^Open/ }).click()
    await dialog(page).getByRole('button', { name: 'Break the seal' }).click()
    await expect(dialog(page).getByText('A reason is needed')).toBeVisible()
    await expect(dialog(page).getByText('That is not its name.')).toBeVisible()
    await dialog(page).getByLabel('Why are you opening it?').fill('INC-4711: Identity Center is down')
    await dialog(page).getByLabel('This is production. Type EmergencyAccess').fill('EmergencyAccess')
    await lookTwice(page, 'breakglass-reason')
    await dialog(page).getByRole('button', { name: 'Break the seal' }).click()
    await expect(page.getByText('Being recorded')).toBeVisible()
    expect(await isProtected(app)).toEqual([true])
  })

  const kept = await test.step('a password is in the page only while it is held', async () => {
    const peek = page.getByRole('button', { name: 'Show while held: Password' })
    const line = page.locator('.cred').filter({ hasText: 'Copies clear' }).first()
    await peek.focus()
    await page.keyboard.down(' ')
    const shown = line.locator('.secret')
    await expect(shown).toHaveText(/^\S{32}$/)
    const password = (await shown.textContent()) ?? ''
    await look(page, 'breakglass-shown-light')
    await page.keyboard.up(' ')
    await expect(line.locator('.dots')).toHaveText('••••••••••••')
    world.plant('the password that was shown', password)
    expect((await takeHeapSnapshot(app, page)).includes(password)).toBe(false)
    return password
  })

  await test.step('copies and codes are recorded, each before it is there', async () => {
    await page.keyboard.press('u')
    await expect(page.getByText('User name copied', { exact: true })).toBeVisible()
    await page.keyboard.press('p')
    await expect(page.locator('.feed')).toContainText('Password copied')
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(kept)
    await page.getByRole('button', { name: 'Show or hide: One-time code' }).click()
    await expect(page.locator('.otp .secret')).toHaveText(/^\d{3} \d{3}$/)
    await lookTwice(page, 'breakglass-open')
    await expect(page.getByRole('button', { name: 'Break-glass 1 open' })).toBeVisible()
    await page.setViewportSize({ width: 900, height: 600 })
    await look(page, 'breakglass-open-900x600-light')
    await page.setViewportSize({ width: 1180, height: 760 })
    const list = await world.hallpass(['activity', 'list', '--kind', 'breakglass', '--json'])
    const entries = (
      JSON.parse(list.stdout) as { kind: string; how: string | null; detail: Record<string, string> }[]
    ).reverse()
    expect(entries.map(({ kind, how, detail }) => [kind, how, detail.part ?? detail.reason ?? null])).toEqual([
      ['breakglass.set-up', null, null],
      ['breakglass.opened', null, 'INC-4711: Identity Center is down'],
      ['breakglass.revealed', 'shown', 'password'],
      ['breakglass.revealed', 'copied', 'user-name'],
      ['breakglass.revealed', 'copied', 'password'],
      ['breakglass.revealed', 'shown', 'code'],
    ])
  })

  await test.step('closing and rotating makes both new, and the clipboard empty', async () => {
    await page.getByRole('button', { name: 'Close and rotate' }).click()
    await expect(slip(page, 'EmergencyAccess')).toContainText('1 thing left to do', { timeout: 30_000 })
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('')
    expect(await isProtected(app)).toEqual([false])
    await slip(page, 'EmergencyAccess').getByRole('button', { name: '1 thing left to do' }).click()
    await dialog(page).getByLabel('Note for the log').fill('Only a try')
    await lookTwice(page, 'breakglass-after')
    await dialog(page).getByRole('button', { name: 'Save and close' }).click()
    await expect(page.getByText('Nothing is left to do.')).toBeVisible()
    await expect(dialog(page)).toBeHidden()
  })

  await test.step('and it can all be taken back', async () => {
    await page.getByRole('button', { name: 'More for EmergencyAccess' }).click()
    await page.getByRole('menuitem', { name: /Take it back in AWS/ }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Take back' }).click()
    await expect(page.getByText('No emergency credential is sealed here')).toBeVisible({ timeout: 30_000 })
  })
})

test('the console’s file goes in and away; what can’t be recorded is not shown; locking closes', async ({ world }) => {
  world.plant('password of the file', PASSWORD)
  const file = join(world.folder, 'downloads', FILE)
  writeFileSync(
    file,
    `User name,Password,Console sign-in URL\r\nrescue,${PASSWORD},https://123456789012.signin.aws.amazon.com/console\r\n`,
  )
  await setUpWithCommand(world)
  const { app, page } = await start(world)
  await app.evaluate(({ dialog: system }, path) => {
    system.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
  await page.getByRole('button', { name: 'Add credential' }).click()
  await page.getByRole('menuitem', { name: /From the console’s file/ }).click()
  await expect(dialog(page).getByText('Holds password.')).toBeVisible()
  await lookTwice(page, 'breakglass-file')
  await dialog(page).getByLabel('Name', { exact: true }).fill('lab')
  await dialog(page).getByRole('button', { name: 'Seal', exact: true }).click()
  await expect(dialog(page).getByText('still holds the secret in plain text')).toBeVisible()
  await dialog(page).getByRole('button', { name: 'Delete the file' }).click()
  await expect(dialog(page).getByText('The file is deleted.')).toBeVisible()
  expect(existsSync(file)).toBe(false)
  await page.keyboard.press('Enter')

  await test.step('by hand, what is wrong is said at its field', async () => {
    await page.getByRole('button', { name: 'Add credential' }).click()
    await page.getByRole('menuitem', { name: /By hand/ }).click()
    await dialog(page).getByLabel('Name', { exact: true }).fill('lab')
    await dialog(page).getByLabel('Sign-in address').fill('https://signin.example.com/console')
    await dialog(page).getByRole('button', { name: 'Seal', exact: true }).click()
    await expect(dialog(page).getByText('Give a password or a TOTP seed.')).toBeVisible()
    await expect(dialog(page).getByText('A sign-in address looks like')).toBeVisible()
    await lookTwice(page, 'breakglass-hand')
    await page.keyboard.press('Escape')
  })

  const open = async (): Promise<void> => {
    await slip(page, 'lab').getByRole('button', { name: /^Open/ }).click()
    await dialog(page).getByLabel('Why are you opening it?').fill('A try')
    await dialog(page).getByRole('button', { name: 'Break the seal' }).click()
    await expect(page.getByText('Being recorded')).toBeVisible()
  }
  await test.step('what the log refuses is not shown', async () => {
    await open()
    const { connect } = await import('#core/store/sqlite.ts')
    const db = connect(join(world.env.HALLPASS_HOME ?? '', 'activity.db'))
    db.exec("CREATE TRIGGER refuse BEFORE INSERT ON entries BEGIN SELECT RAISE(ABORT, 'no'); END")
    await page.getByRole('button', { name: 'Show while held: Password' }).focus()
    await page.keyboard.down(' ')
    await expect(page.getByRole('alert')).toBeVisible()
    await page.keyboard.up(' ')
    await expect(page.locator('.secret')).toHaveCount(0)
    await look(page, 'breakglass-not-recorded-light')
    db.exec('DROP TRIGGER refuse')
    db.close()
  })

  await test.step('while it is open, no drill begins', async () => {
    await page.getByRole('button', { name: 'Back to all' }).click()
    await page.getByRole('button', { name: 'Add credential' }).click()
    await page.getByRole('menuitem', { name: /Rehearse the emergency path/ }).click()
    await dialog(page).getByRole('button', { name: 'Start the drill' }).click()
    await expect(dialog(page).getByText('lab is open, and not for a drill.')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(slip(page, 'lab')).toContainText('Open now')
  })

  await test.step('locking seals what is open', async () => {
    await page.keyboard.press('Control+l')
    await unlock(page)
    await page.keyboard.press('Control+3')
    await expect(slip(page, 'lab')).toContainText('left to do')
    await expect(slip(page, 'lab').getByRole('button', { name: /^Open/ })).toBeVisible()
    expect(await isProtected(app)).toEqual([false])
  })
})

test('a kit: out of one Hallpass with a reason and a passphrase, and into it again', async ({ world }) => {
  world.plant('passphrase of the kit', PASSPHRASE)
  await setUpWithCommand(world)
  const added = await world.hallpass(
    ['breakglass', 'add', 'lab', '--user', 'rescue', '--account', '123456789012', '--environment', 'prod'],
    `${PASSWORD}\n`,
  )
  expect(added.code).toBe(0)
  world.plant('password that goes into the kit', PASSWORD)
  const { app, page } = await start(world)
  const kit = join(world.folder, 'downloads', 'safe.age')
  await app.evaluate(({ dialog: system }, path) => {
    system.showSaveDialog = async () => ({ canceled: false, filePath: path })
    system.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, kit)

  await test.step('what is missing is said at its field', async () => {
    await page.getByRole('button', { name: 'More for lab' }).click()
    await page.getByRole('menuitem', { name: 'Export in a kit…' }).click()
    await dialog(page).getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await dialog(page).getByRole('button', { name: 'Export…' }).click()
    await expect(dialog(page).getByText('A reason is needed')).toBeVisible()
    await expect(dialog(page).getByText('These two are not the same.')).toBeVisible()
    await expect(dialog(page).getByText('That is not its name.')).toBeVisible()
    await lookTwice(page, 'breakglass-kit-export')
  })

  await test.step('the kit and its sheet are written, and recorded before', async () => {
    await dialog(page).getByLabel('This is production. Type lab').fill('lab')
    await dialog(page).getByLabel('Why is it made?').fill('For the safe')
    await dialog(page).getByLabel('The same again').fill(PASSPHRASE)
    await dialog(page).getByRole('button', { name: 'Export…' }).click()
    await expect(page.getByText('safe.age is written, and safe.html beside it')).toBeVisible({ timeout: 30_000 })
    expect(readFileSync(join(world.folder, 'downloads/safe.html'), 'utf8')).toContain('rescue')
    const { stdout } = await world.hallpass(['activity', 'list', '--kind', 'breakglass.kit-exported', '--json'])
    expect(JSON.parse(stdout)).not.toEqual([])
    expect(stdout).toContain('For the safe')
  })

  await test.step('a wrong passphrase opens nothing; the right one seals a second one', async () => {
    await page.getByRole('button', { name: 'Add credential' }).click()
    await page.getByRole('menuitem', { name: 'From a kit…' }).click()
    await dialog(page).getByLabel('Passphrase', { exact: true }).fill('another one altogether')
    await dialog(page).getByRole('button', { name: 'Open it' }).click()
    await expect(dialog(page).getByText('The kit does not open with that.')).toBeVisible({ timeout: 30_000 })
    await dialog(page).getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await dialog(page).getByRole('button', { name: 'Open it' }).click()
    await expect(dialog(page).getByText('lab, here already: gets a number')).toBeVisible({ timeout: 30_000 })
    await lookTwice(page, 'breakglass-kit-open')
    await dialog(page).getByRole('button', { name: 'Seal', exact: true }).click()
    await expect(slip(page, 'lab-2')).toContainText('Never opened here')
  })
})
