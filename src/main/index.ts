/** Starts the app: one instance, hardened before it is ready, core on the outside world, one window. */
import { join, resolve } from 'node:path'
import { app, dialog, nativeTheme, session } from 'electron'
import { hostAgent, takeSeat } from '#core/agent/index.ts'
import { keepOutOfCoreDumps } from '#core/core-dumps.ts'
import { createHallpass } from '#core/create-hallpass.ts'
import { openFileLog } from '#core/file-log.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { practiceHome, surroundingsOf } from '#core/practice/home.ts'
import { ensureStateFolder, stateFolder } from '#core/state-folder.ts'
import { isHallpassError } from '#shared/errors.ts'
import { createAccessKeyDrafts } from './access-key-drafts.ts'
import { registerAppScheme, serveApp } from './app-protocol.ts'
import { commandLine } from './command-line.ts'
import { createHandlers } from './handlers.ts'
import { broadcast, registerIpc } from './ipc.ts'
import { installMenu } from './menu.ts'
import { createMfaBroker } from './mfa-broker.ts'
import { startPractice } from './practice-start.ts'
import { wasStartedWith } from './restart-words.ts'
import { createSecretClipboard } from './secret-clipboard.ts'
import { hardenApp, hardenSession, openExternalUrl } from './security.ts'
import { watchSessions } from './session-watch.ts'
import { createMainWindow } from './window.ts'

keepOutOfCoreDumps()
const builtFolder = resolve(import.meta.dirname, '..')
const given = { ...process.env }
// Kept from the processes that Chromium starts, and from every other.
delete process.env.HALLPASS_PASSPHRASE
const base = stateFolder(given)
const home = wasStartedWith('--practice') ? practiceHome(base) : base
const { isPackaged } = app
const { platform, resourcesPath } = process
const place = { isPackaged, resourcesPath, builtFolder, platform }

hardenApp()
registerAppScheme()
app.setName('Hallpass')
// Chromium's own files live below the state folder, so that one folder holds everything and can be searched.
app.setPath('userData', join(home, 'chromium'))

if (app.requestSingleInstanceLock()) start().catch(failToStart)
else app.quit()

async function start(): Promise<void> {
  ensureStateFolder(home)
  const log = openFileLog(home, 'app')
  const window = createMainWindow(builtFolder, () => mfa.cancelAll())
  const mfa = createMfaBroker(() => window.show())
  const secretClipboard = createSecretClipboard()
  const changed = () => broadcast('state.changed', undefined)

  await app.whenReady()
  const practice = await startPractice(base, home, log)
  const env = surroundingsOf({ ...given, HALLPASS_HOME: home })
  const version = app.getVersion()
  const agentOptions = { home, kind: 'app', version, env, log } as const
  // Without the seat the app works all the same, on sessions that rest sealed.
  const seat = await takeSeat(agentOptions).catch((error: unknown) => void log.warn('the app is no agent', { error }))
  const hallpass = await createHallpass({
    env,
    mfaPrompt: mfa.prompt,
    onMfaWait: ({ serial, target, seconds }) => broadcast('mfa.waiting', { serial, target, seconds }),
    log,
    command: commandLine(place),
    program: 'Hallpass',
    ...(seat ? { held: seat.held } : {}),
  })
  await practice?.setUp(hallpass)
  const agent = seat && hostAgent({ seat, hallpass, kind: 'app', version, served: changed })
  agent?.catch((error: unknown) => log.warn('the app serves no commands', { error }))
  hardenSession(session.defaultSession)
  serveApp(join(builtFolder, 'renderer'))
  nativeTheme.themeSource = hallpass.settings.get().theme
  installMenu()

  const openUrl = (url: string) => openExternalUrl(url, hallpass.signInOrigin())
  const drafts = createAccessKeyDrafts()
  registerIpc(createHandlers({ hallpass, drafts, mfa, secretClipboard, openUrl, changed }), log)
  hallpass.onChange(changed)
  const removeStaticKeys = await hallpass.watchStaticKeys()
  watchSessions(hallpass, changed)

  app.on('second-instance', () => window.show())
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => app.quit())
  quitCleanly(hallpass, async () => {
    mfa.cancelAll()
    await Promise.allSettled([secretClipboard.clear(), removeStaticKeys()])
    await practice?.stop(hallpass).catch((error: unknown) => log.warn('practice sessions stay', { error }))
    await seat?.leave()
  })
  window.show()
}

/** Copied secrets leave the clipboard, and static keys the AWS files, before the process ends. */
function quitCleanly(hallpass: Hallpass, letGo: () => Promise<void>): void {
  let isDone = false
  app.on('will-quit', (event) => {
    if (isDone) return
    event.preventDefault()
    void letGo().finally(() => {
      isDone = true
      hallpass.close()
      app.quit()
    })
  })
}

function failToStart(error: unknown): void {
  const [message, hint] = isHallpassError(error)
    ? [error.message, error.hint ?? '']
    : ['Hallpass could not start.', String(error)]
  dialog.showErrorBox(message, hint)
  app.exit(1)
}
