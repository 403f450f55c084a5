/**
 * Starts an app the way Electron's binary does: `electron [switches] FOLDER`, where FOLDER has a package.json with
 * `main`. `ready` comes once Chromium is up and main has been evaluated, or is itself waiting for `ready`.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, becomeReady } from './app.ts'
import { startRuntime } from './runtime.ts'

const [node = process.execPath, , ...given] = process.argv
const { preloaded, rest } = takePreloaded(given)
process.argv = [node, ...rest]

const appPath = resolve(rest.find((argument) => !argument.startsWith('-')) ?? '.')
const packageJson = JSON.parse(readFileSync(join(appPath, 'package.json'), 'utf8')) as {
  main: string
  version?: string
}

markProcess()
const chromium = startRuntime({ appPath, packageJson, argv: process.argv })

// Playwright's loader replaces app.whenReady and app.emit, and expects to run before DevTools are announced.
const require = createRequire(import.meta.url)
for (const path of preloaded) require(path)
if (preloaded.length > 0) leaveWithParent()

const mainWaits = new Promise<void>((waits) => {
  const whenReady = app.whenReady
  app.whenReady = () => {
    waits()
    return whenReady.call(app)
  }
})
const main = import(pathToFileURL(join(appPath, packageJson.main)).href)

const { devToolsUrl, version } = await chromium
Object.defineProperty(process.versions, 'chrome', { value: version, enumerable: true })
process.stderr.write(`\nDevTools listening on ${devToolsUrl}\n`)
// A main that awaits whenReady at its top level never settles before `ready`.
await Promise.race([main, mainWaits])
becomeReady()

/** Splits off `-r FILE`, which Playwright passes first. */
function takePreloaded(argv: readonly string[]): { preloaded: string[]; rest: string[] } {
  const preloaded: string[] = []
  const rest = [...argv]
  while (rest[0] === '-r') preloaded.push(...rest.splice(0, 2).slice(1))
  return { preloaded, rest }
}

/** A test runner that is killed can't close what it started. */
function leaveWithParent(): void {
  const parent = process.ppid
  setInterval(() => {
    if (process.ppid !== parent) app.exit(1)
  }, 500).unref()
}

/** Sets what Electron adds to `process`. `versions.electron` ends in `-stand-in`, so that a report can say which ran. */
function markProcess(): void {
  const electronPackage = new URL('../../node_modules/electron/package.json', import.meta.url)
  const { version } = JSON.parse(readFileSync(electronPackage, 'utf8')) as { version: string }
  Object.defineProperty(process.versions, 'electron', { value: `${version}-stand-in`, enumerable: true })
  Object.assign(process, { type: 'browser', defaultApp: true, resourcesPath: join(import.meta.dirname, 'resources') })
}
