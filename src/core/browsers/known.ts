/**
 * The browsers Hallpass knows: where each system has them, where they keep their profiles, and how they are told to
 * open a private window. Source: the vendors' documentation of install places, profile folders and switches.
 */

export type BrowserFamily = 'chromium' | 'firefox' | 'safari'

export interface KnownBrowser {
  readonly id: string
  readonly title: string
  readonly family: BrowserFamily
  /** Undefined where a command line can't ask for one. */
  readonly privateFlag?: string
  readonly linux?: {
    /** On the PATH; the first that is there counts. */
    readonly commands: readonly string[]
    /** Below the home folder, of a package of the distribution and of a snap. */
    readonly data: readonly string[]
    readonly flatpak?: { readonly app: string; readonly data: string }
  }
  /** The app's name without `.app`, and its data below `~/Library/Application Support`. */
  readonly mac?: { readonly app: string; readonly data: string }
  readonly windows?: {
    /** Below Program Files, of either width, or the person's own local folder. */
    readonly program: string
    readonly data: string
    /** The variable that names the folder the data is below. */
    readonly dataBase: 'LOCALAPPDATA' | 'APPDATA'
  }
}

export const KNOWN_BROWSERS: readonly KnownBrowser[] = [
  {
    id: 'chrome',
    title: 'Google Chrome',
    family: 'chromium',
    privateFlag: '--incognito',
    linux: {
      commands: ['google-chrome', 'google-chrome-stable'],
      data: ['.config/google-chrome'],
      flatpak: { app: 'com.google.Chrome', data: 'config/google-chrome' },
    },
    mac: { app: 'Google Chrome', data: 'Google/Chrome' },
    windows: {
      program: 'Google\\Chrome\\Application\\chrome.exe',
      data: 'Google\\Chrome\\User Data',
      dataBase: 'LOCALAPPDATA',
    },
  },
  {
    id: 'chromium',
    title: 'Chromium',
    family: 'chromium',
    privateFlag: '--incognito',
    linux: {
      commands: ['chromium', 'chromium-browser'],
      data: ['.config/chromium', 'snap/chromium/common/chromium'],
      flatpak: { app: 'org.chromium.Chromium', data: 'config/chromium' },
    },
    mac: { app: 'Chromium', data: 'Chromium' },
    windows: {
      program: 'Chromium\\Application\\chrome.exe',
      data: 'Chromium\\User Data',
      dataBase: 'LOCALAPPDATA',
    },
  },
  {
    id: 'edge',
    title: 'Microsoft Edge',
    family: 'chromium',
    privateFlag: '--inprivate',
    linux: {
      commands: ['microsoft-edge', 'microsoft-edge-stable'],
      data: ['.config/microsoft-edge'],
      flatpak: { app: 'com.microsoft.Edge', data: 'config/microsoft-edge' },
    },
    mac: { app: 'Microsoft Edge', data: 'Microsoft Edge' },
    windows: {
      program: 'Microsoft\\Edge\\Application\\msedge.exe',
      data: 'Microsoft\\Edge\\User Data',
      dataBase: 'LOCALAPPDATA',
    },
  },
  {
    id: 'brave',
    title: 'Brave',
    family: 'chromium',
    privateFlag: '--incognito',
    linux: {
      commands: ['brave-browser', 'brave'],
      data: ['.config/BraveSoftware/Brave-Browser', 'snap/brave/current/.config/BraveSoftware/Brave-Browser'],
      flatpak: { app: 'com.brave.Browser', data: 'config/BraveSoftware/Brave-Browser' },
    },
    mac: { app: 'Brave Browser', data: 'BraveSoftware/Brave-Browser' },
    windows: {
      program: 'BraveSoftware\\Brave-Browser\\Application\\brave.exe',
      data: 'BraveSoftware\\Brave-Browser\\User Data',
      dataBase: 'LOCALAPPDATA',
    },
  },
  {
    id: 'vivaldi',
    title: 'Vivaldi',
    family: 'chromium',
    privateFlag: '--incognito',
    linux: {
      commands: ['vivaldi', 'vivaldi-stable'],
      data: ['.config/vivaldi'],
      flatpak: { app: 'com.vivaldi.Vivaldi', data: 'config/vivaldi' },
    },
    mac: { app: 'Vivaldi', data: 'Vivaldi' },
    windows: { program: 'Vivaldi\\Application\\vivaldi.exe', data: 'Vivaldi\\User Data', dataBase: 'LOCALAPPDATA' },
  },
  {
    id: 'opera',
    title: 'Opera',
    family: 'chromium',
    privateFlag: '--private',
    linux: {
      commands: ['opera'],
      data: ['.config/opera', 'snap/opera/current/.config/opera'],
      flatpak: { app: 'com.opera.Opera', data: 'config/opera' },
    },
    mac: { app: 'Opera', data: 'com.operasoftware.Opera' },
    windows: { program: 'Programs\\Opera\\opera.exe', data: 'Opera Software\\Opera Stable', dataBase: 'APPDATA' },
  },
  {
    id: 'firefox',
    title: 'Firefox',
    family: 'firefox',
    privateFlag: '--private-window',
    linux: {
      commands: ['firefox', 'firefox-esr'],
      data: ['.mozilla/firefox', '.config/mozilla/firefox', 'snap/firefox/common/.mozilla/firefox'],
      flatpak: { app: 'org.mozilla.firefox', data: '.mozilla/firefox' },
    },
    mac: { app: 'Firefox', data: 'Firefox' },
    windows: { program: 'Mozilla Firefox\\firefox.exe', data: 'Mozilla\\Firefox', dataBase: 'APPDATA' },
  },
  {
    id: 'firefox-developer',
    title: 'Firefox Developer Edition',
    family: 'firefox',
    privateFlag: '--private-window',
    linux: {
      commands: ['firefox-developer-edition', 'firefox-devedition'],
      data: ['.mozilla/firefox', '.config/mozilla/firefox'],
    },
    mac: { app: 'Firefox Developer Edition', data: 'Firefox' },
    windows: { program: 'Firefox Developer Edition\\firefox.exe', data: 'Mozilla\\Firefox', dataBase: 'APPDATA' },
  },
  {
    id: 'librewolf',
    title: 'LibreWolf',
    family: 'firefox',
    privateFlag: '--private-window',
    linux: {
      commands: ['librewolf'],
      data: ['.librewolf'],
      flatpak: { app: 'io.gitlab.librewolf-community', data: '.librewolf' },
    },
    mac: { app: 'LibreWolf', data: 'librewolf' },
    windows: { program: 'LibreWolf\\librewolf.exe', data: 'librewolf', dataBase: 'APPDATA' },
  },
  { id: 'safari', title: 'Safari', family: 'safari', mac: { app: 'Safari', data: '' } },
]
