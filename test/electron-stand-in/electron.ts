/** The module that `import … from 'electron'` gives: what Hallpass uses of Electron, and errors for the rest. */
import { app } from './app.ts'
import { BrowserWindow } from './browser-window.ts'
import { clipboard, dialog, powerMonitor, shell } from './desktop-services.ts'
import { Menu, MenuItem, Notification, nativeImage, Tray } from './desktop-ui.ts'
import { globalShortcut } from './global-shortcut.ts'
import { ipcMain } from './ipc-main.ts'
import { absent, knownOnly } from './known-only.ts'
import { nativeTheme } from './native-theme.ts'
import { net } from './net.ts'
import { protocol } from './protocol.ts'
import { session } from './session.ts'
import { webContents } from './web-contents.ts'

export {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  session,
  shell,
  Tray,
  webContents,
}

// Electron's other modules. Without these names, importing one would be a syntax error that names no remedy.
export const autoUpdater = absent('autoUpdater')
export const BaseWindow = absent('BaseWindow')
export const contentTracing = absent('contentTracing')
export const crashReporter = absent('crashReporter')
export const desktopCapturer = absent('desktopCapturer')
export const inAppPurchase = absent('inAppPurchase')
export const MessageChannelMain = absent('MessageChannelMain')
export const netLog = absent('netLog')
export const powerSaveBlocker = absent('powerSaveBlocker')
export const pushNotifications = absent('pushNotifications')
export const safeStorage = absent('safeStorage')
export const screen = absent('screen')
export const ShareMenu = absent('ShareMenu')
export const systemPreferences = absent('systemPreferences')
export const TouchBar = absent('TouchBar')
export const utilityProcess = absent('utilityProcess')
export const View = absent('View')
export const WebContentsView = absent('WebContentsView')
export const webFrameMain = absent('webFrameMain')

export default knownOnly('electron', {
  app,
  BrowserWindow,
  clipboard,
  dialog,
  globalShortcut,
  ipcMain,
  Menu,
  MenuItem,
  Notification,
  nativeImage,
  nativeTheme,
  net,
  powerMonitor,
  protocol,
  session,
  shell,
  Tray,
  webContents,
})
