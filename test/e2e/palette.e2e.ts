// The command palette: found, narrowed, chosen and left by keys alone; roles started, opened and asked about; and where
// the focus is after each of it.
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { practiceRole, setUpWithCommand, watchBrowser } from './support/steps.ts'
import { expect, test } from './support/world.ts'

// Many stories, one launch.
test.setTimeout(180_000)

test('the palette', async ({ world }) => {
  await setUpWithCommand(world, [
    { arn: practiceRole(world, 'acme-prod', 'ReadOnly'), name: 'prod-ro', words: ['--environment', 'prod'] },
    { arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'sandbox', words: ['--environment', 'dev'] },
    { arn: practiceRole(world, 'acme-staging', 'Deploy'), name: 'deploy', words: ['--environment', 'staging'] },
  ])
  const { app, page } = await world.launch()
  const openedUrls = await watchBrowser(app)
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  const field = palette.getByRole('combobox')
  const grid = page.getByRole('treegrid')
  const active = palette.getByRole('option', { selected: true })
  const rowOf = (name: string) => page.getByRole('row', { name: new RegExp(name) })
  const open = async (query: string): Promise<void> => {
    await page.keyboard.press('Control+k')
    await expect(field).toBeFocused()
    await page.keyboard.type(query)
  }

  await test.step('opens from anywhere, and gives the focus back', async () => {
    await expect(grid).toBeFocused()
    await open('')
    await expect(field).toHaveAttribute('aria-expanded', 'true')
    await expect(field).toHaveAttribute('aria-activedescendant', (await active.getAttribute('id')) ?? '')
    await page.keyboard.press('Escape')
    await expect(palette).toBeHidden()
    await expect(grid).toBeFocused()

    await page.keyboard.press('/')
    await page.keyboard.type('sand')
    await open('x')
    await page.keyboard.press('Control+k')
    await expect(palette).toBeHidden()
    const search = page.getByRole('textbox', { name: 'Search roles' })
    await expect(search).toBeFocused()
    await expect(search).toHaveValue('sand')
    await page.keyboard.press('Escape')

    const hint = page.getByRole('button', { name: 'Open the command palette' })
    await hint.click()
    await expect(field).toBeFocused()
    await page.keyboard.press('Tab')
    await expect(field).toBeFocused()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(hint).toBeFocused()
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.send('palette.open', undefined),
    )
    await expect(field).toBeFocused()
    await page.mouse.click(20, 700)
    await expect(palette).toBeHidden()
  })

  await test.step('the shortcut, the name and one more key open the console of a role', async () => {
    await open('sdbx')
    await expect(active).toContainText('sandbox')
    expect(await active.locator('mark').allTextContents()).toEqual(['s', 'db', 'x'])
    await page.keyboard.press('Control+o')
    await expect.poll(openedUrls).toHaveLength(1)
    expect((await openedUrls())[0]).toContain('roleName=PlatformAdmin')
    await expect(rowOf('sandbox')).toContainText('left')
    await expect(rowOf('sandbox')).toHaveAttribute('aria-selected', 'true')
    await expect(grid).toBeFocused()
  })

  await test.step('Enter does what suits the state: a live session opens the console', async () => {
    await open('sdbx')
    await expect(active).toContainText('left')
    await page.keyboard.press('Enter')
    await expect.poll(openedUrls).toHaveLength(2)
  })

  await test.step('production asks, from another section too, and the focus comes back to the list', async () => {
    await page.keyboard.press('Control+4')
    await expect(page.getByRole('heading', { name: 'Identities' })).toBeVisible()
    await open('prod ro')
    await expect(active).toContainText('Production')
    await page.keyboard.press('Enter')
    const question = page.getByRole('alertdialog', { name: 'Start prod-ro in production?' })
    await expect(question).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(question).toBeHidden()
    await expect(rowOf('prod-ro')).toContainText('Inactive')
    await expect(grid).toBeFocused()
  })

  await test.step('Tab shows what can be done with the result; Esc goes back to what was typed', async () => {
    await open('sdbx')
    await page.keyboard.press('Tab')
    await expect(palette.getByRole('option')).toHaveCount(11)
    await page.keyboard.type('sess')
    await expect(palette.getByText('Nothing matches “sess”')).toBeVisible()
    await expect(field).toHaveValue('sess')
    await expect(palette.getByRole('status')).toHaveText('No results')
    await page.keyboard.press('Escape')
    await expect(field).toHaveValue('sdbx')
    await expect(palette.getByRole('status')).toHaveText(/^\d+ results?$/)
    await page.keyboard.press('Tab')
    await page.keyboard.type('end')
    await expect(active).toContainText('End')
    await page.keyboard.press('Enter')
    await expect(rowOf('sandbox')).toContainText('Inactive')
  })

  await test.step('what the list was filtered by makes way for the role that is acted on', async () => {
    await page.keyboard.press('/')
    await page.keyboard.type('deploy')
    await expect(rowOf('sandbox')).toBeHidden()
    await open('sdbx')
    await page.keyboard.press('Control+s')
    await expect(rowOf('sandbox')).toHaveAttribute('aria-selected', 'true')
    await expect(page.getByText('The CLI asks Hallpass. No secret touches the disk.')).toBeVisible()
    expect(readFileSync(world.configFile, 'utf8')).toContain('[profile sandbox]')
  })

  await test.step('@ lists accounts and goes into one', async () => {
    await open('@3456')
    await expect(active).toContainText('1 role')
    await page.keyboard.press('Enter')
    await expect(palette.getByRole('option')).toHaveCount(1)
    await expect(active).toContainText('sandbox')
    await page.keyboard.press('Backspace')
    await expect(field).toHaveValue('@3456')
    await page.keyboard.press('Escape')
  })

  await test.step('> lists actions alone, and what was chosen comes first from then on', async () => {
    await open('>dark')
    await expect(palette.getByRole('option')).toHaveCount(1)
    await page.keyboard.press('Enter')
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await open('')
    await expect(palette.getByRole('group', { name: 'Recent roles' }).getByRole('option').first()).toContainText(
      'sandbox',
    )
    const elsewhere = palette.getByRole('group', { name: 'Elsewhere' }).getByRole('option')
    await expect(elsewhere.first()).toContainText('Theme: Dark')
    await page.keyboard.press('ArrowUp')
    await expect(elsewhere.last()).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('ArrowDown')
    await expect(palette.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('Escape')
  })

  await test.step('a dialog that the palette opens gives the focus back to where it was before', async () => {
    await grid.focus()
    await open('add role')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog', { name: 'Add role' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(grid).toBeFocused()
  })

  await test.step('every key is listed, and found; single letters can be turned off', async () => {
    await page.keyboard.press('?')
    const keys = page.getByRole('dialog', { name: 'All keys' })
    await expect(keys.getByText('Command palette, from anywhere')).toBeVisible()
    await page.keyboard.type('console')
    await expect(keys.getByText('Command palette', { exact: true })).toBeHidden()
    await expect(keys.getByText('Open console, sign-in link')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(grid).toBeFocused()

    await setSingleKeys(page, false)
    await expect(page.getByRole('button', { name: 'Copy as env' }).first()).not.toHaveAttribute(
      'aria-keyshortcuts',
      /./,
    )
    await page.keyboard.press('o')
    await page.keyboard.press('?')
    await page.keyboard.press('/')
    await expect(grid).toBeFocused()
    await page.keyboard.press('Control+f')
    await expect(page.getByRole('textbox', { name: 'Search roles' })).toBeFocused()
    await page.keyboard.press('Escape')
    await page.keyboard.press('F1')
    await expect(keys.getByText('Shift O', { exact: true })).toHaveCount(0)
    await page.keyboard.press('Escape')
    expect(await openedUrls()).toHaveLength(2)
    await setSingleKeys(page, true)
  })

  await test.step('F6 walks over the regions both ways, with the focus in sight', async () => {
    const region = () =>
      page.evaluate(() => document.activeElement?.closest('[data-region]')?.getAttribute('data-region'))
    await grid.focus()
    const seen: (string | null | undefined)[] = []
    for (let step = 0; step < 3; step++) {
      await page.keyboard.press('F6')
      seen.push(await region())
      expect(await focusIsVisible(page)).toBe(true)
    }
    expect(seen).toEqual(['pane', 'nav', 'list'])
    await page.keyboard.press('Shift+F6')
    expect(await region()).toBe('nav')
  })
})

async function setSingleKeys(page: Page, singleKeys: boolean): Promise<void> {
  await page.evaluate(
    (value) =>
      (window as unknown as { hallpass: { call(channel: string, request: unknown): Promise<unknown> } }).hallpass.call(
        'settings.change',
        { singleKeys: value },
      ),
    singleKeys,
  )
  const end = page.getByRole('button', { name: /^Start session/ })
  await expect(page.getByRole('button', { name: 'Copy as env' }).first()).toBeVisible()
  if (singleKeys) await expect(page.locator('.footbar')).toContainText('Console')
  else await expect(page.locator('.footbar')).not.toContainText('Console')
  await expect(end).toBeVisible()
}

/** Whether what has the focus, or the row it stands for, is outlined. */
function focusIsVisible(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const focused = document.activeElement
    if (focused === null || focused === document.body || !focused.matches(':focus-visible')) return false
    const row = document.getElementById(focused.getAttribute('aria-activedescendant') ?? '')
    return [focused, row].some((one) => one !== null && getComputedStyle(one).outlineStyle !== 'none')
  })
}
