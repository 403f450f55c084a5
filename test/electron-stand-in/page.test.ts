/** What the page can do through its bridge, and what it can't do at all. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createCodec } from './codec.ts'
import { type RunningFixture, startFixture } from './fixture-app.ts'
import { ISOLATED_WORLD } from './frames.ts'

let running: RunningFixture
let inPage: RunningFixture['inPage']
beforeAll(async () => {
  running = await startFixture()
  inPage = running.inPage
})
afterAll(() => running.stop())

describe('IPC', () => {
  it.each([
    ['a date', 'new Date(5)', '[object Date] Date'],
    ['a map', 'new Map([[1, 2]])', '[object Map] Map'],
    ['a bigint', '12n', '[object BigInt] BigInt'],
    ['undefined', 'undefined', '[object Undefined] undefined'],
    ['a typed array', 'new Float64Array([1.5])', '[object Float64Array] Float64Array'],
    ['an error', 'new RangeError("r")', '[object Error] RangeError'],
    ['a plain object', '({ a: 1 })', '[object Object] Object'],
  ])('carries %s to main and back', async (_what, expression, inMain) => {
    const bridge = 'fixture.invoke'
    expect(await inPage(`${bridge}('describe', ${expression})`)).toBe(
      inMain === '[object Error] RangeError' ? '[object Error] Error' : inMain,
    )
    const tag = `Object.prototype.toString.call(await ${bridge}('echo', ${expression}))`
    expect(await inPage(`(async () => ${tag})()`)).toBe(inMain.replace(/ \w+$/, ''))
  })

  it('keeps what is inside', async () => {
    const value = '{ list: [1, { deep: undefined }], map: new Map([["k", new Set([1n])]]), date: new Date(7) }'
    const told = await inPage(`fixture.invoke('echo', ${value}).then(({ list, map, date }) => ({
      keys: Object.keys(list[1]),
      set: [...map.get('k')],
      date: date.getTime(),
    }))`)
    expect(told).toEqual({ keys: ['deep'], set: [1n], date: 7 })
  })

  it('gives errors Electron’s text', async () => {
    expect(await running.failureInPage("fixture.invoke('fail')")).toBe(
      "Error: Error invoking remote method 'fail': TypeError: boom",
    )
    expect(await running.failureInPage("fixture.invoke('nobody')")).toBe(
      "Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
    )
  })

  it('refuses what can’t be cloned, either way', async () => {
    expect(await running.failureInPage("fixture.invoke('echo', () => 1)")).toBe('Error: An object could not be cloned.')
    expect(await running.failureInPage("fixture.invoke('echo', document.body)")).toContain(
      'An object could not be cloned.',
    )
    expect(await running.failureInPage("fixture.invoke('give-function')")).toBe(
      "Error: Error invoking remote method 'give-function': Error: An object could not be cloned.",
    )
  })

  it('delivers events in order, until the listener is removed', async () => {
    const counted = await inPage(`new Promise((resolve) => {
      const counts = []
      const stop = fixture.onCounted((count) => {
        counts.push(count)
        if (count !== 50) return
        stop()
        fixture.count(3)
        fixture.invoke('echo').then(() => resolve(counts))
      })
      fixture.count(50)
    })`)
    expect(counted).toEqual(Array.from({ length: 50 }, (_, index) => index + 1))
  })

  it('shows main the frame that calls', async () => {
    expect(await inPage("fixture.invoke('who')")).toEqual({
      url: 'app://bundle/index.html',
      origin: 'app://bundle',
      hasParent: false,
      parentUrl: undefined,
      window: 1,
      ids: ['number', 'number'],
    })
  })
})

describe('contextBridge', () => {
  it('freezes what is exposed, all the way down', async () => {
    await inPage(
      '(() => { fixture.added = 1; fixture.nested.list[0] = 9; fixture.invoke.x = 1; window.fixture = 1 })()',
    )
    expect(await inPage('[typeof fixture, fixture.added, fixture.nested.list, fixture.invoke.x]')).toEqual([
      'object',
      undefined,
      [1, 2],
      undefined,
    ])
  })

  it('copies results unfrozen, keeping cycles', async () => {
    const changed = await inPage(`(() => {
      const given = { list: [3, 1, 2] }
      given.self = given
      const copy = fixture.same(given)
      copy.list.sort()
      return [copy === given, copy.self === copy, copy.list, given.list]
    })()`)
    expect(changed).toEqual([false, true, [1, 2, 3], [3, 1, 2]])
  })

  it('lets the preload call back and gives a function its own self back', async () => {
    expect(await inPage('fixture.twice((value) => value * 10)')).toEqual([10, 20])
    expect(await inPage('(() => { const own = () => 1; return fixture.same(own) === own })()')).toBe(true)
  })

  it('passes on the message of an error and nothing else', async () => {
    expect(await running.failureInPage('fixture.throwNow()')).toBe('Error: thrown in the preload')
    expect(await running.failureInPage('fixture.rejectLater()')).toBe('Error: rejected in the preload')
    expect(await inPage('(() => { try { fixture.throwNow() } catch (error) { return "secret" in error } })()')).toBe(
      false,
    )
  })

  it('names what the preload’s electron lacks', async () => {
    expect(await running.failureInPage('fixture.lacksDesktopCapturer()')).toContain(
      'The Electron stand-in has no preload module.webFrame',
    )
  })
})

describe('isolation', () => {
  it('leaves the page without node and without IPC', async () => {
    const names = ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'standInSend', 'standInReceive', 'electron']
    expect(await inPage(`${JSON.stringify(names)}.filter((name) => name in window)`)).toEqual([])
    expect(await inPage('window.pageRan')).toBe(true)
  })

  it('applies the CSP that the app sends', async () => {
    expect(await inPage("'inlineRan' in window")).toBe(false)
    const inline =
      "(() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.head.append(s); return 'pwned' in window })()"
    expect(await inPage(inline)).toBe(false)
    // Not by evaluate, which the protocol lets past the policy: from a handler that the page itself runs.
    expect(
      await inPage(`new Promise((resolve) => setTimeout(() => {
        try { resolve(eval('1') && 'ran') } catch (error) { resolve(error.name) }
      }))`),
    ).toBe('EvalError')
  })

  it('lets main change response headers', async () => {
    const header = "fetch('style.css').then((response) => response.headers.get('x-fixture'))"
    expect(await inPage(header)).toBe('yes')
    expect(await inPage("fetch('missing.css').then((response) => response.status)")).toBe(404)
  })

  it('blocks requests that leave the app, and records those that the CSP lets through', async () => {
    for (const url of ['https://foreign.test/fetched', 'https://open.test/fetched', 'http://127.0.0.1:9/fetched']) {
      expect(await running.failureInPage(`fetch('${url}')`)).toBe('TypeError: Failed to fetch')
    }
    expect((await running.records()).blockedRequests).toEqual([
      'https://open.test/fetched',
      'http://127.0.0.1:9/fetched',
    ])
  })

  it('asks main before the page navigates', async () => {
    const before = running.page.url()
    await inPage("location.href = 'https://foreign.test/page'")
    await expect
      .poll(async () => (await running.seen()).navigations)
      .toContainEqual({
        url: 'https://foreign.test/page',
        isMainFrame: true,
      })
    expect(await inPage('fixture.invoke("echo", 1)')).toBe(1)
    expect(running.page.url()).toBe(before)
  })

  it('asks main before a window opens, and opens none', async () => {
    expect(await inPage("window.open('https://foreign.test/open')")).toBe(null)
    await running.page.getByRole('link', { name: 'Foreign' }).click()
    await expect
      .poll(async () => (await running.seen()).opened)
      .toEqual(['https://foreign.test/open', 'https://foreign.test/link'])
    expect(running.app.windows()).toHaveLength(1)
  })

  it('closes a window that got past the page’s own world', async () => {
    await inPage(
      "(() => { const form = document.createElement('form'); form.action = 'https://foreign.test/form'; form.target = '_blank'; document.body.append(form); form.submit() })()",
    )
    await expect.poll(async () => (await running.seen()).opened).toContain('https://foreign.test/form?')
    await expect.poll(async () => (await running.records()).closedWindows).toHaveLength(1)
    await expect.poll(() => running.app.windows().length).toBe(1)
  })

  it('denies every permission that the app denies', async () => {
    const states = await inPage(
      "Promise.all(['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'].map((name) => navigator.permissions.query({ name }).then(({ state }) => state)))",
    )
    expect(states).toEqual(Array(6).fill('denied'))
    expect((await running.seen()).permissions).toContain('geolocation')
  })

  it('gives frames within the page no bridge, and main their true address', async () => {
    await inPage(
      "new Promise((resolve) => { const frame = document.createElement('iframe'); frame.src = 'frame.html'; frame.onload = resolve; document.body.append(frame) })",
    )
    const frame = running.page.frames().find((each) => each.url().endsWith('frame.html'))
    expect(await frame?.evaluate('[typeof window.fixture, typeof window.parent.fixture]')).toEqual([
      'undefined',
      'object',
    ])
    expect((await running.seen()).preloaded).toEqual(['/index.html'])
    expect(await callFromFrame('frame.html')).toMatchObject({
      url: 'app://bundle/frame.html',
      hasParent: true,
      parentUrl: 'app://bundle/index.html',
    })
  })
})

/** Calls `who` from within a frame's isolated world, as a preload there would, and gives what main saw. */
async function callFromFrame(file: string): Promise<unknown> {
  const session = await running.page.context().newCDPSession(running.page)
  const contexts: { id: number; name: string; origin: string }[] = []
  session.on('Runtime.executionContextCreated', ({ context }) => contexts.push(context))
  await session.send('Runtime.enable')
  for (const { id } of contexts.filter(({ name }) => name === ISOLATED_WORLD)) {
    const evaluate = (expression: string) =>
      session.send('Runtime.evaluate', { expression, contextId: id, awaitPromise: true, returnByValue: true })
    if (!(await evaluate('location.pathname')).result.value.endsWith(file)) continue
    const call = JSON.stringify({ kind: 'invoke', id: 1, channel: 'who', values: '[["array"]]' })
    const { result } = await evaluate(`new Promise((resolve) => {
      globalThis.standInReceive = resolve
      standInSend(${JSON.stringify(call)})
    })`)
    await session.detach()
    return createCodec().decode(JSON.parse(result.value).value)
  }
  throw new Error(`no isolated world in ${file}`)
}
