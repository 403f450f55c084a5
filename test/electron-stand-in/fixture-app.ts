/** Starts the fixture in the stand-in, as an end-to-end test would, with a home of its own. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { _electron, type ElectronApplication, type Page } from 'playwright'

export const standIn = import.meta.dirname
export const fixture = join(standIn, 'fixture')

export interface RunningFixture {
  readonly app: ElectronApplication
  readonly page: Page
  /** Holds `ud`, the userData folder, and `tmp`. */
  readonly folder: string
  /** Runs an expression in the page's own world; gives its value. */
  inPage<T>(expression: string): Promise<T>
  /** Gives the name and message that the expression fails with in the page. */
  failureInPage(expression: string): Promise<string>
  /** Runs statements in main, with `electron`; gives the message that they fail with. */
  failureInMain(statements: string): Promise<string>
  /** What the fixture's main process noted. */
  seen(): Promise<Seen>
  /** What the stand-in recorded. */
  records(): Promise<Record<string, string[]>>
  stop(): Promise<void>
}

/** The globals of the fixture's main process. */
interface MainGlobals {
  readonly seen: Seen
  readonly electronStandIn: Record<string, string[]>
}

interface Seen {
  readonly preloaded: string[]
  readonly navigations: { url: string; isMainFrame: boolean }[]
  readonly opened: string[]
  readonly second: { argv: string[]; workingDirectory: string }[]
  readonly permissions: string[]
  readonly crashed: string[]
  readonly console: { level: string; message: string }[]
}

/** What the launcher runs with: nothing of the caller's desktop. */
export function environmentIn(folder: string): Record<string, string> {
  const keep = process.env.ELECTRON_STAND_IN_KEEP_PROFILE
  return {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    TMPDIR: folder,
    ...(keep && { ELECTRON_STAND_IN_KEEP_PROFILE: keep }),
  }
}

export async function startFixture(appFolder = fixture): Promise<RunningFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'fixture-app-'))
  process.env.ELECTRON_OVERRIDE_DIST_PATH = standIn
  const app = await _electron.launch({
    args: [appFolder, `--user-data-dir=${join(folder, 'ud')}`],
    cwd: appFolder,
    env: environmentIn(folder),
  })
  const page = await app.firstWindow()
  await page.getByRole('heading').waitFor()
  const inPage = <T>(expression: string) => page.evaluate(expression) as Promise<T>
  return {
    app,
    page,
    folder,
    inPage,
    failureInPage: (expression) =>
      inPage(`(async () => ${expression})().then(() => 'no failure', (error) => error.name + ': ' + error.message)`),
    failureInMain: (statements) =>
      app.evaluate((electron, code) => {
        const attempt = new Function('electron', `return (async () => { ${code} })()`)
        return attempt(electron).then(
          () => 'no failure',
          (error: Error) => error.message,
        )
      }, statements),
    seen: () => app.evaluate(() => (globalThis as unknown as MainGlobals).seen),
    records: () => app.evaluate(() => (globalThis as unknown as MainGlobals).electronStandIn),
    async stop() {
      await app.close()
      rmSync(folder, { recursive: true })
    },
  }
}
