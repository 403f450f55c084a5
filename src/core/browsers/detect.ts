/** Which of the known browsers are on this computer, from what its file system says. Starts nothing. */
import { posix, win32 } from 'node:path'
import { pathFolders } from '../programs.ts'
import { type BrowserFamily, KNOWN_BROWSERS, type KnownBrowser } from './known.ts'

/** What detection looks at. */
export interface BrowserPlace {
  readonly platform: NodeJS.Platform
  readonly env: Readonly<Record<string, string | undefined>>
  /** The person's home folder, absolute. */
  readonly home: string
  readonly isProgram: (path: string) => boolean
  readonly exists: (path: string) => boolean
}

export interface InstalledBrowser {
  /** Of the known browser; with `-flatpak` behind it for a second one of the kind. */
  readonly id: string
  readonly title: string
  readonly family: BrowserFamily
  readonly privateFlag: string | undefined
  /** A program, or on macOS an app that `open` starts. Absolute. */
  readonly program: string
  readonly isMacApp: boolean
  /** Where its profiles may be, most likely first. Absolute. */
  readonly dataFolders: readonly string[]
}

/** The browsers that are there, in the order of the known ones. */
export function detectBrowsers(place: BrowserPlace): InstalledBrowser[] {
  const find = place.platform === 'darwin' ? onMac : place.platform === 'win32' ? onWindows : onLinux
  return KNOWN_BROWSERS.flatMap((known) => find(known, place))
}

function onLinux(known: KnownBrowser, place: BrowserPlace): InstalledBrowser[] {
  const { linux } = known
  if (linux === undefined) return []
  const below = (folder: string) => posix.join(place.home, folder)
  // A desktop session need not have the folder of the snaps on its PATH.
  const folders = [...new Set([...pathFolders(place.env), '/snap/bin'])]
  const places = linux.commands.flatMap((command) => folders.map((folder) => posix.join(folder, command)))
  const program = places.find(place.isProgram)
  const found = program === undefined ? [] : [installed(known, program, linux.data.map(below))]
  const { flatpak } = linux
  if (flatpak === undefined) return found
  const exported = ['/var/lib/flatpak/exports/bin', below('.local/share/flatpak/exports/bin')]
    .map((folder) => posix.join(folder, flatpak.app))
    .find(place.isProgram)
  if (exported === undefined) return found
  const data = [below(posix.join('.var/app', flatpak.app, flatpak.data))]
  const second = found.length === 0 ? {} : { id: `${known.id}-flatpak`, title: `${known.title} (Flatpak)` }
  return [...found, { ...installed(known, exported, data), ...second }]
}

function onMac(known: KnownBrowser, place: BrowserPlace): InstalledBrowser[] {
  const { mac } = known
  if (mac === undefined) return []
  const app = ['/Applications', posix.join(place.home, 'Applications')]
    .map((folder) => posix.join(folder, `${mac.app}.app`))
    .find(place.exists)
  if (app === undefined) return []
  const data = posix.join(place.home, 'Library/Application Support', mac.data)
  return [{ ...installed(known, app, mac.data === '' ? [] : [data]), isMacApp: true }]
}

function onWindows(known: KnownBrowser, place: BrowserPlace): InstalledBrowser[] {
  const { windows } = known
  if (windows === undefined) return []
  const bases = ['ProgramFiles', 'ProgramFiles(x86)', 'ProgramW6432', 'LOCALAPPDATA'].flatMap((name) =>
    folderNamed(name, place.env),
  )
  const program = bases.map((base) => win32.join(base, windows.program)).find(place.isProgram)
  if (program === undefined) return []
  return [
    installed(
      known,
      program,
      folderNamed(windows.dataBase, place.env).map((base) => win32.join(base, windows.data)),
    ),
  ]
}

function installed(known: KnownBrowser, program: string, dataFolders: readonly string[]): InstalledBrowser {
  const { id, title, family, privateFlag } = known
  return { id, title, family, privateFlag, program, isMacApp: false, dataFolders }
}

/** Names of variables have no case on Windows. */
function folderNamed(name: string, env: BrowserPlace['env']): string[] {
  const value = Object.entries(env).find(([key]) => key.toUpperCase() === name.toUpperCase())?.[1]
  return value !== undefined && win32.isAbsolute(value) ? [value] : []
}
