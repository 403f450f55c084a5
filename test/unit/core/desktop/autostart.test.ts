import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { desktopEntry, setAutostart } from '#core/desktop/autostart.ts'

let folder: string
let file: string
const program = '/opt/Hallpass/hallpass-app'
const set = (wanted: boolean, started = program) =>
  setAutostart(wanted, { configFolder: folder, program: started, home: join(folder, 'state') })
const refused = (code: string) => expect.objectContaining({ code })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'autostart-'))
  file = join(folder, 'autostart/app.hallpass.desktop')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('starts Hallpass out of the way, and stops when it is no longer wanted', async () => {
  await set(true)
  expect(readFileSync(file, 'utf8')).toContain(`\nExec="${program}" --hidden\n`)
  expect(readdirSync(join(folder, 'autostart'))).toEqual(['app.hallpass.desktop'])
  await set(false)
  expect(readdirSync(join(folder, 'autostart'))).toEqual([])
  await set(false)
})

it('follows the app to another place, and writes nothing when all is as wanted', async () => {
  await set(true)
  const { ino } = lstatSync(file)
  await set(true)
  expect(lstatSync(file).ino).toBe(ino)
  await set(true, '/home/dana/Apps/Hallpass.AppImage')
  expect(readFileSync(file, 'utf8')).toContain('Exec="/home/dana/Apps/Hallpass.AppImage" --hidden')
})

it('leaves what it did not write', async () => {
  mkdirSync(join(folder, 'autostart'))
  const theirs = '[Desktop Entry]\nType=Application\nName=Hallpass\nExec=/usr/local/bin/mine\n'
  writeFileSync(file, theirs)
  await expect(set(true)).rejects.toEqual(refused('file.changed'))
  await set(false)
  expect(readFileSync(file, 'utf8')).toBe(theirs)
})

it('says why it can not be set', async () => {
  mkdirSync(file, { recursive: true })
  await expect(set(true)).rejects.toEqual(refused('file.not-a-file'))
  rmSync(file, { recursive: true })
  rmSync(join(folder, 'autostart'), { recursive: true })
  writeFileSync(join(folder, 'autostart'), 'a file where the folder should be')
  await expect(set(true)).rejects.toMatchObject({ code: expect.stringMatching(/^file\./) })
})

it('does not write through a link that leads elsewhere', async () => {
  mkdirSync(join(folder, 'autostart'))
  const elsewhere = join(folder, 'elsewhere')
  writeFileSync(elsewhere, 'precious')
  symlinkSync(elsewhere, file)
  await expect(set(true)).rejects.toEqual(refused('file.changed'))
  expect(readFileSync(elsewhere, 'utf8')).toBe('precious')
})

// The Exec key of the Desktop Entry Specification: first what quotes need, then backslashes again for the value.
it.each([
  ['/opt/my apps/Hallpass', '"/opt/my apps/Hallpass"'],
  ['/opt/100%/Hallpass', '"/opt/100%%/Hallpass"'],
  ['/opt/a"b/Hallpass', '"/opt/a\\\\"b/Hallpass"'],
  ['/opt/$HOME/`id`', '"/opt/\\\\$HOME/\\\\`id\\\\`"'],
  ['/opt/a\\b', '"/opt/a\\\\\\\\b"'],
])('quotes %s', (path, word) => {
  expect(desktopEntry(path)).toContain(`\nExec=${word} --hidden\n`)
})

it('refuses a path that would begin another line', () => {
  expect(() => desktopEntry('/opt/x\nExec=/bin/evil')).toThrow(refused('input.invalid'))
})
