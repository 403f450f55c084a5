/**
 * Both AWS files as one reader sees them together: the profiles a tool that works by these rules would find, and
 * everything that is wrong with the files for it (AWS facts A.4).
 */
import type { FileSystem } from './file-system.ts'
import { readSnapshot, resolveTarget } from './file-target.ts'
import type { AwsFileLocations } from './locations.ts'
import { READERS } from './readers/index.ts'
import {
  type FileKind,
  type FileReading,
  mergeReadings,
  type Problem,
  type ReaderName,
  type Values,
} from './readers/types.ts'

/** A problem and the file it is in. */
export interface FileProblem extends Problem {
  /** Absolute path, as it is shown to the person. */
  readonly file: string
}

export interface MergedProfiles {
  readonly reader: ReaderName
  /** Credentials win over config key by key; a profile of either file is here. */
  readonly profiles: ReadonlyMap<string, Values>
  /** Of the config file alone, which is where every SDK looks for them. */
  readonly ssoSessions: ReadonlyMap<string, Values>
  readonly services: ReadonlyMap<string, Values>
  /** Those of config first, in the order of the lines. */
  readonly problems: readonly FileProblem[]
  /** What each file holds by itself: which of the two a key comes from decides what some SDKs do with it. */
  readonly readings: Readonly<Record<FileKind, FileReading>>
}

/** The bytes of both files, as `reader` merges them. A missing file is one without bytes. */
export function mergeProfiles(
  bytes: Readonly<Record<FileKind, Uint8Array>>,
  files: AwsFileLocations,
  reader: ReaderName,
): MergedProfiles {
  const read = READERS[reader]
  const readings = { config: read(bytes.config, 'config'), credentials: read(bytes.credentials, 'credentials') }
  const problemsOf = (kind: FileKind) => readings[kind].problems.map((problem) => ({ ...problem, file: files[kind] }))
  return {
    reader,
    profiles: mergeReadings(readings.config, readings.credentials),
    ssoSessions: readings.config.ssoSessions,
    services: readings.config.services,
    problems: [...problemsOf('config'), ...problemsOf('credentials')],
    readings,
  }
}

/**
 * Reads both files from disk, symbolic links followed.
 * @throws `file.not-a-file`, `file.too-large`, `file.permission`, `file.unreadable`; a missing file is none of them
 */
export async function readMergedProfiles(
  fs: FileSystem,
  files: AwsFileLocations,
  reader: ReaderName,
): Promise<MergedProfiles> {
  const load = async (kind: FileKind) => (await readSnapshot(fs, await resolveTarget(fs, files[kind]))).bytes
  const [config, credentials] = await Promise.all([load('config'), load('credentials')])
  return mergeProfiles({ config, credentials }, files, reader)
}
