/** The application menu, as data: what each platform expects, and everything the window can be asked for by key. */
import type { MenuItemConstructorOptions } from 'electron'
import { desktopStrings } from '#core/desktop/strings.ts'
import type { MenuCommand } from '#shared/ipc.ts'

export interface MenuParts {
  readonly platform: NodeJS.Platform
  /** Developer tools are for source trees. */
  readonly isPackaged: boolean
  readonly command: (command: MenuCommand) => void
  readonly openPalette: () => void
  /** Absent while nothing can be locked. */
  readonly lock?: (() => void) | undefined
}

type Item = MenuItemConstructorOptions

const { menu: words } = desktopStrings
const SECTIONS = ['roles', 'sessions', 'breakglass', 'identities', 'activity'] as const
const LINE: Item = { type: 'separator' }

export function menuTemplate(parts: MenuParts): Item[] {
  const mac = parts.platform === 'darwin'
  return [
    ...(mac ? [appMenu(parts)] : []),
    fileMenu(parts, mac),
    { role: 'editMenu' },
    viewMenu(parts),
    { role: 'windowMenu' },
    helpMenu(parts, mac),
  ]
}

function appMenu(parts: MenuParts): Item {
  return {
    label: desktopStrings.product,
    submenu: [
      { role: 'about', label: words.about },
      LINE,
      ...settingsItems(parts),
      LINE,
      { role: 'services' },
      LINE,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      LINE,
      { role: 'quit', label: words.quit },
    ],
  }
}

function fileMenu(parts: MenuParts, mac: boolean): Item {
  return {
    label: words.file,
    submenu: [
      item(words.addRole, 'CmdOrCtrl+N', () => parts.command('add')),
      LINE,
      ...(mac ? [] : [...settingsItems(parts), LINE]),
      { role: 'close' },
      ...(mac ? [] : [LINE, { role: 'quit', label: words.quit, accelerator: 'Ctrl+Q' } satisfies Item]),
    ],
  }
}

function settingsItems({ command, lock }: MenuParts): Item[] {
  return [
    item(words.settings, 'CmdOrCtrl+,', () => command('settings')),
    ...(lock ? [item(words.lock, 'CmdOrCtrl+L', lock)] : []),
  ]
}

function viewMenu({ isPackaged, command, openPalette }: MenuParts): Item {
  return {
    label: words.view,
    submenu: [
      item(words.palette, 'CmdOrCtrl+K', openPalette),
      { label: words.search, click: () => command('search') },
      LINE,
      ...SECTIONS.map((section, index) =>
        item(words.sections[section], `CmdOrCtrl+${index + 1}`, () => command(section)),
      ),
      LINE,
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { role: 'togglefullscreen' },
      ...(isPackaged ? [] : [LINE, { role: 'reload' } satisfies Item, { role: 'toggleDevTools' } satisfies Item]),
    ],
  }
}

function helpMenu({ command }: MenuParts, mac: boolean): Item {
  return {
    role: 'help',
    label: words.help,
    submenu: [
      { label: words.keys, click: () => command('keys') },
      ...(mac ? [] : [LINE, { role: 'about', label: words.about } satisfies Item]),
    ],
  }
}

/** The page answers the same keys: the menu shows them, and acts when it is clicked. */
function item(label: string, accelerator: string, click: () => void): Item {
  return { label, accelerator, registerAccelerator: false, click }
}
