/** Where things are on this computer, for the settings screen. */
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { locateAwsFiles } from '#core/awsfiles/index.ts'
import type { Surroundings } from '#shared/ipc.ts'

export interface SurroundingsParts {
  readonly home: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The command, absolute. It is made when it is first needed, so this makes it. */
  readonly command: () => Promise<string>
  /** Whether this app serves the command. */
  readonly isAgent: boolean
}

export async function describeSurroundings(parts: SurroundingsParts): Promise<Surroundings> {
  const { home, env, platform, isAgent } = parts
  const { config, credentials } = locateAwsFiles(env)
  return {
    command: await parts.command(),
    onPath: findOnPath(env.PATH ?? '', platform) ?? null,
    isAgent,
    configFile: { path: config, exists: existsSync(config) },
    credentialsFile: { path: credentials, exists: existsSync(credentials) },
    stateFolder: home,
    // Electron tells of it on these two only.
    knowsScreenLock: platform === 'darwin' || platform === 'win32',
  }
}

/** The first `hallpass` that a shell with that PATH would run. */
export function findOnPath(path: string, platform: NodeJS.Platform): string | undefined {
  const name = platform === 'win32' ? 'hallpass.cmd' : 'hallpass'
  return path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
