/** The one window: how it is made, shown and brought back. */
import { join } from 'node:path'
import { BrowserWindow, nativeTheme } from 'electron'
import { APP_ORIGIN } from './app-url.ts'
import { WEB_PREFERENCES } from './security.ts'

export interface MainWindow {
  /** Shows the window, making it when there is none. */
  show(): void
}

/** `onGone` is called when the window closed or its page crashed: nobody can answer a prompt any more. */
export function createMainWindow(builtFolder: string, onGone: () => void): MainWindow {
  let window: BrowserWindow | undefined

  function open(): BrowserWindow {
    const created = new BrowserWindow({
      width: 1180,
      height: 760,
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: 'Hallpass',
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1011' : '#f4f4f1',
      ...(process.platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : {}),
      webPreferences: { ...WEB_PREFERENCES, preload: join(builtFolder, 'preload/index.cjs') },
    })
    created.once('ready-to-show', () => created.show())
    created.on('closed', () => {
      window = undefined
      onGone()
    })
    created.webContents.on('render-process-gone', onGone)
    void created.loadURL(`${APP_ORIGIN}/index.html`)
    return created
  }

  return {
    show() {
      if (!window || window.isDestroyed()) {
        window = open()
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
  }
}
