/**
 * The client's end of a Unix socket, for one short conversation. Node's own way there is `node:net`, which brings its
 * streams along: 5 of the 12 ms that `credential-process` takes beyond Node's start (`npm run bench`). So this uses what
 * `net` itself stands on, the handle of a pipe, and falls back to `net` where Node does not give that out, or not in
 * the shape that is known, and on Windows.
 *
 * Imports nothing: the fast path of `credential-process` loads it.
 */

export interface PipeEvents {
  connected(): void
  received(bytes: Buffer): void
  /** There is nobody, or no longer; said once, and never by {@link openPipe} itself. */
  gone(): void
}

export interface Pipe {
  /** Before there is a connection as well. Nothing once it is over. */
  send(text: string): void
  close(): void
}

/** What Node gives out of its inside: an old way that is documented to go (DEP0111), hence the fall-back. */
export type Binding = (name: string) => unknown

/** @param binding Node's; for tests */
export function openPipe(path: string, events: PipeEvents, binding = bindingOfNode()): Pipe {
  const parts = partsFrom(binding)
  return parts ? openHandle(parts, path, events) : openSocket(path, events)
}

/** A handle as `lib/net.js` and `lib/internal/stream_base_commons.js` of Node use it. Functions return 0 or an error. */
interface Handle {
  /** Without bytes when there will be no more. */
  onread: (bytes?: ArrayBuffer) => void
  connect(request: Request, path: string): number
  readStart(): number
  writeUtf8String(request: Request, text: string): number
  close(): void
}

interface Request {
  oncomplete: (status: number) => void
}

interface Parts {
  readonly Pipe: new (kind: number) => Handle
  readonly kind: number
  readonly ConnectRequest: new () => Request
  readonly WriteRequest: new () => Request
  /** How many bytes the read that is being told of has brought: below 0 it has failed, or the stream has ended. */
  readonly lastRead: () => number
}

function bindingOfNode(): Binding | undefined {
  const { binding } = process as { readonly binding?: Binding }
  return process.platform === 'win32' ? undefined : binding
}

function partsFrom(binding: Binding | undefined): Parts | undefined {
  try {
    const pipes = binding?.('pipe_wrap') as { Pipe: Parts['Pipe']; PipeConnectWrap: Parts['ConnectRequest'] } & {
      constants: { SOCKET: number }
    }
    const streams = binding?.('stream_wrap') as {
      WriteWrap: Parts['WriteRequest']
      streamBaseState: Int32Array
      kReadBytesOrError: number
    }
    const { streamBaseState: state, kReadBytesOrError: at, WriteWrap } = streams
    const { prototype } = pipes.Pipe as { prototype: Partial<Handle> }
    const methods = ['connect', 'readStart', 'writeUtf8String', 'close'] as const
    const isKnown =
      methods.every((name) => typeof prototype[name] === 'function') &&
      typeof pipes.PipeConnectWrap === 'function' &&
      typeof WriteWrap === 'function' &&
      typeof pipes.constants.SOCKET === 'number' &&
      typeof state[at] === 'number'
    if (!isKnown) return undefined
    return {
      Pipe: pipes.Pipe,
      kind: pipes.constants.SOCKET,
      ConnectRequest: pipes.PipeConnectWrap,
      WriteRequest: WriteWrap,
      lastRead: () => state[at] ?? 0,
    }
  } catch {
    // Taken away, or refused under Node's permission model.
    return undefined
  }
}

function openHandle(
  { Pipe, kind, ConnectRequest, WriteRequest, lastRead }: Parts,
  path: string,
  events: PipeEvents,
): Pipe {
  const handle = new Pipe(kind)
  let isOver = false

  function close(): void {
    if (isOver) return
    isOver = true
    handle.close()
  }

  function end(): void {
    if (isOver) return
    close()
    events.gone()
  }

  handle.onread = (bytes) => {
    if (isOver) return
    const length = lastRead()
    if (length < 0) end()
    else if (bytes && length > 0) events.received(Buffer.from(bytes, 0, length))
  }
  const opening = new ConnectRequest()
  opening.oncomplete = (status) => {
    if (isOver) return
    if (status === 0 && handle.readStart() === 0) events.connected()
    else end()
  }
  if (handle.connect(opening, path) !== 0) setImmediate(end)
  return {
    send(text) {
      if (isOver) return
      const writing = new WriteRequest()
      // One that fails is heard of as the end of what is read.
      writing.oncomplete = () => {}
      handle.writeUtf8String(writing, text)
    },
    close,
  }
}

function openSocket(path: string, events: PipeEvents): Pipe {
  // Not an import: that would load it everywhere.
  const { connect } = process.getBuiltinModule('node:net')
  let isOver = false
  const socket = connect(path)
  socket.once('connect', () => events.connected())
  socket.on('data', (bytes) => events.received(bytes))
  // It is closed thereby.
  socket.on('error', () => {})
  socket.once('close', () => {
    if (!isOver) events.gone()
  })
  return {
    send(text) {
      if (!isOver && !socket.destroyed) socket.write(text)
    },
    close() {
      isOver = true
      socket.destroy()
    },
  }
}
