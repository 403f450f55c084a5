/** The profiles of an installed browser, read from its own files. What can't be read is said, and keeps nobody. */
import { posix, win32 } from 'node:path'
import { isHallpassError } from '#shared/errors.ts'
import { readLocalState } from './chromium-profiles.ts'
import type { InstalledBrowser } from './detect.ts'
import { readContainers, readProfilesIni } from './firefox-profiles.ts'

export interface BrowserProfile {
  /** What a choice names it by: a Chromium folder, a Firefox name. */
  readonly id: string
  readonly title: string
  /** What the browser's command line takes. */
  readonly word: string
  /** What it opens when it is not told. */
  readonly isDefault: boolean
  readonly containers: readonly string[]
}

export interface FoundProfiles {
  readonly profiles: readonly BrowserProfile[]
  readonly notes: readonly string[]
}

/** Reads a text file. @throws `file.*` */
export type ReadText = (path: string) => Promise<string>

export async function findProfiles(
  browser: InstalledBrowser,
  platform: NodeJS.Platform,
  read: ReadText,
): Promise<FoundProfiles> {
  if (browser.family === 'safari') return { profiles: [], notes: [] }
  const { join, isAbsolute } = platform === 'win32' ? win32 : posix
  const notes: string[] = []

  /** What a file has in it; undefined where there is none, or none that can be understood. */
  async function parsed<T>(path: string, parse: (text: string) => T | undefined): Promise<T | undefined> {
    try {
      const result = parse(await read(path))
      if (result === undefined) notes.push(`${path} is not what ${browser.title} writes, and was passed over.`)
      return result
    } catch (error) {
      if (!isHallpassError(error)) throw error
      if (error.code !== 'file.not-found') notes.push(error.message)
      return undefined
    }
  }

  for (const folder of browser.dataFolders) {
    if (browser.family === 'chromium') {
      const found = await parsed(join(folder, 'Local State'), readLocalState)
      if (found === undefined) continue
      const profiles = found.map(({ folder: id, name }) => {
        return { id, title: name, word: id, isDefault: id === 'Default', containers: [] }
      })
      return { profiles, notes }
    }
    const found = await parsed(join(folder, 'profiles.ini'), readProfilesIni)
    if (found === undefined) continue
    const profiles: BrowserProfile[] = []
    for (const { name, path, isRelative, isDefault } of found) {
      const word = isRelative ? join(folder, path) : path
      if (!isAbsolute(word)) continue
      const containers = (await parsed(join(word, 'containers.json'), readContainers)) ?? []
      profiles.push({ id: name, title: name, word, isDefault, containers })
    }
    return { profiles, notes }
  }
  return { profiles: [], notes }
}
