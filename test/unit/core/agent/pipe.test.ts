import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Binding, openPipe, type Pipe } from '#core/agent/pipe.ts'

const { binding } = process as unknown as { readonly binding: Binding }
const LONG = 'ä'.repeat(200_000)

let folder: string
let path: string
let server: Server
let pipe: Pipe | undefined

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pipe-'))
  path = join(folder, 'socket')
})
afterEach(async () => {
  pipe?.close()
  if (server?.listening) await new Promise((resolve) => server.close(resolve))
  rmSync(folder, { recursive: true, force: true })
})

async function listen(serve: (socket: Socket) => void): Promise<void> {
  server = createServer((socket) => {
    socket.on('error', () => {})
    serve(socket)
  })
  await new Promise<void>((resolve) => server.listen(path, resolve))
}

/** Opens a pipe and keeps what it tells of. */
function open(from: Binding) {
  const told: string[] = []
  const chunks: Buffer[] = []
  let wake = () => {}
  const note = (what: string) => {
    told.push(what)
    wake()
  }
  pipe = openPipe(
    path,
    {
      connected: () => note('connected'),
      received: (bytes) => {
        chunks.push(bytes)
        wake()
      },
      gone: () => note('gone'),
    },
    from,
  )
  const text = () => Buffer.concat(chunks).toString()
  const until = (isDone: () => boolean) =>
    new Promise<void>((resolve) => {
      wake = () => isDone() && resolve()
      wake()
    })
  return { pipe, told, text, until }
}

const refusing: Binding = () => {
  throw new Error('Access to this API has been restricted')
}

describe.each([
  ['a handle of Node', binding],
  ['net, where Node gives out nothing', refusing],
  ['net, where what it gives out is not known', () => ({})],
  ['net, where a method is missing', (name: string) => (name === 'pipe_wrap' ? { Pipe: class {} } : binding(name))],
] as const)('a pipe by %s', (_way, from) => {
  it('says what it was told before there was a connection, and hears the answer, however long both are', async () => {
    await listen((socket) => socket.pipe(socket))
    const { pipe, told, text, until } = open(from)
    pipe.send('first\n')
    pipe.send(LONG)
    expect(told).toEqual([])
    await until(() => text().length === LONG.length + 6)
    expect(text()).toBe(`first\n${LONG}`)
    expect(told).toEqual(['connected'])
  })

  it('is gone, once, when the other side ends', async () => {
    await listen((socket) => socket.end('last words'))
    const { pipe, told, text, until } = open(from)
    await until(() => told.includes('gone'))
    pipe.send('to nobody')
    pipe.close()
    expect(text()).toBe('last words')
    expect(told).toEqual(['connected', 'gone'])
  })

  it.each([
    ['nobody listens', () => path],
    ['the path is too long for a socket', () => join(folder, 'x'.repeat(200))],
  ])('is gone, and not at once, where %s', async (_why, place) => {
    path = place()
    const { pipe, told, until } = open(from)
    expect(told).toEqual([])
    pipe.send('to nobody')
    await until(() => told.length > 0)
    expect(told).toEqual(['gone'])
  })

  it('tells nothing once it is closed, and the other side sees that', async () => {
    const closed = vi.fn()
    let seen = () => {}
    const isSeen = new Promise<void>((resolve) => {
      seen = resolve
    })
    await listen((socket) => {
      socket.resume()
      socket.on('close', () => {
        closed()
        seen()
      })
      socket.write('too late')
    })
    const { pipe, told, text, until } = open(from)
    await until(() => told.includes('connected'))
    pipe.close()
    pipe.close()
    await isSeen
    expect(told).toEqual(['connected'])
    expect(text()).toBe('')
  })
})

it('a pipe does not load the streams of Node where it gives out its own handle', () => {
  const made: string[] = []
  const watched: Binding = (name) => {
    const found = binding(name) as Record<string, unknown>
    if (name !== 'pipe_wrap') return found
    class Watched extends (found.Pipe as new (kind: number) => object) {
      constructor(kind: number) {
        super(kind)
        made.push(name)
      }
    }
    return { ...found, Pipe: Watched }
  }
  open(watched)
  expect(made).toEqual(['pipe_wrap'])
})
