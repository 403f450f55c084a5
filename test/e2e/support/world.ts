/**
 * A world of its own for each end-to-end test: home and temp folders, AWS files, a practice account, the built command
 * and the built app. When the test is over, everything in it is searched for every secret that was around.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import type { IpcLogLine } from '../../electron-stand-in/ipc-log.ts'
import { takeHeapSnapshot } from '../../support/heap-snapshot.ts'
import { type PrivateKeyring, startPrivateKeyring } from '../../support/private-keyring.ts'
import { scanFolders, scanText } from '../../support/secret-scan.ts'
import { recordIpc } from './ipc-recording.ts'

export const root = resolve(import.meta.dirname, '../../..')
const command = join(root, 'out/cli/hallpass.cjs')

export interface RunResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface World {
  readonly folder: string
  readonly configFile: string
  readonly credentialsFile: string
  readonly env: Record<string, string>
  readonly practice: PracticeAccount
  /** A value that must never be found anywhere, beside those of the practice account. */
  plant(name: string, value: string): void
  /** Removes a file that holds a secret because the test put it there, before everything is searched. */
  forgetFile(path: string): void
  /** A keyring for this world alone, that a test may lock and end. */
  ownKeyring(): Promise<PrivateKeyring>
  /** Runs any program in this world. */
  run(program: string, args: readonly string[], input?: string): Promise<RunResult>
  /** Runs the built command. */
  hallpass(args: readonly string[], input?: string): Promise<RunResult>
  /**
   * Starts the built app; the last one started is closed with the world. `first` is what to wait for, `args` are given
   * to the app.
   */
  launch(
    extraEnv?: Record<string, string>,
    options?: { args?: readonly string[]; first?: string },
  ): Promise<{ app: ElectronApplication; page: Page }>
  /**
   * Does what makes the app restart, and starts it again as it asked for: the test runner can't follow a process that the
   * app starts by itself.
   * @returns with the words it asked for
   */
  restart(action: () => Promise<void>): Promise<{ app: ElectronApplication; page: Page; words: string[] }>
  /** What has crossed between page and main so far; nothing where the real binary runs. */
  messages(): IpcLogLine[]
  /** Quits the app, and searches its memory first. */
  quit(): Promise<void>
}

/** The practice account's user that roles trust, and that has an MFA device. */
export const DANA = 'dana.whitfield'

interface Fixtures {
  world: World
  /** The app in that world, at its first painted screen. */
  page: Page
  /** Gives the practice account the same keys at every start; new ones each time without. */
  practiceSeed: string | undefined
}

export const test = base.extend<Fixtures, { keyring: PrivateKeyring | undefined }>({
  practiceSeed: [undefined, { option: true }],
  // gnome-keyring may crash, and the one that D-Bus starts in its place is locked. With one for each worker, which ends
  // with the first test that fails, that costs no other test anything.
  keyring: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright refuses any other first parameter of a fixture that needs no other.
    async ({}, use) => {
      if (process.platform !== 'linux') return use(undefined)
      const folder = mkdtempSync(join(tmpdir(), 'keyring-'))
      const keyring = await startPrivateKeyring(folder)
      process.env.DBUS_SESSION_BUS_ADDRESS = keyring.env.DBUS_SESSION_BUS_ADDRESS
      await use(keyring)
      await keyring.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
    { scope: 'worker' },
  ],
  world: async ({ practiceSeed, keyring }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'world-'))
    for (const name of ['home', 'tmp', 'aws', 'downloads']) mkdirSync(join(folder, name), { mode: 0o700 })
    const practice = await startPracticeAccount(practiceSeed === undefined ? {} : { seed: practiceSeed })
    const planted: Record<string, string> = {}
    const ipc = recordIpc()
    let running: { app: ElectronApplication; page: Page } | undefined
    let own: PrivateKeyring | undefined
    const env = environmentOf(folder, practice.endpoint)

    const secrets = () => ({ ...planted, ...secretsOf(practice) })
    const world: World = {
      folder,
      configFile: join(folder, 'aws/config'),
      credentialsFile: join(folder, 'aws/credentials'),
      env,
      practice,
      plant: (name, value) => {
        planted[name] = value
      },
      forgetFile: (path) => rmSync(path),
      async ownKeyring() {
        own = await startPrivateKeyring(join(folder, 'ring'))
        Object.assign(env, own.env)
        return own
      },
      run: (program, args, input) => runProgram(program, args, { env, input }),
      hallpass: (args, input) => runProgram(process.execPath, [command, ...args], { env, input }),
      async launch(extraEnv = {}, { args = [], first = '[role=row][aria-selected=true], .ways, .empty' } = {}) {
        const app = await _electron.launch({
          args: [root, ...args],
          cwd: root,
          env: { ...env, ...ipc.env, ...extraEnv },
        })
        const page = await app.firstWindow()
        // A key pressed before there is anything to press it for is nobody's: lists first, and what they select.
        await page.locator(first).first().waitFor()
        running = { app, page }
        return running
      },
      messages: ipc.messages,
      async restart(action) {
        if (!running) throw new Error('the app is not running')
        const { app, page } = running
        const file = join(folder, 'tmp/restart.json')
        await app.evaluate((electron, path) => {
          electron.app.relaunch = (options) => {
            const { writeFileSync: write } = process.getBuiltinModule('node:fs')
            write(path, JSON.stringify(options?.args))
          }
        }, file)
        expect(scanText('renderer memory', await takeHeapSnapshot(app, page), secrets())).toEqual([])
        const gone = app.waitForEvent('close')
        await action()
        await gone
        running = undefined
        const asked = JSON.parse(readFileSync(file, 'utf8')) as string[]
        return { ...(await world.launch({}, { args: asked.filter((word) => word !== root) })), words: asked }
      },
      async quit() {
        if (!running) return
        const { app, page } = running
        running = undefined
        // A test may have seen it end by itself.
        if (page.isClosed()) return
        expect(scanText('renderer memory', await takeHeapSnapshot(app, page), secrets())).toEqual([])
        await app.close()
      },
    }

    await use(world)
    try {
      expect(keyring?.failure()).toBeUndefined()
      await world.quit()
    } finally {
      await own?.stop()
    }
    expect(ipc.hits(secrets()), 'secrets in messages between page and main').toEqual([])
    ipc.remove()
    const { hits, filesRead } = scanFolders([folder], secrets())
    expect(hits, 'secrets found on disk').toEqual([])
    expect(filesRead, 'files searched').toBeGreaterThan(0)
    await practice.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  },
  page: async ({ world }, use) => {
    const { page } = await world.launch()
    await use(page)
  },
})

export { expect } from '@playwright/test'

/** What a program in this world sees: its own folders, the worker's keyring, the practice account, no AWS settings of anybody. */
function environmentOf(folder: string, endpoint: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'))
  return {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    HALLPASS_HOME: join(folder, 'home/state'),
    AWS_CONFIG_FILE: join(folder, 'aws/config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws/credentials'),
    AWS_ENDPOINT_URL: endpoint,
    TZ: zoneWithMorning(),
    // The window's own storage is searched too, not thrown away.
    ELECTRON_STAND_IN_KEEP_PROFILE: '1',
  }
}

/**
 * A time zone in which it is between ten and eleven now: what the app says of today and tomorrow, and how long it is, are
 * the same at each hour a test runs.
 */
function zoneWithMorning(): string {
  const ahead = 10 - new Date().getUTCHours()
  const hours = ahead < -12 ? ahead + 24 : ahead
  // Their signs are POSIX's: what is ahead of Greenwich has a minus.
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`
}

function secretsOf(practice: PracticeAccount): Record<string, string> {
  const users = practice.users.flatMap(({ name, secretAccessKey, totpSeed }) => [
    [`secret of ${name}`, secretAccessKey],
    ...(totpSeed ? [[`TOTP seed of ${name}`, totpSeed]] : []),
  ])
  const issued = practice.issuedSecrets().map((value, index) => [`issued secret ${index}`, value])
  return Object.fromEntries([...users, ...issued])
}

/** Runs a program to its end. Input is closed at once unless given. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: { env: Record<string, string>; input?: string | undefined },
): Promise<RunResult> {
  return new Promise((resolveRun, reject) => {
    const child = spawn(program, args, { env: options.env, stdio: 'pipe' })
    let stdout = ''
    let stderr = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk
    })
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk
    })
    child.on('error', reject)
    child.on('close', (code) => resolveRun({ code, stdout, stderr }))
    child.stdin.on('error', () => {})
    child.stdin.end(options.input ?? '')
  })
}
