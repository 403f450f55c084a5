/** Where Hallpass keeps its state: one folder, only this user's, the same for the app and the command. */
import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'
import { HallpassError } from '#shared/errors.ts'

/** Not an import: most environments say it, and loading the module takes half a millisecond. */
const homedir = () => process.getBuiltinModule('node:os').homedir()

type Env = Readonly<Record<string, string | undefined>>

/** The platform's app-data folder for Hallpass, regardless of HALLPASS_HOME. */
export function defaultStateFolder(env: Env, platform: NodeJS.Platform = process.platform): string {
  const home = env.HOME || homedir()
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Hallpass')
  if (platform === 'win32') return join(env.APPDATA || join(homedir(), 'AppData', 'Roaming'), 'Hallpass')
  const config = env.XDG_CONFIG_HOME
  return join(config && isAbsolute(config) ? config : join(home, '.config'), 'Hallpass')
}

/** The state folder in force: HALLPASS_HOME, or the platform's default. Absolute; not created. */
export function stateFolder(env: Env): string {
  return env.HALLPASS_HOME ? resolve(env.HALLPASS_HOME) : defaultStateFolder(env)
}

const STICKY = 0o1000

function notOurs(folder: string): HallpassError {
  return new HallpassError('file.permission', `Hallpass can’t use ${folder} as its state folder: others use it too.`, {
    hint: 'Set HALLPASS_HOME to a folder of your own.',
  })
}

/**
 * Creates the state folder with mode 0700, or tightens an existing one.
 * @throws `file.permission`, `file.not-a-file` when it can't be one's own folder
 */
export function ensureStateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if (process.platform === 'win32') return
    const stat = statSync(folder)
    // A folder that is shared on purpose, as /tmp is, or somebody else's must not be made ours, not even by root.
    if ((stat.mode & STICKY) !== 0 || stat.uid !== process.getuid?.()) throw notOurs(folder)
    if ((stat.mode & 0o077) !== 0) chmodSync(folder, 0o700)
  } catch (cause) {
    if (cause instanceof HallpassError) throw cause
    const code = (cause as NodeJS.ErrnoException).code
    const isFile = code === 'EEXIST' || code === 'ENOTDIR'
    throw new HallpassError(
      isFile ? 'file.not-a-file' : code === 'ENOSPC' ? 'file.disk-full' : 'file.permission',
      `Hallpass can’t use ${folder} as its state folder${isFile ? ': something else has that name' : ''}.`,
      { hint: 'Set HALLPASS_HOME to a folder you can write to.', cause },
    )
  }
}
