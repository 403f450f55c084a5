/** `hallpass activity list`. */
import { askedBy } from '#core/activity/index.ts'
import { ACTIVITY_KINDS, type ActivityEntry, type ActivityFilter } from '#shared/activity.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Handler } from '../descriptor.ts'
import type { Invocation } from '../invocation.ts'
import type { Cell } from '../output/table.ts'
import { clockText } from '../output/time.ts'

/** A screenful; scripts ask for what they need. */
const STANDARD_LIMIT = 50
const AGO = /^(\d{1,6})\s*([smhdw])$/
const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

export const activityList: Handler = async (context, invocation) => {
  const filter = readFilter(invocation, Date.now())
  const entries = (await context.hallpass()).activity.list(filter)
  if (context.json) context.jsonData(entries)
  else if (entries.length === 0) context.note('Nothing is recorded that fits.')
  else {
    const now = Date.now()
    context.table(
      [
        { title: '#' },
        { title: 'when' },
        { title: 'what' },
        { title: 'name' },
        { title: 'how', shrinks: true },
        { title: 'asked by', shrinks: true },
      ],
      entries.map((entry) => [
        { text: String(entry.seq), format: 'dim' },
        clockText(entry.at, now),
        kindCell(entry),
        { text: entry.name ?? '–', format: 'bold' },
        howText(entry),
        askerText(entry),
      ]),
    )
    if (entries.length === filter.limit) context.note(`The newest ${filter.limit}; for all of them add --limit 0.`)
  }
  return 0
}

/** @throws `usage.invalid` */
function readFilter(invocation: Invocation, now: number): ActivityFilter {
  const limit = readLimit(invocation.text('limit'))
  const since = readSince(invocation.text('since'), now)
  const kind = invocation.text('kind')
  const name = invocation.text('role')
  if (kind !== undefined && !ACTIVITY_KINDS.some((known) => known === kind || known.startsWith(`${kind}.`))) {
    throw new HallpassError('usage.invalid', `There is no kind of entry ${kind}.`, {
      hint: `The kinds are ${ACTIVITY_KINDS.join(', ')}.`,
    })
  }
  return {
    ...(limit === 0 ? {} : { limit }),
    ...(since === undefined ? {} : { since }),
    ...(kind === undefined ? {} : { kind }),
    ...(name === undefined ? {} : { name }),
  }
}

function readLimit(text: string | undefined): number {
  if (text === undefined) return STANDARD_LIMIT
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new HallpassError('usage.invalid', `--limit ${text} is not a number of entries.`, { hint: 'Write --limit 20.' })
}

function readSince(text: string | undefined, now: number): string | undefined {
  if (text === undefined) return undefined
  const [, count, unit] = AGO.exec(text) ?? []
  const isDate = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:?\d{2})?)?$/.test(text)
  // A date alone is that day here, not in Greenwich.
  const local = text.length === 10 ? `${text}T00:00` : text
  const time = count === undefined ? (isDate ? Date.parse(local) : Number.NaN) : now - Number(count) * unitOf(unit)
  if (!Number.isNaN(new Date(time).getTime())) return new Date(time).toISOString()
  throw new HallpassError('usage.invalid', `--since ${text} is not a time.`, {
    hint: 'Write a date such as 2026-11-25, a time such as 2026-11-25T14:30Z, or how long ago, such as 12h.',
  })
}

const unitOf = (unit: string | undefined) => UNIT_MS[(unit ?? 's') as keyof typeof UNIT_MS]

function kindCell({ kind }: ActivityEntry): Cell {
  if (kind === 'session.refused') return { text: kind, format: 'red' }
  return kind === 'credentials.issued' || kind === 'console.opened' ? { text: kind, format: 'yellow' } : { text: kind }
}

function howText({ how, form, detail }: ActivityEntry): string {
  const { code, profile, readOnly } = detail
  return [how, form, code, profile, readOnly && 'read-only'].filter(Boolean).join(' ') || '–'
}

function askerText({ asker }: ActivityEntry): string {
  const by = askedBy(asker.parents)
  return by ? `${by.name ?? 'a process'} (${by.pid})` : `${asker.process.name} (${asker.process.pid})`
}
