/**
 * Files read in parts, so that after an edit only the part it is in is read again. A part begins with a header that
 * every SDK takes for one whatever stands above it: a reader that meets it forgets what came before.
 *
 * Where the rest of a file can change what a part means the file is read whole: when anything in it is wrong, when a
 * section comes in two parts, and for botocore's `[DEFAULT]`. So what is read is always what the reader would read.
 */
import { readAsAws } from './aws.ts'
import { readBotocorePart } from './botocore.ts'
import { readAsJsSdk } from './js-sdk.ts'
import type { FileKind, FileReading, PartReading, Reader, ReaderName, SeenSection, Values } from './types.ts'

/** The bytes of a file in parts, and what has been read of them. Parts are shared by versions of a file. */
export type FileParts = readonly Part[]

interface Part {
  readonly bytes: Buffer
  /** Line breaks in it: LF, CR or both together. */
  readonly breaks: number
  readonly readings: Map<string, PartReading>
}

/** Small enough to be read again in no time, large enough that a file does not have too many. In bytes. */
const LEAST_SIZE = 2048
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
/** A header as nobody would write it differently: at the line's start, nothing after it. */
const PLAIN_HEADER = /^\[\w[\w .@+%:/-]*\]\r?$/

/** @param like another version of the file, of which unchanged parts are used again */
export function cutIntoParts(bytes: Buffer, like: FileParts = []): FileParts {
  const head: Part[] = []
  let from = 0
  for (const part of like) {
    if (!isAt(bytes, from, part)) break
    head.push(part)
    from += part.bytes.length
  }
  // A part ends where a header follows it; the last one of the file may go on now.
  for (let last = head.at(-1); last && from < bytes.length && !startsPart(bytes, from); last = head.at(-1)) {
    head.pop()
    from -= last.bytes.length
  }
  const tail: Part[] = []
  let to = bytes.length
  for (let index = like.length - 1; index >= Math.max(head.length, 1); index--) {
    const part = like[index] as Part
    const start = to - part.bytes.length
    if (start <= from || bytes[start - 1] !== LINE_FEED || !isAt(bytes, start, part)) break
    tail.push(part)
    to = start
  }
  return [...head, ...cut(bytes, from, to), ...tail.reverse()]
}

function isAt(bytes: Buffer, start: number, { bytes: part }: Part): boolean {
  const end = start + part.length
  return end <= bytes.length && bytes.compare(part, 0, part.length, start, end) === 0
}

function cut(bytes: Buffer, from: number, to: number): Part[] {
  const parts: Part[] = []
  let start = from
  while (start < to) {
    let end = bytes.indexOf(LINE_FEED, start + LEAST_SIZE) + 1
    while (end > 0 && end < to && !startsPart(bytes, end)) end = bytes.indexOf('\n[', end) + 1
    if (end <= 0 || end > to) end = to
    const part = bytes.subarray(start, end)
    parts.push({ bytes: part, breaks: countBreaks(part), readings: new Map() })
    start = end
  }
  return parts
}

/** Whether a line that any reader takes for a header begins there. */
function startsPart(bytes: Buffer, at: number): boolean {
  const end = bytes.indexOf(LINE_FEED, at)
  return PLAIN_HEADER.test(bytes.toString('latin1', at, end < 0 ? bytes.length : end))
}

/** Whether a line, without its ending, is a header to every reader whatever stands above it. */
export function isPlainHeader(text: string): boolean {
  return PLAIN_HEADER.test(text)
}

function countBreaks(bytes: Buffer): number {
  let count = 0
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index]
    if (byte === LINE_FEED || (byte === CARRIAGE_RETURN && bytes[index + 1] !== LINE_FEED)) count++
  }
  return count
}

const READ_PART: Readonly<Record<ReaderName, (bytes: Uint8Array, kind: FileKind) => PartReading>> = {
  aws: byIdentity(readAsAws),
  botocore: readBotocorePart,
  'js-sdk': byIdentity(readAsJsSdk),
}

/** These readers merge sections that come again, and only sections they have a use for say anything to them. */
function byIdentity(read: Reader): (bytes: Uint8Array, kind: FileKind) => PartReading {
  return (bytes, kind) => {
    const reading = read(bytes, kind)
    return { reading, names: reading.sections.map(({ type, name }) => `${type} ${name}`), isApart: true }
  }
}

/** What a reader sees in the whole file; its maps are not in the order of the file. */
export function readParts(parts: FileParts, reader: ReaderName, kind: FileKind): FileReading {
  const readings = parts.map((part) => {
    const key = `${reader} ${kind}`
    const known = part.readings.get(key) ?? READ_PART[reader](part.bytes, kind)
    part.readings.set(key, known)
    return known
  })
  if (areApart(readings)) return join(readings, parts)
  return READ_PART[reader](Buffer.concat(parts.map(({ bytes }) => bytes)), kind).reading
}

function areApart(readings: readonly PartReading[]): boolean {
  const seen = new Set<string>()
  for (const { reading, names, isApart } of readings) {
    if (!isApart || reading.problems.length > 0) return false
    for (const name of names) if (seen.has(name)) return false
    for (const name of names) seen.add(name)
  }
  return true
}

function join(readings: readonly PartReading[], parts: FileParts): FileReading {
  const profiles = new Map<string, Values>()
  const ssoSessions = new Map<string, Values>()
  const services = new Map<string, Values>()
  const sections: SeenSection[] = []
  let above = 0
  for (const [index, { reading }] of readings.entries()) {
    for (const [name, values] of reading.profiles) profiles.set(name, values)
    for (const [name, values] of reading.ssoSessions) ssoSessions.set(name, values)
    for (const [name, values] of reading.services) services.set(name, values)
    for (const { type, name, line } of reading.sections) sections.push({ type, name, line: line + above })
    above += parts[index]?.breaks ?? 0
  }
  return { profiles, ssoSessions, services, sections, problems: [], rejected: false }
}
