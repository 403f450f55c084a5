// The settings and the lock in both themes: accessible by axe's rules, and pictured; what every setting does to the
// record, and what is typed wrong.

import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { look, showTheme } from './support/looks.ts'
import { practiceRole, readClipboard, setUpWithCommand } from './support/steps.ts'
import { expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
// Axe reads each screen whole.
test.setTimeout(240_000)

test('settings and lock, light and dark', async ({ world }) => {
  await setUpWithCommand(world, [
    {
      arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'),
      name: 'sandbox-admin',
      words: ['--environment', 'dev'],
    },
  ])
  const { app, page } = await world.launch()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /sandbox-admin/ })).toContainText('left')
  const settings = () => storedSettings(world)
  const search = page.getByRole('textbox', { name: 'Search settings' })
  await page.keyboard.press('Control+,')

  await test.step('every kind of control acts at once, and can be taken back', async () => {
    await page.getByRole('switch', { name: 'Single-letter keys' }).click()
    await expect(page.getByText('Single-letter keys: off')).toBeVisible()
    expect(settings()).toMatchObject({ singleKeys: false })
    await page.getByRole('alertdialog').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(settings).toMatchObject({ singleKeys: true })

    await page.getByRole('radio', { name: 'Compact' }).click()
    await expect.poll(settings).toMatchObject({ density: 'compact' })

    await page.getByRole('button', { name: /^Group roles by/ }).click()
    await page.getByRole('menuitemradio', { name: 'Environment' }).click()
    await expect(page.getByRole('button', { name: 'Group roles by: Environment' })).toBeFocused()
    await expect.poll(settings).toMatchObject({ groupRolesBy: 'environment' })

    await page.getByRole('group', { name: 'Columns' }).getByText('Region').click()
    await expect.poll(settings).toMatchObject({ roleColumns: ['source', 'profile', 'region', 'state'] })
  })

  await test.step('a region that is none is said, and not kept', async () => {
    const region = page.getByRole('textbox', { name: 'Region of new roles and keys' })
    await region.fill('Frankfurt')
    await region.press('Enter')
    await expect(page.getByText('A region looks like eu-west-1.')).toBeVisible()
    await expect(region).toHaveAttribute('aria-invalid', 'true')
    expect(settings().defaultRegion ?? null).toBeNull()
    await region.fill('eu-central-1')
    await region.press('Enter')
    await expect.poll(settings).toMatchObject({ defaultRegion: 'eu-central-1' })
    // The field shows what is stored: the window knows of it too.
    await expect(region).toHaveValue('eu-central-1')
    await page.keyboard.press('Control+n')
    await expect(page.getByRole('dialog').getByLabel(/^Region/)).toHaveValue('eu-central-1')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await region.fill('')
    await region.press('Enter')
    await expect.poll(settings).toMatchObject({ defaultRegion: null })
  })

  await test.step('a shortcut is pressed, not typed', async () => {
    const change = page.getByRole('button', { name: 'Palette from anywhere: Change' })
    const recording = page.getByRole('button', { name: 'Palette from anywhere: Press the keys' })
    await change.click()
    await recording.press('j')
    await expect(page.getByText('Add Ctrl, Alt or ⌘')).toBeVisible()
    await recording.press('Control+Alt+j')
    await expect.poll(settings).toMatchObject({ globalShortcut: 'CommandOrControl+Alt+J' })
    await expect(change).toBeFocused()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Backspace')
    await expect.poll(settings).toMatchObject({ globalShortcut: null })
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(change).toBeVisible()
    expect(settings()).toMatchObject({ globalShortcut: null })
    await page.keyboard.press('Enter')
    await recording.press('j')
    await look(page, 'settings-shortcut-light')
    // Axe moves the focus, which ends the recording.
    await page.getByRole('heading', { name: 'Settings' }).click()
    await expect(change).toBeVisible()
  })

  await test.step('where things are, and the line for the PATH', async () => {
    await expect(page.getByText(world.configFile, { exact: true })).toBeVisible()
    await page.getByRole('button', { name: /^Copy line/ }).click()
    await expect.poll(() => readClipboard(app)).toBe(`export PATH='${join(world.folder, 'home/state/bin')}':"$PATH"`)
  })

  await test.step('search', async () => {
    await page.keyboard.press('/')
    await expect(search).toBeFocused()
    await search.fill('lock screen')
    await expect(page.getByRole('switch')).toHaveCount(1)
    await expect(page.getByRole('switch', { name: 'Lock with the screen' })).toBeVisible()
    await search.fill('no such thing')
    await expect(page.getByText('No setting matches “no such thing”')).toBeVisible()
    await look(page, 'settings-nothing-light')
    await page.getByRole('button', { name: 'Clear search' }).click()
  })

  const parts = page.getByRole('navigation', { name: 'Parts of the settings' })
  await test.step('the version, and what it is made of', async () => {
    await parts.getByText('About').click()
    await expect(page.getByRole('heading', { name: 'About' })).toBeFocused()
    await expect(page.getByRole('heading', { name: 'Settings' })).toBeInViewport()
    // The paths of this run stay out of the picture.
    await search.fill('licences')
    await page.getByRole('button', { name: 'Show: Licences' }).click()
    await expect(page.getByRole('dialog').getByText('Apache License 2.0')).toBeVisible()
    await look(page, 'licences-light')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Show: What’s new' }).click()
    const news = page.getByRole('dialog', { name: /^New in/ })
    await expect(news.getByRole('listitem').first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(news).toBeHidden()
    // What was changed so far is said no longer, whatever the pointer and the focus keep in view.
    await page.reload()
    await page.getByRole('row').first().waitFor()
    await page.keyboard.press('Control+,')
    await expect(search).toBeVisible()
  })

  for (const theme of ['light', 'dark'] as const) {
    await test.step(theme, async () => {
      await showTheme(page, theme)
      await page.setViewportSize({ width: 1180, height: 760 })
      await search.fill('lock')
      await look(page, `settings-lock-${theme}`)
      await search.fill('')
      await parts.getByText('Appearance').click()
      await look(page, `settings-${theme}`)
      await page.setViewportSize({ width: 900, height: 600 })
      await look(page, `settings-900x600-${theme}`)
      await page.keyboard.press('Control+l')
      await expect(page.getByText('1 session goes on')).toBeVisible()
      await page.setViewportSize({ width: 1180, height: 760 })
      await look(page, `locked-${theme}`)
      await page.getByRole('button', { name: 'Unlock' }).press('Enter')
      await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible()
    })
  }
  await expect.poll(settings).toMatchObject({ seenVersion: '0.1.0' })
})

/** The record as it is on the disk. */
function storedSettings(world: World): Record<string, unknown> {
  const store = new DatabaseSync(join(world.env.HALLPASS_HOME ?? '', 'hallpass.db'), { readOnly: true })
  try {
    const row = store.prepare("SELECT value FROM settings WHERE key = 'preferences'").get() as { value: string }
    return JSON.parse(row.value)
  } finally {
    store.close()
  }
}
