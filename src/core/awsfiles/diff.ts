/**
 * Line diffs of AWS files for people: unified, with every secret value shown as `••••`.
 * Myers' greedy algorithm after cutting the common start and end, so the cost grows with the change, not the file. Where
 * much has changed, first cut at the lines that both sides have once.
 */
import { redact } from '../redact.ts'

export type DiffPart = { readonly kind: 'same' | 'removed' | 'added'; readonly lines: readonly string[] }

const CONTEXT = 3
/** Above this many changed lines the middle is cut at lines that are the same for certain. */
const MAX_DISTANCE = 400
const SECRET = /^(\s*["']?aws_(?:secret_access_key|session_token|security_token)["']?(?:\s*[=:]\s*|\s+|$))([\s\S]*)$/i

type DiffStep = { readonly kind: DiffPart['kind']; readonly line: string }

/** The edit script from `before` to `after`. */
export function diffLines(before: readonly string[], after: readonly string[]): DiffPart[] {
  let start = 0
  const shorter = Math.min(before.length, after.length)
  while (start < shorter && before[start] === after[start]) start++
  let end = 0
  while (end < shorter - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++
  const middle = myers(before.slice(start, before.length - end), after.slice(start, after.length - end))
  const parts: DiffPart[] = [
    { kind: 'same', lines: before.slice(0, start) },
    ...middle,
    { kind: 'same', lines: before.slice(before.length - end) },
  ]
  return parts.filter((part) => part.lines.length > 0)
}

/**
 * A unified diff with secrets masked; empty when nothing changes.
 * @param name the file as it should be shown
 */
export function unifiedDiff(name: string, before: Uint8Array, after: Uint8Array): string {
  const { skipped, sides } = withoutFarLines(before, after)
  const parts = diffLines(toLines(sides[0]), toLines(sides[1]))
  if (parts.every((part) => part.kind === 'same')) return ''
  const hunks = toHunks(parts, skipped)
  return [`--- ${name}`, `+++ ${name}`, ...hunks, ''].join('\n')
}

/**
 * Masks the values of secret keys, and lines that continue them; in all other lines, such as comments and the keys of
 * other tools, what looks like a secret.
 */
export function maskSecrets(lines: readonly string[]): string[] {
  let inSecret = false
  return lines.map((line) => {
    const match = SECRET.exec(line)
    const [, key = '', value = ''] = match ?? []
    const continues = inSecret && /^\s+\S/.test(line)
    inSecret = match !== null || continues
    if (match) return value === '' ? line : `${key}••••`
    return continues ? `${/^\s+/.exec(line)?.[0] ?? ''}••••` : redact(line)
  })
}

/** Lines for display; the last one tells a missing final newline. */
function toLines(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')
  if (text === '') return []
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  else lines.push(NO_NEWLINE)
  return lines
}

const NO_NEWLINE = '\\ No newline at end of file'

interface Row {
  readonly sign: ' ' | '-' | '+'
  readonly text: string
}

/**
 * Leaves out what both sides have in common and no hunk will show: most of a large file. What is left starts at a line
 * that is not indented, because whether an indented one continues a secret depends on those above it.
 * @returns the two sides, and how many lines were left out before them
 */
function withoutFarLines(before: Uint8Array, after: Uint8Array): { skipped: number; sides: [Buffer, Buffer] } {
  const [old, fresh] = [before, after].map((side) => Buffer.from(side.buffer, side.byteOffset, side.byteLength)) as [
    Buffer,
    Buffer,
  ]
  const shorter = Math.min(old.length, fresh.length)
  const same = commonStart(old, fresh, shorter)
  let start = same
  for (let lines = 0; start > 0 && (lines <= CONTEXT || isBlankByte(old[start])); lines++) {
    start = start < 2 ? 0 : old.lastIndexOf(LINE_FEED, start - 2) + 1
  }
  let end = old.length - commonEnd(old, fresh, shorter - same)
  for (let lines = 0; lines <= CONTEXT && end < old.length; lines++) {
    const next = old.indexOf(LINE_FEED, end)
    end = next < 0 ? old.length : next + 1
  }
  const skipped = old.toString('latin1', 0, start).split('\n').length - 1
  return { skipped, sides: [old.subarray(start, end), fresh.subarray(start, fresh.length - (old.length - end))] }
}

const LINE_FEED = 0x0a
/** Bytes compared at once. */
const BLOCK = 4096

/** How many of the first `limit` bytes are the same on both sides. */
function commonStart(old: Buffer, fresh: Buffer, limit: number): number {
  let same = 0
  while (same + BLOCK <= limit && old.compare(fresh, same, same + BLOCK, same, same + BLOCK) === 0) same += BLOCK
  while (same < limit && old[same] === fresh[same]) same++
  return same
}

/** How many of the last `limit` bytes are the same on both sides. */
function commonEnd(old: Buffer, fresh: Buffer, limit: number): number {
  let [oldEnd, freshEnd] = [old.length, fresh.length]
  const last = oldEnd - limit
  while (oldEnd - BLOCK >= last && old.compare(fresh, freshEnd - BLOCK, freshEnd, oldEnd - BLOCK, oldEnd) === 0) {
    oldEnd -= BLOCK
    freshEnd -= BLOCK
  }
  while (oldEnd > last && old[oldEnd - 1] === fresh[freshEnd - 1]) {
    oldEnd--
    freshEnd--
  }
  return old.length - oldEnd
}

const isBlankByte = (byte: number | undefined) => byte === undefined || byte <= 0x20

/** @param skipped how many lines, the same on both sides, come before the parts */
function toHunks(parts: readonly DiffPart[], skipped: number): string[] {
  const rows = toRows(parts)
  const output: string[] = []
  let beforeLine = 1 + skipped
  let afterLine = 1 + skipped
  let index = 0
  while (index < rows.length) {
    let changed = index
    while (rows[changed]?.sign === ' ') changed++
    if (changed === rows.length) break
    const from = Math.max(index, changed - CONTEXT)
    beforeLine += from - index
    afterLine += from - index
    let to = changed
    for (let at = changed; at < rows.length && at - to <= 2 * CONTEXT; at++) if (rows[at]?.sign !== ' ') to = at
    to = Math.min(rows.length, to + 1 + CONTEXT)
    const hunk = rows.slice(from, to)
    const isLine = (row: Row) => row.text !== NO_NEWLINE
    const removed = hunk.filter((row) => row.sign !== '+' && isLine(row)).length
    const added = hunk.filter((row) => row.sign !== '-' && isLine(row)).length
    const range = (line: number, count: number) => `${count === 0 ? line - 1 : line},${count}`
    output.push(`@@ -${range(beforeLine, removed)} +${range(afterLine, added)} @@`)
    for (const row of hunk) output.push(isLine(row) ? `${row.sign}${row.text.replace(/\r$/, '')}` : row.text)
    beforeLine += removed
    afterLine += added
    index = to
  }
  return output
}

function toRows(parts: readonly DiffPart[]): Row[] {
  const signs = { same: ' ', removed: '-', added: '+' } as const
  // Each side is masked as a whole: a secret's continuation line need not be in the same part as its key.
  const sideOf = (skip: DiffPart['kind']) =>
    maskSecrets(parts.filter((part) => part.kind !== skip).flatMap((part) => part.lines))
  const before = sideOf('added').values()
  const after = sideOf('removed').values()
  const rows: Row[] = []
  for (const { kind, lines } of parts) {
    for (const _ of lines) {
      const old = kind === 'added' ? undefined : before.next().value
      const fresh = kind === 'removed' ? undefined : after.next().value
      rows.push({ sign: signs[kind], text: fresh ?? old ?? '' })
    }
  }
  return rows
}

function myers(before: readonly string[], after: readonly string[]): DiffPart[] {
  const limit = isOneSided(before, after) ? -1 : Math.min(before.length + after.length, MAX_DISTANCE)
  const trace: Map<number, number>[] = []
  let reach = new Map<number, number>([[1, 0]])
  for (let distance = 0; distance <= limit; distance++) {
    const next = new Map(reach)
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      let x = goesDown(reach, diagonal, distance) ? (reach.get(diagonal + 1) ?? 0) : (reach.get(diagonal - 1) ?? 0) + 1
      while (x < before.length && x - diagonal < after.length && before[x] === after[x - diagonal]) x++
      next.set(diagonal, x)
      if (x >= before.length && x - diagonal >= after.length) return backtrack(before, after, [...trace, reach])
    }
    trace.push(reach)
    reach = next
  }
  return cutAtAnchors(before, after)
}

/** As `myers`, between the lines that each side has once and both have in the same order; without any, replaced whole. */
function cutAtAnchors(before: readonly string[], after: readonly string[]): DiffPart[] {
  const anchors = isOneSided(before, after) ? [] : commonOnce(before, after)
  if (anchors.length === 0) {
    const whole = [{ kind: 'removed', lines: before } as const, { kind: 'added', lines: after } as const]
    return whole.filter(({ lines }) => lines.length > 0)
  }
  const steps: DiffStep[] = []
  let [x, y] = [0, 0]
  for (const [nextX, nextY] of [...anchors, [before.length, after.length] as const]) {
    for (const { kind, lines } of myers(before.slice(x, nextX), after.slice(y, nextY)))
      for (const line of lines) steps.push({ kind, line })
    const line = before[nextX]
    if (line !== undefined) steps.push({ kind: 'same', line })
    x = nextX + 1
    y = nextY + 1
  }
  return gather(steps)
}

const isOneSided = (before: readonly string[], after: readonly string[]) => before.length === 0 || after.length === 0

/** Indexes on both sides of lines that each has once, as many as come in the same order. */
function commonOnce(before: readonly string[], after: readonly string[]): [number, number][] {
  const places = onceIn(after)
  const pairs: [number, number][] = []
  for (const [line, x] of onceIn(before)) {
    const y = places.get(line) ?? -1
    if (x >= 0 && y >= 0) pairs.push([x, y])
  }
  return longestRise(pairs)
}

/** Where each line is; -1 for those that come again. */
function onceIn(lines: readonly string[]): Map<string, number> {
  const places = new Map<string, number>()
  for (const [index, line] of lines.entries()) places.set(line, places.has(line) ? -1 : index)
  return places
}

/** Of pairs that rise in their first number, the most that rise in their second too. */
function longestRise(pairs: readonly [number, number][]): [number, number][] {
  // For each length the last pair of the rise of that length which ends lowest, by index.
  const ends: number[] = []
  const previous: number[] = []
  for (const [index, [, y]] of pairs.entries()) {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[ends[middle] ?? 0]?.[1] ?? 0) < y) low = middle + 1
      else high = middle
    }
    previous[index] = ends[low - 1] ?? -1
    ends[low] = index
  }
  const rise: [number, number][] = []
  for (let index = ends.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) {
    const pair = pairs[index]
    if (pair) rise.push(pair)
  }
  return rise.reverse()
}

function goesDown(reach: ReadonlyMap<number, number>, diagonal: number, distance: number): boolean {
  if (diagonal === -distance) return true
  return diagonal !== distance && (reach.get(diagonal - 1) ?? -1) < (reach.get(diagonal + 1) ?? -1)
}

function backtrack(
  before: readonly string[],
  after: readonly string[],
  trace: readonly ReadonlyMap<number, number>[],
): DiffPart[] {
  const steps: DiffStep[] = []
  let x = before.length
  let y = after.length
  for (let distance = trace.length - 1; distance >= 0; distance--) {
    const reach = trace[distance] as ReadonlyMap<number, number>
    const diagonal = x - y
    const down = goesDown(reach, diagonal, distance)
    const from = down ? diagonal + 1 : diagonal - 1
    const fromX = reach.get(from) ?? 0
    const fromY = fromX - from
    while (x > Math.max(fromX, 0) && y > Math.max(fromY, 0)) {
      x--
      y--
      steps.push({ kind: 'same', line: before[x] ?? '' })
    }
    if (distance === 0) break
    if (down) steps.push({ kind: 'added', line: after[--y] ?? '' })
    else steps.push({ kind: 'removed', line: before[--x] ?? '' })
  }
  return gather(steps.reverse())
}

function gather(steps: readonly DiffStep[]): DiffPart[] {
  const parts: { kind: DiffPart['kind']; lines: string[] }[] = []
  for (const { kind, line } of steps) {
    const last = parts.at(-1)
    if (last?.kind === kind) last.lines.push(line)
    else parts.push({ kind, lines: [line] })
  }
  return parts
}
