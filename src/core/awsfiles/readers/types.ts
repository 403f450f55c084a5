/** What a reader reports of a file, whichever SDK it stands for. */

export type ReaderName = 'aws' | 'botocore' | 'js-sdk'
export type FileKind = 'config' | 'credentials'

/** Key to value; a botocore nested block is a map of its own. */
export type Values = Map<string, string | Map<string, string>>

/** Where a reader saw a section begin, and what it took it for. */
export interface SeenSection {
  readonly type: 'profile' | 'sso-session' | 'services'
  readonly name: string
  /** Counted from 1. */
  readonly line: number
}

export interface Problem {
  /** Counted from 1; 0 for the file as a whole. */
  readonly line: number
  /** Dotted and stable. */
  readonly code: string
  readonly message: string
  /** The reader rejects the whole file because of it. */
  readonly fatal: boolean
}

export interface FileReading {
  /** Empty when the reader rejects the file. */
  readonly profiles: Map<string, Values>
  readonly ssoSessions: Map<string, Values>
  readonly services: Map<string, Values>
  /** Also filled when the file is rejected. */
  readonly sections: readonly SeenSection[]
  readonly problems: readonly Problem[]
  readonly rejected: boolean
}

/** What a reader reports of a stretch of a file, and whether the rest of the file could change that. */
export interface PartReading {
  readonly reading: FileReading
  /** Its sections, by whatever name the reader would find again one that comes twice. */
  readonly names: readonly string[]
  /** False when what is in it reaches into every section of the file. */
  readonly isApart: boolean
}

export type Reader = (bytes: Uint8Array, kind: FileKind) => FileReading

/** Both files as one: per profile and key, the credentials file wins. */
export function mergeReadings(config: FileReading, credentials: FileReading): Map<string, Values> {
  const merged = new Map<string, Values>()
  for (const { profiles } of [config, credentials]) {
    for (const [name, values] of profiles) {
      const known = merged.get(name)
      merged.set(name, known ? new Map([...known, ...values]) : values)
    }
  }
  return merged
}
