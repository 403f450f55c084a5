/** Starts the app: one instance, hardened before it is ready, core on the outside world, one window. */
import { join, resolve } from 'node:path'
import { app, dialog, nativeTheme, session } from 'electron'
import { hostAgent, takeSeat } from '#core/agent/index.ts'
import { ensureShim } from '#core/awsfiles/index.ts'
import type { SealedDraft } from '#core/breakglass/service.ts'
import { keepOutOfCoreDumps } from '#core/core-dumps.ts'
import { createHallpass } from '#core/create-hallpass.ts'
import { openFileLog } from '#core/file-log.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createAppLock } from '#core/lock/app-lock.ts'
import { practiceHome, surroundingsOf } from '#core/practice/home.ts'
import { watchDueKeys } from '#core/rotation/watch-due.ts'
import { ensureStateFolder, stateFolder } from '#core/state-folder.ts'
import { isHallpassError } from '#shared/errors.ts'
import { createAccessKeyDrafts } from './access-key-drafts.ts'
import { registerAppScheme, serveApp } from './app-protocol.ts'
import { type BreakGlassView, createBreakGlassView } from './breakglass-view.ts'
import { createCenterWork } from './center-work.ts'
import { commandLine } from './command-line.ts'
import { collectLinks, createDeepLinks, registerLinkScheme } from './deep-links.ts'
import { createDesktop, type Desktop, prepareDesktop } from './desktop.ts'
import { createDrafts } from './drafts.ts'
import { createDrillMode } from './drill-mode.ts'
import { createGlobalShortcut } from './global-shortcut.ts'
import type { KitDraft } from './handlers/kit.ts'
import { createHandlers } from './handlers.ts'
import { broadcast, registerIpc } from './ipc.ts'
import { watchLock } from './lock-watch.ts'
import { wasStartedAtLogin } from './login-item.ts'
import { installMenu } from './menu.ts'
import { createMfaBroker } from './mfa-broker.ts'
import { createUrlOpener } from './open-url.ts'
import { startPractice } from './practice-start.ts'
import { wasStartedWith } from './restart-words.ts'
import { createSecretClipboard } from './secret-clipboard.ts'
import { hardenApp, hardenSession } from './security.ts'
import { watchSessions } from './session-watch.ts'
import { describeSurroundings } from './surroundings.ts'
import { createSystemAuth } from './system-auth.ts'
import { createTotpDrafts } from './totp-drafts.ts'
import { watchOpenings } from './watch-openings.ts'
import { createMainWindow } from './window.ts'
import { createWindowRequests } from './window-requests.ts'

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
prepareDesktop(platform)
const earlyLinks = collectLinks()
app.setName('Hallpass')
// Chromium's own files live below the state folder, so that one folder holds everything and can be searched.
app.setPath('userData', join(home, 'chromium'))

if (app.requestSingleInstanceLock()) start().catch(failToStart)
else app.quit()

async function start(): Promise<void> {
  ensureStateFolder(home)
  const log = openFileLog(home, 'app')
  let desktop: Desktop | undefined
  let breakglassView: BreakGlassView | undefined
  const window = createMainWindow({
    builtFolder,
    onGone: () => mfa.cancelAll(),
    onPageGone: () => requests.pageGone(),
    staysBehind: () => desktop?.keepsClosedWindow() ?? false,
    onHidden: () => void desktop?.windowHidden(),
  })
  const requests = createWindowRequests(() => window.show(), broadcast)
  const mfa = createMfaBroker({
    onAsked: (promptId, request) => void (desktop ? desktop.mfaAsked(promptId, request) : window.show()),
    onClosed: (promptId) => desktop?.mfaClosed(promptId),
  })
  const lock = createAppLock()
  const lockNow = () => void lock.lock('asked')
  const changed = () => {
    broadcast('state.changed', undefined)
    if (breakglassView?.hasChanged()) broadcast('breakglass.changed', undefined)
    desktop?.refresh()
  }
  const openPalette = () => requests.ask('palette.open', undefined)
  const shortcut = createGlobalShortcut(openPalette)
  const pageReady = () => {
    requests.pageReady()
    mfa.askAgain()
  }

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
    lock,
    ...(seat ? { held: seat.held } : {}),
  })
  const secretClipboard = createSecretClipboard(() => hallpass.settings.get().clipboardSeconds)
  await practice?.setUp(hallpass)
  const agent = seat && hostAgent({ seat, hallpass, kind: 'app', version, served: changed })
  agent?.catch((error: unknown) => log.warn('the app serves no commands', { error }))
  hardenSession(session.defaultSession)
  serveApp(join(builtFolder, 'renderer'))
  nativeTheme.themeSource = hallpass.settings.get().theme
  installMenu({ command: (command) => requests.ask('command.requested', { command }), openPalette, lock: lockNow })

  const { openUrl, settled } = createUrlOpener(hallpass, env)
  const drafts = createAccessKeyDrafts()
  const totpDrafts = createTotpDrafts()
  const sealedDrafts = createDrafts<SealedDraft>()
  const kitDrafts = createDrafts<KitDraft>()
  const command = () => ensureShim({ home, command: commandLine(place) })
  const surroundings = () => describeSurroundings({ home, env, platform, command, isAgent: agent !== undefined })
  const drill = createDrillMode(hallpass, changed, log)
  const centerWork = createCenterWork({ hallpass, openUrl, broadcast, changed })
  breakglassView = createBreakGlassView(drill)
  const systemAuth = createSystemAuth(platform)
  const handlers = createHandlers({
    hallpass,
    drafts,
    totpDrafts,
    sealedDrafts,
    kitDrafts,
    drill,
    centerWork,
    breakglassView,
    broadcast,
    mfa,
    secretClipboard,
    lock,
    systemAuth,
    surroundings,
    openUrl,
    shortcut,
    pageReady,
    changed,
  })
  registerIpc(handlers, log, lock)
  desktop = createDesktop({
    hallpass,
    handlers,
    window,
    requests,
    shortcut,
    mfa,
    log,
    imageFolder: resolve(builtFolder, '../resources/desktop'),
    lock: { isLocked: () => lock.isClosed, onChange: lock.onChange, now: lockNow },
  })
  hallpass.onChange(changed)
  watchOpenings(hallpass, changed)
  watchDueKeys({ rotation: hallpass.rotation, lock, log })
  const removeStaticKeys = await hallpass.watchStaticKeys()
  watchSessions(hallpass, lock, changed)
  watchLock({
    lock,
    hallpass,
    mfa,
    drafts: [drafts, totpDrafts, sealedDrafts, kitDrafts, centerWork],
    drill,
    secretClipboard,
    requests,
    desktop,
  })

  const links = createDeepLinks({ hallpass, requests, log })
  registerLinkScheme()
  app.on('second-instance', (_event, argv) => {
    if (!links.followArguments(argv)) window.show()
  })
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => {
    // On a Mac an app without windows stays in the Dock.
    if (platform !== 'darwin') app.quit()
  })
  quitCleanly(hallpass, async () => {
    mfa.cancelAll()
    centerWork.forgetAll()
    shortcut.release()
    await Promise.allSettled([
      secretClipboard.clear(),
      removeStaticKeys(),
      hallpass.breakglass.closeAll(),
      drill.stop(),
      settled(),
    ])
    await practice?.stop(hallpass).catch((error: unknown) => log.warn('practice sessions stay', { error }))
    await seat?.leave()
  })
  if (wasStartedAtLogin()) void desktop.startHidden()
  else window.show()
  earlyLinks.follow(links.follow)
  links.followArguments(process.argv)
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
