// The main job in the window: a key in the keychain, one click to a role, a profile the AWS CLI uses, a console link.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { awsClis } from '../support/aws-clis.ts'
import { addRole, pasteFirstKey, practiceRole, readClipboard, setUpWithCommand, watchBrowser } from './support/steps.ts'
import { DANA, expect, test } from './support/world.ts'

test('first run to the AWS CLI: key, role, start, profile, console', async ({ world }) => {
  const { app, page } = await world.launch()
  const openedUrls = await watchBrowser(app)
  const arn = practiceRole(world, 'acme-sandbox', 'PlatformAdmin')

  await pasteFirstKey(page, world.practice.user(DANA))
  await addRole(page, { arn, name: 'sandbox-admin' })
  await expect(page.getByRole('row', { name: /sandbox-admin/ })).toContainText('Inactive')

  await page.getByRole('button', { name: 'Start session' }).click()
  await expect(page.getByRole('row', { name: /sandbox-admin/ })).toContainText(/\d+ min|1 h/)

  await page.getByRole('switch', { name: 'Write this profile' }).click()
  await expect(page.getByText('The CLI asks Hallpass. No secret touches the disk.')).toBeVisible()
  const config = readFileSync(world.configFile, 'utf8')
  expect(config).toContain('[profile sandbox-admin]')
  expect(config).toContain('credential_process')

  const clis = awsClis()
  test
    .info()
    .annotations.push({ type: 'AWS CLIs', description: clis.map(({ version }) => version).join(', ') || 'none' })
  for (const { program } of clis) {
    const words = [
      'sts',
      'get-caller-identity',
      '--profile',
      'sandbox-admin',
      '--endpoint-url',
      world.practice.endpoint,
    ]
    const answer = await world.run(program, words)
    expect(answer.stderr).toBe('')
    expect(JSON.parse(answer.stdout).Arn).toMatch(/^arn:aws:sts::345678901234:assumed-role\/PlatformAdmin\//)
  }

  await page.getByRole('button', { name: 'Open console', exact: true }).first().click()
  await expect.poll(openedUrls).toHaveLength(1)
  expect((await openedUrls())[0]).toMatch(/switchrole\?account=345678901234&roleName=PlatformAdmin/)

  await page.keyboard.press('Shift+O')
  await expect.poll(openedUrls).toHaveLength(2)
  expect((await openedUrls())[1]).toContain('Action=login')
})

test('static keys stand in the credentials file while the session lives, and leave with it', async ({ world }) => {
  await setUpWithCommand(world, [
    { arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'admin', words: ['--environment', 'dev'] },
  ])
  const { page } = await world.launch()
  // Without waiting: what is asked for while a role starts is done after it, not dropped.
  await page.getByRole('button', { name: 'Start session' }).click()
  await page.getByRole('switch', { name: 'Write this profile' }).click()
  await page.getByRole('radio', { name: 'Static keys' }).click()
  await expect(page.getByText('Puts keys on disk until the session ends.')).toBeVisible()
  expect(readFileSync(world.credentialsFile, 'utf8')).toContain('aws_session_token')

  await page.getByRole('button', { name: /^End/ }).click()
  await expect(page.getByRole('row', { name: /admin/ })).toContainText('Inactive')
  expect(readFileSync(world.credentialsFile, 'utf8')).not.toContain('aws_session_token')
})

test('copy as env fills the clipboard, and quitting empties it', async ({ world }) => {
  await setUpWithCommand(world, [
    { arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'admin', words: ['--environment', 'dev'] },
  ])
  const { app, page } = await world.launch()
  await page.getByRole('button', { name: 'Copy as env' }).click()
  await expect(page.getByText(/The clipboard clears in \d+ s/)).toBeVisible()
  expect(await readClipboard(app)).toMatch(/^export AWS_ACCESS_KEY_ID=/m)
})

test('the access-key file of the console is read in, and its secret stays out of the page', async ({ world }) => {
  const { accessKeyId, secretAccessKey } = world.practice.user(DANA)
  const file = join(world.folder, 'downloads/dana_accessKeys.csv')
  writeFileSync(file, `﻿Access key ID,Secret access key\r\n${accessKeyId},${secretAccessKey}\r\n`)
  const { app, page } = await world.launch()
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
  await page.getByRole('button', { name: /Add an access key/ }).click()
  await page.getByRole('dialog', { name: 'Add an access key' }).getByRole('button', { name: 'choose it' }).click()
  await expect(page.getByText('Read from dana_accessKeys.csv')).toBeVisible()
  await page.getByRole('dialog').getByLabel('Name').fill('dana')
  await page.getByRole('button', { name: 'Add key' }).click()
  await expect(page.getByText('dana_accessKeys.csv still holds the secret in plain text.')).toBeVisible()
  world.forgetFile(file)
})

test('a restart keeps the key, the role and the live session', async ({ world }) => {
  await setUpWithCommand(world, [
    { arn: practiceRole(world, 'acme-sandbox', 'PlatformAdmin'), name: 'admin', words: ['--environment', 'dev'] },
  ])
  const first = await world.launch()
  await first.page.getByRole('button', { name: 'Start session' }).click()
  await expect(first.page.getByRole('row', { name: /admin/ })).toContainText(/min|1 h/)
  await world.quit()

  const { page } = await world.launch()
  await expect(page.getByRole('row', { name: /admin/ })).toContainText(/min|1 h/)
  await page.getByRole('button', { name: /^Identities/ }).click()
  await expect(page.getByText('Accepted by AWS')).toBeVisible()
})

test('what the command changes shows in the open window', async ({ world }) => {
  await setUpWithCommand(world)
  const { page } = await world.launch()
  await expect(page.getByText('No roles yet')).toBeVisible()
  const arn = practiceRole(world, 'acme-prod', 'ReadOnly')
  const added = await world.hallpass(['role', 'add', 'prod-ro', '--arn', arn, '--from', 'dana'])
  expect(added.code).toBe(0)
  await expect(page.getByRole('row', { name: /prod-ro/ })).toBeVisible()
})
