// From an empty machine to a drilled emergency user, in the app alone: the practice account, the set-up, and the whole
// emergency path rehearsed on the same screens. The drill leaves its report, and nothing else.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { lookTwice } from './support/looks.ts'
import { askMain, unlock } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

test.setTimeout(180_000)

const dialog = (page: Page) => page.getByRole('dialog')
const slip = (page: Page) => page.getByRole('article').filter({ hasText: 'EmergencyAccess' })
const bar = (page: Page) => page.getByRole('region', { name: 'Drill' })

/** The tour of the docs, at the size of the mock-ups. */
const picture = (page: Page, name: string) => lookTwice(page, `drill-${name}`)

async function setUp(page: Page, inDrill: boolean): Promise<void> {
  await page.getByRole('button', { name: /Set up in an account/ }).click()
  if (!inDrill) await picture(page, '2-set-up')
  await dialog(page).getByRole('button', { name: 'Read the account' }).click()
  await dialog(page).getByRole('button', { name: 'Make it' }).click()
  await expect(dialog(page).getByRole('heading')).toHaveText('EmergencyAccess is set up and sealed', {
    timeout: 60_000,
  })
  await dialog(page).getByRole('button', { name: 'Done' }).click()
  await expect(slip(page)).toContainText('Never opened here')
}

async function startDrill(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'More for EmergencyAccess' }).click()
  await page.getByRole('menuitem', { name: 'Drill…' }).click()
  await picture(page, '4-ask')
  await dialog(page).getByRole('button', { name: 'Start the drill' }).click()
  await expect(bar(page)).toContainText('Drill for EmergencyAccess', { timeout: 30_000 })
}

/** The practice account's state folder and the drill's own are below these. */
const leftInTemp = (world: World): string[] =>
  readdirSync(join(world.folder, 'tmp')).filter((name) => name.startsWith('hallpass-drill-'))

test('an empty machine, a practice account, an emergency user, a drill', async ({ world }) => {
  delete world.env.AWS_ENDPOINT_URL
  const begun = Date.now()
  const first = await world.launch()
  const { page, app } = await world.restart(async () => {
    await first.page.getByRole('button', { name: /Try with the practice account/ }).click()
  })
  await page.setViewportSize({ width: 1180, height: 760 })
  await page.keyboard.press('Control+3')
  await expect(page.getByText('No emergency credential is sealed here')).toBeVisible()
  await picture(page, '1-nothing-yet')
  await setUp(page, false)
  await picture(page, '3-sealed')
  await expect(slip(page)).toContainText('Never drilled')
  await startDrill(page)
  expect(leftInTemp(world)).toHaveLength(1)
  await picture(page, '5-begun')

  await test.step('it takes no real secret in, however it is asked', async () => {
    await page.getByRole('button', { name: 'Add credential' }).click()
    await expect(page.getByRole('menuitem')).toHaveText(['Set up in an account…'])
    await page.keyboard.press('Escape')
    const lock = { passphrase: 'five words that nobody has' }
    for (const [channel, request] of [
      ['breakglass.add', { name: 'mine', userName: 'me', password: 'a real one' }],
      ['breakglass.pick-file', undefined],
      ['kit.choose', undefined],
      ['kit.export', { names: ['EmergencyAccess'], reason: 'A try', confirmed: [], lock, sheet: false }],
    ] as const) {
      expect(await askMain(page, channel, request), channel).toContain('"code":"breakglass.in-drill"')
    }
  })

  await test.step('each step is ticked off once it is done', async () => {
    const isDone = (step: string) =>
      expect(bar(page).locator('.is-done').getByText(step, { exact: true })).toBeVisible()
    await setUp(page, true)
    await isDone('Set up')
    await slip(page).getByRole('button', { name: /^Open/ }).click()
    await dialog(page).getByLabel('Why are you opening it?').fill('A drill, no emergency')
    await dialog(page).getByRole('button', { name: 'Break the seal' }).click()
    await isDone('Open')
    await expect(page.getByText('Being recorded')).toBeVisible()
    // While the dialog fades, keys are still its own.
    await expect(dialog(page)).toBeHidden()
    await page.keyboard.press('p')
    await isDone('Password')
    await page.getByRole('button', { name: 'Show or hide: One-time code' }).click()
    await isDone('Code')
    await page.getByRole('button', { name: 'Sign in SupportUserRole' }).click()
    await expect(page.getByText('In a drill the browser stays closed')).toBeVisible()
    await isDone('Role')
    await expect(page.locator('.feed')).toContainText('SupportUserRole opened')
    await page.mouse.move(0, 0)
    await picture(page, '6-open')
    await page.getByRole('button', { name: 'Close and rotate' }).click()
    await isDone('Rotate')
    await isDone('Close')
    await slip(page).getByRole('button', { name: '1 thing left to do' }).click()
    await dialog(page).getByLabel('Note for the log').fill('Rehearsed')
    await dialog(page).getByRole('button', { name: 'Save and close' }).click()
    await isDone('Note')
    await expect(bar(page)).toContainText('Every step is done')
  })

  await test.step('the report says how long it took; the real one is the one before, drilled', async () => {
    await bar(page).getByRole('button', { name: 'Finish' }).click()
    await expect(dialog(page).getByRole('heading')).toHaveText('The drill is done', { timeout: 30_000 })
    await expect(dialog(page)).toContainText('Every step was done.')
    await picture(page, '7-report')
    await dialog(page).getByRole('button', { name: 'Done' }).click()
    await expect(bar(page)).toHaveCount(0)
    await expect(slip(page)).toContainText('Drilled')
    await expect(slip(page)).toContainText('Never opened here')
    expect(leftInTemp(world)).toEqual([])
    await picture(page, '8-drilled')
  })
  const seconds = Math.round((Date.now() - begun) / 1000)
  test.info().annotations.push({ type: 'from nothing to a drilled emergency user', description: `${seconds} s` })

  await test.step('stopped, it leaves nothing, and locking stops it', async () => {
    await startDrill(page)
    await bar(page).getByRole('button', { name: 'Stop' }).click()
    await expect(bar(page)).toHaveCount(0)
    await startDrill(page)
    await page.keyboard.press('Control+l')
    await unlock(page)
    await page.keyboard.press('Control+3')
    await expect(slip(page)).toContainText('Drilled')
    await expect(bar(page)).toHaveCount(0)
    expect(leftInTemp(world)).toEqual([])
  })

  await test.step('what is missed is in the report, and does not count', async () => {
    await startDrill(page)
    await bar(page).getByRole('button', { name: 'Finish' }).click()
    await expect(dialog(page).getByRole('heading')).toHaveText('The drill is over', { timeout: 30_000 })
    await expect(dialog(page)).toContainText('8 steps missed.')
    await expect(dialog(page)).toContainText('It does not count as a drill of EmergencyAccess.')
    await picture(page, 'missed')
    await dialog(page).getByRole('button', { name: 'Done' }).click()
  })

  await test.step('quitting in the middle leaves nothing either', async () => {
    await startDrill(page)
    await app.close()
    expect(leftInTemp(world)).toEqual([])
  })
})
