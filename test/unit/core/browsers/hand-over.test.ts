import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { type HandOver, type HandOverOptions, startHandOver } from '#core/browsers/hand-over.ts'
import { isOwnConnection, parseTable } from '#core/browsers/own-connection.ts'

const LINK = 'https://us-east-1.signin.aws.amazon.com/federation?Action=login&SigninToken=planted'

const open: HandOver[] = []
afterEach(() => {
  for (const each of open.splice(0)) each.close()
})
async function handOver(options?: HandOverOptions) {
  const started = await startHandOver(LINK, options)
  open.push(started)
  return started
}

interface Asked {
  readonly method?: string
  readonly host?: string
}
/** Asks once. @returns status and location, or null when nobody answers */
function ask(url: string, { method = 'GET', host }: Asked = {}): Promise<[number, string | undefined] | null> {
  return new Promise((resolve) => {
    const { hostname, port, pathname } = new URL(url)
    const headers = host === undefined ? {} : { host }
    const asked = request({ hostname, port, path: pathname, method, headers, agent: false }, (response) => {
      response.resume().once('end', () => resolve([response.statusCode ?? 0, response.headers.location]))
    })
    asked.once('error', () => resolve(null))
    asked.end()
  })
}

describe('the hand-over of a link', () => {
  it('sends one request on to it, and is gone', async () => {
    const { url, taken } = await handOver()
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/)
    expect(url).not.toContain('planted')
    expect(await ask(url)).toEqual([303, LINK])
    expect(await taken).toBe(true)
    expect(await ask(url)).toBeNull()
  })

  it('gives it to one of many who ask in the same moment', async () => {
    const { url } = await handOver()
    const { port, pathname } = new URL(url)
    const sockets = Array.from({ length: 8 }, () => connect(Number(port), '127.0.0.1'))
    const connected = sockets.map((socket) => new Promise((resolve) => socket.once('connect', resolve)))
    // One that has been answered shows that the server has accepted all that connected before.
    await Promise.all(connected)
    await ask(new URL('/', url).href)
    const answers = sockets.map(
      (socket) =>
        new Promise<string>((resolve) => {
          let text = ''
          socket.setEncoding('latin1').on('data', (chunk) => {
            text += chunk
          })
          socket.on('error', () => {}).once('close', () => resolve(text))
        }),
    )
    for (const socket of sockets) socket.write(`GET ${pathname} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    const texts = await Promise.all(answers)
    expect(texts.filter((text) => text.includes(LINK))).toHaveLength(1)
  })

  it.each([
    ['another path', (url: string) => ask(new URL('/', url).href), 404],
    ['a path that begins the same', (url: string) => ask(url.slice(0, -1)), 404],
    ['another name for the host', (url: string) => ask(url, { host: `localhost:${new URL(url).port}` }), 421],
    ['a web page’s name for the host', (url: string) => ask(url, { host: 'evil.example' }), 421],
    ['HEAD', (url: string) => ask(url, { method: 'HEAD' }), 405],
    ['POST', (url: string) => ask(url, { method: 'POST' }), 405],
  ])('refuses %s, and waits on', async (_case, attempt, status) => {
    const { url, taken } = await handOver()
    expect(await attempt(url)).toEqual([status, undefined])
    expect(await ask(url)).toEqual([303, LINK])
    expect(await taken).toBe(true)
  })

  it('refuses another user of the machine, and waits on for this one', async () => {
    let isOwn = false
    const { url } = await handOver({ isOwn: () => isOwn })
    expect(await ask(url)).toEqual([403, undefined])
    isOwn = true
    expect(await ask(url)).toEqual([303, LINK])
  })

  it('is over when its time is', async () => {
    const { url, taken } = await handOver({ lifetimeMs: 20 })
    expect(await taken).toBe(false)
    expect(await ask(url)).toBeNull()
  })

  it('is over when it is closed', async () => {
    const { url, taken, close } = await handOver()
    close()
    expect(await taken).toBe(false)
    expect(await ask(url)).toBeNull()
  })

  it('is not held up by whoever connects and says nothing', async () => {
    const { url, taken } = await handOver()
    const silent = connect(Number(new URL(url).port), '127.0.0.1')
    await new Promise((resolve) => silent.once('connect', resolve))
    const gone = new Promise((resolve) => silent.once('close', resolve))
    expect(await ask(url)).toEqual([303, LINK])
    expect(await taken).toBe(true)
    await gone
  })
})

describe('isOwnConnection', () => {
  const HEAD = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
  const row = (local: string, remote: string, uid: number) =>
    `   0: ${local} ${remote} 01 00000000:00000000 00:00000000 00000000 ${uid}        0 12345 1 0000000000000000 20 4 30 10 -1`
  const table =
    (...rows: string[]) =>
    () =>
      parseTable([HEAD, ...rows, ''].join('\n'))
  // 0x1F90 is 8080, 0xC001 is 49153.
  const OURS = row('0100007F:1F90', '0100007F:C001', 1000)
  const ports = { local: 8080, remote: 49153 }

  it.each([
    ['this user', table(OURS, row('0100007F:C001', '0100007F:1F90', 1000)), true],
    ['another user', table(OURS, row('0100007F:C001', '0100007F:1F90', 1001)), false],
    ['nobody any more', table(OURS), false],
    [
      'another user, through an IPv6 socket',
      table(OURS, row('0000000000000000FFFF00000100007F:C001', '0000000000000000FFFF00000100007F:1F90', 1001)),
      false,
    ],
    ['somebody on another port', table(OURS, row('0100007F:C002', '0100007F:1F90', 1000)), false],
    ['unknown, where the table is empty', table(), null],
    ['unknown, where the table has only others', table(row('0100007F:C001', '0100007F:1F90', 1001)), null],
  ])('%s', (_case, read, expected) => {
    expect(isOwnConnection(ports, 1000, read)).toBe(expected)
  })

  it('knows nothing without a user id, as on Windows', () => {
    expect(isOwnConnection(ports, null, table(OURS))).toBeNull()
  })

  it.runIf(process.platform === 'linux')('knows a connection of this very process by the real table', async () => {
    const seen: unknown[] = []
    const { url } = await handOver({
      isOwn: (asked) => {
        seen.push(isOwnConnection(asked), isOwnConnection(asked, (process.getuid?.() ?? 0) + 1))
        return true
      },
    })
    await ask(url)
    expect(seen).toEqual([true, false])
  })
})
