// The role list by keyboard and pointer: groups, pins, folding, order, columns, selection; and what another process adds.
import type { Page } from '@playwright/test'
import { seedRoles } from '../../bench/seed-roles.ts'
import { manyRoles } from './support/many-roles.ts'
import { expect, test } from './support/world.ts'

test.setTimeout(180_000)

test('a list that is grouped, pinned, folded, arranged and selected from', async ({ world }) => {
  manyRoles(world)
  const { page } = await world.launch()
  const grid = page.getByRole('treegrid', { name: 'Roles by account' })
  const head = (name: string) => page.getByRole('row', { level: 1 }).filter({ hasText: name })
  // By the name itself: a row also names the role it starts from.
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.locator('.row__name').and(page.getByTitle(name, { exact: true })) })

  await test.step('pinned roles come first and only there, then accounts by their names', async () => {
    await expect(grid).toHaveAttribute('aria-rowcount', '36')
    expect(await firstWords(page, 5)).toEqual([
      'Pinned',
      'prod-PlatformAdmin',
      'sandbox-ReadOnly',
      '9876 5432 1098'.replaceAll(' ', ''),
      'other-BillingViewer',
    ])
    await expect(row('prod-PlatformAdmin')).toHaveCount(1)
    await expect(row('prod-PlatformAdmin')).toHaveAttribute('aria-selected', 'true')
  })

  await test.step('P pins the role of the cursor, and it moves to the others', async () => {
    await page.keyboard.press('End')
    await expect(row('staging-SupportUserRole')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('p')
    await expect(page.getByText('Pinned staging-SupportUserRole')).toBeVisible()
    await page.keyboard.press('Home')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('Home')
    expect(await firstWords(page, 4)).toEqual([
      'Pinned',
      'prod-PlatformAdmin',
      'sandbox-ReadOnly',
      'staging-SupportUserRole',
    ])
  })

  await test.step('Left folds the group, the cursor stays on its head, and both are remembered', async () => {
    for (let times = 0; times < 4; times++) await page.keyboard.press('ArrowDown')
    await expect(row('other-DataEngineer')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('ArrowLeft')
    const folded = head('987654321098')
    await expect(folded).toHaveAttribute('aria-expanded', 'false')
    await expect(grid).toHaveAttribute('aria-activedescendant', (await folded.getAttribute('id')) ?? '')
    await expect(row('other-ReadOnly')).toHaveCount(0)
    await page.keyboard.press('ArrowUp')
    await expect(row('staging-SupportUserRole')).toHaveAttribute('aria-selected', 'true')
    await page.keyboard.press('ArrowDown')
    await page.reload()
    await expect(folded).toHaveAttribute('aria-expanded', 'false')
    await folded.click()
    await expect(folded).toHaveAttribute('aria-expanded', 'true')
    await expect(row('other-ReadOnly')).toBeVisible()
  })

  await test.step('several roles are selected with Shift, Ctrl and Ctrl+A, and let go with Escape', async () => {
    await page.keyboard.press('Home')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await expect(page.locator('[role=row][aria-selected=true]')).toHaveCount(3)
    await expect(page.getByText('3 selected')).toBeVisible()
    await row('other-ReadOnly').click({ modifiers: ['Control'] })
    await expect(page.getByText('4 selected')).toBeVisible()
    await page.keyboard.press('Control+a')
    await expect(page.getByText('30 selected')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByText('30 roles, 5 accounts')).toBeVisible()
    await expect(page.locator('[role=row][aria-selected=true]')).toHaveCount(1)
  })

  await test.step('the view menu changes groups, columns and the height of rows', async () => {
    await page.keyboard.press('Home')
    await choose(page, 'Environment')
    await expect(page.getByRole('treegrid', { name: 'Roles by environment' })).toBeVisible()
    await expect(head('Production')).toBeVisible()
    await choose(page, 'Region')
    await expect(page.getByText('eu-west-1').first()).toBeVisible()
    await choose(page, 'Compact')
    await expect.poll(() => row('prod-PlatformAdmin').evaluate((element) => element.clientHeight)).toBe(32)
  })

  await test.step('letters find names where they are no keys', async () => {
    await change(page, { singleKeys: false, groupRolesBy: 'none', density: 'comfortable' })
    const flat = page.getByRole('treegrid', { name: 'Roles', exact: true })
    await expect(flat).toBeVisible()
    await flat.focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('s')
    await expect(row('sandbox-ReadOnly')).toHaveAttribute('aria-selected', 'true')
    // Elsewhere this pins, and would move the role.
    await page.keyboard.press('p')
    await expect(page.getByText('Unpinned sandbox-ReadOnly')).toHaveCount(0)
  })

  await test.step('what the command adds is there at once, and what it removes is gone', async () => {
    await world.hallpass([
      'role',
      'add',
      'aaa',
      '--arn',
      'arn:aws:iam::123456789012:role/New',
      '--from',
      'dana.whitfield',
    ])
    await expect(page.getByText('31 roles, 5 accounts')).toBeVisible()
    await page.keyboard.press('Home')
    await expect(row('aaa')).toBeVisible()
    await world.hallpass(['role', 'remove', 'aaa'])
    await expect(row('aaa')).toHaveCount(0)
    await expect(page.getByText('30 roles, 5 accounts')).toBeVisible()
  })
})

async function firstWords(page: Page, count: number): Promise<(string | undefined)[]> {
  const rows = page.locator('[role=row]')
  await expect(rows.nth(count - 1)).toBeVisible()
  return rows.evaluateAll(
    (all, wanted) =>
      all
        .sort((a, b) => Number(a.ariaRowIndex) - Number(b.ariaRowIndex))
        .slice(0, wanted)
        .map((one) => one.querySelector('strong, .row__name')?.textContent ?? undefined),
    count,
  )
}

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'View' }).click()
  await page
    .getByRole(/Region/.test(name) ? 'menuitemcheckbox' : 'menuitemradio', { name })
    .first()
    .click()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toBeHidden()
}

async function change(page: Page, settings: object): Promise<void> {
  await page.evaluate(
    (value) =>
      (window as unknown as { hallpass: { call(channel: string, request: unknown): Promise<unknown> } }).hallpass.call(
        'settings.change',
        value,
      ),
    settings,
  )
}

test('a long list that leaps shows what is in view at once, and draws what is around it when it rests', async ({
  world,
}) => {
  seedRoles(String(world.env.HALLPASS_HOME), 500)
  const { page } = await world.launch()
  const grid = page.getByRole('treegrid', { name: 'Roles by account' })
  await expect(grid).toHaveAttribute('aria-rowcount', '520')

  const drawn = await grid.evaluate(async (list) => {
    list.scrollTop = 8000
    // The list has been told of it before this frame's callbacks run.
    await new Promise((done) => requestAnimationFrame(done))
    const { top, bottom } = list.getBoundingClientRect()
    const rows = [...list.querySelectorAll('[role=row]')].map((row) => row.getBoundingClientRect())
    return {
      first: Math.min(...rows.map((row) => row.top)) - top,
      last: Math.max(...rows.map((row) => row.bottom)) - bottom,
      count: rows.length,
    }
  })
  expect(drawn.first).toBeLessThanOrEqual(0)
  expect(drawn.last).toBeGreaterThanOrEqual(0)
  await expect.poll(() => grid.getByRole('row').count()).toBeGreaterThan(drawn.count)
})
