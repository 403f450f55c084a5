/**
 * The tray: the system's own menu, drawn from what core decides. macOS and Windows ask for the menu when it opens, so
 * that it is never old; on Linux it is handed over beforehand, and renewed each minute while a session lives.
 */
import { Menu, type MenuItemConstructorOptions, Tray } from 'electron'
import { countLive } from '#core/desktop/live.ts'
import { desktopStrings } from '#core/desktop/strings.ts'
import { type TrayAction, type TrayInput, type TrayItem, trayMenu, traySummary } from '#core/desktop/tray-menu.ts'
import { isLive } from '#shared/live.ts'
import type { DesktopImages } from './desktop-images.ts'

const MINUTE = 60_000

export interface AppTrayParts {
  readonly images: DesktopImages
  readonly platform: NodeJS.Platform
  /** What is to be shown, now. */
  readonly input: () => TrayInput
  readonly run: (action: TrayAction) => void
}

export interface AppTray {
  isThere(): boolean
  /** Makes it or takes it away, and brings it up to date. */
  show(wanted: boolean): void
}

export function createAppTray({ images, platform, input, run }: AppTrayParts): AppTray {
  let tray: Tray | undefined
  let timer: NodeJS.Timeout | undefined
  const asksForMenu = platform === 'darwin' || platform === 'win32'

  const menu = (now: TrayInput) => Menu.buildFromTemplate(trayMenu(now).map((item) => toOptions(item)))

  function toOptions(item: TrayItem): MenuItemConstructorOptions {
    switch (item.kind) {
      case 'line':
        return { type: 'separator' }
      case 'title':
        return { label: plain(item.label), enabled: false }
      case 'menu':
        return {
          label: plain(item.label),
          submenu: item.items.map(toOptions),
          ...(item.environment === undefined ? {} : { icon: images.environment(item.environment) }),
        }
      case 'action':
        return {
          label: plain(item.label),
          enabled: item.isEnabled ?? true,
          click: () => run(item.action),
          ...(item.isChecked === undefined ? {} : { type: 'checkbox' as const, checked: item.isChecked }),
          // Shown only: the keys work through the global shortcut.
          ...(item.shortcut === undefined ? {} : { accelerator: item.shortcut, registerAccelerator: false }),
        }
    }
  }

  function create(): Tray {
    const created = new Tray(images.tray('idle'))
    if (asksForMenu) created.on('right-click', () => created.popUpContextMenu(menu(input())))
    if (platform === 'darwin') created.on('click', () => created.popUpContextMenu(menu(input())))
    else created.on('click', () => run({ do: 'open' }))
    return created
  }

  function draw(on: Tray): void {
    clearTimeout(timer)
    const now = input()
    const { all, production } = countLive(now.roles, now.now)
    on.setImage(images.tray(production > 0 ? 'production' : all > 0 ? 'live' : 'idle'))
    on.setToolTip(`${desktopStrings.product}: ${traySummary(now)}`)
    if (platform === 'darwin') on.setTitle(all === 0 || now.isLocked ? '' : String(all))
    if (asksForMenu) return
    on.setContextMenu(menu(now))
    if (all > 0 && !now.isLocked) timer = setTimeout(() => draw(on), untilNextMinute(now)).unref()
  }

  return {
    isThere: () => tray !== undefined,
    show(wanted) {
      if (!wanted) {
        clearTimeout(timer)
        tray?.destroy()
        tray = undefined
        return
      }
      tray ??= create()
      draw(tray)
    },
  }
}

/** When the remaining time of the session that ends first is to be written anew. Milliseconds. */
function untilNextMinute({ roles, now }: TrayInput): number {
  const ends = roles.filter((role) => isLive(role, now)).map((role) => Date.parse(role.expiresAt ?? '') - now)
  return (Math.min(...ends) % MINUTE) + 1
}

/** An ampersand would mark the next letter as the key of the item. */
function plain(label: string): string {
  return label.replaceAll('&', '&&')
}
