/**
 * Tries repairs on a file: they are safe when every SDK that reads the file today sees the same values afterwards, or
 * values nearer to AWS's cross-SDK rules.
 */
import { type AwsFileDocument, printDocument } from '../document.ts'
import { splice } from '../document-edit.ts'
import { readAsJsSdkSettings } from '../readers/js-sdk.ts'
import type { FileKind, FileReading, ReaderName } from '../readers/types.ts'
import { changedOnlyTowards, keepsAll } from './compare.ts'
import { READER_NAMES, readWithAll, stateOfDocument } from './file-state.ts'
import { salvage } from './parse-rules.ts'
import type { LineRepair } from './types.ts'

/** How many bytes may still be read to try repairs. Counted down; repairs that it does not reach are left undone. */
export interface TryBudget {
  bytes: number
}

export interface Judge {
  /** Whether these repairs are safe, all of them together. */
  isSafe(repairs: readonly LineRepair[]): boolean
  /** Of these repairs as many as are safe together, on top of those accepted already. */
  settle(accepted: readonly LineRepair[], more: readonly LineRepair[]): readonly LineRepair[]
}

/** A judge of repairs of this document; each of them is given with the lines of this document. */
export function createJudge(document: AwsFileDocument, kind: FileKind, budget: TryBudget): Judge {
  const bytes = printDocument(document)
  const before = readAll(bytes, kind)

  const isSafe = (repairs: readonly LineRepair[]): boolean => {
    budget.bytes -= bytes.length
    const edits = repairs.flatMap((repair) => repair.edits)
    const edited = splice(document, edits)
    const after = readAll(printDocument(edited), kind)
    const { aws } = after.readers
    const rules = aws.rejected ? salvage(stateOfDocument(kind, '', edited)).readings.aws : aws
    return (
      keepsAll(before.readers.aws, aws) &&
      READER_NAMES.every((reader) => changedOnlyTowards(rules, before.readers[reader], after.readers[reader])) &&
      changedOnlyTowards(rules, before.jsSettings, after.jsSettings)
    )
  }

  /** Halves what fails until single repairs are left, so that many good ones cost few readings. */
  const settle: Judge['settle'] = (accepted, more) => {
    if (more.length === 0 || budget.bytes <= 0) return accepted
    const together = [...accepted, ...more]
    if (isSafe(together)) return together
    if (more.length === 1) return accepted
    const half = Math.ceil(more.length / 2)
    return settle(settle(accepted, more.slice(0, half)), more.slice(half))
  }
  return { isSafe, settle }
}

interface Readings {
  readonly readers: Readonly<Record<ReaderName, FileReading>>
  /** Where the JS SDK fails to merge the files, its settings still come from each file by itself. */
  readonly jsSettings: FileReading
}

function readAll(bytes: Uint8Array, kind: FileKind): Readings {
  return { readers: readWithAll(bytes, kind), jsSettings: readAsJsSdkSettings(bytes, kind) }
}
