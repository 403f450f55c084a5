// The main job without a pointer: from the first launch to a profile that the AWS CLI uses, with the focus in sight at
// every step and back where it was after every dialog.
import type { Page } from '@playwright/test'
import { awsClis } from '../support/aws-clis.ts'
import { practiceRole, REGION, watchBrowser } from './support/steps.ts'
import { DANA, expect, test } from './support/world.ts'

test.setTimeout(120_000)

test('keyboard only, from the first launch to the AWS CLI', async ({ world }) => {
  const { app, page } = await world.launch()
  const openedUrls = await watchBrowser(app)
  await page.evaluate(() => {
    for (const kind of ['pointerdown', 'mousedown', 'touchstart'])
      addEventListener(kind, () => Object.assign(globalThis, { pointerUsed: true }), { capture: true })
  })
  const { accessKeyId, secretAccessKey } = world.practice.user(DANA)

  // The first run: Enter begins with what is marked.
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog').getByLabel('Name')).toBeFocused()
  await page.keyboard.type('dana')
  await tabTo(page, 'Access key ID')
  await page.keyboard.type(accessKeyId)
  await tabTo(page, 'Secret access key')
  await page.keyboard.type(secretAccessKey)
  await page.keyboard.press('Enter')
  await expect(page.getByText('No roles yet')).toBeVisible()

  await page.keyboard.press('Control+n')
  await expect(page.getByRole('dialog').getByLabel('Role ARN')).toBeFocused()
  await page.keyboard.type(practiceRole(world, 'acme-sandbox', 'PlatformAdmin'))
  await tabTo(page, 'Name')
  await page.keyboard.type('admin')
  await tabTo(page, /^Region/)
  await page.keyboard.type(REGION)
  await page.keyboard.press('Enter')
  const row = page.getByRole('row', { name: /admin/ })
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(row).toContainText('Inactive')
  // What the dialog was opened from is gone: the list has the focus.
  await expect(page.getByRole('treegrid')).toBeFocused()

  await page.keyboard.press('Enter')
  await expect(row).toContainText('left')
  await page.keyboard.press('w')
  await expect(page.getByText('The CLI asks Hallpass. No secret touches the disk.')).toBeVisible()
  await page.keyboard.press('o')
  await expect.poll(openedUrls).toHaveLength(1)

  for (const { program } of awsClis()) {
    const words = ['sts', 'get-caller-identity', '--profile', 'admin', '--endpoint-url', world.practice.endpoint]
    const answer = await world.run(program, words)
    expect(answer.stderr).toBe('')
    expect(JSON.parse(answer.stdout).Arn).toContain(':assumed-role/PlatformAdmin/')
  }

  await test.step('everything in the window is reached by Tab, in sight, and Tab comes round', async () => {
    const reached = await tabRound(page)
    for (const name of [
      'Roles',
      'Identities',
      'Settings',
      'Search roles',
      'Add role',
      'Roles by account',
      'More actions',
    ])
      expect(reached, name).toContainEqual(expect.stringContaining(name))
    for (const name of [
      'Open console',
      'Choose console link',
      'Copy as env',
      'Renew',
      'Write this profile',
      'Copy ARN',
    ])
      expect(reached, name).toContainEqual(expect.stringContaining(name))
  })

  await test.step('menus and dialogs give the focus back', async () => {
    const menuButton = page.getByRole('button', { name: 'Choose console link' })
    await menuButton.focus()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('menu')).toBeVisible()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Escape')
    await expect(menuButton).toBeFocused()
    for (const key of ['Control+n', '?']) {
      await page.keyboard.press(key)
      await expect(page.getByRole('dialog')).toBeVisible()
      await page.keyboard.press('Escape')
      await expect(menuButton).toBeFocused()
    }
  })

  expect(await page.evaluate(() => 'pointerUsed' in globalThis)).toBe(false)
})

/** Presses Tab until the field of that label has the focus. */
async function tabTo(page: Page, label: string | RegExp): Promise<void> {
  const field = page.getByRole('dialog').getByLabel(label, { exact: typeof label === 'string' })
  for (let presses = 0; presses < 25; presses++) {
    if (await field.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  await expect(field).toBeFocused()
}

/** The names of all that Tab reaches until it comes round. Each of them must show that it has the focus. */
async function tabRound(page: Page): Promise<string[]> {
  const names: string[] = []
  await page.evaluate(() => document.querySelector<HTMLElement>('nav button')?.focus())
  for (let presses = 0; presses < 80; presses++) {
    const { name, isVisible, isFirst } = await page.evaluate(() => {
      const focused = document.activeElement ?? document.body
      const row = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
      const label = focused.getAttribute('aria-label') ?? (focused.textContent || focused.getAttribute('title'))
      const shows = [focused, row, focused.closest('.field'), focused.nextElementSibling]
      return {
        name: label ?? '',
        isVisible:
          focused === document.body ||
          (focused.matches(':focus-visible') &&
            shows.some((one) => one !== null && getComputedStyle(one).outlineStyle !== 'none')),
        isFirst: focused === document.querySelector('nav button'),
      }
    })
    if (isFirst && names.length > 0) return names
    expect(isVisible, name).toBe(true)
    names.push(name)
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not come round: ${names.join(', ')}`)
}
