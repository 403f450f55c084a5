/** A walk through every screen and the main dialogs of a world with something in each of them. */
import type { Locator, Page } from '@playwright/test'
import { setUpCompany, withCore } from './company.ts'
import { expect, type World } from './world.ts'

/**
 * Called at each stop. It may change the size of the window, and puts it back.
 * @param menu where the stop is an open menu: what opens it, to be pressed by the visitor, and left with Escape
 */
export type Visit = (name: string, menu?: Locator) => Promise<void>

const PASSWORD = 'planted pass of the walk'

/** The company, with names as long as they get, a sealed credential, and a profile that is nobody's yet. */
export async function setUpEverything(world: World): Promise<void> {
  await setUpCompany(world)
  world.plant('password of the sealed credential', PASSWORD)
  await withCore(world, async ({ breakglass, roles }) => {
    await breakglass.add({ name: 'acme-rescue', userName: 'rescue', accountId: '123456789012', password: PASSWORD })
    roles.add({
      name: 'a-role-with-the-longest-name-that-there-can-be-in-this-product-x',
      arn: 'arn:aws:iam::456789012345:role/DataEngineer',
      from: 'dana',
      profile: 'the-profile-of-the-role-with-the-longest-name-that-there-can-be-in-aws',
    })
  })
}

/** Roles, their pass and everything that opens from there. */
export async function walkRoles(page: Page, visit: Visit): Promise<void> {
  await start(page, 'sandbox-admin')
  await page.keyboard.press('w')
  await expect(page.getByText('The CLI asks Hallpass.')).toBeVisible()
  await visit('roles, one active')
  await visit('console menu', page.getByRole('button', { name: 'Choose console link' }))
  await visit('view menu', page.getByRole('button', { name: 'View' }))
  await select(page, 'a-role-with-the-longest-name-that-there-can-be-in-this-product-x')
  await visit('roles, the longest name')
  await select(page, 'prod-read-only')
  await page.keyboard.press('Enter')
  await expect(page.locator('.dialog')).toBeVisible()
  await visit('start in production')
  await page.keyboard.press('y')
  await expect(page.getByRole('row', { name: /prod-read-only / })).toContainText('left', { timeout: 20_000 })
  await select(page, 'data-engineer')
  await expect(page.getByText(/^Is 4567/)).toBeVisible()
  await visit('roles, production active')
  for (const [item, name] of [
    ['Account…', 'account'],
    ['Edit role…', 'edit role'],
    ['Remove role…', 'remove role'],
  ] as const) {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    const dialog = page.locator('.dialog')
    await expect(dialog).toBeVisible()
    const advanced = dialog.getByRole('button', { name: 'Advanced' })
    if (await advanced.isVisible()) await advanced.click()
    await visit(name)
    await leaveDialog(page)
  }
  await page.keyboard.press('Control+n')
  await expect(page.getByLabel('Role ARN')).toBeVisible()
  await visit('add role')
  await leaveDialog(page)
  await start(page, 'bot-deploy', null)
  await expect(page.getByRole('alert')).toBeVisible({ timeout: 20_000 })
  await visit('roles, refused')
  await select(page, 'sandbox-admin')
  await page.getByRole('row', { name: /staging-deploy / }).click({ modifiers: ['ControlOrMeta'] })
  await visit('several roles')
  for (const name of ['Edit…', 'Remove…']) {
    await page.getByRole('toolbar', { name: 'Selected roles' }).getByRole('button', { name }).click()
    await expect(page.locator('.dialog')).toBeVisible()
    await visit(`several roles, ${name}`)
    await leaveDialog(page)
  }
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('keys')
  await leaveDialog(page)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').first()).toBeVisible()
  await page.keyboard.type('long')
  await visit('palette')
  await page.keyboard.press('Escape')
}

/** The other sections, and what opens from them. */
export async function walkSections(page: Page, visit: Visit): Promise<void> {
  await page.keyboard.press('Control+2')
  await expect(page.getByRole('grid', { name: 'Sessions' }).getByRole('row').first()).toBeVisible()
  await visit('sessions')
  await page.getByRole('button', { name: 'End all' }).click()
  await expect(page.locator('.dialog')).toBeVisible()
  await visit('end all')
  await leaveDialog(page)

  await page.keyboard.press('Control+4')
  await expect(page.getByText('No Identity Center sign-in')).toBeVisible()
  await visit('identities')
  for (const [item, name] of [
    ['Edit…', 'edit identity'],
    ['Rotate key…', 'rotate key'],
    ['Add TOTP seed…', 'TOTP seed'],
    ['Remove…', 'remove identity'],
  ] as const) {
    await page.getByRole('button', { name: 'More actions for dana' }).click()
    const entry = page.getByRole('menuitem', { name: item })
    if (!(await entry.isVisible())) {
      await page.keyboard.press('Escape')
      continue
    }
    await entry.click()
    await expect(page.locator('.dialog')).toBeVisible()
    await visit(name)
    await leaveDialog(page)
  }
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByRole('menuitem', { name: 'Access key…' }).click()
  await expect(page.getByLabel('Access key ID')).toBeVisible()
  await visit('add identity')
  await leaveDialog(page)

  await page.keyboard.press('Control+5')
  const log = page.getByRole('treegrid')
  await expect(page.getByRole('status').filter({ hasText: 'Chain verified' })).toBeVisible()
  await visit('activity')
  await log.getByRole('row').filter({ hasText: 'Started' }).first().click()
  await visit('activity, an entry')

  await page.keyboard.press('Control+,')
  await expect(page.getByRole('textbox', { name: 'Search settings' })).toBeVisible()
  await visit('settings')
  await page.getByRole('navigation', { name: 'Parts of the settings' }).getByText('About').click()
  await visit('settings, the end')
  await page.getByRole('button', { name: 'Show: Licences' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('licences')
  await leaveDialog(page)
  await page.getByRole('button', { name: 'Show: What’s new' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await visit('news')
  await leaveDialog(page)

  await page.getByRole('button', { name: 'Doctor' }).click()
  await expect(page.getByRole('status').filter({ hasText: /to look at|Nothing/ })).toBeVisible({ timeout: 30_000 })
  await visit('doctor')
}

/** Break-glass, from the list to an open seal and what is left after it. */
export async function walkBreakGlass(page: Page, visit: Visit): Promise<void> {
  await page.keyboard.press('Control+3')
  await expect(page.getByRole('article').filter({ hasText: 'acme-rescue' })).toBeVisible()
  await visit('break-glass')
  for (const [item, name] of [
    [/Set up in an account/, 'break-glass, set up'],
    [/By hand/, 'break-glass, by hand'],
    [/Rehearse the emergency path/, 'drill'],
  ] as const) {
    await page.getByRole('button', { name: 'Add credential' }).click()
    await page.getByRole('menuitem', { name: item }).click()
    await expect(page.locator('.dialog')).toBeVisible()
    await visit(name)
    await leaveDialog(page)
  }
  const more = page.getByRole('button', { name: 'More for acme-rescue' })
  await visit('break-glass, menu', more)
  await more.click()
  await page.getByRole('menuitem', { name: 'Export in a kit…' }).click()
  await visit('break-glass, kit')
  await leaveDialog(page)
  await page.getByRole('article').filter({ hasText: 'acme-rescue' }).getByRole('button', { name: /^Open/ }).click()
  const dialog = page.locator('.dialog')
  await dialog.getByLabel('Why are you opening it?').fill('INC-4711: Identity Center is down')
  await visit('break-glass, the reason')
  await dialog.getByLabel(/^This is production/).fill('acme-rescue')
  await dialog.getByRole('button', { name: 'Break the seal' }).click()
  await expect(page.getByText('Being recorded')).toBeVisible()
  await expect(dialog).toBeHidden()
  await visit('break-glass, open')
  await page.keyboard.press('p')
  await expect(page.locator('.feed')).toContainText('Password copied')
  await page.getByRole('button', { name: 'Close without rotating' }).click()
  const left = page.getByRole('article').getByRole('button', { name: /left to do$/ })
  await left.click()
  await expect(dialog).toBeVisible()
  await visit('break-glass, after the use')
  await leaveDialog(page)
}

export async function select(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(`${name} `) }).click()
  await expect(page.getByRole('complementary', { name })).toBeVisible()
}

/** @param state what its row shows then; null not to wait */
async function start(page: Page, name: string, state: string | null = 'left'): Promise<void> {
  await select(page, name)
  await page.keyboard.press('Enter')
  if (state === null) return
  await expect(page.getByRole('row', { name: new RegExp(`${name} `) })).toContainText(state, { timeout: 20_000 })
}

export async function leaveDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape')
  await expect(page.locator('.dialog')).toBeHidden()
}
