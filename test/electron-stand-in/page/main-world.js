/** Runs in the page's own world before its scripts: puts what the preload exposes on `window`, read-only. */
export function installMainWorld(secret) {
  if (window.top !== window) return
  const openInPlace = window.open.bind(window)

  const bridge = createWorldBridge({
    secret,
    here: 'main-world',
    there: 'isolated-world',
    answer(_kind, { name, api }) {
      if (name in window) throw new Error('Cannot bind an API on top of an existing property on the window object')
      Object.defineProperty(window, name, { value: freezeDeep(api), enumerable: true })
    },
  })

  function freezeDeep(value) {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return value
    if (Object.isFrozen(value) || ArrayBuffer.isView(value)) return value
    Object.freeze(value)
    for (const key of Object.getOwnPropertyNames(value)) freezeDeep(value[key])
    return value
  }

  // Chromium would really open a window before anyone could be asked.
  window.open = function open(url = '', frameName = '_blank', features = '') {
    if (['_self', '_top', '_parent'].includes(frameName)) return openInPlace(url, frameName, features)
    const target = url === '' ? 'about:blank' : new URL(url, document.baseURI).href
    bridge.ask('open-window', { url: target, frameName: String(frameName), features: String(features) })
    return null
  }
}
