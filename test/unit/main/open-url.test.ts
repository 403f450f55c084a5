// What is opened in which browser, and what the app's end waits for.
import { beforeEach, expect, test, vi } from 'vitest'
import { createUrlOpener } from '../../../src/main/open-url.ts'
import { eventually } from '../../support/eventually.ts'
import { seen } from './electron-double.ts'

vi.mock('electron', () => import('./electron-double.ts'))

const PLAIN = 'https://signin.aws.amazon.com/switchrole?account=123456789012'
const SECRET = 'https://us-east-1.signin.aws.amazon.com/federation?Action=login&SigninToken=planted'
const HAND_OVER = /^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/

let chosen: unknown[][]
function opener(env: Record<string, string> = {}) {
  const open = async (...given: unknown[]) => void chosen.push(given)
  return createUrlOpener({ browsers: { open }, browserOrigins: () => [] } as never, env)
}
beforeEach(() => {
  chosen = []
  seen.opened.length = 0
})

test('a plain link is opened as it is', async () => {
  await opener().openUrl(PLAIN)
  expect(seen.opened).toEqual([PLAIN])
})

test('a secret one is handed over, and the app’s end waits until that is done', async () => {
  const { openUrl, settled } = opener()
  const opening = openUrl(SECRET, { isSecret: true })
  await eventually(() => expect(seen.opened).toEqual([expect.stringMatching(HAND_OVER)]))
  let hasEnded = false
  const end = settled().then(() => {
    hasEnded = true
  })
  await new Promise(setImmediate)
  expect(hasEnded).toBe(false)
  const { headers } = await fetch(seen.opened[0] ?? '', { redirect: 'manual' })
  expect(headers.get('location')).toBe(SECRET)
  await end
  await opening
  // Nothing is on its way now.
  await settled()
})

test('a chosen browser gets it with what it is told', async () => {
  const browser = { browser: 'firefox' }
  await opener().openUrl(SECRET, { browser, isSecret: true })
  expect([chosen, seen.opened]).toEqual([[[SECRET, browser, { isSecret: true }]], []])
})

test('the browser of Windows gets the link itself', async () => {
  await opener({ WSL_DISTRO_NAME: 'Debian' }).openUrl(SECRET, { isSecret: true })
  expect(seen.opened).toEqual([SECRET])
})

test.each([{}, { isSecret: true }, { browser: { browser: 'firefox' }, isSecret: true }])(
  'no other page is opened, however it is asked for: %j',
  async (options) => {
    for (const url of ['https://evil.example/', 'http://127.0.0.1:80/x', 'file:///etc/passwd', 'javascript:alert(1)']) {
      const refused = opener().openUrl(url, options)
      await expect(refused).rejects.toMatchObject({ code: 'console.not-supported' })
    }
    expect([chosen, seen.opened]).toEqual([[], []])
  },
)
