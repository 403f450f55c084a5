// The application menu of each platform.
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { menuTemplate } from '../../../src/main/menu-template.ts'

type Item = MenuItemConstructorOptions

const platforms = ['darwin', 'win32', 'linux'] as const
const done: string[] = []

function build(platform: NodeJS.Platform, isPackaged = true, canLock = true): Item[] {
  return menuTemplate({
    platform,
    isPackaged,
    command: (command) => done.push(command),
    openPalette: () => done.push('palette'),
    lock: canLock ? () => done.push('lock') : undefined,
  })
}

const every = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? every(item.submenu) : [])])
const rolesOf = (items: readonly Item[]) => every(items).flatMap(({ role }) => role ?? [])

describe.each(platforms)('on %s', (platform) => {
  it('has what people look for', () => {
    const roles = rolesOf(build(platform))
    expect(roles).toEqual(expect.arrayContaining(['about', 'editMenu', 'windowMenu', 'close', 'quit', 'help']))
    expect(roles.filter((role) => role === 'quit')).toHaveLength(1)
    expect(roles.filter((role) => role === 'about')).toHaveLength(1)
  })

  it('offers developer tools in a source tree only', () => {
    const tools = (isPackaged: boolean) =>
      rolesOf(build(platform, isPackaged)).filter((role) => /reload|devtools/i.test(role))
    expect(tools(true)).toEqual([])
    expect(tools(false)).toEqual(['reload', 'toggleDevTools'])
  })

  it('gives every accelerator to one item, and asks the window for each command', () => {
    const items = every(build(platform))
    const accelerators = items.flatMap(({ accelerator }) => accelerator ?? [])
    expect(new Set(accelerators).size).toBe(accelerators.length)
    done.length = 0
    for (const { click } of items) click?.(undefined as never, undefined as never, undefined as never)
    expect(done.sort()).toEqual(
      [
        'activity',
        'add',
        'breakglass',
        'identities',
        'keys',
        'lock',
        'palette',
        'roles',
        'search',
        'sessions',
        'settings',
      ].sort(),
    )
  })

  it('leaves its keys to the page, which answers them too', () => {
    for (const item of every(build(platform))) {
      if (item.click && item.accelerator) expect(item.registerAccelerator).toBe(false)
    }
  })

  it('has no lock where nothing can be locked', () => {
    expect(every(build(platform, true, false)).map(({ label }) => label)).not.toContain('Lock now')
  })
})

it('has the app menu of a Mac, and settings in it', () => {
  const [app] = build('darwin')
  expect(app?.label).toBe('Hallpass')
  expect(every([app ?? {}]).map(({ label }) => label)).toContain('Settings…')
})
