/**
 * Every measure of Electron's security checklist that code can take, in one place. Fuses are set when packaging
 * (electron-builder.json). Numbers name the items of the checklist in Electron's documentation.
 *
 * - 3, 4 isolation and sandbox: WEB_PREFERENCES, and `app.enableSandbox()` for anything created elsewhere
 * - 5 permissions: all denied
 * - 7 CSP: by header on every response of the app's own protocol
 * - 12, 13, 14 webviews, navigation, new windows: denied
 * - 15 openExternal: allow-list (external-urls.ts), through open-url.ts alone
 * - 17 IPC senders: ipc.ts · 18 custom protocol instead of file: app-protocol.ts
 */
import { app, type Session, type WebContents, type WebPreferences } from 'electron'
import { isAppUrl } from './app-url.ts'

/** Sent with every file of the app. No `unsafe-*`, no remote origin, no inline anything. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ')

/** For the one window; `preload` is added where it is created. */
export const WEB_PREFERENCES = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  allowRunningInsecureContent: false,
  spellcheck: false,
} as const satisfies WebPreferences

/** Guards everything that will ever be created. Call once, before the app is ready. */
export function hardenApp(): void {
  app.enableSandbox()
  app.on('web-contents-created', (_event, contents) => hardenContents(contents))
}

function hardenContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => event.preventDefault())
  contents.on('will-frame-navigate', (event) => event.preventDefault())
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
}

/** Denies every permission and every request that is not for the app's own files. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, decide) => decide(false))
  session.setPermissionCheckHandler(() => false)
  session.setDevicePermissionHandler(() => false)
  session.webRequest.onBeforeRequest((details, decide) => {
    decide({ cancel: !isAppUrl(details.url) && !details.url.startsWith('devtools://') })
  })
}
