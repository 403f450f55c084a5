/**
 * Starting at login on Linux: a file in the desktop's autostart folder (freedesktop.org, Desktop Application Autostart
 * Specification). Written whole or not at all, and never where somebody else has put theirs.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import { explainFileError } from '../awsfiles/file-errors.ts'
import { realFileSystem } from '../awsfiles/file-system.ts'
import { readSnapshot } from '../awsfiles/file-target.ts'
import { replaceFile, temporaryPath } from '../awsfiles/replace-file.ts'

/** Started with it, the app stays in the tray. */
export const HIDDEN_SWITCH = '--hidden'

const FILE = 'app.hallpass.desktop'
/** Tells our file from one that a person or another program has made. */
const MARK = 'X-Hallpass-Autostart=true'

export interface AutostartPlace {
  /** `$XDG_CONFIG_HOME`, or `~/.config`. */
  readonly configFolder: string
  /** What to run, absolute. */
  readonly program: string
  /** The Hallpass state folder. */
  readonly home: string
}

/**
 * Makes the autostart folder be as wanted; does nothing when it is.
 * @throws `file.*`; `file.changed` where there is a file of that name that Hallpass did not write
 */
export async function setAutostart(wanted: boolean, { configFolder, program, home }: AutostartPlace): Promise<void> {
  const path = join(configFolder, 'autostart', FILE)
  const snapshot = await readSnapshot(realFileSystem, path)
  const text = snapshot.stat ? snapshot.bytes.toString('utf8') : undefined
  const isOurs = text === undefined || text.split(/\r?\n/).includes(MARK)
  if (!isOurs) {
    if (!wanted) return
    throw foreign(path)
  }
  const entry = desktopEntry(program)
  if (wanted && text !== entry) {
    const temporary = temporaryPath(path, home)
    const { outcome } = await replaceFile(realFileSystem, path, snapshot, Buffer.from(entry), temporary, 0o644)
    if (outcome === 'changed') throw foreign(path)
  }
  if (!wanted && text !== undefined) {
    await rm(path, { force: true }).catch((cause: unknown) => {
      throw explainFileError(cause, 'write', path)
    })
  }
}

function foreign(path: string): HallpassError {
  return new HallpassError('file.changed', `${path} is not from Hallpass, so it stays as it is.`, {
    hint: 'Remove it, then turn starting at login off and on again.',
  })
}

/** @throws `input.invalid` for a program whose path no desktop entry can name */
export function desktopEntry(program: string): string {
  return `[Desktop Entry]
Type=Application
Version=1.0
Name=Hallpass
Comment=Credential manager for AWS
Exec=${execWord(program)} ${HIDDEN_SWITCH}
Terminal=false
StartupNotify=false
${MARK}
`
}

/**
 * A word of an `Exec` line (Desktop Entry Specification, "The Exec key"): quoted, with a backslash before what stays
 * special inside quotes; then backslashes doubled, as in any value; `%` doubled, as it starts field codes.
 */
function execWord(word: string): string {
  if (/\p{Cc}/u.test(word)) {
    throw new HallpassError('input.invalid', 'Hallpass lies in a folder whose name has control characters.', {
      hint: 'Move it elsewhere to start it at login.',
    })
  }
  const quoted = `"${word.replaceAll(/["`$\\]/g, '\\$&')}"`
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')
}
