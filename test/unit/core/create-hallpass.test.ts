/** What opening Hallpass costs, whatever is done with it then. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createHallpass } from '#core/create-hallpass.ts'
import { createLog } from '#core/log.ts'
import { Connection } from '#core/store/connection.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'opening-'))
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true, force: true })
})

const open = () =>
  createHallpass({
    env: { HOME: folder, HALLPASS_HOME: join(folder, 'hallpass') },
    command: ['hallpass'],
    log: createLog(() => {}),
    mfaPrompt: () => Promise.reject(new Error('nobody is asked')),
  })

it('the stored sessions are listed once', async () => {
  const list = vi.spyOn(Connection.prototype, 'all')
  const hallpass = await open()
  expect(list.mock.calls.filter(([sql]) => /FROM sessions ORDER/.test(sql))).toHaveLength(1)
  hallpass.close()
})
