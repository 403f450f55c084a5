/** What was done with which credential: the last 30 days at a glance, the entries below, and whether all of it is true. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ActivityGroup, ActivityQuery } from '#shared/activity-view.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Empty, ErrorNotice, FailedScreen } from '../components/notice.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { useCommands } from '../hooks/use-commands.ts'
import { useDelayed } from '../hooks/use-delayed.ts'
import { useNow } from '../hooks/use-now.ts'
import { useSettled } from '../hooks/use-settled.ts'
import { logItems } from '../lib/activity-log.ts'
import { formatDay } from '../lib/time.ts'
import { activityStrings } from '../strings/activity.ts'
import { strings } from '../strings.ts'
import { ActivityBar } from './activity-bar.tsx'
import { ChainNotice } from './chain-notice.tsx'
import { Histogram } from './histogram.tsx'
import { LogFilters, type SetFilter } from './log-filters.tsx'
import { LogList, LogSkeleton } from './log-list.tsx'
import { useExport } from './use-export.ts'
import { useLog } from './use-log.ts'
import { useVerification } from './use-verification.ts'

const words = activityStrings

export function ActivityScreen({ info, activityOf }: ScreenProps) {
  const [search, setSearch] = useState('')
  const [group, setGroup] = useState<ActivityGroup | null>(null)
  const [day, setDay] = useState<string | null>(null)
  const [name, setName] = useState(activityOf)
  const searchRef = useRef<HTMLInputElement>(null)
  const listRef = useRef<HTMLDivElement>(null)
  const now = useNow()

  const settled = useSettled(search).trim()
  const query: ActivityQuery = {
    ...(settled === '' ? {} : { search: settled }),
    ...(group === null ? {} : { group }),
    ...(name === null ? {} : { name }),
    ...(day === null ? {} : { from: day, until: dayAfter(day) }),
  }
  const log = useLog(query)
  const overview = useQuery({
    queryKey: ['activity.overview', query],
    queryFn: () => call('activity.overview', query),
    placeholderData: (previous) => previous,
  }).data
  const verification = useVerification(!log.pending && info?.vault.state === 'unlocked')
  const exporting = useExport()
  const waiting = useDelayed(log.pending && log.rows.length === 0)

  const { rows } = log
  const days = overview?.days
  // The clock draws the screen again each second; a long list is not made anew for that.
  const items = useMemo(() => logItems(rows, days ?? []), [rows, days])
  const hasRows = rows.length > 0
  useEffect(() => {
    if (hasRows && document.activeElement === document.body) listRef.current?.focus({ preventScroll: true })
  }, [hasRows])

  const isFiltered = Object.keys(query).length > 0
  const clear = (): void => {
    setSearch('')
    setGroup(null)
    setDay(null)
    setName(null)
  }
  useCommands(info?.platform === 'darwin', (command) => {
    switch (command) {
      case 'search':
        searchRef.current?.focus()
        searchRef.current?.select()
        return true
      case 'escape':
        clear()
        return true
      default:
        return false
    }
  })

  const set: SetFilter[] = [
    ...(name === null ? [] : [{ id: 'name', label: words.onlyRole(name), onDrop: () => setName(null) }]),
    ...(day === null ? [] : [{ id: 'day', label: words.onlyDay(formatDay(day)), onDrop: () => setDay(null) }]),
  ]

  const bar = <ActivityBar info={info} verification={verification} exporting={exporting} />
  if (log.failure !== null && log.rows.length === 0) {
    return (
      <>
        {bar}
        <FailedScreen error={log.failure} onRetry={log.again} />
      </>
    )
  }
  if (!log.pending && log.rows.length === 0 && !isFiltered) {
    return (
      <>
        {bar}
        <div className="page page--empty">
          <Empty icon="activity" title={words.emptyTitle}>
            {words.emptyText}
          </Empty>
        </div>
      </>
    )
  }
  return (
    <>
      {bar}
      <div className="page page--flush">
        <ChainNotice verification={verification} />
        {log.failure !== null && (
          <div className="barnote">
            <ErrorNotice
              error={log.failure}
              title={words.unread}
              actions={<Button onClick={log.again}>{strings.tryAgain}</Button>}
            />
          </div>
        )}
        {exporting.failure !== null && (
          <div className="barnote">
            <ErrorNotice error={exporting.failure} title={words.exportFailed} />
          </div>
        )}
        {overview === undefined ? (
          <div className="hist hist--wait" />
        ) : (
          <Histogram days={overview.days} chosen={day} onChoose={setDay} />
        )}
        <LogFilters
          search={search}
          onSearch={setSearch}
          group={group}
          onGroup={setGroup}
          set={set}
          counts={overview?.groups}
          searchRef={searchRef}
          onLeave={() => listRef.current?.focus()}
        />
        {log.rows.length > 0 && (
          <LogList
            items={items}
            more={log.more}
            brokenSeq={verification.verdict?.problem?.seq ?? null}
            now={now}
            onEnd={log.older}
            listRef={listRef}
          />
        )}
        {log.rows.length === 0 && log.pending && waiting && <LogSkeleton />}
        {log.rows.length === 0 && !log.pending && (
          <Empty
            icon="search"
            title={settled === '' ? words.nothingTitle : words.nothingFor(settled)}
            actions={
              <Button shortcut="Esc" onClick={clear}>
                {words.clear}
              </Button>
            }
          />
        )}
      </div>
    </>
  )
}

/** The next local midnight after one, however long the day is. */
function dayAfter(start: string): string {
  const date = new Date(start)
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).toISOString()
}
