/** Electron's `app`: life cycle, paths, names, the single-instance lock. */
import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { checkOptions, createEvent, KnownEmitter, knownOnly, lacking } from './known-only.ts'
import { records } from './records.ts'
import { runtime, stopRuntime } from './runtime.ts'
import { holdInstanceLock, type InstanceLock } from './single-instance.ts'
import { openWindows } from './windows.ts'

const EVENTS = [
  'ready',
  'window-all-closed',
  'before-quit',
  'will-quit',
  'quit',
  'second-instance',
  'web-contents-created',
  'browser-window-created',
  'browser-window-focus',
  'browser-window-blur',
  'render-process-gone',
  // macOS only; a test may emit it.
  'open-url',
  // Never emitted here: they come from the Dock, and from parts of Chromium that only Electron has.
  'activate',
  'child-process-gone',
]

let announceReady: () => void
const ready = new Promise<void>((resolve) => {
  announceReady = resolve
})

class App extends KnownEmitter {
  readonly isPackaged = false
  /** macOS only, so `app.dock?.…` does nothing. */
  readonly dock = undefined
  readonly commandLine = createCommandLine()
  private chosenName: string | undefined
  private readonly chosenPaths = new Map<string, string>()
  private lock: InstanceLock | undefined
  private readyNow = false
  private quitting = false
  private next: readonly string[] | undefined
  private exiting = false

  constructor() {
    super('app', EVENTS)
  }

  get name(): string {
    return this.getName()
  }

  set name(name: string) {
    this.setName(name)
  }

  getName(): string {
    const { productName, name } = runtime().packageJson
    return this.chosenName ?? productName ?? name ?? 'Electron'
  }

  setName(name: string): void {
    this.chosenName = name
  }

  getVersion(): string {
    return runtime().packageJson.version ?? '0.0.0'
  }

  getAppPath(): string {
    return runtime().appPath
  }

  getLocale(): string {
    return 'en-US'
  }

  isReady(): boolean {
    return this.readyNow
  }

  whenReady(): Promise<void> {
    return ready
  }

  /** @throws for a name that Electron or the stand-in does not know */
  getPath(name: string): string {
    const path = this.chosenPaths.get(name) ?? this.defaultPath(name)
    if (name === 'userData' || name === 'sessionData') mkdirSync(path, { recursive: true })
    return path
  }

  setPath(name: string, path: string): void {
    this.defaultPath(name)
    if (!isAbsolute(path)) throw new Error('Path must be absolute')
    this.chosenPaths.set(name, path)
  }

  private defaultPath(name: string): string {
    const home = homedir()
    switch (name) {
      case 'home':
        return home
      case 'appData':
        return process.env.XDG_CONFIG_HOME || join(home, '.config')
      case 'userData':
        return this.commandLine.getSwitchValue('user-data-dir') || join(this.getPath('appData'), this.getName())
      case 'sessionData':
        return this.getPath('userData')
      case 'logs':
        return join(this.getPath('userData'), 'logs')
      case 'temp':
        return tmpdir()
      case 'exe':
        return join(import.meta.dirname, 'electron')
      case 'desktop':
      case 'documents':
      case 'downloads':
        return join(home, name.charAt(0).toUpperCase() + name.slice(1))
      default:
        throw lacking(`app path '${name}'`)
    }
  }

  /** True for the first process with this userData folder. A later one gets false, and the first gets `second-instance`. */
  requestSingleInstanceLock(additionalData: Record<string, unknown> = {}): boolean {
    this.lock ??= holdInstanceLock(this.getPath('userData'), { argv: process.argv, additionalData }, (second) => {
      void ready.then(() =>
        this.emit('second-instance', createEvent(), second.argv, second.workingDirectory, second.additionalData),
      )
    })
    return this.lock !== undefined
  }

  hasSingleInstanceLock(): boolean {
    return this.lock !== undefined
  }

  releaseSingleInstanceLock(): void {
    this.lock?.release()
    this.lock = undefined
  }

  /** Every window of the stand-in is sandboxed anyway. */
  enableSandbox(): void {
    if (this.readyNow) throw new Error('app.enableSandbox() can only be called before app is ready')
  }

  /** Windows only. */
  setAppUserModelId(_id: string): void {}

  /** @returns true, as on macOS and where Linux has a launcher with badges */
  setBadgeCount(count: number): boolean {
    records.told.badge = count
    return true
  }

  setAboutPanelOptions(options: object): void {
    records.told.about = options
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    records.told.schemes.push(scheme)
    return true
  }

  setLoginItemSettings(settings: object): void {
    records.told.loginItem = settings
  }

  focus(): void {
    openWindows()[0]?.focus()
  }

  /** Starts the app once more when this process leaves; away from Playwright, which can't follow it. */
  relaunch(options: { args?: readonly string[] } = {}): void {
    checkOptions('app.relaunch', options, { args: true })
    this.next = options.args ?? process.argv.slice(1)
  }

  /** Asks `before-quit`, closes every window, asks `will-quit`, exits. Anyone asked can prevent it. */
  quit(): void {
    if (this.quitting || this.exiting) return
    this.quitting = true
    this.quitting = !this.isQuitPrevented()
    if (this.quitting) this.exit(0)
  }

  private isQuitPrevented(): boolean {
    const before = createEvent()
    this.emit('before-quit', before)
    if (before.defaultPrevented) return true
    for (const window of openWindows()) window.close()
    if (openWindows().length > 0) return true
    const will = createEvent()
    this.emit('will-quit', will)
    return will.defaultPrevented
  }

  /** Leaves without asking anyone, once Chromium has left and its profile is removed. */
  exit(exitCode = 0): void {
    if (this.exiting) return
    this.exiting = true
    this.emit('quit', createEvent(), exitCode)
    this.releaseSingleInstanceLock()
    void stopRuntime().finally(() => {
      if (this.next) {
        const launcher = join(import.meta.dirname, 'electron')
        spawn(launcher, this.next, { detached: true, stdio: 'ignore' }).unref()
      }
      process.exit(exitCode)
    })
  }

  /** For this folder alone: the last window closed. */
  lastWindowClosed(): void {
    if (this.quitting || this.exiting) return
    if (!this.emit('window-all-closed')) this.quit()
  }

  /** For this folder alone: what `ready` means. */
  becomeReady(): void {
    this.readyNow = true
    announceReady()
    this.emit('ready', createEvent(), {})
  }
}

function createCommandLine() {
  const find = (name: string) => runtime().argv.find((given) => given === `--${name}` || given.startsWith(`--${name}=`))
  return knownOnly('app.commandLine', {
    /** Chromium is already running: switches for it would come too late, as Playwright's own do. */
    appendSwitch(_name: string, _value?: string): void {},
    hasSwitch: (name: string): boolean => find(name) !== undefined,
    getSwitchValue: (name: string): string => find(name)?.slice(`--${name}=`.length) ?? '',
  })
}

export const app = new App()

/** Announces that the app may open windows. */
export function becomeReady(): void {
  app.becomeReady()
}

// As Electron does on Linux.
for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit())
