/** Electron's `shell`, `clipboard`, `dialog` and `powerMonitor`: recorded, without reaching the desktop. */
import type { Clipboard, Dialog, MessageBoxOptions, Shell } from 'electron'
import { KnownEmitter, knownOnly } from './known-only.ts'
import { records } from './records.ts'

export const shell = knownOnly('shell', {
  async openExternal(url: string) {
    records.openedUrls.push(url)
  },
  async openPath(path: string) {
    records.openedPaths.push(path)
    return ''
  },
  showItemInFolder(path: string) {
    records.openedPaths.push(path)
  },
} satisfies Partial<Shell>)

let clipboardText = ''

/** A clipboard of this process alone, so that tests in parallel do not see each other's. */
export const clipboard = knownOnly('clipboard', {
  async writeText(text: string) {
    clipboardText = String(text)
  },
  readText: async () => clipboardText,
  clear() {
    clipboardText = ''
  },
} satisfies Partial<Clipboard>)

/** Every dialog is dismissed, as by Escape. A test that wants an answer replaces the function. */
export const dialog = knownOnly('dialog', {
  async showOpenDialog(...given: unknown[]) {
    records.dialogs.push({ call: 'showOpenDialog', options: given.at(-1) })
    return { canceled: true, filePaths: [] }
  },
  async showSaveDialog(...given: unknown[]) {
    records.dialogs.push({ call: 'showSaveDialog', options: given.at(-1) })
    return { canceled: true, filePath: '' }
  },
  async showMessageBox(...given: unknown[]) {
    const options = given.at(-1) as MessageBoxOptions
    records.dialogs.push({ call: 'showMessageBox', options })
    return { response: options.cancelId ?? 0, checkboxChecked: options.checkboxChecked ?? false }
  },
  showErrorBox(title: string, content: string) {
    records.dialogs.push({ call: 'showErrorBox', options: { title, content } })
    process.stderr.write(`${title}\n${content}\n`)
  },
} satisfies Partial<Dialog>)

class PowerMonitor extends KnownEmitter {
  constructor() {
    // Emitted only by tests: app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend')).
    super('powerMonitor', ['suspend', 'resume', 'lock-screen', 'unlock-screen', 'user-did-resign-active', 'shutdown'])
  }

  /** A test that wants time to have passed replaces it. */
  getSystemIdleTime(): number {
    return 0
  }
}

export const powerMonitor = new PowerMonitor()
