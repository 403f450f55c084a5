/** Electron's menus, tray, notifications and images: kept as data, so that a test can look at them and click. */
import { existsSync } from 'node:fs'
import type { MenuItemConstructorOptions } from 'electron'
import { type AllowedOptions, checkOptions, createEvent, KnownEmitter, knownOnly } from './known-only.ts'
import { records } from './records.ts'

const ITEM_OPTIONS: AllowedOptions = {
  id: true,
  label: true,
  sublabel: true,
  type: true,
  role: true,
  accelerator: true,
  registerAccelerator: true,
  icon: true,
  enabled: true,
  visible: true,
  checked: true,
  click: true,
  submenu: true,
}

class StandInMenuItem {
  readonly id: string
  readonly label: string
  readonly type: string
  readonly role: string | undefined
  readonly accelerator: unknown
  readonly submenu: StandInMenu | undefined
  enabled: boolean
  visible: boolean
  checked: boolean
  private readonly onClick: MenuItemConstructorOptions['click']

  constructor(options: MenuItemConstructorOptions) {
    checkOptions('MenuItem', options, ITEM_OPTIONS)
    const { submenu, role } = options
    this.id = options.id ?? ''
    this.label = options.label ?? role ?? ''
    this.type = options.type ?? (submenu ? 'submenu' : 'normal')
    this.role = role
    this.accelerator = options.accelerator
    this.submenu = Array.isArray(submenu) ? StandInMenu.buildFromTemplate(submenu) : undefined
    this.enabled = options.enabled ?? true
    this.visible = options.visible ?? true
    this.checked = options.checked ?? false
    this.onClick = options.click
  }

  /** As a user would; roles do nothing here. */
  click(): void {
    if (!this.enabled) return
    if (this.type === 'checkbox') this.checked = !this.checked
    this.onClick?.call(this, this as never, undefined, {})
  }
}

class StandInMenu {
  readonly items: StandInMenuItem[] = []
  private static applicationMenu: StandInMenu | null = null

  static buildFromTemplate(template: readonly MenuItemConstructorOptions[]): StandInMenu {
    const menu = new Menu()
    for (const options of template) menu.append(new MenuItem(options))
    return knownOnly('Menu', menu)
  }

  static setApplicationMenu(menu: StandInMenu | null): void {
    StandInMenu.applicationMenu = menu
  }

  static getApplicationMenu(): StandInMenu | null {
    return StandInMenu.applicationMenu
  }

  append(item: StandInMenuItem): void {
    this.items.push(item)
  }

  /** In this menu or any below. */
  getMenuItemById(id: string): StandInMenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : item.submenu?.getMenuItemById(id)
      if (found) return found
    }
    return null
  }
}

export const MenuItem = knownOnly('MenuItem', StandInMenuItem)
export const Menu = knownOnly('Menu', StandInMenu)

export class Tray extends KnownEmitter {
  image: unknown
  toolTip = ''
  /** macOS draws it beside the image. */
  title = ''
  menu: StandInMenu | null = null
  /** The menu that popped up last. */
  opened: StandInMenu | null = null
  private destroyed = false

  constructor(image: unknown) {
    super('Tray', ['click', 'right-click', 'double-click'])
    this.image = image
    records.trays.push(this)
  }

  setTitle(text: string): void {
    this.title = text
  }

  popUpContextMenu(menu?: StandInMenu): void {
    this.opened = menu ?? this.menu
  }

  setToolTip(text: string): void {
    this.toolTip = text
  }

  setContextMenu(menu: StandInMenu | null): void {
    this.menu = menu
  }

  setImage(image: unknown): void {
    this.image = image
  }

  destroy(): void {
    this.destroyed = true
    records.trays.splice(records.trays.indexOf(this), 1)
  }

  isDestroyed(): boolean {
    return this.destroyed
  }
}

const NOTIFICATION_OPTIONS: AllowedOptions = {
  title: true,
  subtitle: true,
  body: true,
  silent: true,
  icon: true,
  urgency: true,
  timeoutType: true,
  actions: true,
}

class StandInNotification extends KnownEmitter {
  readonly title: string
  readonly body: string
  readonly actions: readonly { text?: string }[]

  constructor(options: { title?: string; body?: string; actions?: { text?: string }[] } = {}) {
    super('Notification', ['show', 'click', 'close', 'action', 'failed'])
    checkOptions('Notification', options, NOTIFICATION_OPTIONS)
    this.title = options.title ?? ''
    this.body = options.body ?? ''
    this.actions = options.actions ?? []
  }

  static isSupported(): boolean {
    return true
  }

  show(): void {
    records.notifications.push(this)
    this.emit('show', createEvent())
  }

  close(): void {
    const at = records.notifications.indexOf(this)
    if (at < 0) return
    records.notifications.splice(at, 1)
    this.emit('close', createEvent())
  }

  /** As a user would: it goes. */
  click(): void {
    this.emit('click', createEvent())
    this.close()
  }

  /** Presses the button of that text. */
  press(text: string): void {
    const actionIndex = this.actions.findIndex((action) => action.text === text)
    if (actionIndex < 0) throw new Error(`the notification has no button ${text}`)
    this.emit('action', createEvent({ actionIndex, selectionIndex: -1 }), actionIndex)
    this.close()
  }
}

export const Notification = knownOnly('Notification', StandInNotification)

/** An image that is only passed on, to a tray or a window. As in Electron, a file that is missing gives an empty one. */
function createImage(source: string, isEmpty = source === '') {
  return knownOnly('NativeImage', { source, isEmpty: () => isEmpty, setTemplateImage(_isTemplate: boolean) {} })
}

export const nativeImage = knownOnly('nativeImage', {
  createEmpty: () => createImage(''),
  createFromPath: (path: string) => createImage(path, !existsSync(path)),
  createFromDataURL: (url: string) => createImage(url),
})
