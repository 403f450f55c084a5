/**
 * The wire between the page's own world and the isolated world of the preload, with the rules of Electron's
 * contextBridge: values are copied; functions and promises become proxies; errors keep their message alone; what can't
 * be copied is refused. Both worlds run this text, each with its end of the wire.
 *
 * The worlds share the document and nothing else: messages are events on it, their names begin with a secret that the
 * page can't learn, and Chromium copies their `detail` from world to world.
 */
export function createWorldBridge({ secret, here, there, answer }) {
  const fire = document.dispatchEvent.bind(document)
  const Message = CustomEvent
  const REFUSED = 'An object could not be cloned.'
  const NOT_AN_ERROR =
    'An unknown exception occurred in the isolated context, an error occurred but a valid exception was not thrown.'
  const DEPTH_LIMIT = 1000

  let lastId = 0
  /** Functions of this world that the other has a proxy for. */
  const functions = new Map()
  const idOfFunction = new WeakMap()
  /** Proxies of this world for functions of the other: id to WeakRef, so that unused ones can be released there. */
  const proxies = new Map()
  const idOfProxy = new WeakMap()
  const releases = new FinalizationRegistry((id) => {
    if (proxies.get(id)?.deref()) return
    proxies.delete(id)
    post({ kind: 'release', id })
  })
  /** Promises of the other world that this one waits for. */
  const waiting = new Map()
  const replies = new Map()

  document.addEventListener(secret + here, (event) => receive(event.detail))

  function post(message) {
    fire(new Message(secret + there, { detail: message }))
  }

  /** Sends a message and gives the other world's answer, which it gives before the event returns. */
  function request(message) {
    const id = ++lastId
    post({ ...message, request: id })
    const reply = replies.get(id)
    replies.delete(id)
    if (!reply) throw new Error('Electron stand-in: the other world did not answer')
    if (reply.failed) throw new Error(reply.text)
    return fromWire(reply.value)
  }

  function receive(message) {
    switch (message.kind) {
      case 'reply':
        replies.set(message.request, message)
        return
      case 'release':
        functions.delete(message.id)
        return
      case 'settle': {
        const { resolve, reject } = waiting.get(message.promise)
        waiting.delete(message.promise)
        if (message.failed) reject(fromWire(message.value))
        else resolve(fromWire(message.value))
        return
      }
      default:
        post(replyTo(message))
    }
  }

  function replyTo(message) {
    const reply = { kind: 'reply', request: message.request }
    try {
      const value =
        message.kind === 'call'
          ? functions.get(message.id)(...fromWire(message.arguments))
          : answer(message.kind, fromWire(message.value))
      return { ...reply, value: toWire(value) }
    } catch (error) {
      return { ...reply, failed: true, text: typeof error?.message === 'string' ? error.message : NOT_AN_ERROR }
    }
  }

  function toWire(value, seen = new Map(), depth = 0) {
    if (depth > DEPTH_LIMIT) throw new TypeError('Electron contextBridge recursion depth exceeded.')
    if (typeof value === 'function') return functionToWire(value)
    if (typeof value === 'symbol') throw new TypeError(REFUSED)
    if (typeof value !== 'object' || value === null) return value
    if (seen.has(value)) return seen.get(value)
    const tag = Object.prototype.toString.call(value)
    if (value instanceof Promise) return promiseToWire(value)
    if (tag === '[object Error]') return { [secret]: 'error', text: value.message }
    if (Array.isArray(value))
      return copyInto([], Object.keys(value), value, seen, (item) => toWire(item, seen, depth + 1))
    if (tag === '[object Object]') {
      return copyInto({}, Object.keys(value), value, seen, (item) => toWire(item, seen, depth + 1))
    }
    try {
      return structuredClone(value)
    } catch {
      throw new TypeError(REFUSED)
    }
  }

  function fromWire(value, seen = new Map()) {
    if (typeof value !== 'object' || value === null) return value
    if (seen.has(value)) return seen.get(value)
    switch (value[secret]) {
      case 'function':
        return proxyFor(value.id)
      case 'own-function':
        return functions.get(value.id)
      case 'promise':
        return new Promise((resolve, reject) => waiting.set(value.id, { resolve, reject }))
      case 'error':
        return new Error(value.text)
    }
    if (Array.isArray(value)) return copyInto([], Object.keys(value), value, seen, (item) => fromWire(item, seen))
    if (Object.prototype.toString.call(value) !== '[object Object]') return value
    return copyInto({}, Object.keys(value), value, seen, (item) => fromWire(item, seen))
  }

  function copyInto(copy, keys, original, seen, convert) {
    seen.set(original, copy)
    for (const key of keys) {
      const value = convert(original[key])
      Object.defineProperty(copy, key, { value, enumerable: true, writable: true, configurable: true })
    }
    return copy
  }

  function functionToWire(value) {
    const borrowed = idOfProxy.get(value)
    if (borrowed) return { [secret]: 'own-function', id: borrowed }
    const id = idOfFunction.get(value) ?? ++lastId
    idOfFunction.set(value, id)
    functions.set(id, value)
    return { [secret]: 'function', id }
  }

  function proxyFor(id) {
    const known = proxies.get(id)?.deref()
    if (known) return known
    const proxy = (...given) => request({ kind: 'call', id, arguments: toWire(given) })
    proxies.set(id, new WeakRef(proxy))
    idOfProxy.set(proxy, id)
    releases.register(proxy, id)
    return proxy
  }

  function promiseToWire(promise) {
    const id = ++lastId
    const settle = (failed) => (value) => {
      try {
        post({ kind: 'settle', promise: id, failed, value: toWire(value) })
      } catch (error) {
        post({ kind: 'settle', promise: id, failed: true, value: toWire(error) })
      }
    }
    promise.then(settle(false), settle(true))
    return { [secret]: 'promise', id }
  }

  /** Sends one named message with a value; gives the answer. */
  return { ask: (kind, value) => request({ kind, value: toWire(value) }) }
}
