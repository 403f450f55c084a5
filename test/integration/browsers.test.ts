/** Chosen browsers on Linux: programs that stand in for them, real profile files, real processes. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type BrowserService, createBrowserService } from '#core/browsers/browser-service.ts'
import { createSettingsService } from '#core/settings.ts'
import type { Store } from '#core/store/types.ts'
import { type BrowserDeed, makeFakeBrowser } from '../support/fake-browser.ts'

const SECRET = 'https://us-east-1.signin.aws.amazon.com/federation?Action=login&SigninToken=planted-token'
const PLAIN = 'https://signin.aws.amazon.com/switchrole?account=111122223333&roleName=R'
const NOBODY = { accountId: null, environment: null }

let folder: string
let browsers: BrowserService
let parts: Parameters<typeof createBrowserService>[0]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'browsers-'))
  const settings = new Map<string, string>()
  const store = {
    setting: (key: string) => settings.get(key),
    setSetting: (key: string, text: string) => void settings.set(key, text),
    transaction: <T>(work: () => T) => work(),
  } as unknown as Store
  parts = {
    settings: createSettingsService(store),
    env: { PATH: join(folder, 'bin'), AWS_SECRET_ACCESS_KEY: 'planted', HALLPASS_PASSPHRASE: 'planted' },
    home: folder,
    platform: 'linux',
  }
  browsers = createBrowserService(parts)
})
afterEach(() => rmSync(folder, { recursive: true }))

const fake = (command: string, deed?: BrowserDeed) => makeFakeBrowser(join(folder, 'bin'), command, deed)

function writeFile(path: string, text: string): string {
  const whole = join(folder, path)
  mkdirSync(join(whole, '..'), { recursive: true })
  writeFileSync(whole, text)
  return whole
}
function withFirefoxProfile(): string {
  writeFile('.mozilla/firefox/profiles.ini', '[Profile0]\nName=work\nIsRelative=1\nPath=x1.work\nDefault=1\n')
  writeFile('.mozilla/firefox/x1.work/containers.json', '{"identities":[{"public":true,"name":"acme-prod"}]}')
  return join(folder, '.mozilla/firefox/x1.work')
}

describe('a chosen browser', () => {
  it('gets a link without secret as it is, and none of this process’s secrets', async () => {
    const chrome = fake('google-chrome')
    writeFile('.config/google-chrome/Local State', '{"profile":{"info_cache":{"Profile 1":{"name":"Acme"}}}}')
    await browsers.open(PLAIN, { browser: 'chrome', profile: 'acme', private: true }, { isSecret: false })
    expect(await chrome.started(1)).toEqual([
      {
        pid: expect.any(Number),
        words: ['--profile-directory=Profile 1', '--incognito', PLAIN],
        aws: [],
        location: null,
      },
    ])
  })

  it('is sent to a secret link by an address that says nothing', async () => {
    const firefox = fake('firefox')
    await browsers.open(SECRET, { browser: 'firefox' }, { isSecret: true })
    const [start] = await firefox.started(1)
    expect(start?.location).toBe(SECRET)
    expect(start?.words).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/)])
  })

  it('is sent there in a container, too', async () => {
    const profile = withFirefoxProfile()
    const firefox = fake('firefox')
    const choice = { browser: 'firefox', profile: 'work', container: 'acme-prod' }
    await browsers.open(SECRET, choice, { isSecret: true })
    const [start] = await firefox.started(1)
    expect(start?.location).toBe(SECRET)
    expect(start?.words.slice(0, 2)).toEqual(['--profile', profile])
    expect(start?.words[2]).toMatch(/^ext\+container:name=acme-prod&url=http%3A%2F%2F127\.0\.0\.1%3A\d+%2F[\w-]{43}$/)
  })

  it('that goes on running is not waited for once it has the link', async () => {
    const firefox = fake('firefox', 'stay')
    // Without a clock, nothing but the link's being fetched can end the waiting.
    vi.useFakeTimers({ toFake: ['setTimeout'] })
    try {
      await browsers.open(SECRET, { browser: 'firefox' }, { isSecret: true })
    } finally {
      vi.useRealTimers()
    }
    for (const { pid } of await firefox.started(1)) process.kill(pid)
  })

  it('that fails is no success, and its link is void at once', async () => {
    fake('firefox', 'fail')
    await expect(browsers.open(SECRET, { browser: 'firefox' }, { isSecret: true })).rejects.toMatchObject({
      code: 'browser.unavailable',
      message: expect.not.stringContaining('planted'),
    })
  })

  it('that fetches nothing is told of, with what containers need', async () => {
    fake('firefox', 'sleep')
    const impatient = createBrowserService({ ...parts, handOverMs: 50 })
    const opening = (container?: string) =>
      impatient.open(SECRET, { browser: 'firefox', ...(container ? { container } : {}) }, { isSecret: true })
    await expect(opening()).rejects.toMatchObject({
      code: 'browser.unavailable',
      message: 'Firefox did not fetch the sign-in link within 0.05 s, and it is void.',
    })
    await expect(opening('acme')).rejects.toMatchObject({ hint: expect.stringContaining('extension') })
  })

  it.each([
    ['is not there', { browser: 'chrome' }, 'browser.not-found', 'There is no browser chrome on this computer.'],
    ['is misspelt', { browser: 'firefix' }, 'browser.not-found', 'firefix'],
    ['is no name', { browser: '/bin/sh' }, 'input.invalid', 'A browser has a short name'],
    ['has no such profile', { browser: 'firefox', profile: 'wrok' }, 'browser.not-found', 'no profile named wrok'],
    [
      'has no such container',
      { browser: 'firefox', container: 'acme-prd' },
      'browser.not-found',
      'There is no container acme-prd',
    ],
    [
      'can’t be private in a container',
      { browser: 'firefox', container: 'acme-prod', private: true },
      'input.invalid',
      'Private windows have no containers',
    ],
    ['has a switch for a profile', { browser: 'firefox', profile: 'a\n--x' }, 'input.invalid', 'one line'],
  ])('that %s is refused, and nothing is started', async (_case, choice, code, message) => {
    withFirefoxProfile()
    const firefox = fake('firefox')
    await expect(browsers.open(PLAIN, choice, { isSecret: false })).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    })
    expect(firefox.starts()).toEqual([])
  })

  it.each(['file:///etc/passwd', 'javascript:alert(1)', '--version', 'http://evil.example/', 'ext+container:x'])(
    'is not given %s',
    async (address) => {
      const firefox = fake('firefox')
      await expect(browsers.open(address, { browser: 'firefox' }, { isSecret: false })).rejects.toMatchObject({
        code: 'input.invalid',
      })
      expect(firefox.starts()).toEqual([])
    },
  )
})

describe('a real Chromium', () => {
  const CHROMIUM = '/usr/bin/chromium'

  it.runIf(existsSync(CHROMIUM))('is let through to the link, and tells nobody where it came from', async () => {
    const arrived = Promise.withResolvers<readonly [string | undefined, string | undefined]>()
    const page = createServer(({ url, headers }, response) => {
      if (url?.startsWith('/federation')) arrived.resolve([url, headers.referer])
      response.end()
    })
    await new Promise<void>((resolve) => page.listen(0, '127.0.0.1', resolve))
    const { port } = page.address() as AddressInfo
    // A test may run as root, where Chromium has no sandbox, and without a screen.
    const switches = `--headless --no-sandbox --disable-gpu --user-data-dir='${join(folder, 'profile')}' --dump-dom`
    mkdirSync(join(folder, 'bin'))
    const script = `#!/bin/sh\nPATH=/usr/bin:/bin exec ${CHROMIUM} ${switches} "$@"\n`
    writeFileSync(join(folder, 'bin/chromium'), script, { mode: 0o755 })
    const link = `http://127.0.0.1:${port}/federation?Action=login&SigninToken=planted`
    await browsers.open(link, { browser: 'chromium' }, { isSecret: true })
    expect(await arrived.promise).toEqual(['/federation?Action=login&SigninToken=planted', undefined])
    page.close()
  })
})

describe('the list of browsers', () => {
  it('has profiles and containers, and notes for what can’t be read', async () => {
    withFirefoxProfile()
    fake('firefox')
    fake('chromium')
    const damaged = writeFile('.config/chromium/Local State', 'PNG')
    expect(await browsers.list()).toEqual({
      browsers: [
        { id: 'chromium', title: 'Chromium', canBePrivate: true, profiles: [] },
        {
          id: 'firefox',
          title: 'Firefox',
          canBePrivate: true,
          profiles: [{ id: 'work', title: 'work', containers: ['acme-prod'] }],
        },
      ],
      notes: [`${damaged} is not what Chromium writes, and was passed over.`],
    })
  })
})

describe('what is remembered', () => {
  it('holds for an account before its environment, and is forgotten one by one', async () => {
    fake('firefox')
    fake('google-chrome')
    writeFile('.config/google-chrome/Local State', '{"profile":{"info_cache":{"Profile 1":{"name":"Acme"}}}}')
    await browsers.remember({ environment: 'prod' }, { browser: 'firefox', private: true })
    const rule = await browsers.remember({ accountId: '1111 2222 3333' }, { browser: 'chrome', profile: 'Acme' })
    expect(rule).toEqual({ for: { accountId: '111122223333' }, use: { browser: 'chrome', profile: 'Profile 1' } })
    const prod = { accountId: '111122223333', environment: 'prod' } as const
    expect(browsers.remembered(prod)).toEqual({ browser: 'chrome', profile: 'Profile 1' })
    expect(browsers.remembered({ ...prod, accountId: '444455556666' })).toEqual({ browser: 'firefox', private: true })
    expect(browsers.remembered({ ...prod, accountId: null })).toEqual({ browser: 'firefox', private: true })
    expect(browsers.remembered(NOBODY)).toBeNull()

    await browsers.remember({ environment: 'prod' }, { browser: 'chrome' })
    expect(browsers.rules()).toHaveLength(2)
    expect(browsers.forget({ accountId: '111122223333' })).toBe(true)
    expect(browsers.forget({ accountId: '111122223333' })).toBe(false)
    expect(browsers.remembered(prod)).toEqual({ browser: 'chrome' })
  })

  it('is nothing that is not there', async () => {
    await expect(browsers.remember({ environment: 'prod' }, { browser: 'firefox' })).rejects.toMatchObject({
      code: 'browser.not-found',
    })
    expect(browsers.rules()).toEqual([])
  })
})
