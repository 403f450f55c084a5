/**
 * Starts Chromium with a fresh profile and talks to it through a pipe. However this process ends, the pipe's end makes
 * Chromium leave, and a small shell that outlives both removes the profile. With ELECTRON_STAND_IN_KEEP_PROFILE set it
 * stays, below the temp folder, for a test that searches what Chromium wrote.
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable, Writable } from 'node:stream'
import { CdpConnection } from './cdp.ts'

export interface Chromium {
  readonly connection: CdpConnection
  /** WebSocket address on 127.0.0.1 for other DevTools clients, such as Playwright. */
  readonly devToolsUrl: string
  /** Such as `156.0.8078.79`. */
  readonly version: string
  /** Settles when Chromium has left and its profile is removed. */
  readonly gone: Promise<void>
  /** Makes Chromium leave; the same promise as `gone`. */
  stop(): Promise<void>
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

const SWITCHES = [
  '--headless=new',
  '--no-startup-window',
  '--remote-debugging-pipe',
  // Playwright connects by WebSocket, beside the pipe.
  '--remote-debugging-port=0',
  // Chromium refuses its own sandbox to root, which is who runs tests in a container.
  '--no-sandbox',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-gpu',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-popup-blocking',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--password-store=basic',
  '--force-color-profile=srgb',
  '--hide-scrollbars=false',
  // Nothing leaves the machine, whatever a page or Chromium itself asks for.
  '--host-resolver-rules=MAP * ~NOTFOUND',
  // All frames in one process: then one DevTools session sees the requests and scripts of every frame.
  '--disable-site-isolation-trials',
  `--disable-features=${[
    ...['IsolateOrigins', 'site-per-process', 'IsolateSandboxedIframes'],
    // Pages for buttons of a browser window, which nobody sees: half of what a start takes.
    ...['WebUIReloadButton', 'WebUIOmniboxPopup', 'WebUIOmniboxAimPopup'],
    ...['MediaRouter', 'OptimizationHints', 'Translate'],
  ]}`,
  // Heap snapshots hold whole strings, so that a search for a secret finds it wherever it starts.
  '--js-flags=--heap-snapshot-string-limit=1000000',
]

/** $0 browser, $1 folder to remove afterwards, then switches. Processes of the browser may still be writing for a while. */
const RUN_AND_REMOVE = `
folder=$1; shift
"$0" "$@"
[ -n "$ELECTRON_STAND_IN_KEEP_PROFILE" ] && exit
attempts=0
until rm -rf -- "$folder" 2>/dev/null || [ $attempts -eq 100 ]; do
  attempts=$((attempts + 1))
  sleep 0.1
done`

/** @throws when there is no Chromium, or it doesn't start */
export async function startChromium(): Promise<Chromium> {
  const browser = findBrowser()
  const folder = mkdtempSync(join(tmpdir(), 'electron-stand-in-'))
  const child = spawn(
    '/bin/sh',
    ['-c', RUN_AND_REMOVE, browser, folder, ...SWITCHES, `--user-data-dir=${join(folder, 'profile')}`],
    // Detached: a signal to this process's group must not stop the shell before it has removed the folder.
    {
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
      cwd: folder,
      env: environmentIn(folder),
    },
  )
  const [, , errors, toChromium, fromChromium] = child.stdio as [null, null, Readable, Writable, Readable]
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const connection = new CdpConnection(toChromium, fromChromium)
  const devToolsUrl = await readDevToolsUrl(errors, gone)
  const { product } = await connection.browser.send('Browser.getVersion')
  return {
    connection,
    devToolsUrl,
    version: product.replace(/^.*\//, ''),
    gone,
    stop() {
      toChromium.destroy()
      fromChromium.destroy()
      return gone
    },
  }
}

function findBrowser(): string {
  const asked = process.env.ELECTRON_STAND_IN_CHROMIUM
  const found = [asked, ...PLACES].find((path) => path && existsSync(path))
  if (found) return found
  throw new Error('The Electron stand-in needs Chromium: install it, or name its path in ELECTRON_STAND_IN_CHROMIUM')
}

/** Everything Chromium writes besides its profile goes into the folder too, and the session bus is not its business. */
function environmentIn(folder: string): NodeJS.ProcessEnv {
  for (const name of ['home', 'tmp']) mkdirSync(join(folder, name))
  return {
    PATH: process.env.PATH,
    LANG: process.env.LANG ?? 'C.UTF-8',
    TZ: process.env.TZ,
    ELECTRON_STAND_IN_KEEP_PROFILE: process.env.ELECTRON_STAND_IN_KEEP_PROFILE,
    HOME: join(folder, 'home'),
    // By way of the working directory: Chromium makes sockets there, whose names must not exceed 107 bytes.
    TMPDIR: '/proc/self/cwd/tmp',
    DBUS_SESSION_BUS_ADDRESS: 'disabled:',
  }
}

function readDevToolsUrl(errors: Readable, gone: Promise<void>): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    errors.setEncoding('utf8')
    errors.on('error', () => {})
    errors.on('data', (chunk: string) => {
      text = (text + chunk).slice(-20_000)
      const url = /DevTools listening on (ws:\/\/\S+)\s/.exec(text)?.[1]
      if (url) resolve(url)
    })
    void gone.then(() => reject(new Error(`Chromium left before it was ready:\n${text}`)))
  })
}
