/**
 * The places where an edit changed a file, kept small: lines that went are kept whole, lines that came or stayed only
 * as hashes, enough to find the place again in a file that has changed since.
 */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { diffLines } from './diff.ts'
import type { LineEnding, Piece } from './document.ts'

/** One place that the edit changed. Lines are Latin-1. */
export const hunkSchema = z.object({
  /** Hashes of up to three lines before and after, to find the place again. */
  lead: z.array(z.string()),
  trail: z.array(z.string()),
  /** Index of the first line, after the edit. */
  at: z.number(),
  /** With their endings. */
  removed: z.array(z.string()),
  /** How many removed lines were left out. */
  withheld: z.number(),
  /** Hashes of the lines that are there instead. */
  added: z.array(z.string()),
})
export type Hunk = z.infer<typeof hunkSchema>

const CONTEXT = 3
/** A run of this many lines counts as found without its surroundings, if the file has it once. */
const TELLING_LINES = 3

/** @param isWithheld whether a line that went, by its index, must not be kept */
export function hunksOf(
  before: readonly Piece[],
  after: readonly Piece[],
  isWithheld: (index: number) => boolean = () => false,
): Hunk[] {
  const { head, tail } = farFromChange(before, after)
  const near = (lines: readonly Piece[]) =>
    lines.slice(head, lines.length - tail).map(({ text, ending }) => text + ending)
  const parts = diffLines(near(before), near(after))
  const hashes = (lines: readonly string[]) => lines.map((line) => lineHash(withoutEnding(line)))
  const hunks: Hunk[] = []
  let from = head
  let at = head
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]
    if (!part || part.kind === 'same') {
      from += part?.lines.length ?? 0
      at += part?.lines.length ?? 0
      continue
    }
    const removed: string[] = []
    const added: string[] = []
    let withheld = 0
    const lead = parts[index - 1]?.lines.slice(-CONTEXT) ?? []
    let next = index
    for (; parts[next] && parts[next]?.kind !== 'same'; next++) {
      const { kind, lines } = parts[next] as (typeof parts)[number]
      if (kind === 'added') {
        added.push(...lines)
        continue
      }
      for (const line of lines) {
        if (isWithheld(from++)) withheld++
        else removed.push(line)
      }
    }
    const trail = parts[next]?.lines.slice(0, CONTEXT) ?? []
    hunks.push({ lead: hashes(lead), trail: hashes(trail), at, removed, withheld, added: hashes(added) })
    at += added.length
    index = next - 1
  }
  return hunks
}

/** How many lines at the start and at the end are the same in both and too far from any change to be its context. */
function farFromChange(before: readonly Piece[], after: readonly Piece[]): { head: number; tail: number } {
  const [old, fresh] = [before.length, after.length]
  const shorter = Math.min(old, fresh)
  const head = countWhile(shorter, (index) => isSame(before[index], after[index]))
  const tail = countWhile(shorter - head, (index) => isSame(before[old - 1 - index], after[fresh - 1 - index]))
  return { head: Math.max(0, head - CONTEXT), tail: Math.max(0, tail - CONTEXT) }
}

function isSame(one: Piece | undefined, other: Piece | undefined): boolean {
  return one === other || (one?.text === other?.text && one?.ending === other?.ending)
}

/**
 * The lines with every hunk taken back; what else changed since stays.
 * @returns `undefined` when a place is not there any more as the edit left it
 */
export function reverseHunks(lines: readonly Piece[], hunks: readonly Hunk[]): Piece[] | undefined {
  const hashes = lines.map(({ text }) => lineHash(text))
  const result: Piece[] = []
  let next = 0
  for (const hunk of hunks) {
    const at = locate(hashes, hunk, next)
    if (at === undefined) return undefined
    for (; next < at; next++) result.push(lines[next] as Piece)
    for (const line of hunk.removed) result.push(toPiece(line))
    next += hunk.added.length
  }
  return result.concat(lines.slice(next))
}

/** A line that was kept whole. */
export function toPiece(line: string): Piece {
  const text = withoutEnding(line)
  return { text, ending: line.slice(text.length) as LineEnding }
}

function locate(hashes: readonly string[], hunk: Hunk, from: number): number | undefined {
  return locateWhole(hashes, hunk, from) ?? locateBest(hashes, hunk, from)
}

/** The place nearest to where the edit was that has all of its surroundings: there is no better one. */
function locateWhole(hashes: readonly string[], { added, at, lead, trail }: Hunk, from: number): number | undefined {
  const last = hashes.length - added.length
  const isWhole = (place: number) =>
    place >= from &&
    place <= last &&
    added.every((hash, index) => hashes[place + index] === hash) &&
    (lead.length > 0 ? lead.every((hash, index) => hashes[place - lead.length + index] === hash) : place === 0) &&
    (trail.length > 0
      ? trail.every((hash, index) => hashes[place + added.length + index] === hash)
      : place + added.length === hashes.length)
  for (let distance = 0; at - distance >= from || at + distance <= last; distance++) {
    if (isWhole(at - distance)) return at - distance
    if (isWhole(at + distance)) return at + distance
  }
  return undefined
}

function locateBest(hashes: readonly string[], hunk: Hunk, from: number): number | undefined {
  const { added, at, lead, trail } = hunk
  const found: { place: number; score: number; isSure: boolean }[] = []
  for (let place = from; place + added.length <= hashes.length; place++) {
    if (!added.every((hash, index) => hashes[place + index] === hash)) continue
    const end = place + added.length
    const before = countWhile(lead.length, (index) => hashes[place - 1 - index] === lead.at(-1 - index))
    const after = countWhile(trail.length, (index) => hashes[end + index] === trail[index])
    // A side without context is the start or the end of the file.
    const isLed = lead.length > 0 ? before === lead.length : place === 0
    const isTrailed = trail.length > 0 ? after === trail.length : end === hashes.length
    found.push({ place, score: before + after + Number(isLed) + Number(isTrailed), isSure: isLed || isTrailed })
  }
  if (found.length === 1 && added.length >= TELLING_LINES) return found[0]?.place
  return found
    .filter(({ isSure }) => isSure)
    .sort((a, b) => b.score - a.score || Math.abs(a.place - at) - Math.abs(b.place - at))[0]?.place
}

function countWhile(limit: number, holds: (index: number) => boolean): number {
  let count = 0
  while (count < limit && holds(count)) count++
  return count
}

/** The hash under which a line is found again; short, because lines are compared in sequence. */
function lineHash(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64').slice(0, 22)
}

function withoutEnding(line: string): string {
  return line.replace(/(?:\r\n|\n|\r)$/, '')
}
