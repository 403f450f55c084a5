// From the first start to a working CLI profile on the practice account, in few steps; and out of it without a trace.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { readsEndpointUrl } from '#core/doctor/checks/aws-cli.ts'
import { seededEntropy } from '#core/practice/secrets.ts'
import { seedDirectory } from '#core/practice/seed.ts'
import { awsClis } from '../support/aws-clis.ts'
import { look } from './support/looks.ts'
import { expect, test, type World } from './support/world.ts'

/** Somebody's own, which practice must leave alone. */
const OWN = '# mine\n[profile own]\nregion = us-west-2\n'

test.setTimeout(180_000)

test('the practice account: four steps to the AWS CLI, and back without a trace', async ({ world }) => {
  // Without it, nothing but the practice account itself keeps calls from AWS.
  delete world.env.AWS_ENDPOINT_URL
  writeFileSync(world.configFile, OWN, { mode: 0o600 })
  const first = await world.launch()
  const start = await world.restart(async () => {
    // 1
    await first.page.getByRole('button', { name: /Try with the practice account/ }).click()
  })
  expect(start.words.at(-1)).toBe('--practice')
  const { page } = start
  const { port, seed } = readMark(world)
  for (const { id, secret, user } of seedDirectory(seededEntropy(seed)).keys()) {
    world.plant(`practice secret of ${user.name}, ${id}`, secret)
    for (const { seed } of user.devices) world.plant(`practice seed of ${user.name}`, seed)
  }

  // 2
  await page.getByRole('row', { name: /sandbox-admin/ }).click()
  // 3
  await page.keyboard.press('Enter')
  await expect(page.getByRole('row', { name: /sandbox-admin/ })).toContainText(/left|min|h/)
  // 4
  await page.getByRole('switch', { name: 'Write this profile' }).click()
  await expect(page.getByText('The CLI asks Hallpass.')).toBeVisible()

  const config = readFileSync(world.configFile, 'utf8')
  expect(config.startsWith(OWN)).toBe(true)
  expect(config).toContain(`endpoint_url = http://127.0.0.1:${port}`)
  const clis = awsClis()
  test
    .info()
    .annotations.push({ type: 'AWS CLIs', description: clis.map(({ version }) => version).join(', ') || 'none' })
  for (const { program, version } of clis) {
    const reads = readsEndpointUrl(version.replace('aws-cli/', ''))
    const help = reads ? [] : ['--endpoint-url', `http://127.0.0.1:${port}`]
    const answer = await world.run(program, [
      'sts',
      'get-caller-identity',
      '--profile',
      'practice-sandbox-admin',
      ...help,
    ])
    expect(answer.stderr).toBe('')
    expect(JSON.parse(answer.stdout).Arn).toMatch(/^arn:aws:sts::345678901234:assumed-role\/PlatformAdmin\//)
  }

  await test.step('codes of the device come by themselves', async () => {
    await page.getByRole('row', { name: /org-access acme-identity/ }).click()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('row', { name: /org-access acme-identity/ })).toContainText(/left|min|h/)
  })

  await test.step('nothing real is taken in', async () => {
    const inPractice = { ...world.env, HALLPASS_HOME: practiceFolder(world) }
    Object.assign(world.env, inPractice)
    const added = await world.hallpass(
      ['identity', 'add', 'real', '--access-key-id', 'AKIAQ6VEXAMPLEKEY001', '--no-verify'],
      'abcdEFGH0123/abcdEFGH0123+abcdEFGH012345',
    )
    expect(added.code).toBe(4)
    expect((await world.hallpass(['import', 'aws-files'])).code).toBe(2)
    expect((await world.hallpass(['profile', 'adopt', 'own', '--for', 'dana'])).code).toBe(2)
    expect((await world.hallpass(['profile', 'write', 'dana', '--default'])).code).toBe(2)
    world.env.HALLPASS_HOME = join(world.folder, 'home/state')
  })

  await test.step('a report says nothing of whose it is', async () => {
    const file = join(world.folder, 'downloads/report.json')
    await start.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, file)
    await page.getByRole('button', { name: 'Doctor' }).click()
    await page.getByRole('button', { name: 'Save report…' }).click()
    await page.getByRole('dialog', { name: 'Save a report' }).getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('report.json saved.')).toBeVisible({ timeout: 30_000 })
    const report = readFileSync(file, 'utf8')
    expect(JSON.parse(report).about).toMatchObject({ practiceAccount: true })
    for (const each of ['sandbox-admin', 'PlatformAdmin', '345678901234', world.folder])
      expect(report).not.toContain(each)
    await page.getByRole('button', { name: /^Roles/ }).click()
  })

  await pictures(page)

  const back = await world.restart(async () => {
    await page.getByRole('button', { name: 'Leave' }).click()
    const dialog = page.getByRole('dialog', { name: 'Leave the practice account?' })
    await dialog.getByText('Remove it, with the profiles').click()
    await dialog.getByRole('button', { name: 'Leave' }).press('Enter')
  })
  expect(back.words.at(-1)).toBe('--remove-practice')
  await expect(back.page.getByRole('heading', { name: 'How do you reach AWS today?' })).toBeVisible()
  expect(existsSync(practiceFolder(world))).toBe(false)
  expect(readFileSync(world.configFile, 'utf8')).toBe(OWN)
})

const practiceFolder = (world: World) => join(world.folder, 'home/state/practice')

function readMark(world: World): { port: number; seed: string } {
  return JSON.parse(readFileSync(join(practiceFolder(world), 'practice.json'), 'utf8')) as {
    port: number
    seed: string
  }
}

/** The banner, and leaving, in both themes. */
async function pictures(page: Page): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await page.evaluate((value) => {
      document.documentElement.dataset.theme = value
    }, theme)
    await page.setViewportSize({ width: 1180, height: 760 })
    await look(page, `practice-${theme}`)
    await page.getByRole('button', { name: 'Leave' }).click()
    await look(page, `practice-leave-${theme}`)
    await page.keyboard.press('Escape')
    await expect(page.locator('.dialog')).toBeHidden()
    await page.setViewportSize({ width: 900, height: 600 })
    await look(page, `practice-900x600-${theme}`)
  }
}
