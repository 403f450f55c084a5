// The role list in its arrangements, in both themes.
import { lookTwice, openApp } from './support/looks.ts'
import { manyRoles } from './support/many-roles.ts'
import { expect, test } from './support/world.ts'

test.setTimeout(180_000)

test('role list', async ({ world }) => {
  manyRoles(world)
  const page = await openApp(world)
  await expect(page.getByText('30 roles, 5 accounts')).toBeVisible()
  await page.getByRole('row', { name: /other-Deploy/ }).hover()
  await lookTwice(page, 'role-list')

  await page.getByRole('button', { name: 'View' }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await lookTwice(page, 'role-list-view')
  await page.getByRole('menuitemradio', { name: 'Environment' }).click()
  await page.keyboard.press('Escape')
  await page.getByRole('treegrid', { name: 'Roles by environment' }).focus()
  await page.keyboard.press('Home')
  for (let times = 0; times < 3; times++) await page.keyboard.press('Shift+ArrowDown')
  await lookTwice(page, 'role-list-selection')

  await page.evaluate(() =>
    (window as unknown as { hallpass: { call(channel: string, request: unknown): Promise<unknown> } }).hallpass.call(
      'settings.change',
      { density: 'compact', groupRolesBy: 'source', roleColumns: ['source', 'region', 'used', 'state'] },
    ),
  )
  await page.keyboard.press('Escape')
  await expect(page.locator('.list--compact')).toBeVisible()
  await expect(page.getByRole('treegrid', { name: 'Roles by source' })).toBeVisible()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowLeft')
  await lookTwice(page, 'role-list-compact')
  await page.setViewportSize({ width: 900, height: 600 })
  await lookTwice(page, 'role-list-compact-900x600')
})
