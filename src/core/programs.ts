/** Programs by name, as a shell would find them. */
import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, isAbsolute, join } from 'node:path'

/** What Windows runs by a name without an ending. */
export const WINDOWS_ENDINGS = ['.exe', '.cmd', '.bat', '.com']

type Env = Readonly<Record<string, string | undefined>>

/** The absolute folders of PATH; others depend on the working folder, and are left out. */
export function pathFolders(env: Env): string[] {
  const path = Object.entries(env).find(([key]) => key.toUpperCase() === 'PATH')?.[1] ?? ''
  return path.split(delimiter).filter(isAbsolute)
}

/** Every program of that name on PATH, absolute, the one that runs first. */
export function programsNamed(name: string, env: Env, platform: NodeJS.Platform = process.platform): string[] {
  const endings = platform === 'win32' ? WINDOWS_ENDINGS : ['']
  const places = [...new Set(pathFolders(env))].flatMap((folder) =>
    endings.map((ending) => join(folder, name) + ending),
  )
  return places.filter(isProgram)
}

export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
