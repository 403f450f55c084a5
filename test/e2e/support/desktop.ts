/**
 * A desktop around the app: a panel that shows trays, something that shows notifications, and a person who clicks there.
 * Looks at what the stand-in recorded; on a real desktop nothing tells what it draws.
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import type { Menu, MenuItem, Notification, Tray } from 'electron'
import type { World } from './world.ts'

export const onStandIn = process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined
export const WHY_SKIPPED = 'a real desktop does not tell what its tray and its notifications show'

/** What the stand-in recorded, as `test/electron-stand-in/records.ts` has it. */
interface Recorded {
  readonly trays: (Tray & { menu: Menu; toolTip: string; image: { source: string; isEmpty(): boolean } })[]
  readonly notifications: (Notification & { click(): void; press(text: string): void })[]
  readonly shortcuts: { accelerator: string; press(): void }[]
  readonly takenShortcuts: string[]
  readonly openedUrls: string[]
  readonly told: { badge: number; about: Record<string, string> }
}
declare global {
  var electronStandIn: Recorded
}

export interface Desktop {
  /** For the app's environment. */
  readonly env: Record<string, string>
  /** The panel goes, or comes back. */
  showTrays(shown: boolean): void
}

/** Stands before `gdbus`, which is how the app asks the session bus for a panel and for notifications. */
export function createDesktop(world: World): Desktop {
  const folder = join(world.folder, 'desktop')
  const panel = join(folder, 'panel')
  mkdirSync(folder)
  const real = execFileSync('sh', ['-c', 'command -v gdbus || echo false'], { encoding: 'utf8' }).trim()
  const script = `#!/bin/sh
case "$*" in
  *StatusNotifierWatcher*) [ -e '${panel}' ] && echo '(<true>,)' ;;
  *org.freedesktop.Notifications*) echo "('test', 'test', '1', '1.2')" ;;
  *) exec ${real} "$@" ;;
esac
`
  writeFileSync(join(folder, 'gdbus'), script)
  chmodSync(join(folder, 'gdbus'), 0o755)
  const showTrays = (shown: boolean): void => {
    if (shown) writeFileSync(panel, '')
    else if (existsSync(panel)) rmSync(panel)
  }
  showTrays(true)
  return { env: { PATH: `${folder}:${process.env.PATH}` }, showTrays }
}

/** The tray's menu, a line an item. */
export function trayLabels(app: ElectronApplication): Promise<string[]> {
  return app.evaluate(() => globalThis.electronStandIn.trays[0]?.menu.items.map(({ label }) => label) ?? [])
}

/** Clicks an item of the tray's menu, by the beginnings of the labels on the way to it. */
export function clickTray(app: ElectronApplication, ...path: string[]): Promise<void> {
  return app.evaluate((_electron, labels) => {
    let menu: Menu | undefined = globalThis.electronStandIn.trays[0]?.menu
    let item: MenuItem | undefined
    for (const label of labels) {
      item = menu?.items.find((candidate) => candidate.label.startsWith(label))
      if (!item) throw new Error(`no ${label} among ${menu?.items.map((one) => one.label).join(', ')}`)
      menu = item.submenu
    }
    item?.click()
  }, path)
}

/** Which of its images the tray has, without size and ending. */
export function trayImage(app: ElectronApplication): Promise<string | undefined> {
  return app.evaluate(() => {
    const { image } = globalThis.electronStandIn.trays[0] ?? {}
    return image?.isEmpty() === false ? image.source.replace(/^.*\/(.*)\.png$/, '$1') : undefined
  })
}

/** The notifications that are shown, as title and text. */
export function notifications(app: ElectronApplication): Promise<string[][]> {
  return app.evaluate(() => globalThis.electronStandIn.notifications.map(({ title, body }) => [title, body]))
}

/** Clicks the notification of that title, or one of its buttons. */
export function clickNotification(app: ElectronApplication, title: string, button?: string): Promise<void> {
  return app.evaluate(
    (_electron, [wanted, text]) => {
      const found = globalThis.electronStandIn.notifications.find((one) => one.title === wanted)
      if (!found) throw new Error(`no notification ${wanted}`)
      if (text === undefined) found.click()
      else found.press(text)
    },
    [title, button] as const,
  )
}

/** Another window gets the focus. */
export function lookAway(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.blur())
}

/** The state of the one window. */
export function windowState(app: ElectronApplication): Promise<{ isVisible: boolean; isFocused: boolean } | undefined> {
  return app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    return window && { isVisible: window.isVisible(), isFocused: window.isFocused() }
  })
}

/** As the browser does with a link: starts the app a second time. */
export function openLink(app: ElectronApplication, link: string): Promise<void> {
  return app.evaluate(({ app: electronApp }, text) => {
    electronApp.emit('second-instance', {}, [process.execPath, '--flag', text], '/', {})
  }, link)
}
