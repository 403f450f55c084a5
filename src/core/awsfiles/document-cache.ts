/**
 * Documents and bytes of the files seen a moment ago. A write looks at both files several times; parsing and printing
 * each version once keeps it quick in large files.
 */
import { type AwsFileDocument, parseDocument, printDocument } from './document.ts'

interface Known {
  readonly bytes: Buffer
  readonly document: AwsFileDocument
}

/** The two AWS files, each before and after an edit. */
const KEPT = 4
/** Longer than any write takes. The files may hold secrets, which stay in memory only while they are in use. */
const KEPT_MS = 1000

const latest: Known[] = []
const printed = new WeakMap<AwsFileDocument, Buffer>()
let forgetting: NodeJS.Timeout | undefined

/** As `parseDocument`. */
export function parseOnce(bytes: Buffer): AwsFileDocument {
  const known = latest.find((each) => each.bytes.equals(bytes))
  if (known) return known.document
  const document = parseDocument(bytes)
  remember({ bytes, document })
  return document
}

/** As `printDocument`; the bytes are to be read only. */
export function printOnce(document: AwsFileDocument): Buffer {
  const known = printed.get(document)
  if (known) return known
  const bytes = printDocument(document)
  printed.set(document, bytes)
  // A lone CR may meet an LF that an edit put after it; then the bytes have other lines than the document.
  const isKnown = latest.some((each) => each.bytes.equals(bytes))
  if (!isKnown && document.lines.every(({ ending }) => ending !== '\r')) remember({ bytes, document })
  return bytes
}

/** The document that stands for all with the same bytes: what is worked out for one holds for the others. */
export function sameDocument(document: AwsFileDocument): AwsFileDocument {
  const bytes = printOnce(document)
  return latest.find((each) => each.bytes.equals(bytes))?.document ?? document
}

function remember(known: Known): void {
  latest.unshift(known)
  latest.splice(KEPT)
  forgetting?.refresh()
  forgetting ??= setTimeout(() => latest.splice(0), KEPT_MS).unref()
}
