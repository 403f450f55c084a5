// The console dialog and what is remembered of browsers, in both themes.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withFirefox } from './support/firefox.ts'
import { lookTwice, openApp } from './support/looks.ts'
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { expect, test } from './support/world.ts'

test.use({ practiceSeed: 'screens' })

let outside: string
test.beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'browser-'))
})
test.afterEach(() => rmSync(outside, { recursive: true }))

test('the console dialog', async ({ world }) => {
  test.setTimeout(120_000)
  withFirefox(world, outside)
  await setUpWithCommand(world, [
    {
      arn: practiceRole(world, 'acme-prod', 'ReadOnly'),
      name: 'prod-partner',
      words: ['--external-id', 'acme-42', '--environment', 'prod'],
    },
  ])
  await world.hallpass(['browser', 'set', '--environment', 'prod', '--browser', 'firefox', '--profile', 'work'])
  await world.hallpass(['browser', 'set', '--account', '345678901234', '--browser', 'firefox', '--private'])
  const page = await openApp(world)
  await page.keyboard.press('Alt+Shift+O')
  const dialog = page.getByRole('dialog', { name: 'Open console' })
  await expect(dialog.getByRole('combobox', { name: 'Destination' })).toBeFocused()
  await lookTwice(page, 'console-dialog')
  await page.keyboard.type('log')
  await expect(page.getByRole('option').first()).toBeVisible()
  await lookTwice(page, 'console-dialog-search')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await page.keyboard.press('Control+,')
  await page.getByRole('button', { name: 'Console and browsers' }).click()
  await lookTwice(page, 'settings-browsers')
  await page.setViewportSize({ width: 900, height: 600 })
  await page.keyboard.press('Control+1')
  await page.keyboard.press('Alt+Shift+O')
  await expect(dialog.getByRole('combobox', { name: 'Destination' })).toBeFocused()
  await lookTwice(page, 'console-dialog-900x600')
})
