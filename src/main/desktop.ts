/** What of Hallpass is outside its window: tray, badge, notifications, shortcut, start at login, links. */
import { setTimeout as pause } from 'node:timers/promises'
import { app } from 'electron'
import type { Log, MfaPromptRequest } from '#core/capabilities.ts'
import { watchLeftOpen } from '#core/desktop/left-open.ts'
import { type LockState, remindOfTasks } from '#core/desktop/left-to-do.ts'
import { countLive } from '#core/desktop/live.ts'
import { createNoticeRules, type Notice, type NoticeAction } from '#core/desktop/notices.ts'
import { areNotificationsShown } from '#core/desktop/notification-server.ts'
import { isTrayShown } from '#core/desktop/tray-host.ts'
import type { TrayAction } from '#core/desktop/tray-menu.ts'
import type { Hallpass } from '#core/hallpass.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { showBadge } from './badge.ts'
import { createDesktopImages } from './desktop-images.ts'
import type { GlobalShortcut } from './global-shortcut.ts'
import { broadcast, type IpcHandlers } from './ipc.ts'
import { createLoginItem } from './login-item.ts'
import type { MfaBroker } from './mfa-broker.ts'
import { createNotifier } from './notifications.ts'
import { createRoleActs } from './role-acts.ts'
import { createAppTray } from './tray.ts'
import type { MainWindow } from './window.ts'
import type { WindowRequests } from './window-requests.ts'

/** As in electron-builder.json. */
const APP_ID = 'app.hallpass.desktop'
/** How long a panel that starts at login beside Hallpass may take until it shows trays. Milliseconds. */
const PANEL_PATIENCE = 15_000
const PANEL_LOOK = 1000

export interface DesktopParts {
  readonly hallpass: Hallpass
  readonly handlers: IpcHandlers
  readonly window: MainWindow
  readonly requests: WindowRequests
  readonly shortcut: GlobalShortcut
  readonly mfa: MfaBroker
  readonly log: Log
  /** `resources/desktop`, absolute. */
  readonly imageFolder: string
  /** Absent while nothing can be locked. */
  readonly lock?: (LockState & { readonly now: () => void }) | undefined
}

export interface Desktop {
  /** Lists have changed. Many calls in a row are one. */
  refresh(): void
  /** Whether a closed window stays behind in the tray. */
  keepsClosedWindow(): boolean
  /** The window was hidden; where nobody shows the tray, that was a quit. */
  windowHidden(): Promise<void>
  mfaAsked(promptId: string, request: MfaPromptRequest): Promise<void>
  mfaClosed(promptId: string): void
  /** Stays in the tray, or where there is none, out of the way. */
  startHidden(): Promise<void>
}

/** Call before the app is ready. */
export function prepareDesktop(platform: NodeJS.Platform): void {
  // Under Wayland global shortcuts come through the desktop portal (Electron's documentation of globalShortcut).
  if (platform === 'linux') app.commandLine.appendSwitch('enable-features', 'GlobalShortcutsPortal')
  // Windows shows notifications of an app it can name only.
  if (platform === 'win32') app.setAppUserModelId(APP_ID)
}

export function createDesktop(parts: DesktopParts): Desktop {
  const { hallpass, handlers, window, requests, shortcut, mfa, log, lock } = parts
  const { platform } = process
  const images = createDesktopImages(parts.imageFolder, platform)
  const acts = createRoleActs({ hallpass, handlers, requests, log })
  const rules = createNoticeRules()
  const loginItem = createLoginItem(hallpass.home, log)
  const notifier = createNotifier({ canNotify: areNotificationsShown, onAction: actOnNotice, onClick: openNotice })
  let roles: readonly RoleRow[] = []
  let isDue = false

  const tray = createAppTray({
    images,
    platform,
    run,
    input: () => ({
      roles,
      now: Date.now(),
      isLocked: lock?.isLocked() ?? false,
      canLock: lock !== undefined,
      confirmProduction: hallpass.settings.get().confirmProduction,
      paletteShortcut: shortcut.inForce(),
    }),
  })

  function run(action: TrayAction): void {
    switch (action.do) {
      case 'open':
        window.show()
        break
      case 'quit':
        app.quit()
        break
      case 'lock':
        lock?.now()
        break
      case 'palette':
        requests.ask('palette.open', undefined)
        break
      case 'command':
        requests.ask('command.requested', { command: action.command })
        break
      case 'end-all':
        void endAll()
        break
      default:
        void acts.run(action)
    }
  }

  async function endAll(): Promise<void> {
    try {
      await hallpass.sessions.endAll()
    } catch (error) {
      log.warn('sessions could not be ended from the tray', { error })
      requests.ask('command.requested', { command: 'sessions' })
    }
    broadcast('state.changed', undefined)
    refresh()
  }

  function openNotice({ about, name }: Notice): void {
    if (openings.has(about) || about.startsWith('tasks:')) requests.ask('command.requested', { command: 'breakglass' })
    else if (attended().some((role) => role.name === name)) void acts.run({ do: 'show', name })
    else window.show()
  }

  function actOnNotice(notice: Notice, action: NoticeAction): void {
    if (action === 'renew') void acts.run({ do: 'renew', name: notice.name })
    else if (action === 'seal') void hallpass.breakglass.close(notice.about)
    else if (action === 'show-breakglass') openNotice(notice)
    else if (action === 'enter-code') window.show()
    else mfa.answer(notice.about, null)
  }

  const context = () => ({ settings: hallpass.settings.get(), isLookedAt: window.isFocused(), now: Date.now() })

  /** As they were, when the store can't be read now. */
  function attended(): readonly RoleRow[] {
    try {
      return hallpass.roles.attended()
    } catch (error) {
      log.warn('roles could not be read for the tray', { error })
      return roles
    }
  }

  function look(): void {
    isDue = false
    roles = attended()
    tray.show(hallpass.settings.get().showInTray)
    showBadge(countLive(roles, Date.now()).production, images, platform)
    notifier.settle(roles)
  }

  function refresh(): void {
    if (isDue) return
    isDue = true
    setImmediate(look)
  }

  hallpass.keeper.onEvent((event) => {
    if (event.kind === 'renewed' || event.kind === 'expired') notifier.withdraw(event.key)
    const role = attended().find(({ name }) => name === event.name)
    const notice = rules.ofSession(event, role, context())
    const shown = notice ? notifier.show(notice) : Promise.resolve(false)
    // What the system says is not said a second time in a window that nobody looks at.
    void shown.then((isShown) => {
      const { kind, name, minutesLeft, because } = event
      if (isShown || kind !== 'expiring' || minutesLeft === undefined || !because) return
      broadcast('session.expiring', { name, minutesLeft, because })
    })
  })
  const openings = watchLeftOpen(hallpass.breakglass, {
    onLeftOpen: (opening) => {
      const notice = rules.ofOpening(opening, context())
      if (notice) void notifier.show(notice)
    },
    onClosed: (id) => notifier.withdraw(id),
  })
  remindOfTasks({
    breakglass: hallpass.breakglass,
    lock,
    onLeft: (credential) => {
      const notice = rules.ofTasks(credential, context())
      if (notice) void notifier.show(notice)
    },
    log,
  })
  hallpass.settings.onChange((settings, before) => {
    if (settings.globalShortcut !== before.globalShortcut) shortcut.apply(settings.globalShortcut)
    if (settings.startAtLogin !== before.startAtLogin) loginItem.apply(settings.startAtLogin)
    refresh()
  })
  const { globalShortcut, startAtLogin } = hallpass.settings.get()
  shortcut.apply(globalShortcut)
  loginItem.apply(startAtLogin)
  refresh()

  return {
    refresh,
    keepsClosedWindow: () => tray.isThere() && hallpass.settings.get().closeToTray,
    async windowHidden() {
      if (!(await isTrayShown())) app.quit()
    },
    async mfaAsked(promptId, request) {
      // Who has just clicked Start in the tray waits for the question.
      const notice = acts.isAskedFor(request.target) ? undefined : rules.ofMfa(promptId, request, context())
      const isShown = notice !== undefined && (await notifier.show(notice))
      if (!isShown) window.show()
    },
    mfaClosed: (promptId) => notifier.withdraw(promptId),
    async startHidden() {
      if (hallpass.settings.get().showInTray) {
        for (let waited = 0; waited < PANEL_PATIENCE; waited += PANEL_LOOK) {
          if (await isTrayShown()) return
          await pause(PANEL_LOOK)
        }
      }
      window.showMinimized()
    },
  }
}
