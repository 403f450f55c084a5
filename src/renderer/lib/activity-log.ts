/** What the log's list is made of: its sentences, its days, and who asked. */
import type { ActivityAsker, ActivityProcess, ActivityRecord } from '#shared/activity.ts'
import type { ActivityDay, ActivityRow } from '#shared/activity-view.ts'
import { activityStrings, type SentencePart } from '../strings/activity.ts'
import { shortenKeyId } from './format.ts'

export type LogItem =
  | {
      readonly kind: 'day'
      /** Local midnight, in milliseconds. */
      readonly start: number
      /** null when it was not counted. */
      readonly count: number | null
    }
  | { readonly kind: 'entry'; readonly row: ActivityRow }

/**
 * Rows with the head of each local day above the day's first. An entry that can't be read stays with the one above it.
 * @param days what is known of how many entries a day has
 */
export function logItems(rows: readonly ActivityRow[], days: readonly ActivityDay[]): LogItem[] {
  const counts = new Map(days.map((day) => [Date.parse(day.start), day.entries]))
  const items: LogItem[] = []
  let current: number | undefined
  for (const row of rows) {
    const start = row.entry === null ? current : dayOf(Date.parse(row.entry.at))
    if (start !== undefined && start !== current) {
      items.push({ kind: 'day', start, count: counts.get(start) ?? null })
      current = start
    }
    items.push({ kind: 'entry', row })
  }
  return items
}

/** Local midnight before a moment; both in milliseconds. */
export function dayOf(moment: number): number {
  return new Date(moment).setHours(0, 0, 0, 0)
}

/** The sentence of an entry, as pieces. */
export function sentenceOf(entry: ActivityRecord): readonly SentencePart[] {
  const { kind, name, accessKeyId, how, form, detail, asker } = entry
  return activityStrings.sentences[kind]({
    name: name ?? '',
    accessKey: shortenKeyId(accessKeyId ?? ''),
    how: how ?? '',
    form: form ?? '',
    detail,
    program: programOf(asker),
  })
}

/** What the app calls itself in entries; the command is called `hallpass`. */
const APP = 'Hallpass'

/** Who asked: a person in the app, or else the program that ran the command, behind the shells in between. */
export function askedBy({ process, parents }: ActivityAsker): ActivityProcess {
  return process.name === APP ? process : (parents.at(-1) ?? process)
}

function programOf(asker: ActivityAsker): string {
  return askedBy(asker).name ?? activityStrings.facts.someProgram
}

/** A hash as its beginning and end; the whole of it is in the export. */
export function shortenHash(hash: string): string {
  return hash.length <= 22 ? hash : `${hash.slice(0, 16)}…${hash.slice(-6)}`
}

/** True for what did not happen. */
export function isFailure(entry: ActivityRecord | null): boolean {
  return entry === null || entry.kind === 'session.refused'
}

/** Height of each day's bar, in the unit of `tallest`. A day with any entries shows at least a sliver. */
export function barHeights(counts: readonly number[], tallest: number): number[] {
  const most = Math.max(1, ...counts)
  return counts.map((count) => (count === 0 ? 0 : Math.max(2, Math.round((count / most) * tallest * 10) / 10)))
}

const PAGE_STEP = 10
const MOVES: Readonly<Record<string, number | 'first' | 'last'>> = {
  ArrowDown: 1,
  j: 1,
  ArrowUp: -1,
  k: -1,
  PageDown: PAGE_STEP,
  PageUp: -PAGE_STEP,
  Home: 'first',
  End: 'last',
}

/**
 * What a key does in the list: how far it moves, or that it opens or closes the active entry.
 * @param open the active entry is open
 */
export function logKey(key: string, open: boolean): number | 'first' | 'last' | 'toggle' | undefined {
  const toggles = open ? ['Enter', ' ', 'ArrowLeft', 'Escape'] : ['Enter', ' ', 'ArrowRight']
  return toggles.includes(key) ? 'toggle' : MOVES[key]
}
