// A person is faster than the parts of the app that are read late: what they type for one of those reaches nothing else.
import type { ElectronApplication } from '@playwright/test'
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { expect, test } from './support/world.ts'

test('keys pressed while the palette and a dialog are still read are theirs alone', async ({ world }) => {
  const arn = practiceRole(world, 'acme-sandbox', 'PlatformAdmin')
  await setUpWithCommand(world, [{ arn, name: 'sandbox', words: ['--environment', 'dev'] }])
  const { app, page } = await world.launch()
  const row = page.getByRole('row', { name: /sandbox/ })
  await page.keyboard.press('Enter')
  await expect(row).toContainText('left')
  const release = await holdParts(app, ['palette-parts', 'role-dialog'])
  await page.reload()
  await expect(row).toContainText('left')

  await test.step('a name with the letters of commands in it', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('devs')
    await page.keyboard.press('Backspace')
    await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('sandb')
    await release('palette-parts')
    const field = page.getByRole('combobox')
    await expect(field).toBeFocused()
    await page.keyboard.type('ox')
    await expect(field).toHaveValue('sandbox')
    await expect(page.getByRole('option', { name: /sandbox/ }).first()).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(row).toContainText('left')
  })

  await test.step('a dialog', async () => {
    await page.keyboard.press('Control+n')
    await page.keyboard.press('e')
    await release('role-dialog')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
    await expect(row).toContainText('left')
    await page.keyboard.press('e')
    await expect(row).toContainText('Inactive')
  })
})

/** Lets these parts of the page wait until they are released. Everything else is let through; the rules have their own test. */
async function holdParts(app: ElectronApplication, parts: readonly string[]) {
  await app.evaluate(({ session }, held) => {
    const waiting = new Map<string, (() => void)[]>()
    Object.assign(globalThis, { heldParts: waiting })
    for (const part of held) waiting.set(part, [])
    session.defaultSession.webRequest.onBeforeRequest(({ url }, decide) => {
      const part = [...waiting.keys()].find((one) => url.includes(one))
      if (part === undefined) decide({})
      else waiting.get(part)?.push(() => decide({}))
    })
  }, parts)
  return (part: string) =>
    app.evaluate((_electron, released) => {
      const { heldParts } = globalThis as unknown as { heldParts: Map<string, (() => void)[]> }
      for (const go of heldParts.get(released) ?? []) go()
      heldParts.delete(released)
    }, part)
}
