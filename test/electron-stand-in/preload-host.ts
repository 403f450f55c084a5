/**
 * Puts the preload into a page's isolated world and carries messages between it and main. The page's own world gets
 * the other end of contextBridge and nothing else.
 */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { CdpSession } from './cdp.ts'
import { createCodec } from './codec.ts'
import { answerFilePaths } from './file-paths.ts'
import { type FrameTree, ISOLATED_WORLD, type WebFrameMain } from './frames.ts'

/** Main's end of the wire. */
export const codec = createCodec()

/** What the page tells main; `values` are encoded. */
export type PageMessage =
  | { kind: 'invoke'; id: number; channel: string; values: string }
  | { kind: 'send'; channel: string; values: string }
  | { kind: 'open-window'; url: string; frameName: string; features: string }
  | { kind: 'preload-error'; message: string; stack: string }

/** What main tells the page. */
export type MainMessage =
  | { kind: 'event'; channel: string; values: string }
  | { kind: 'reply'; id: number; value: string }
  | { kind: 'reply'; id: number; failure: string }

/** The function that isolated worlds hand text to main with. */
const BINDING = 'standInSend'

/**
 * Installs both worlds' scripts for every document that the page will load.
 * `receive` gets each message with the frame that really sent it, and a way to answer to that very document.
 */
export async function installPreload(
  session: CdpSession,
  frames: FrameTree,
  preloadPath: string | undefined,
  receive: (message: PageMessage, sender: WebFrameMain | null, answer: (message: MainMessage) => void) => void,
): Promise<void> {
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== BINDING) return
    const answer = (message: MainMessage) => tellContext(session, executionContextId, message)
    receive(JSON.parse(payload) as PageMessage, frames.ofContext(executionContextId), answer)
  })
  const secret = randomUUID()
  const preload = preloadPath === undefined ? '' : readFileSync(preloadPath, 'utf8')
  if (preload.includes('getPathForFile')) await answerFilePaths(session)
  await session.send('Runtime.addBinding', { name: BINDING, executionContextName: ISOLATED_WORLD })
  await session.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(secret) })
  await session.send('Page.addScriptToEvaluateOnNewDocument', {
    source: isolatedWorldSource(secret, preload),
    worldName: ISOLATED_WORLD,
  })
}

/** Tells the page that is there now; a page that has no preload yet misses it, as in Electron. */
export function tellPage(session: CdpSession, frames: FrameTree, message: MainMessage): void {
  const context = frames.preloadContext()
  if (context !== undefined) tellContext(session, context, message)
}

/** As an argument, not as part of a script's text, which Chromium may keep for longer: the message may be a secret. */
function tellContext(session: CdpSession, executionContextId: number, message: MainMessage): void {
  void session.attempt('Runtime.callFunctionOn', {
    functionDeclaration: 'function (text) { standInReceive(text) }',
    arguments: [{ value: JSON.stringify(message) }],
    executionContextId,
  })
}

function mainWorldSource(secret: string): string {
  return `{
    ${pageScript('world-bridge.js')}
    ${pageScript('main-world.js')}
    installMainWorld(${JSON.stringify(secret)})
  }`
}

function isolatedWorldSource(secret: string, preload: string): string {
  const { platform, arch, versions } = process
  const environment = { platform, arch, argv: [], versions: { ...versions } }
  return `{
    ${pageScript('world-bridge.js')}
    ${pageScript('isolated-world.js')}
    installIsolatedWorld({
      secret: ${JSON.stringify(secret)},
      codec: (${createCodec})(),
      send: ${BINDING},
      environment: ${JSON.stringify(environment)},
      preload: function (require, module, exports, process) {
        ${preload}
      },
    })
  }
  //# sourceURL=electron-stand-in/preload`
}

/** A script of the page folder, without the export that makes it a module to the linter. */
function pageScript(name: string): string {
  return readFileSync(new URL(`./page/${name}`, import.meta.url), 'utf8').replace(/^export /gm, '')
}
