import { describe, expect, it } from 'vitest'
import { browserCommand } from '#core/browsers/arguments.ts'
import { type BrowserPlace, detectBrowsers, type InstalledBrowser } from '#core/browsers/detect.ts'

const place = (platform: NodeJS.Platform, env: Record<string, string>, files: readonly string[]): BrowserPlace => ({
  platform,
  env,
  home: platform === 'darwin' ? '/Users/d' : '/home/d',
  isProgram: (path) => files.includes(path),
  exists: (path) => files.includes(path),
})
const found = (where: BrowserPlace) => detectBrowsers(where).map(({ id, program }) => [id, program])

describe('detectBrowsers', () => {
  it('on Linux looks on the PATH, at snaps and at Flatpaks', () => {
    const files = [
      '/usr/bin/google-chrome',
      '/usr/bin/google-chrome-stable',
      '/snap/bin/chromium',
      '/usr/bin/firefox-esr',
      '/var/lib/flatpak/exports/bin/org.mozilla.firefox',
      '/home/d/.local/share/flatpak/exports/bin/com.brave.Browser',
      '/opt/elsewhere/vivaldi',
      '/Applications/Safari.app',
    ]
    const linux = place('linux', { PATH: '/usr/bin:relative:/bin' }, files)
    expect(found(linux)).toEqual([
      ['chrome', '/usr/bin/google-chrome'],
      ['chromium', '/snap/bin/chromium'],
      ['brave', '/home/d/.local/share/flatpak/exports/bin/com.brave.Browser'],
      ['firefox', '/usr/bin/firefox-esr'],
      ['firefox-flatpak', '/var/lib/flatpak/exports/bin/org.mozilla.firefox'],
    ])
    const folders = Object.fromEntries(detectBrowsers(linux).map(({ id, dataFolders }) => [id, dataFolders]))
    expect(folders.chromium).toEqual(['/home/d/.config/chromium', '/home/d/snap/chromium/common/chromium'])
    expect(folders['firefox-flatpak']).toEqual(['/home/d/.var/app/org.mozilla.firefox/.mozilla/firefox'])
  })

  it('on macOS looks for apps, of all and of the person', () => {
    const files = ['/Applications/Google Chrome.app', '/Users/d/Applications/Firefox.app', '/Applications/Safari.app']
    const mac = place('darwin', { PATH: '/usr/bin' }, files)
    expect(found(mac)).toEqual([
      ['chrome', '/Applications/Google Chrome.app'],
      ['firefox', '/Users/d/Applications/Firefox.app'],
      ['safari', '/Applications/Safari.app'],
    ])
    expect(detectBrowsers(mac)[0]?.dataFolders).toEqual(['/Users/d/Library/Application Support/Google/Chrome'])
  })

  it('on Windows looks below Program Files and the person’s own folder, whatever the case of the variables', () => {
    const files = [
      'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
      'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
      'C:\\Users\\d\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe',
    ]
    const env = {
      PROGRAMFILES: 'C:\\Program Files',
      'ProgramFiles(x86)': 'C:\\Program Files (x86)',
      LocalAppData: 'C:\\Users\\d\\AppData\\Local',
      APPDATA: 'C:\\Users\\d\\AppData\\Roaming',
    }
    const windows = place('win32', env, files)
    expect(found(windows)).toEqual([
      ['chrome', 'C:\\Users\\d\\AppData\\Local\\Google\\Chrome\\Application\\chrome.exe'],
      ['edge', 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'],
      ['firefox', 'C:\\Program Files\\Mozilla Firefox\\firefox.exe'],
    ])
    expect(detectBrowsers(windows)[2]?.dataFolders).toEqual(['C:\\Users\\d\\AppData\\Roaming\\Mozilla\\Firefox'])
    expect(found(place('win32', {}, files))).toEqual([])
  })
})

describe('browserCommand', () => {
  const URL = 'https://signin.aws.amazon.com/switchrole?account=1&roleName=a%2Fb'
  const of = (change: Partial<InstalledBrowser>): InstalledBrowser => ({
    id: 'x',
    title: 'X',
    family: 'chromium',
    privateFlag: '--incognito',
    program: '/usr/bin/x',
    isMacApp: false,
    dataFolders: [],
    ...change,
  })
  const firefox = of({ family: 'firefox', privateFlag: '--private-window' })
  const app = of({ program: '/Applications/X.app', isMacApp: true })

  it.each([
    ['the address alone', of({}), {}, ['/usr/bin/x', URL]],
    [
      'a Chromium profile with a blank and a quote in it, as one word',
      of({}),
      { profile: 'Profile "1"' },
      ['/usr/bin/x', '--profile-directory=Profile "1"', URL],
    ],
    ['a private window of Chrome', of({}), { isPrivate: true }, ['/usr/bin/x', '--incognito', URL]],
    [
      'a private window of Edge',
      of({ privateFlag: '--inprivate' }),
      { isPrivate: true },
      ['/usr/bin/x', '--inprivate', URL],
    ],
    ['a Firefox profile, by its path', firefox, { profile: '/p/-a b' }, ['/usr/bin/x', '--profile', '/p/-a b', URL]],
    ['a private window of Firefox', firefox, { isPrivate: true }, ['/usr/bin/x', '--private-window', URL]],
    [
      'a container, with signs that mean something in a query',
      firefox,
      { container: 'a&url=x b' },
      [
        '/usr/bin/x',
        'ext+container:name=a%26url%3Dx%20b&url=https%3A%2F%2Fsignin.aws.amazon.com%2Fswitchrole%3Faccount%3D1%26roleName%3Da%252Fb',
      ],
    ],
    ['an app', app, {}, ['/usr/bin/open', '-a', '/Applications/X.app', URL]],
    [
      'a profile of an app',
      app,
      { profile: 'Profile 1', isPrivate: true },
      ['/usr/bin/open', '-na', '/Applications/X.app', '--args', '--profile-directory=Profile 1', '--incognito', URL],
    ],
  ] as const)('%s', (_case, browser, target, words) => {
    expect(browserCommand(browser, { isPrivate: false, ...target }, URL)).toEqual(words)
  })
})
