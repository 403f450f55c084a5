// The app is the agent: what the command wants comes from it, and who has to be asked is asked in the window.
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { DANA, expect, test } from './support/world.ts'

test('the command asks the app, and the app asks the person', async ({ world }) => {
  const arn = practiceRole(world, 'acme-identity', 'OrgAccess')
  await setUpWithCommand(world, [{ arn, name: 'org', words: ['--mfa', '--environment', 'other'] }])
  expect((await world.hallpass(['agent', '--status'])).code).toBe(3)
  const { page } = await world.launch()
  await expect(page.getByRole('row', { name: /org/ })).toBeVisible()

  const running = world.hallpass(['credential-process', 'org'])
  await page.getByLabel('Six digit code').fill(world.practice.totpCode(DANA))
  await page.keyboard.press('Enter')
  const { code, stdout } = await running
  expect(code).toBe(0)
  expect(JSON.parse(stdout)).toMatchObject({ Version: 1 })
  await expect(page.getByRole('row', { name: /org/ })).toContainText(/min|1 h/)

  const status = await world.hallpass(['agent', '--status', '--json'])
  expect(JSON.parse(status.stdout)).toMatchObject({ kind: 'app', sessions: 1 })
  const stop = await world.hallpass(['agent', '--stop', '--json'])
  expect(stop.code).toBe(8)
  expect(JSON.parse(stop.stderr)).toMatchObject({ error: { code: 'agent.in-app' } })
})
