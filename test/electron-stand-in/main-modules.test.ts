/** What main has of Electron, what it has not, and the desktop that tests see instead of a real one. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takeHeapSnapshot } from '../support/heap-snapshot.ts'
import { fixture, type RunningFixture, startFixture } from './fixture-app.ts'

let running: RunningFixture
let inPage: RunningFixture['inPage']
beforeAll(async () => {
  running = await startFixture()
  inPage = running.inPage
})
afterAll(() => running.stop())

describe('process', () => {
  it('says that it is the stand-in, in main and in the preload', async () => {
    const version = await running.app.evaluate(() => process.versions.electron)
    expect(version).toMatch(/^\d+\.\d+\.\d+-stand-in$/)
    expect(await inPage('fixture.version')).toBe(version)
  })

  it('tells app and paths as Electron does', async () => {
    const told = await running.app.evaluate(({ app }) => ({
      name: app.getName(),
      version: app.getVersion(),
      userData: app.getPath('userData'),
      packaged: app.isPackaged,
      path: app.getAppPath(),
    }))
    const userData = join(running.folder, 'ud')
    expect(told).toEqual({ name: 'Fixture', version: '1.2.3', userData, packaged: false, path: fixture })
  })
})

describe('desktop', () => {
  it('has a clipboard of its own', async () => {
    const { app } = running
    await app.evaluate(({ clipboard }) => clipboard.writeText('copied'))
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('copied')
    await app.evaluate(({ clipboard }) => clipboard.clear())
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe('')
  })

  it('follows nativeTheme', async () => {
    const background = () => inPage('getComputedStyle(document.body).backgroundColor')
    expect(await background()).toBe('rgb(250, 250, 250)')
    await inPage("fixture.invoke('toggle-theme')")
    await expect.poll(background).toBe('rgb(17, 17, 17)')
    await inPage("fixture.invoke('toggle-theme')")
    await expect.poll(background).toBe('rgb(250, 250, 250)')
  })

  it('lets a test answer dialogs and stub what leaves the app', async () => {
    const dismissed = await running.app.evaluate(({ dialog }) => dialog.showOpenDialog({ title: 'Pick' }))
    expect(dismissed).toEqual({ canceled: true, filePaths: [] })
    const answered = await running.app.evaluate(async ({ dialog, shell }) => {
      const asked: string[] = []
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/picked'] })
      shell.openExternal = async (url) => {
        asked.push(url)
      }
      await shell.openExternal('https://example.com/')
      return { picked: await dialog.showOpenDialog({}), asked }
    })
    expect(answered).toEqual({ picked: { canceled: false, filePaths: ['/picked'] }, asked: ['https://example.com/'] })
  })

  it('keeps menus as data that can be clicked', async () => {
    const clicked = await running.app.evaluate(({ Menu }) => {
      const clicks: string[] = []
      const item = { id: 'go', label: 'Go', click: () => clicks.push('go') }
      Menu.setApplicationMenu(Menu.buildFromTemplate([{ role: 'editMenu' }, { label: 'File', submenu: [item] }]))
      Menu.getApplicationMenu()?.getMenuItemById('go')?.click()
      return clicks
    })
    expect(clicked).toEqual(['go'])
  })

  it('keeps tray, notifications and shortcuts as data that can be used', async () => {
    const used = await running.app.evaluate(({ app, globalShortcut, Menu, nativeImage, Notification, Tray }) => {
      const { trays, notifications, shortcuts, takenShortcuts, told } = (
        globalThis as unknown as {
          electronStandIn: {
            trays: { menu: { items: { label: string }[] } }[]
            notifications: { click(): void; press(text: string): void }[]
            shortcuts: { press(): void }[]
            takenShortcuts: string[]
            told: { badge: number }
          }
        }
      ).electronStandIn
      const done: string[] = []
      const image = nativeImage.createFromPath('/no/such/image.png')
      new Tray(image).setContextMenu(Menu.buildFromTemplate([{ label: 'Open', registerAccelerator: false }]))
      for (const title of ['clicked', 'pressed']) {
        const notification = new Notification({ title, actions: [{ type: 'button', text: 'Renew' }] })
        notification.on('click', () => done.push('click'))
        notification.on('action', ({ actionIndex }) => done.push(`action ${actionIndex}`))
        notification.show()
      }
      notifications[0]?.click()
      notifications[0]?.press('Renew')
      takenShortcuts.push('Alt+T')
      const registered = ['Alt+T', 'Alt+P', 'Alt+P'].map((keys) =>
        globalShortcut.register(keys, () => done.push('shortcut')),
      )
      shortcuts[0]?.press()
      globalShortcut.unregister('Alt+P')
      app.setBadgeCount(3)
      return {
        done,
        registered,
        menu: trays[0]?.menu.items.map(({ label }) => label),
        left: [notifications.length, shortcuts.length],
        isEmpty: image.isEmpty(),
        badge: told.badge,
      }
    })
    expect(used).toEqual({
      done: ['click', 'action 0', 'shortcut'],
      registered: [false, true, false],
      menu: ['Open'],
      left: [0, 0],
      isEmpty: true,
      badge: 3,
    })
    expect(await running.failureInMain("electron.globalShortcut.register('Alt+Nonsense', () => {})")).toContain(
      'conversion failure from Alt+Nonsense',
    )
  })

  it('gives main and tests the same window', async () => {
    const window = await running.app.browserWindow(running.page)
    expect(await window.evaluate((it) => [it.isVisible(), it.isFocused(), it.getBounds().width])).toEqual([
      true,
      true,
      900,
    ])
    await window.evaluate((it) => it.setSize(700, 500))
    await expect.poll(() => inPage('innerWidth')).toBe(700)
    const events = await window.evaluate((it) => {
      const told: string[] = []
      for (const name of ['hide', 'show', 'minimize', 'restore', 'focus', 'blur'] as const)
        it.on(name as 'show', () => told.push(name))
      it.hide()
      it.show()
      it.minimize()
      it.restore()
      return told
    })
    expect(events).toEqual(['blur', 'hide', 'show', 'focus', 'blur', 'minimize', 'restore'])
  })

  it('knows the path of a chosen and of a dropped file', async () => {
    const path = join(running.folder, 'access keys ü.csv')
    writeFileSync(path, 'a,b')
    await running.page.getByLabel('Key file').setInputFiles(path)
    expect(await inPage("fixture.pathForFile(document.querySelector('input').files[0])")).toBe(path)
    expect(await inPage("fixture.pathForFile(new File(['x'], 'made-up.txt'))")).toBe('')
    await dropOn('#drop', path)
    await expect.poll(() => inPage("document.querySelector('#drop').textContent")).toBe(path)
  })
})

/** Drops a file of the disk, as from the desktop. */
async function dropOn(selector: string, path: string): Promise<void> {
  const box = await running.page.locator(selector).boundingBox()
  if (!box) throw new Error(`${selector} is not shown`)
  const session = await running.page.context().newCDPSession(running.page)
  const data = { items: [], files: [path], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: box.x + 2, y: box.y + 2, data })
  }
  await session.detach()
}

describe('heap snapshot', () => {
  /** Has main send the page a long text with a secret in it, spelt so that no script's text contains the secret. */
  const fetchSecret = (name: string, use: string) =>
    inPage(`fixture.invoke('echo', 'x'.repeat(3000) + ${JSON.stringify([...name])}.join('') + '-planted').then(${use})`)

  it('holds what the page still has, wherever it is in a long text, and not what it let go', async () => {
    await fetchSecret('forgotten', '(text) => { void text }')
    await fetchSecret('remembered', '(text) => { window.kept = text }')
    const snapshot = await takeHeapSnapshot(running.app, running.page)
    expect(snapshot.includes('remembered-planted')).toBe(true)
    expect(snapshot.includes('forgotten-planted')).toBe(false)
  })
})

describe('gaps', () => {
  it.each([
    ['app.setJumpList', 'electron.app.setJumpList([])'],
    ["app event 'login'", "electron.app.on('login', () => {})"],
    ["app path 'music'", "electron.app.getPath('music')"],
    ['safeStorage.encryptString', "electron.safeStorage.encryptString('x')"],
    ['shell.trashItem', "electron.shell.trashItem('/x')"],
    ['session.fromPartition', "electron.session.fromPartition('x')"],
    ['session.cookies', 'electron.session.defaultSession.cookies'],
    ['BrowserWindow.setThumbarButtons', 'electron.BrowserWindow.getAllWindows()[0].setThumbarButtons([])'],
    ['webContents.printToPDF', 'electron.BrowserWindow.getAllWindows()[0].webContents.printToPDF({})'],
    ['BrowserWindow option kiosk', 'new electron.BrowserWindow({ kiosk: true })'],
    ['webPreferences option sandbox: false', 'new electron.BrowserWindow({ webPreferences: { sandbox: false } })'],
    ['window without webPreferences.sandbox spelt out', 'new electron.BrowserWindow({})'],
    ['net.fetch for https:', "await electron.net.fetch('https://foreign.test/')"],
  ])('names %s', async (api, expression) => {
    const message = await running.failureInMain(expression)
    expect(message).toBe(
      `The Electron stand-in has no ${api}: add it to test/electron-stand-in or keep it out of the path under test`,
    )
  })
})

describe('mistakes that Electron refuses', () => {
  it.each([
    ["electron.ipcMain.handle('echo', () => {})", "Attempted to register a second handler for 'echo'"],
    ["electron.protocol.handle('app', () => {})", 'Failed to register protocol: app'],
    ['electron.protocol.registerSchemesAsPrivileged([])', 'should be called before app is ready'],
    ['electron.app.enableSandbox()', 'app.enableSandbox() can only be called before app is ready'],
    ["electron.app.setPath('userData', 'relative')", 'Path must be absolute'],
    ["electron.BrowserWindow.getAllWindows()[0].webContents.send('x', () => {})", 'An object could not be cloned.'],
    ["await electron.net.fetch('file:///no/such/file')", 'net::ERR_FILE_NOT_FOUND'],
  ])('%s', async (expression, message) => {
    expect(await running.failureInMain(expression)).toContain(message)
  })
})
