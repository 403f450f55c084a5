/** What the check of the AWS files works on and what it finds. */
import type { AwsFileDocument, Property, Section } from '../document.ts'
import type { Splice } from '../document-edit.ts'
import type { FileKind, FileReading, ReaderName } from '../readers/types.ts'

/** One file at one moment, and what each SDK makes of it. */
export interface FileState {
  readonly kind: FileKind
  /** As shown to the person. */
  readonly path: string
  readonly document: AwsFileDocument
  /** How many byte order marks it starts with. */
  readonly boms: number
  /** Made without byte order marks and with LF for a lone CR, so that the rest of the file can be judged. */
  readonly readings: Readonly<Record<ReaderName, FileReading>>
  /** Sections with their properties, in file order. */
  readonly parts: readonly SectionPart[]
  /** Permission bits; `undefined` for a missing file and on Windows. */
  readonly mode: number | undefined
}

export interface SectionPart {
  readonly section: Section
  /** Line of the header, counted from 1. */
  readonly line: number
  /** Between the brackets, as the person wrote it. */
  readonly header: string
  readonly properties: readonly Property[]
}

export interface CheckInput {
  readonly config: FileState
  readonly credentials: FileState
  /** Decides which command lines a shell would change. */
  readonly platform: NodeJS.Platform
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** A change proposed for a finding. It is made only when it is safe (`repairs.ts`), all of it or nothing. */
export type Repair = LineRepair | { readonly kind: 'mode'; readonly mode: number }

export interface LineRepair {
  readonly kind: 'lines'
  readonly edits: readonly Splice[]
}

export interface Finding {
  readonly kind: FileKind
  /** Counted from 1; 0 for the file as a whole. */
  readonly line: number
  /** Dotted and stable. */
  readonly code: string
  readonly message: string
  /** Those who get something else than the file means; nobody for a risk that breaks nothing. */
  readonly breaks: readonly ReaderName[]
  /** Those of them that reject the whole file. */
  readonly rejectedBy: readonly ReaderName[]
  /** What to do, as an instruction. */
  readonly advice: string
  readonly repair?: Repair
}

/** Looks at both files and says what it finds; pure. */
export type Rule = (input: CheckInput) => Finding[]
