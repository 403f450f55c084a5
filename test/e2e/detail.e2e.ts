// The role pane and the sessions screen at work, by keyboard and mouse, in one sitting.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { setUpCompany, withCore } from './support/company.ts'
import { readClipboard } from './support/steps.ts'
import { expect, test } from './support/world.ts'

test.setTimeout(180_000)

test('a role from its first start to its end, and every session at once', async ({ world }) => {
  await setUpCompany(world)
  const { app, page } = await world.launch()
  const pane = (name: string) => page.getByRole('complementary', { name })

  await test.step('a chain with account names starts by key, and its day shows it', async () => {
    await select(page, 'staging-admin')
    const chain = pane('staging-admin').getByRole('listitem')
    await expect(chain).toHaveText([
      /dana.*acme-identity/,
      /org-access with MFA.*acme-identity/,
      /1 h at most.*acme-staging/,
    ])
    await expect(page.getByRole('img', { name: 'No session in the last 24 hours.' })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(pane('staging-admin').getByRole('timer')).toBeVisible()
    await expect(page.getByRole('img', { name: /^1 session in the last 24 hours.*One is active now\.$/ })).toBeVisible()
  })

  await test.step('the profile is written, made the default and back, and its line copied for a shell', async () => {
    await page.keyboard.press('w')
    const use = pane('staging-admin').getByRole('button', { name: 'Use this profile' })
    await use.click()
    await page.getByRole('menuitem', { name: 'Copy for fish' }).click()
    await expect.poll(() => readClipboard(app)).toBe('set -gx AWS_PROFILE staging-admin')
    await use.click()
    await page.getByRole('menuitem', { name: 'Make default' }).click()
    await expect(pane('staging-admin').getByText('default', { exact: true })).toBeVisible()
    expect(readFileSync(world.configFile, 'utf8')).toContain('[default]')
    await page
      .locator('.toast')
      .filter({ hasText: 'is the default profile' })
      .getByRole('button', { name: 'Undo' })
      .click()
    await expect(pane('staging-admin').locator('.tag')).toHaveCount(0)
    expect(readFileSync(world.configFile, 'utf8')).not.toContain('[default]')
  })

  await test.step('it is pinned, and set to lapse', async () => {
    const pin = await page.getByRole('button', { name: 'Pin', exact: true }).elementHandle()
    const renewal = page.getByRole('switch', { name: 'Renew before it expires' })
    await expect(renewal).toBeChecked()
    // The second while the first is under way, and seen to be: neither is lost.
    await renewal.evaluate(async (switchOf: HTMLElement, pinOf) => {
      ;(pinOf as HTMLElement).click()
      await Promise.resolve()
      switchOf.click()
    }, pin)
    await expect(page.getByRole('button', { name: 'Unpin' })).toBeVisible()
    await expect(renewal).not.toBeChecked()
    // Neither ends the session.
    await expect(pane('staging-admin').getByRole('timer')).toBeVisible()
  })

  await test.step('an account nobody has spoken of is asked about once; the session goes on', async () => {
    await select(page, 'data-engineer')
    await page.keyboard.press('Enter')
    await expect(pane('data-engineer').getByRole('timer')).toBeVisible()
    await page.getByRole('button', { name: 'Not production' }).click()
    await expect(page.getByText(/^Is 4567/)).toBeHidden()
    await more(page, 'Account…')
    const dialog = page.getByRole('dialog', { name: /^Account 4567/ })
    await expect(dialog.getByRole('radio', { name: 'None' })).toBeChecked()
    await dialog.getByLabel('Name').fill('acme-live-data')
    await dialog.getByRole('radio', { name: 'By name' }).click()
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog).toBeHidden()
    await expect(pane('data-engineer').locator('.pass__kick')).toContainText('Production')
    await expect(pane('data-engineer').getByRole('timer')).toBeVisible()
  })

  await test.step('what AWS refuses for its length starts with the button beside the error', async () => {
    await select(page, 'staging-deploy')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByRole('button', { name: 'Use 1 h' }).click()
    await expect(pane('staging-deploy').getByRole('timer')).toBeVisible()
  })

  await test.step('a duplicate has everything but the name and the profile', async () => {
    await select(page, 'staging-admin')
    await more(page, 'Duplicate role…')
    const dialog = page.getByRole('dialog', { name: 'Duplicate staging-admin' })
    await expect(dialog.getByLabel('Session name')).toHaveValue('dana.whitfield')
    await dialog.getByLabel('Session tags').fill('team=data\nteam=ops')
    await dialog.getByRole('button', { name: 'Add role' }).click()
    await expect(dialog.getByText('Line 2: this key is there already.')).toBeVisible()
    await dialog.getByLabel('Session tags').fill('team=data\ncost=')
    await dialog.getByLabel('Transitive tags').fill('team')
    await dialog.getByRole('button', { name: 'Add role' }).click()
    await expect(pane('staging-admin-copy')).toBeVisible()
    const { settings } = await withCore(world, (core) => core.roles.show('staging-admin-copy').role)
    expect(settings).toMatchObject({
      externalId: 'acme-ops-2291',
      sessionName: 'dana.whitfield',
      autoRenew: false,
      tags: [
        { key: 'team', value: 'data' },
        { key: 'cost', value: '' },
      ],
      transitiveTagKeys: ['team'],
    })
  })

  await test.step('sessions are found, renewed and ended by key', async () => {
    await page.keyboard.press('Control+2')
    const grid = page.getByRole('grid', { name: 'Sessions' })
    await expect(grid.getByRole('row')).toHaveCount(4)
    await page.keyboard.press('/')
    await page.keyboard.type('staging-deploy')
    await expect(grid.getByRole('row')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await expect(grid).toBeFocused()
    await page.keyboard.press('e')
    await expect(page.getByText('Nothing matches “staging-deploy”')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(grid.getByRole('row')).toHaveCount(3)
    await page.keyboard.press('End')
    await expect(grid.getByRole('row').last()).toHaveAttribute('aria-selected', 'true')
    const before = await expiries(page)
    await page.keyboard.press('Enter')
    await expect.poll(() => expiries(page)).not.toEqual(before)
  })

  await test.step('all end with one question that says how many and until when', async () => {
    await page.getByRole('button', { name: 'End all' }).click()
    const question = page.getByRole('alertdialog', { name: 'End 3 sessions?' })
    await expect(question).toContainText(/AWS accepts the keys it already issued until \d/)
    await expect(question).toContainText('In production: data-engineer.')
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await question.getByRole('button', { name: 'End 3 sessions' }).click()
    await expect(page.getByText('No session yet')).toBeVisible()
    expect(await withCore(world, (core) => core.sessions.list())).toEqual([])
  })
})

async function select(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name: new RegExp(`${name} `) }).click()
  await expect(page.getByRole('complementary', { name, exact: true })).toBeVisible()
}

async function more(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Expiry of every session, as main tells it. */
function expiries(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const { hallpass } = window as unknown as {
      hallpass: { call(channel: string, request: unknown): Promise<{ value: { name: string; expiresAt: string }[] }> }
    }
    const { value } = await hallpass.call('sessions.list', undefined)
    return value.map(({ name, expiresAt }) => `${name} ${expiresAt}`)
  })
}
