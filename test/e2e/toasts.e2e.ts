// Toasts come and go beside what a person does: none of them takes the focus, and pressing one gives it back.
import type { Page } from '@playwright/test'
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { expect, test } from './support/world.ts'

test('a toast that goes leaves the focus where the person types', async ({ world }) => {
  await setUpWithCommand(world, [{ arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'sandbox' }])
  const { page } = await world.launch()
  await test.step('one is pressed, and another is there', async () => {
    await page.keyboard.press('w')
    await expect(toast(page, 'is written')).toBeVisible()
    await page.getByRole('button', { name: 'Copy ARN' }).click()
    await expect(toast(page, 'ARN copied')).toBeVisible()
    await toast(page, 'is written').getByRole('button', { name: 'Undo' }).click()
    await expect(toast(page, 'is written')).toBeHidden()
    await expect(page.getByRole('button', { name: 'Copy ARN' })).toBeFocused()
  })

  await test.step('the next ones come and go while a name is typed', async () => {
    await page.getByRole('button', { name: 'Copy ARN' }).click()
    await expect(page.locator('.toast')).toHaveCount(2)
    await page.keyboard.press('/')
    await page.keyboard.type('sand')
    await expect.poll(() => page.locator('.toast').count()).toBeLessThan(2)
    await expect(page.getByRole('textbox', { name: 'Search roles' })).toBeFocused()
    await page.keyboard.type('box')
    await expect(page.getByRole('textbox', { name: 'Search roles' })).toHaveValue('sandbox')
  })

  await test.step('by keyboard too, pressing one gives the focus back', async () => {
    await page.keyboard.press('Enter')
    const list = page.getByRole('treegrid')
    await expect(list).toBeFocused()
    await page.keyboard.press('w')
    const undo = toast(page, 'is written').getByRole('button', { name: 'Undo' })
    await undo.focus()
    await page.keyboard.press('Enter')
    await expect(list).toBeFocused()
    await expect(toast(page, 'is written')).toBeHidden()
  })
})

function toast(page: Page, text: string) {
  return page.locator('.toast').filter({ hasText: text })
}
