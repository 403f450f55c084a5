/**
 * The small script that profiles name in `credential_process`. Its path never changes, so profiles keep working when
 * the app is moved or updated: only the script is written anew.
 */
import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NODE_SWITCHES } from '../node-switches.ts'
import { quoteForShell } from '../shell-quote.ts'
import { explainFileError, isMissing } from './file-errors.ts'
import { realFileSystem } from './file-system.ts'
import { readSnapshot } from './file-target.ts'
import { withFileLock } from './lock.ts'
import { removeLeftover, replaceFile, temporaryPath } from './replace-file.ts'

export interface ShimOptions {
  /** The Hallpass state folder, absolute. The script passes it on, whatever the caller's environment says. */
  readonly home: string
  /** Absolute program and its first arguments, as separate words. */
  readonly command: readonly string[]
  readonly platform?: NodeJS.Platform
}

/** Where the script is, or would be. */
export function shimPath(home: string, platform: NodeJS.Platform = process.platform): string {
  return join(home, 'bin', platform === 'win32' ? 'hallpass.cmd' : 'hallpass')
}

/**
 * Writes `<home>/bin/hallpass` (`hallpass.cmd` on Windows), executable by the owner, unless it is already right.
 * @returns its absolute path
 * @throws `file.*`
 */
export async function ensureShim({ home, command, platform = process.platform }: ShimOptions): Promise<string> {
  const path = shimPath(home, platform)
  const folder = dirname(path)
  const script = platform === 'win32' ? windowsScript(home, command) : posixScript(home, command)
  if (await isCurrent(path, script)) return path
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw explainFileError(cause, 'write', folder)
  }
  await withFileLock(home, path, async () => {
    if (await isCurrent(path, script)) return
    const temporary = temporaryPath(path, home)
    await removeLeftover(realFileSystem, temporary)
    const snapshot = await readSnapshot(realFileSystem, path)
    await replaceFile(realFileSystem, path, snapshot, Buffer.from(script), temporary, 0o755)
  })
  return path
}

function posixScript(home: string, command: readonly string[]): string {
  const [program = ''] = command
  return `#!/bin/sh
# Written by Hallpass. AWS profiles run it for credentials; Hallpass renews it when the app has moved.
HALLPASS_HOME=${quoteForShell(home)}
export HALLPASS_HOME
unset ${NODE_SWITCHES.join(' ')}
# What crashes leaves no memory behind.
ulimit -S -c 0 2>/dev/null
if [ ! -x ${quoteForShell(program)} ]; then
  echo 'hallpass: Hallpass has moved or is gone. Open it once so that AWS profiles find it again.' >&2
  exit 1
fi
exec ${command.map(quoteForShell).join(' ')} "$@"
`
}

function windowsScript(home: string, command: readonly string[]): string {
  // In a batch file a percent sign is doubled; quotes can't be part of a Windows path.
  const quote = (word: string) => `"${word.replaceAll('%', '%%')}"`
  const lines = [
    '@echo off',
    'rem Written by Hallpass. AWS profiles run it for credentials; Hallpass renews it when the app has moved.',
    'setlocal',
    `set "HALLPASS_HOME=${home.replaceAll('%', '%%')}"`,
    ...NODE_SWITCHES.map((name) => `set "${name}="`),
    `${command.map(quote).join(' ')} %*`,
  ]
  return `${lines.join('\r\n')}\r\n`
}

async function isCurrent(path: string, script: string): Promise<boolean> {
  try {
    const { mode } = await stat(path)
    const isExecutable = process.platform === 'win32' || (mode & 0o100) !== 0
    return isExecutable && (await readFile(path, 'utf8')) === script
  } catch (cause) {
    if (isMissing(cause)) return false
    throw explainFileError(cause, 'read', path)
  }
}
