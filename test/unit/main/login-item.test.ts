// Starting at login, by whatever each system has for it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createLoginItem } from '../../../src/main/login-item.ts'
import { eventually } from '../../support/eventually.ts'
import { app, seen } from './electron-double.ts'

vi.mock('electron', () => import('./electron-double.ts'))

let folder: string
let warnings: unknown[]
const log = {
  debug: () => {},
  info: () => {},
  error: () => {},
  warn: (_message: string, fields: unknown) => warnings.push(fields),
}
const file = () => join(folder, 'autostart/app.hallpass.desktop')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'login-item-'))
  vi.stubEnv('XDG_CONFIG_HOME', folder)
  vi.stubEnv('APPIMAGE', '/home/dana/Hallpass.AppImage')
  seen.loginItems.length = 0
  app.isPackaged = true
  warnings = []
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true, force: true })
})

it.each(['darwin', 'win32'] as const)('is the system’s own list on %s', async (platform) => {
  createLoginItem(folder, log, platform).apply(true)
  await eventually(() => expect(seen.loginItems).toEqual([{ openAtLogin: true, args: ['--hidden'] }]))
})

it('is a file on Linux, for the AppImage itself, and the last wish holds', async () => {
  const item = createLoginItem(folder, log, 'linux')
  item.apply(true)
  await eventually(() => expect(readFileSync(file(), 'utf8')).toContain('Exec="/home/dana/Hallpass.AppImage" --hidden'))
  for (const wanted of [false, true, false]) item.apply(wanted)
  await eventually(() => expect(existsSync(file())).toBe(false))
})

it('does nothing from a source tree, and says in the log what fails', async () => {
  app.isPackaged = false
  createLoginItem(folder, log, 'linux').apply(true)
  app.isPackaged = true
  vi.stubEnv('APPIMAGE', '/opt/x\nExec=/bin/evil')
  createLoginItem(folder, log, 'linux').apply(true)
  await eventually(() => expect(warnings).toMatchObject([{ code: 'input.invalid' }]))
  expect(existsSync(file())).toBe(false)
})
