/**
 * Runs in the isolated world before the page's scripts: gives the preload its `require('electron')`, and runs it.
 * `send` hands text to main; main hands text to `standInReceive`, a global of this world that the page can't see.
 */
export function installIsolatedWorld({ secret, codec, send, environment, preload }) {
  // Electron gives frames within the page no preload unless nodeIntegrationInSubFrames is on.
  if (window.top !== window) return

  const bridge = createWorldBridge({
    secret,
    here: 'isolated-world',
    there: 'main-world',
    answer: (_kind, details) => tellMain({ kind: 'open-window', ...details }),
  })
  const listeners = new Map()
  const invocations = new Map()
  let lastInvocation = 0

  function tellMain(message) {
    send(JSON.stringify(message))
  }

  globalThis.standInReceive = (text) => {
    const message = JSON.parse(text)
    if (message.kind === 'event') {
      const values = codec.decode(message.values)
      for (const listener of [...(listeners.get(message.channel) ?? [])]) {
        listener(knownOnly('IpcRendererEvent', { sender: ipcRenderer, ports: [] }), ...values)
      }
      return
    }
    const { resolve, reject } = invocations.get(message.id)
    invocations.delete(message.id)
    if (message.failure === undefined) resolve(codec.decode(message.value))
    else reject(new Error(message.failure))
  }

  function knownOnly(name, object) {
    return new Proxy(object, {
      get(target, key) {
        if (typeof key === 'string' && !(key in target) && key !== 'then') {
          throw new Error(
            `The Electron stand-in has no ${name}.${key}: add it to test/electron-stand-in or keep it out of the path under test`,
          )
        }
        return target[key]
      },
    })
  }

  const ipcRenderer = knownOnly('ipcRenderer', {
    async invoke(channel, ...values) {
      const encoded = codec.encode(values)
      return new Promise((resolve, reject) => {
        const id = ++lastInvocation
        invocations.set(id, { resolve, reject })
        tellMain({ kind: 'invoke', id, channel, values: encoded })
      })
    },
    send(channel, ...values) {
      tellMain({ kind: 'send', channel, values: codec.encode(values) })
    },
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener])
      return ipcRenderer
    },
    once(channel, listener) {
      const once = (...values) => {
        ipcRenderer.removeListener(channel, once)
        listener(...values)
      }
      return ipcRenderer.on(channel, once)
    },
    off: (channel, listener) => ipcRenderer.removeListener(channel, listener),
    removeListener(channel, listener) {
      const kept = [...(listeners.get(channel) ?? [])]
      const index = kept.lastIndexOf(listener)
      if (index >= 0) kept.splice(index, 1)
      listeners.set(channel, kept)
      return ipcRenderer
    },
    removeAllListeners(channel) {
      listeners.delete(channel)
      return ipcRenderer
    },
  })

  const contextBridge = knownOnly('contextBridge', {
    exposeInMainWorld(name, api) {
      bridge.ask('expose', { name, api })
    },
  })

  /** The path of a file that was chosen or dropped, else ''. Synchronous, so main answers while the script is paused. */
  function getPathForFile(file) {
    if (!(file instanceof File))
      throw new TypeError('getPathForFile expected to receive a File object but one was not provided')
    const answer = { path: '' }
    // biome-ignore lint/suspicious/noDebugger: main (file-paths.ts) sees the pause and fills in `answer`
    debugger
    return answer.path
  }

  const electron = knownOnly('preload module', {
    ipcRenderer,
    contextBridge,
    webUtils: knownOnly('webUtils', { getPathForFile }),
  })
  const process = knownOnly('preload process', {
    ...environment,
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    env: {},
  })

  function requireInPreload(name) {
    if (name === 'electron' || name === 'electron/renderer') return electron
    if (name === 'electron/common') return electron
    throw new Error(`module not found: ${name}`)
  }

  // A link that would open a window asks main instead, unless the page dealt with the click itself.
  for (const type of ['click', 'auxclick']) {
    window.addEventListener(type, (event) => {
      const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement && node.href)
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button === 1
      const inPlace = ['', '_self', '_top', '_parent'].includes(link?.target ?? '')
      if (!link || event.defaultPrevented || (inPlace && !elsewhere) || event.button > 1) return
      event.preventDefault()
      tellMain({ kind: 'open-window', url: link.href, frameName: link.target, features: '' })
    })
  }

  const module = { exports: {} }
  try {
    preload(requireInPreload, module, module.exports, process)
  } catch (error) {
    tellMain({ kind: 'preload-error', message: error.message, stack: error.stack })
  }
}
