/** The one window: how it is made, shown, hidden and brought back. */
import { join } from 'node:path'
import { app, BrowserWindow, nativeTheme } from 'electron'
import { APP_ORIGIN } from './app-url.ts'
import { WEB_PREFERENCES } from './security.ts'

export interface MainWindow {
  /** Shows the window, making it when there is none. */
  show(): void
  /** Makes it out of the way: there, but not in front. */
  showMinimized(): void
  /** Whether the person looks at it. */
  isFocused(): boolean
}

export interface WindowParts {
  readonly builtFolder: string
  /** Closed, hidden, or its page crashed: nobody can answer a prompt any more. */
  readonly onGone: () => void
  /** There is no page, or not yet one that listens. */
  readonly onPageGone: () => void
  /** Asked when the person closes it: true hides it instead. */
  readonly staysBehind: () => boolean
  /** It was hidden instead of closed. */
  readonly onHidden: () => void
}

export function createMainWindow({ builtFolder, onGone, onPageGone, staysBehind, onHidden }: WindowParts): MainWindow {
  let window: BrowserWindow | undefined
  let isQuitting = false
  app.on('before-quit', () => {
    isQuitting = true
  })

  function open(isMinimized = false): BrowserWindow {
    const created = new BrowserWindow({
      width: 1180,
      height: 760,
      minWidth: 900,
      minHeight: 600,
      show: false,
      title: 'Hallpass',
      autoHideMenuBar: true,
      backgroundColor: nativeTheme.shouldUseDarkColors ? '#0f1011' : '#f4f4f1',
      ...(process.platform === 'darwin' ? { titleBarStyle: 'hiddenInset' as const } : {}),
      webPreferences: {
        ...WEB_PREFERENCES,
        devTools: !app.isPackaged,
        preload: join(builtFolder, 'preload/index.cjs'),
      },
    })
    created.once('ready-to-show', () => (isMinimized ? created.minimize() : created.show()))
    created.on('close', (event) => {
      if (isQuitting || !staysBehind()) return
      event.preventDefault()
      created.hide()
      onGone()
      onHidden()
    })
    created.on('closed', () => {
      window = undefined
      onPageGone()
      onGone()
    })
    created.webContents.on('render-process-gone', () => {
      onPageGone()
      onGone()
    })
    void created.loadURL(`${APP_ORIGIN}/index.html`)
    return created
  }

  const isOpen = (candidate: BrowserWindow | undefined): candidate is BrowserWindow =>
    candidate !== undefined && !candidate.isDestroyed()

  return {
    show() {
      if (!isOpen(window)) {
        window = open()
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    showMinimized() {
      if (!isOpen(window)) window = open(true)
    },
    isFocused: () => isOpen(window) && window.isFocused(),
  }
}
