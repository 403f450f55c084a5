/** Starting, a second instance, crashing, quitting, being killed: and nothing of it stays behind. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { environmentIn, fixture, type RunningFixture, standIn, startFixture } from './fixture-app.ts'

/** For what happens after this process has done its part. A limit: a Chromium that is still starting leaves once it has. */
const LATER = { timeout: 20_000 }
const launcher = join(standIn, 'electron')

/** Processes with the text in their command line. */
function processesWith(text: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(text)
    } catch {
      return false
    }
  })
}

const profilesIn = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('electron-stand-in-'))

describe('a running app', () => {
  let running: RunningFixture
  let child: ChildProcess
  beforeEach(async () => {
    running = await startFixture()
    child = running.app.process()
  })
  afterEach(async () => {
    child.kill('SIGKILL')
    await expect.poll(() => processesWith(running.folder), LATER).toEqual([])
    rmSync(running.folder, { recursive: true })
  })

  it('quits on request within a second, with its events, leaving no process and no profile', async () => {
    let errors = ''
    child.stderr?.on('data', (chunk) => {
      errors += chunk
    })
    expect(profilesIn(running.folder)).toHaveLength(1)
    expect(processesWith(running.folder).length).toBeGreaterThan(2)
    const began = performance.now()
    await running.app.close()
    expect(performance.now() - began).toBeLessThan(1000)
    expect(errors).toContain('will-quit\n')
    expect(child.exitCode).toBe(0)
    expect(processesWith(running.folder)).toEqual([])
    expect(profilesIn(running.folder)).toEqual([])
  })

  it('leaves no process and no profile when it is killed', async () => {
    child.kill('SIGKILL')
    await expect.poll(() => processesWith(running.folder), LATER).toEqual([])
    await expect.poll(() => profilesIn(running.folder), LATER).toEqual([])
  })

  it('leaves when the test runner that started it is killed', async () => {
    const runner = join(running.folder, 'runner.mjs')
    const mark = `--nested-in=${basename(running.folder)}`
    const options = { args: [fixture, mark], cwd: fixture, env: environmentIn(running.folder) }
    writeFileSync(
      runner,
      `import { _electron } from ${JSON.stringify(import.meta.resolve('playwright'))}
      await _electron.launch(${JSON.stringify(options)})
      process.kill(process.pid, 'SIGKILL')`,
    )
    const env = { ...environmentIn(running.folder), ELECTRON_OVERRIDE_DIST_PATH: standIn }
    expect(spawnSync(process.execPath, [runner], { env, timeout: 15_000 }).signal).toBe('SIGKILL')
    await expect.poll(() => processesWith(mark), LATER).toEqual([])
    await expect.poll(() => profilesIn(running.folder), LATER).toHaveLength(1)
  })

  it('exits with the code that the app gives', async () => {
    const exited = new Promise((resolve) => child.once('exit', resolve))
    await running.app.evaluate(({ app }) => setTimeout(() => app.exit(3), 0))
    expect(await exited).toBe(3)
  })

  it('does not quit when the app prevents it', async () => {
    const prevented = await running.app.evaluate(({ app, BrowserWindow }) => {
      const asked: string[] = []
      app.once('before-quit', (event) => {
        asked.push('before-quit')
        event.preventDefault()
      })
      app.quit()
      BrowserWindow.getAllWindows()[0]?.once('close', (event) => {
        asked.push('close')
        event.preventDefault()
      })
      app.once('will-quit', () => asked.push('will-quit'))
      app.quit()
      return { asked, windows: BrowserWindow.getAllWindows().length }
    })
    expect(prevented).toEqual({ asked: ['before-quit', 'close'], windows: 1 })
    await running.app.close()
  })

  it('quits when the last window closes, and the closed window is dead', async () => {
    const exited = new Promise((resolve) => child.once('exit', resolve))
    const window = await running.app.browserWindow(running.page)
    const told = await window.evaluate((it) => {
      const told: string[] = []
      it.on('closed', () => {
        told.push(it.isDestroyed() ? 'destroyed' : 'alive')
        try {
          it.webContents.send('late')
        } catch (error) {
          told.push((error as Error).message)
        }
      })
      it.close()
      return told
    })
    expect(told).toEqual(['destroyed', 'Object has been destroyed'])
    expect(await exited).toBe(0)
  })

  it('tells the app that its page crashed', async () => {
    const session = await running.page.context().newCDPSession(running.page)
    void session.send('Page.crash').catch(() => {})
    await expect.poll(async () => (await running.seen()).crashed).toEqual(['crashed'])
    await running.app.close()
  })

  it('lets a second instance know and leave', async () => {
    const { folder } = running
    const second = spawnSync(launcher, [fixture, `--user-data-dir=${join(folder, 'ud')}`, 'hallpass:open'], {
      env: environmentIn(folder),
      cwd: folder,
      timeout: 15_000,
    })
    expect(second.status).toBe(0)
    const seen = (await running.seen()).second
    expect(seen).toHaveLength(1)
    expect(seen[0]?.argv.at(-1)).toBe('hallpass:open')
    expect(seen[0]?.workingDirectory).toBe(folder)
    await running.app.close()
  })
})

it('keeps what Chromium wrote, when asked', async () => {
  process.env.ELECTRON_STAND_IN_KEEP_PROFILE = '1'
  const running = await startFixture().finally(() => {
    delete process.env.ELECTRON_STAND_IN_KEEP_PROFILE
  })
  await running.page.evaluate("localStorage.setItem('kept', 'written-by-the-page')")
  await running.app.close()
  const [profile = ''] = profilesIn(running.folder)
  const found = spawnSync('grep', ['-rlaF', 'written-by-the-page', profile], { cwd: running.folder })
  expect(found.stdout.toString()).toContain('Local Storage')
  rmSync(running.folder, { recursive: true })
})

describe('starting', () => {
  let folder: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'stand-in-start-'))
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))

  function writeApp(main: string): string {
    const app = join(folder, 'app')
    mkdirSync(app)
    writeFileSync(join(app, 'package.json'), JSON.stringify({ name: 'small', type: 'module', main: 'main.js' }))
    writeFileSync(join(app, 'main.js'), main)
    return app
  }

  const start = (app: string) =>
    spawnSync(launcher, [app], { env: environmentIn(folder), encoding: 'utf8', timeout: 15_000 })

  it('does not dead-lock when main awaits ready at its top level', () => {
    const app = writeApp(
      "import { app } from 'electron'; await app.whenReady(); console.log(app.isReady()); app.exit(4)",
    )
    expect(start(app)).toMatchObject({ status: 4, stdout: 'true\n' })
  })

  it('is not ready before main has been evaluated', () => {
    const app = writeApp(`import { app } from 'electron'
      app.on('ready', () => { console.log('ready'); app.quit() })
      await new Promise((resolve) => setTimeout(resolve, 1000))
      console.log('evaluated')`)
    expect(start(app)).toMatchObject({ status: 0, stdout: 'evaluated\nready\n' })
  })

  it('fails with main’s own error, leaving nothing', async () => {
    const result = start(writeApp("throw new Error('main is broken')"))
    expect(result.status).toBe(1)
    expect(result.stderr).toContain('main is broken')
    await expect.poll(() => profilesIn(folder), LATER).toEqual([])
  })

  it('quits gracefully on a signal to end', async () => {
    const app = writeApp(`import { app } from 'electron'
      app.on('will-quit', () => console.log('will-quit'))
      app.whenReady().then(() => console.log('ready'))`)
    const child = spawn(launcher, [app], { env: environmentIn(folder), stdio: ['ignore', 'pipe', 'ignore'] })
    let output = ''
    child.stdout.on('data', (chunk) => {
      output += chunk
      if (output === 'ready\n') child.kill('SIGTERM')
    })
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(0)
    expect(output).toBe('ready\nwill-quit\n')
  })

  it('works below a long temp folder', () => {
    const long = join(folder, 'x'.repeat(120))
    mkdirSync(long)
    const app = writeApp(
      "import { app } from 'electron'; app.whenReady().then(() => { console.log(app.requestSingleInstanceLock()); app.quit() })",
    )
    const result = spawnSync(launcher, [app], { env: environmentIn(long), encoding: 'utf8', timeout: 15_000 })
    expect(result).toMatchObject({ status: 0, stdout: 'true\n' })
  })
})
