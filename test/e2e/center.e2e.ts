// Identity Center in the window, against the practice account's: from a start URL to a profile that works, the ways a sign-in
// can end, and reading that is broken off. The browser is the test's own; main may open nothing but what a click asked for.
import { readFileSync } from 'node:fs'
import { awsClis } from '../support/aws-clis.ts'
import { answerInBrowser, CENTER, openedAddress, readRoles, signInFirst } from './support/center.ts'
import { askMain, readClipboard, watchBrowser } from './support/steps.ts'
import { expect, test } from './support/world.ts'

test.setTimeout(120_000)

const ROLE = 'acme-sandbox-AdministratorAccess'

test('a start URL, a browser, and every role is in the list; one is started and the AWS CLI uses it', async ({
  world,
}) => {
  const { app, page } = await world.launch()
  const opened = await watchBrowser(app)
  await signInFirst(page, world, opened)
  const address = await openedAddress(opened)
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/authorize\?/)
  const dialog = page.getByRole('dialog')

  await dialog.getByLabel('Names of new roles').fill('{acount}')
  await dialog.getByRole('button', { name: 'Read roles', exact: true }).click()
  await expect(dialog.getByText('A name template has no field {acount}.')).toBeVisible()
  await dialog.getByLabel('Names of new roles').fill('{account}-{role}')
  await expect(dialog.getByText('acme-prod-PowerUserAccess')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add pattern' }).click()
  await dialog.getByLabel('Pattern 1', { exact: true }).fill('*identity*')
  await dialog.getByText('Write an AWS profile for each role').click()

  await dialog.getByRole('button', { name: 'Look first' }).click()
  await expect(dialog.getByRole('heading', { name: `What reading ${CENTER} would do` })).toBeVisible()
  await expect(dialog.getByText('9 new')).toBeVisible()
  await expect(dialog.getByRole('region', { name: 'What changes in the AWS files' })).toContainText(ROLE)
  expect(await askMain(page, 'roles.start-list')).toContain('"roles":0')

  await dialog.getByRole('button', { name: 'Read roles', exact: true }).click()
  await expect(dialog.getByRole('heading', { name: `Roles of ${CENTER}` })).toBeVisible()
  await expect(dialog.getByText('9 new')).toBeVisible()
  await page.keyboard.press('Escape')

  // As the pattern says, and as the names of accounts do.
  await expect(page.getByRole('row', { name: /acme-identity.*Production/ })).toBeVisible()
  await page.getByRole('row', { name: new RegExp(ROLE) }).click()
  const pane = page.getByRole('complementary', { name: ROLE })
  await expect(pane).toContainText('Identity Center sets how long')
  await expect(pane).toContainText('corp, permission set AdministratorAccess')
  await expect(pane.getByText('ARN', { exact: true })).toHaveCount(0)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: new RegExp(ROLE) })).toContainText('left')

  const config = readFileSync(world.configFile, 'utf8')
  expect(config).toContain(`[profile ${ROLE}]`)
  for (const { program } of awsClis()) {
    const words = ['sts', 'get-caller-identity', '--profile', ROLE, '--endpoint-url', world.practice.endpoint]
    const answer = await world.run(program, words)
    expect(answer.stderr).toBe('')
    expect(answer.stdout).toContain('assumed-role/AWSReservedSSO_AdministratorAccess_')
  }

  await page.keyboard.press('o')
  // The practice account is its own portal.
  await expect.poll(async () => (await opened()).at(-1)).toContain(`${world.practice.endpoint}/start/console?`)
  const portal = await fetch((await opened()).at(-1) ?? '')
  expect(await portal.text()).toContain('You are signed in to the practice account with AdministratorAccess')
  // Nobody can switch to it: what is without a secret is the portal's link.
  await page.keyboard.press('Alt+o')
  await expect.poll(() => readClipboard(app)).toContain('/start/console?')
  await pane.getByRole('button', { name: 'Choose console link' }).click()
  await page.getByRole('menuitem', { name: /^Access portal shortcut/ }).click()
  await expect.poll(async () => (await opened()).length).toBe(3)
  expect((await opened()).at(-1)).toContain('/start/console?')
  await page.keyboard.press('Control+4')
  await expect(page.getByText(/^Signed in until/)).toBeVisible()
  await expect(page.getByText('renews by itself')).toBeVisible()
})

test('a code is compared, and the page for it opens with a click alone', async ({ world }) => {
  world.practice.control.apply({ identityCenter: { deviceIntervalSeconds: 1 } })
  const { app, page } = await world.launch()
  const opened = await watchBrowser(app)
  await page.getByRole('button', { name: /Sign in with Identity Center/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'With a code instead' }).click()
  await expect(dialog.getByText('A start URL looks like')).toBeVisible()
  await dialog.getByLabel('Name').fill(CENTER)
  await dialog.getByLabel('Start URL').fill(world.practice.identityCenter.startUrl)
  await dialog.getByLabel('Region of Identity Center').fill('eu-west-1')
  await dialog.getByRole('button', { name: 'With a code instead' }).click()
  const code = dialog.locator('.compare__code')
  await expect(code).toHaveText(/[A-Z]{4}-[A-Z]{4}/)
  const shown = /[A-Z]{4}-[A-Z]{4}/.exec((await code.textContent()) ?? '')?.[0] ?? ''
  expect(await opened()).toEqual([])

  await dialog.getByRole('button', { name: 'Open the page' }).click()
  const address = await openedAddress(opened)
  expect(await (await fetch(address)).text()).toContain(shown)
  await answerInBrowser(world.practice, address, 'Allow')
  await expect(page.getByRole('dialog', { name: `Read the roles of ${CENTER}` })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Identities/ }).click()
  await expect(page.getByText(/^Signed in until/)).toBeVisible()
})

test('denied, begun again, cancelled, expired: each says what happened and how to go on', async ({ world }) => {
  world.practice.control.apply({ identityCenter: { deviceIntervalSeconds: 1, deviceCodeSeconds: 2 } })
  const added = await addCenter(world)
  expect(added).toContain(CENTER)
  const { app, page } = await world.launch()
  const opened = await watchBrowser(app)
  const dialog = page.getByRole('dialog')
  await page.keyboard.press('Control+4')
  await expect(page.getByText('Not signed in')).toBeVisible()
  await page.getByRole('button', { name: `Sign in: ${CENTER}` }).click()
  await answerInBrowser(world.practice, await openedAddress(opened), 'Deny')
  await expect(dialog.getByRole('alert')).toContainText('The sign-in was declined in the browser.')
  await dialog.getByRole('button', { name: 'Sign in again' }).click()
  const second = await openedAddress(opened, 2)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  // Nobody waits for that browser any more.
  const back = new URL(new URL(second).searchParams.get('redirect_uri') ?? '')
  await expect(fetch(back)).rejects.toThrow()
  expect(await askMain(page, 'centers.state')).toContain('"signingIn":null')

  await page.getByRole('button', { name: `More actions for ${CENTER}` }).click()
  await page.getByRole('menuitem', { name: 'Sign in with a code instead' }).click()
  await expect(dialog.getByRole('alert')).toContainText(/in time/, { timeout: 30_000 })
  world.practice.control.apply({ identityCenter: { deviceCodeSeconds: 600 } })
  await dialog.getByRole('button', { name: 'Use this browser instead' }).click()
  await answerInBrowser(world.practice, await openedAddress(opened, 3), 'Allow')
  await expect(page.getByRole('dialog', { name: `Read the roles of ${CENTER}` })).toBeVisible()
})

test('nobody signed in: a start opens no browser, and its button signs in and starts', async ({ world }) => {
  const { app, page } = await world.launch()
  const opened = await watchBrowser(app)
  await signInFirst(page, world, opened)
  await readRoles(page)
  await page.getByRole('button', { name: 'Show in roles' }).click()
  await expect(page.getByRole('row', { selected: true })).toContainText('acme-')

  await page.keyboard.press('Control+4')
  await page.getByRole('button', { name: `More actions for ${CENTER}` }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByText('Not signed in')).toBeVisible()
  // A program that asks the app for credentials is told, and nobody's browser opens.
  const asked = await world.hallpass(['credential-process', ROLE])
  expect([asked.code, asked.stdout]).toEqual([7, ''])
  expect(asked.stderr).toContain(`Nobody is signed in to ${CENTER} now.`)
  expect(await opened()).toHaveLength(1)
  await page.keyboard.press('Control+1')
  await page.getByRole('row', { name: new RegExp(ROLE) }).click()
  await page.keyboard.press('Enter')
  const pane = page.getByRole('complementary', { name: ROLE })
  await expect(pane.getByRole('alert')).toContainText(`Nobody is signed in to ${CENTER} now.`)
  expect(await opened()).toHaveLength(1)
  await pane.getByRole('button', { name: 'Sign in', exact: true }).click()
  await answerInBrowser(world.practice, await openedAddress(opened, 2), 'Allow')
  await expect(page.getByRole('row', { name: new RegExp(ROLE) })).toContainText('left')
  await expect(pane.getByRole('alert')).toBeHidden()

  // What the palette offers.
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(`>read roles of ${CENTER}`)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: `Read the roles of ${CENTER}` })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox').fill(`>sign in to ${CENTER}`)
  await page.keyboard.press('Enter')
  await expect(page.getByText('Finish in your browser')).toBeVisible()
  await page.keyboard.press('Escape')
})

test('reading is cancelled and goes on; what is gone is told and removed; all of it goes with the sign-in', async ({
  world,
}) => {
  world.practice.identityCenter.fill(60, 3)
  world.practice.control.apply({ identityCenter: { callsPerSecond: 8 } })
  const { app, page } = await world.launch()
  const opened = await watchBrowser(app)
  await signInFirst(page, world, opened)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Read roles', exact: true }).click()
  await expect(dialog.getByText(/^[1-9]\d* of 60 accounts/)).toBeVisible({ timeout: 30_000 })
  // Hidden, it goes on, and the list fills meanwhile.
  await dialog.getByRole('button', { name: 'Hide' }).click()
  await expect(page.getByRole('row').nth(3)).toBeVisible()
  await page.keyboard.press('Control+4')
  await page.getByRole('button', { name: `Show: ${CENTER}` }).click()
  await dialog.getByRole('button', { name: 'Cancel reading' }).click()
  await expect(dialog.getByText('Reading was cancelled.')).toBeVisible()
  const some = await countRoles(page)
  expect(some).toBeGreaterThan(0)
  expect(some).toBeLessThan(180)
  world.practice.control.apply({ identityCenter: { callsPerSecond: null } })
  const before = world.practice.calls().length
  await dialog.getByRole('button', { name: 'Go on' }).click()
  await expect(dialog.getByText('60 accounts, 180 roles')).toBeVisible({ timeout: 60_000 })
  const asked = world.practice
    .calls()
    .slice(before)
    .filter(({ action }) => action === 'sso:ListAccountRoles')
  expect(asked.length).toBeLessThan(60)
  await page.keyboard.press('Escape')

  const [account] = world.practice.identityCenter.accounts
  world.practice.identityCenter.unassign(account?.accountId ?? '')
  await page.getByRole('button', { name: `Read roles: ${CENTER}` }).click()
  await dialog.getByRole('button', { name: 'Read roles', exact: true }).click()
  await expect(dialog.getByText('3 gone')).toBeVisible({ timeout: 60_000 })
  const told = world.practice.calls().length
  await dialog.getByRole('button', { name: 'Remove them' }).click()
  await expect(dialog.getByText('3 roles removed.')).toBeVisible({ timeout: 60_000 })
  // What the report has shown, and not read once more.
  const listed = world.practice.calls().slice(told)
  expect(listed.filter(({ action }) => action.startsWith('sso:List'))).toEqual([])
  await page.keyboard.press('Escape')
  expect(await countRoles(page)).toBe(177)

  await page.getByRole('button', { name: `More actions for ${CENTER}` }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove with 177 roles' }).click()
  await expect(page.getByRole('button', { name: /Sign in with Identity Center/ })).toBeVisible({ timeout: 30_000 })
  expect(await countRoles(page)).toBe(0)
})

async function countRoles(page: import('@playwright/test').Page): Promise<number> {
  const reply = JSON.parse(await askMain(page, 'roles.start-list')) as { value: { totals: { roles: number } } }
  return reply.value.totals.roles
}

/** As the page would, without its form. */
async function addCenter(world: import('./support/world.ts').World): Promise<string> {
  const { page } = await world.launch()
  const { startUrl, region } = world.practice.identityCenter
  const reply = await askMain(page, 'centers.add', { name: CENTER, startUrl, ssoRegion: region })
  await world.quit()
  return reply
}
