// A session that ends soon: said in the window, with a way to renew it.
import { practiceRole, setUpWithCommand } from './support/steps.ts'
import { expect, test } from './support/world.ts'

test('a session that will lapse is said, and renewed from there', async ({ world }) => {
  const arn = practiceRole(world, 'acme-sandbox', 'PlatformAdmin')
  await setUpWithCommand(world, [{ arn, name: 'admin', words: ['--environment', 'dev', '--no-renew'] }])
  await world.hallpass(['assume', 'admin', '--json'])
  const { app, page } = await world.launch()
  await expect(page.getByRole('row', { name: /admin/ })).toContainText(/min|1 h/)
  const calls = () => world.practice.calls().filter(({ action }) => action === 'AssumeRole').length
  const before = calls()

  // What the keeper says when the time comes; when that is belongs to its own tests.
  await app.evaluate(({ BrowserWindow }) => {
    const notice = { name: 'admin', minutesLeft: 4, because: 'set-to-lapse' }
    for (const window of BrowserWindow.getAllWindows()) window.webContents.send('session.expiring', notice)
  })
  const toast = page.getByRole('alertdialog').filter({ hasText: 'admin ends in 4 min. It is set to lapse.' })
  await toast.getByRole('button', { name: 'Renew' }).click()
  await expect.poll(calls).toBe(before + 1)
})
