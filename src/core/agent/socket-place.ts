/**
 * Where the socket goes: into the agent's own folder, or, where its path would be too long for a socket or the file
 * system has none, into a folder of this user's among the run-time or temporary files. Windows has pipes.
 */
import { createHash, randomBytes } from 'node:crypto'
import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import { agentFolder, isPrivate } from './endpoint.ts'

/** macOS has room for 104 bytes, Linux for 108, both with a NUL at the end. */
const LONGEST_PATH = 103

export interface SocketPlace {
  /** To be made private before the socket; undefined on Windows. */
  readonly folder?: string
  readonly socket: string
}

/** The places to try, best first. `env` is read for XDG_RUNTIME_DIR. */
export function socketPlaces(
  home: string,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): SocketPlace[] {
  // A name that can't be known before: nobody can wait at it for clients.
  if (platform === 'win32') return [{ socket: `\\\\.\\pipe\\hallpass-${randomBytes(16).toString('hex')}` }]
  const key = createHash('sha256').update(home).digest('hex').slice(0, 16)
  const runtime = env.XDG_RUNTIME_DIR
  const folders = [
    agentFolder(home),
    ...(runtime && isAbsolute(runtime) ? [join(runtime, `hallpass-${key}`)] : []),
    join(tmpdir(), `hallpass-${process.getuid?.()}-${key}`),
  ]
  return folders
    .map((folder) => ({ folder, socket: join(folder, 'socket') }))
    .filter(({ socket }) => Buffer.byteLength(socket) <= LONGEST_PATH)
}

/**
 * Makes a folder with mode 0700, or tightens one that is this user's already.
 * @throws `file.permission` when it is a link, somebody else's, or can't be made
 */
export function ensurePrivateFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    let stat = lstatSync(folder)
    if (stat.isDirectory() && stat.uid === process.getuid?.() && !isPrivate(stat)) {
      chmodSync(folder, 0o700)
      stat = lstatSync(folder)
    }
    if (stat.isDirectory() && isPrivate(stat)) return
  } catch (cause) {
    throw notPrivate(folder, cause)
  }
  throw notPrivate(folder, undefined)
}

function notPrivate(folder: string, cause: unknown): HallpassError {
  return new HallpassError(
    'file.permission',
    `The agent can’t use the folder ${folder}: it is not this user’s alone.`,
    {
      hint: 'Remove the folder, or whatever else has its name.',
      cause,
    },
  )
}
