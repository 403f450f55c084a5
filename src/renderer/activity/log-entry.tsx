/** One line of the log, and the head of a day. */
import type { ReactNode } from 'react'
import type { ActivityRecord } from '#shared/activity.ts'
import type { ActivityRow } from '#shared/activity-view.ts'
import { activityGroupOf } from '#shared/activity-view.ts'
import { GridCell, GridRow } from '../components/grid.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId, EnvironmentBar } from '../components/marks.tsx'
import { isFailure, sentenceOf } from '../lib/activity-log.ts'
import { formatDay, formatSeconds } from '../lib/time.ts'
import { activityStrings } from '../strings/activity.ts'
import { EntryFacts } from './entry-facts.tsx'
import { GROUP_ICONS } from './log-filters.tsx'

const SHORT_HASH = 6

export function DayHead(props: { start: number; today: number; count: number | null; index: number }) {
  const { start, today, count } = props
  return (
    <GridRow className="log__day" index={props.index}>
      <GridCell>{dayName(start, today)}</GridCell>
      <GridCell className="log__n">{count !== null && count > 0 ? count.toLocaleString() : null}</GridCell>
    </GridRow>
  )
}

function dayName(start: number, today: number): ReactNode {
  if (start === today) return activityStrings.histogram.today
  // Half a day back from midnight is the day before, however long that was.
  if (start === new Date(today - 1).setHours(0, 0, 0, 0)) return activityStrings.yesterday
  return <time>{formatDay(start)}</time>
}

export function LogEntry(props: {
  row: ActivityRow
  place: { readonly id: string; readonly index: number }
  active: boolean
  open: boolean
  /** The log's verification stumbled here. */
  broken: boolean
  onToggle: () => void
}) {
  const { row, active, open, broken } = props
  const { entry } = row
  const bad = broken || isFailure(entry)
  const group = entry === null ? undefined : activityGroupOf(entry.kind)
  return (
    <>
      <GridRow
        id={props.place.id}
        className={`ev${open ? ' ev--open' : ''}${bad ? ' ev--bad' : ''}`}
        index={props.place.index}
        selected={active}
        expanded={open}
        onClick={props.onToggle}
      >
        <GridCell>{entry !== null && <time dateTime={entry.at}>{formatSeconds(entry.at)}</time>}</GridCell>
        <GridCell className="ev__i">
          <Icon name={group === undefined || broken ? 'alert' : GROUP_ICONS[group]} />
        </GridCell>
        <GridCell className="cut" title={entry === null ? undefined : plainSentence(entry)}>
          {entry === null ? activityStrings.unreadable : <Sentence row={row} />}
          {broken && entry !== null && ` · ${activityStrings.changedEntry}`}
        </GridCell>
        <GridCell className="ev__w">
          {row.accountId !== null && (
            <>
              <EnvironmentBar environment={row.environment} small />
              <span className="cut">{row.accountName ?? <AccountId id={row.accountId} />}</span>
            </>
          )}
        </GridCell>
        <GridCell className="ev__h mono">
          <span data-volatile>{row.hash.slice(0, SHORT_HASH)}</span>
        </GridCell>
      </GridRow>
      {open && (
        <GridRow className="evd__row" index={props.place.index}>
          <GridCell>
            <EntryFacts row={row} />
          </GridCell>
        </GridRow>
      )}
    </>
  )
}

function plainSentence(entry: ActivityRecord): string {
  return sentenceOf(entry)
    .map((part) => (typeof part === 'string' ? part : part.strong))
    .join('')
}

function Sentence({ row }: { row: ActivityRow }) {
  if (row.entry === null) return null
  return sentenceOf(row.entry).map((part, index) =>
    typeof part === 'string' ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a sentence never change places
      <strong key={index}>{part.strong}</strong>
    ),
  )
}
