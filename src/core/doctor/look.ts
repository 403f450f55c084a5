/** What the doctor finds out about the computer, as facts for the checks. */
import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { OwnedProfile } from '#shared/profiles.ts'
import { realFileSystem } from '../awsfiles/file-system.ts'
import { resolveTarget } from '../awsfiles/file-target.ts'
import { type AwsFileLocations, credentialProcessLine, shimPath } from '../awsfiles/index.ts'
import type { FilesView } from '../awsfiles/service.ts'
import { processLocks, shortName } from '../process-lock.ts'
import { isProgram } from '../programs.ts'
import { backupFile } from '../store/backup.ts'
import { isWhole } from '../store/inspect.ts'
import { connect } from '../store/sqlite.ts'
import type { FoundProfile } from './checks/aws-files.ts'
import type { ShimFacts } from './checks/command.ts'

type Profiles = FilesView['profiles']

/** Profiles with a long-term secret in the files. Static keys of Hallpass's are session keys. */
export function plaintextKeys(profiles: Profiles): string[] {
  return Object.entries(profiles).flatMap(([profile, values]) => {
    const has = (key: string) => typeof values[key] === 'string' && values[key] !== ''
    const isTemporary = has('aws_session_token') || String(values.aws_access_key_id ?? '').startsWith('ASIA')
    return has('aws_access_key_id') && has('aws_secret_access_key') && !isTemporary ? [profile] : []
  })
}

/** Hallpass's profiles as they stand in the files. @param home the state folder */
export function foundProfiles(owned: readonly OwnedProfile[], profiles: Profiles, home: string): FoundProfile[] {
  return owned.map(({ profile, name, mode }) => {
    const values = profiles[profile]
    if (!values) return { profile, name, mode, found: 'gone' }
    const isOwn = mode === 'static' || values.credential_process === credentialProcessLine(shimPath(home), name)
    return { profile, name, mode, found: isOwn ? 'own' : 'changed' }
  })
}

/** The script that profiles run, and the program it starts. */
export function lookAtShim(home: string, profiles: number): ShimFacts {
  const path = shimPath(home)
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch {
    return { path, state: 'missing', program: null, programExists: false, profiles }
  }
  const quoted = /^if \[ ! -x '((?:[^']|'\\'')*)' \]/m.exec(text)?.[1]
  const program = quoted === undefined ? null : quoted.replaceAll(`'\\''`, "'")
  const state = isProgram(path) ? 'sound' : 'not-executable'
  return { path, state, program, programExists: program !== null && isProgram(program), profiles }
}

/** Reads all of the store on a connection of its own. */
export function isStoreWhole(file: string): boolean {
  const db = connect(file)
  try {
    return isWhole(db, file)
  } finally {
    db.close()
  }
}

/** When the store was made, and last copied; null without a copy. Milliseconds since the epoch. */
export function copyTimes(file: string): { madeAt: number; copiedAt: number | null } {
  return {
    madeAt: statSync(file).birthtimeMs,
    copiedAt: statSync(backupFile(file), { throwIfNoEntry: false })?.mtimeMs ?? null,
  }
}

/** Permission bits of the state folder, and the files right in it that others may read. */
export function lookAtFolder(path: string): { path: string; mode: number | null; open: string[] } {
  if (process.platform === 'win32') return { path, mode: null, open: [] }
  const open = readdirSync(path).filter((name) => {
    const stat = lstatSync(join(path, name), { throwIfNoEntry: false })
    return stat?.isFile() === true && (stat.mode & 0o077) !== 0
  })
  return { path, mode: statSync(path).mode & 0o777, open }
}

/** The AWS files that another Hallpass process is writing to. */
export async function lockedFiles(home: string, files: AwsFileLocations): Promise<string[]> {
  const tryLock = processLocks(home)
  const held: string[] = []
  for (const file of [files.config, files.credentials]) {
    const lock = tryLock(shortName(await resolveTarget(realFileSystem, file)))
    if (lock) lock.release()
    else held.push(file)
  }
  return held
}

/** What the kernel puts into a core dump of this process; null where it does not say. */
export function coreDumpFilter(): string | null {
  try {
    return readFileSync('/proc/self/coredump_filter', 'utf8').trim()
  } catch {
    return null
  }
}
