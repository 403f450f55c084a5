/** The AWS files as the facade offers them. */
import type { CredentialChain } from './chain/types.ts'
import type { ReaderName } from './readers/types.ts'

export interface ReadProblem {
  /** Absolute path. */
  readonly file: string
  /** Counted from 1; 0 for the file as a whole. */
  readonly line: number
  /** Dotted and stable: `section.duplicate`. */
  readonly code: string
  readonly message: string
  /** The file is rejected because of it: in a view by its reader, in a check by those that it breaks. */
  readonly fatal: boolean
  /** Who gets something else than the file means; nobody for what is only a risk. */
  readonly breaks: readonly ReaderName[]
}

type SectionValues = Readonly<Record<string, string | Readonly<Record<string, string>>>>

/** The AWS files as one reader sees them. Values are as they stand in the files, secrets included. */
export interface FilesView {
  readonly profiles: Readonly<Record<string, SectionValues>>
  readonly ssoSessions: Readonly<Record<string, SectionValues>>
  readonly problems: readonly ReadProblem[]
}

export interface CheckedProblem extends ReadProblem {
  /** What to do, as an instruction. */
  readonly fix: string
  /** `fix` repairs it. */
  readonly fixable: boolean
}

export interface FileRepair {
  /** Absolute path. */
  readonly file: string
  /** Unified diff; secrets shown as `••••`. Empty when only the mode changes. */
  readonly edit: string
  /** Permission bits. */
  readonly mode: { readonly from: number; readonly to: number } | null
}

export interface FilesCheck {
  readonly problems: readonly CheckedProblem[]
  /** The safe repairs there are, by file. */
  readonly repairs: readonly FileRepair[]
}

/** The AWS files as all their readers see them, whoever wrote what is in them. */
export interface FilesService {
  /**
   * What a reader sees in both files together.
   * @param reader `aws`, AWS's cross-SDK rules, when left out
   * @throws `file.permission`, `file.not-a-file`, `file.too-large`, `file.unreadable`; a missing file is none of them
   */
  show(reader?: ReaderName): Promise<FilesView>
  /** Everything that is wrong with the files, for any SDK. Throws what `show` throws. */
  check(): Promise<FilesCheck>
  /**
   * Makes the safe repairs. Edits can be taken back like any other; a narrower mode stays.
   * @param shown what the person has agreed to
   * @returns what is left, and what was repaired
   * @throws `file.changed` when the repairs would be others than those shown, `file.locked`, `file.disk-full`
   */
  fix(shown?: FilesCheck): Promise<FilesCheck & { readonly fixed: readonly CheckedProblem[] }>
  /**
   * Where the credentials of a profile start, and the roles assumed on the way; by the rules all SDKs share.
   * @throws `profile.not-found`, `chain.*`, `file.*`
   */
  chain(profile: string): Promise<CredentialChain>
}
