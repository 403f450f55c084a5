// Several roles at once: chosen with Ctrl and Shift, started, edited with one confirmation and one undo, and removed.
import { readFileSync } from 'node:fs'
import { setUpCompany, withCore } from './support/company.ts'
import { look, openIn } from './support/looks.ts'
import { expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(240_000)

test('several roles are changed as one, and back', async ({ world }) => {
  await setUpCompany(world)
  const page = await openIn(world, 'light')
  const row = (name: string) => page.getByRole('row', { name: new RegExp(`${name} `) })
  const bar = page.getByRole('toolbar', { name: 'Selected roles' })

  await test.step('one role has no bar, three have', async () => {
    await row('prod-read-only').click()
    await expect(bar).toBeHidden()
    await row('sandbox-admin').click({ modifiers: ['ControlOrMeta'] })
    await row('staging-admin').click({ modifiers: ['ControlOrMeta'] })
    await expect(bar).toContainText('3 selected')
    await look(page, 'bulk-bar-light')
  })

  await test.step('production among them is asked about once', async () => {
    await bar.getByRole('button', { name: 'Start 3' }).click()
    const question = page.getByRole('alertdialog', { name: 'Start 1 role in production?' })
    await expect(question).toContainText('2 others start as well.')
    await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
    await page.keyboard.press('y')
    for (const name of ['prod-read-only', 'sandbox-admin', 'staging-admin'])
      await expect(row(name)).toContainText('left', { timeout: 20_000 })
    await expect(bar.getByRole('button', { name: 'End 3' })).toBeVisible()
  })

  const before = await state(world)
  const dialog = page.getByRole('dialog', { name: 'Edit 3 roles' })

  await test.step('the dialog says what changes before it does it', async () => {
    await bar.getByRole('button', { name: 'Edit…' }).click()
    await expect(dialog.getByText('Nothing changes yet.')).toBeVisible()
    await expect(dialog.getByRole('button', { name: /^Change/ })).toBeDisabled()
    await dialog
      .getByRole('radiogroup', { name: 'AWS profile' })
      .getByRole('radio', { name: 'Write', exact: true })
      .click()
    await dialog.getByRole('radiogroup', { name: 'Duration' }).getByRole('radio', { name: 'Set' }).click()
    await dialog.getByLabel('New duration').fill('30m')
    await dialog.getByRole('radiogroup', { name: 'Environment' }).getByRole('radio', { name: 'Sandbox' }).click()
    await expect(dialog.getByRole('listitem')).toHaveText([
      'AWS profile: written for 3 roles',
      'Duration: 30 min for 3 roles',
      'Environment: Sandbox for 3 roles',
    ])
    await expect(dialog.getByText('No longer production: prod-read-only.')).toBeVisible()
    await expect(dialog.getByText(/^These sessions end: /)).toBeVisible()
    await look(page, 'bulk-edit-light')
    expect(await state(world)).toEqual(before)
  })

  await test.step('one button changes all of it, one undo brings all of it back', async () => {
    await dialog.getByRole('button', { name: 'Change 3 roles' }).click()
    await expect(dialog).toBeHidden()
    expect((await state(world)).settings).toMatchObject(
      before.settings.map(() => ({ durationSeconds: 1800, environment: 'dev' })),
    )
    expect(readFileSync(world.configFile, 'utf8').match(/^\[profile /gm)).toHaveLength(3)
    await page.locator('.toast').filter({ hasText: '3 roles changed' }).getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('3 roles as before')).toBeVisible()
    expect(await state(world)).toEqual(before)
  })

  await test.step('they are pinned, and removed after one question', async () => {
    await bar.getByRole('button', { name: 'Pin', exact: true }).click()
    await expect(bar.getByRole('button', { name: 'Unpin' })).toBeVisible()
    await bar.getByRole('button', { name: 'Remove…' }).click()
    const question = page.getByRole('alertdialog', { name: 'Remove 3 roles?' })
    await question.getByRole('button', { name: 'Remove 3 roles' }).click()
    await expect(question).toBeHidden()
    await expect(bar).toBeHidden()
    expect((await withCore(world, (core) => core.roles.list())).map(({ name }) => name)).toEqual([
      'bot-deploy',
      'data-engineer',
      'org-access',
      'staging-deploy',
    ])
  })
})

/** What an undo has to bring back: settings, profiles and the bytes of the AWS config file. */
async function state(world: World) {
  const names = ['prod-read-only', 'sandbox-admin', 'staging-admin']
  const records = await withCore(world, ({ roles, profiles }) => ({
    settings: names.map((name) => roles.show(name).role.settings),
    profiles: profiles.list().map(({ profile, mode }) => `${profile} ${mode}`),
  }))
  return { ...records, config: readConfig(world) }
}

function readConfig(world: World): string {
  try {
    return readFileSync(world.configFile, 'utf8')
  } catch {
    return ''
  }
}
