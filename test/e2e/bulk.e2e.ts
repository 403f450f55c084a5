// Several roles at once: chosen with Ctrl and Shift, started, edited with one confirmation and one undo, and removed.
import { appendFileSync, readFileSync } from 'node:fs'
import { setUpCompany, withCore } from './support/company.ts'
import { look, openApp } from './support/looks.ts'
import { expect, test, type World } from './support/world.ts'

test.use({ practiceSeed: 'screens' })
test.setTimeout(240_000)

test('several roles are changed as one, and back', async ({ world }) => {
  await setUpCompany(world)
  const page = await openApp(world)
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

test('what fails for one role is told for that role, and tried again for it alone', async ({ world }) => {
  await setUpCompany(world)
  const page = await openApp(world)
  // By its own name, not by what another one starts from.
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.locator('.row__name').getByText(name, { exact: true }) })
  const bar = page.getByRole('toolbar', { name: 'Selected roles' })
  const outcome = page.getByRole('region', { name: 'What failed' })
  const select = async (...names: string[]) => {
    for (const [index, name] of names.entries())
      await row(name).click(index === 0 ? {} : { modifiers: ['ControlOrMeta'] })
  }
  const assumed = (role: string) =>
    world.practice.calls().filter(({ action, roleArn }) => action === 'AssumeRole' && roleArn?.endsWith(role)).length

  await test.step('starting: two of three can’t be, each for a reason of its own', async () => {
    await select('sandbox-admin', 'staging-deploy', 'bot-deploy')
    await bar.getByRole('button', { name: 'Start 3' }).click()
    await expect(outcome.getByRole('alert')).toHaveText('1 of 3 roles started.', { timeout: 20_000 })
    const items = outcome.getByRole('listitem')
    await expect(items).toHaveCount(3)
    await expect(items.filter({ hasText: 'staging-deploy' })).toContainText(/4 h|14400|DurationSeconds/)
    await expect(items.filter({ hasText: 'bot-deploy' })).toContainText('no MFA device')
    await expect(items.filter({ hasText: 'Done for sandbox-admin.' })).toBeVisible()
    await expect(row('sandbox-admin')).toContainText('left')
    await look(page, 'bulk-outcome-light')
  })

  await test.step('just those are tried again', async () => {
    await withCore(world, (core) => core.roles.edit('staging-deploy', { durationSeconds: 3600 }))
    const before = assumed('PlatformAdmin')
    await outcome.getByRole('button', { name: 'Try 2 again' }).click()
    await expect(outcome.getByRole('alert')).toHaveText('2 of 3 roles started.', { timeout: 20_000 })
    await expect(row('staging-deploy')).toContainText('left')
    await expect(outcome.getByRole('button', { name: 'Try 1 again' })).toBeVisible()
    expect(assumed('PlatformAdmin')).toBe(before)
    await outcome.getByRole('button', { name: 'Dismiss' }).click()
    await expect(outcome).toBeHidden()
  })

  await test.step('an edit says whom it is refused for, and is made for the others', async () => {
    appendFileSync(world.configFile, '[profile data-engineer]\nregion = eu-west-1\n')
    await select('sandbox-admin', 'data-engineer')
    await bar.getByRole('button', { name: 'Edit…' }).click()
    const dialog = page.getByRole('dialog', { name: 'Edit 2 roles' })
    await dialog
      .getByRole('radiogroup', { name: 'AWS profile' })
      .getByRole('radio', { name: 'Write', exact: true })
      .click()
    await expect(dialog.getByRole('alert')).toContainText('1 of 2 roles can’t be changed like that.')
    await expect(dialog.getByRole('alert').getByRole('listitem')).toContainText('data-engineer')
    await look(page, 'bulk-edit-refused-light')
    await dialog.getByRole('button', { name: 'Leave out 1 role' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Change 1 role' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    const config = readConfig(world)
    expect(config).toContain('[profile sandbox-admin]')
    expect(config.match(/^\[profile data-engineer\]$/gm)).toHaveLength(1)
  })

  await test.step('removing: one that others start from stays, and the rest goes', async () => {
    await select('org-access', 'data-engineer')
    await bar.getByRole('button', { name: 'Remove…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Remove 2 roles' }).click()
    await expect(outcome.getByRole('alert')).toHaveText('1 of 2 roles removed.')
    await expect(outcome.getByRole('listitem').filter({ hasText: 'org-access' })).toContainText('staging-admin')
    await expect(row('data-engineer')).toBeHidden()
    await withCore(world, (core) => core.roles.remove('staging-admin'))
    await outcome.getByRole('button', { name: 'Try 1 again' }).click()
    await expect(outcome).toBeHidden()
    await expect(row('org-access')).toBeHidden()
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
