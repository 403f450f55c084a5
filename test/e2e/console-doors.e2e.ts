// The console dialog: the proposed door with its reason, where it leads, and the browser it opens in.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { withFirefox } from './support/firefox.ts'
import { practiceRole, readClipboard, setUpWithCommand, watchBrowser } from './support/steps.ts'
import { expect, test } from './support/world.ts'

/** Outside the world, whose folders are searched for secrets: what a browser is sent to is one. */
let outside: string
test.beforeEach(() => {
  outside = mkdtempSync(join(tmpdir(), 'browser-'))
})
test.afterEach(() => rmSync(outside, { recursive: true }))

test('a role’s console opens by the right door, at a service, in a remembered browser', async ({ world }) => {
  const firefox = withFirefox(world, outside)
  await setUpWithCommand(world, [
    { arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'sandbox', words: ['--environment', 'dev'] },
    {
      arn: practiceRole(world, 'acme-prod', 'ReadOnly'),
      name: 'partner',
      words: ['--external-id', 'acme-42', '--environment', 'staging'],
    },
  ])
  const { app, page } = await world.launch()
  const openedUrls = await watchBrowser(app)
  const dialog = page.getByRole('dialog', { name: 'Open console' })
  const openDialog = async (name: string) => {
    await page.getByRole('row', { name: new RegExp(name) }).click()
    await page.keyboard.press('Alt+Shift+O')
    await expect(dialog.getByRole('combobox', { name: 'Destination' })).toBeFocused()
  }

  await test.step('the usual door comes first, and the others stay', async () => {
    await openDialog('sandbox')
    const doors = dialog.getByRole('group', { name: 'Link' }).getByRole('radio')
    await expect(doors).toHaveCount(2)
    await expect(doors.nth(0)).toBeChecked()
    await expect(doors.nth(0)).toHaveAccessibleName(/Switch-role link/)
    await expect(dialog.getByText('Uses the sign-in the browser already has, and carries no secret.')).toBeVisible()
  })

  await test.step('a service is found by letters, and its link copied', async () => {
    await page.keyboard.type('dyndb')
    await expect(page.getByRole('option')).toHaveText([/DynamoDB/])
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(dialog.getByRole('combobox', { name: 'Destination' })).toHaveValue('DynamoDB')
    await dialog.getByRole('combobox', { name: 'Region' }).fill('ap-south-1')
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Copy link' }).click()
    await expect(page.getByText('Switch-role link copied')).toBeVisible()
    const link = new URL(await readClipboard(app))
    expect(link.searchParams.get('redirect_uri')).toBe(
      'https://ap-south-1.console.aws.amazon.com/dynamodbv2/home?region=ap-south-1',
    )
  })

  await test.step('an address of somebody else’s is refused in the dialog, and nothing starts', async () => {
    await dialog.getByRole('combobox', { name: 'Destination' }).fill('https://console.aws.amazon.com.evil.example/')
    await dialog.getByRole('button', { name: 'Open console' }).click()
    await expect(dialog.getByRole('alert')).toContainText('not a console page of this role’s partition')
    await expect(page.getByRole('row', { name: /sandbox/, includeHidden: true })).not.toContainText('left')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
  })

  await test.step('a browser is chosen, with profile and container, and remembered', async () => {
    await openDialog('sandbox')
    const choose = async (label: string, option: string) => {
      await dialog.getByRole('button', { name: new RegExp(`${label}$`) }).click()
      await page.getByRole('option', { name: option, exact: true }).click()
    }
    await choose('Browser', 'Firefox')
    await choose('Profile', 'work')
    await choose('Container', 'acme-prod')
    await dialog.getByRole('radio', { name: 'For Sandbox' }).click()
    await dialog.getByRole('button', { name: 'Open console' }).click()
    await expect(dialog).toBeHidden()
    const [start] = await firefox.started(1)
    expect(start?.words[0]).toBe('--profile')
    expect(start?.words[2]).toMatch(/^ext\+container:name=acme-prod&url=https%3A%2F%2Fsignin\.aws\.amazon\.com/)
  })

  await test.step('one key does it again, and no other browser is asked', async () => {
    await expect(page.getByRole('row', { name: /sandbox/ })).toContainText('left')
    await page.keyboard.press('o')
    const [first, second] = await firefox.started(2)
    expect(second?.words).toEqual(first?.words)
    expect(await openedUrls()).toEqual([])
  })

  await test.step('a role with an external id signs in, by an address without secret', async () => {
    await openDialog('partner')
    await expect(dialog.getByRole('group', { name: 'Link' }).getByRole('radio').nth(0)).toHaveAccessibleName(
      /Sign-in link/,
    )
    await expect(dialog.getByText('The role has an external id, and the console can’t send one')).toBeVisible()
    await expect(dialog.getByRole('button', { name: 'Copy link' })).toBeHidden()
    await dialog.getByRole('button', { name: /Browser$/ }).click()
    await page.getByRole('option', { name: 'Firefox', exact: true }).click()
    await dialog.getByText('Private window').click()
    await dialog.getByRole('button', { name: 'Open console' }).click()
    const [, , start] = await firefox.started(3)
    expect(start?.words[0]).toBe('--private-window')
    expect(start?.words[1]).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/)
    expect(start?.location).toContain('/federation?Action=login')
  })

  await test.step('the settings show what is remembered, and forget it', async () => {
    await page.keyboard.press('Control+,')
    const line = page.getByRole('listitem').filter({ hasText: 'firefox, profile work, container acme-prod' })
    await expect(line).toContainText('Sandbox')
    await line.getByRole('button', { name: 'Remove the browser of Sandbox' }).click()
    await expect(line).toBeHidden()
    await expect(page.getByText('The system’s browser opens every console')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(line).toBeVisible()
  })
})

test('the system’s browser is asked where nothing is remembered', async ({ world }) => {
  await setUpWithCommand(world, [{ arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'sandbox' }])
  const { app, page } = await world.launch()
  const openedUrls = await watchBrowser(app)
  await page.getByRole('row', { name: /sandbox/ }).click()
  await page.keyboard.press('Control+k')
  // Typed a moment too early, the letters would be keys of the list.
  await expect(page.getByRole('dialog', { name: 'Command palette' }).getByRole('combobox')).toBeFocused()
  await page.keyboard.type('sandbox console with')
  await expect(page.getByRole('option', { selected: true })).toContainText('Open console with…')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Open console' })
  await dialog.getByText('Sign-in link').click()
  await dialog.getByRole('button', { name: /Console session$/ }).click()
  await page.getByRole('option', { name: '8 h' }).click()
  await dialog.getByRole('button', { name: 'Open console' }).click()
  await expect.poll(async () => (await openedUrls()).length).toBe(1)
  expect((await openedUrls())[0]).toContain('/federation?Action=login')
})

test('a browser that does not come for its link holds up nothing else of the role', async ({ world }) => {
  await setUpWithCommand(world, [{ arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'sandbox' }])
  const { app, page } = await world.launch()
  await app.evaluate(({ shell }) => {
    shell.openExternal = async (url) => void Object.assign(globalThis, { toOpen: url })
  })
  const toOpen = () => app.evaluate(() => (globalThis as unknown as { toOpen?: string }).toOpen ?? '')
  await page.getByRole('row', { name: /sandbox/ }).click()
  await page.keyboard.press('Shift+O')
  await expect.poll(toOpen).toMatch(/^http:\/\/127/)
  await expect(page.getByRole('row', { name: /sandbox/ })).toContainText('left')
  await page.keyboard.press('e')
  await expect(page.getByRole('row', { name: /sandbox/ })).toContainText('Inactive')
  const { headers } = await fetch(await toOpen(), { redirect: 'manual' })
  expect(headers.get('location')).toContain('/federation?Action=login')
})
