/**
 * The entries as a virtual tree grid: one tab stop, the active entry as its descendant. Enter or Space opens it, and the
 * next page is asked for as the end comes into view.
 */
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { dayOf, type LogItem, logKey } from '../lib/activity-log.ts'
import { activityStrings } from '../strings/activity.ts'
import { DayHead, LogEntry } from './log-entry.tsx'

const ROW_HEIGHT = 36
const DAY_HEIGHT = 28
/** Rows before the end at which the next page is asked for. */
const AHEAD = 40

export function LogList(props: {
  items: readonly LogItem[]
  more: boolean
  /** The entry that is not what was recorded. */
  brokenSeq: number | null
  now: number
  onEnd: () => void
  listRef: RefObject<HTMLDivElement | null>
}) {
  const { items, more, brokenSeq, listRef } = props
  const [activeSeq, setActive] = useState<number | null>(null)
  const [openSeq, setOpen] = useState<number | null>(null)
  const today = dayOf(props.now)
  const indexOf = (seq: number | null): number =>
    items.findIndex((item) => item.kind === 'entry' && item.row.seq === seq)
  const found = indexOf(activeSeq)
  const activeIndex = found >= 0 ? found : items.findIndex((item) => item.kind === 'entry')

  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => listRef.current,
    estimateSize: (index) => (items[index]?.kind === 'day' ? DAY_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => keyOf(items[index]),
    overscan: 12,
  })

  const places = virtualizer.getVirtualItems()
  const lastShown = places.at(-1)?.index ?? 0
  const onEnd = useEffectEvent(props.onEnd)
  useEffect(() => {
    if (more && lastShown >= items.length - AHEAD) onEnd()
  }, [more, lastShown, items.length])

  const moveTo = (index: number, step: 1 | -1): void => {
    let at = Math.max(0, Math.min(items.length - 1, index))
    while (items[at]?.kind === 'day') at += at === 0 ? 1 : step
    const item = items[at]
    if (item?.kind !== 'entry') return
    setActive(item.row.seq)
    virtualizer.scrollToIndex(at <= 1 ? 0 : at)
  }
  const toggle = (seq: number): void => {
    setActive(seq)
    setOpen((open) => (open === seq ? null : seq))
  }

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const item = items[activeIndex]
    if (item?.kind !== 'entry') return
    const command = logKey(event.key, openSeq === item.row.seq)
    if (command === undefined) return
    event.preventDefault()
    if (command === 'toggle') toggle(item.row.seq)
    else if (command === 'first') moveTo(0, 1)
    else if (command === 'last') moveTo(items.length - 1, -1)
    else moveTo(activeIndex + command, command < 0 ? -1 : 1)
  }

  return (
    <div
      ref={listRef}
      className="log"
      role="treegrid"
      tabIndex={0}
      aria-label={activityStrings.list}
      aria-rowcount={more ? -1 : items.length}
      aria-activedescendant={activeIndex < 0 ? undefined : rowId(activeIndex)}
      data-region="list"
      onKeyDown={onKeyDown}
    >
      <div className="rows__all" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {places.map((place) => {
          const item = items[place.index]
          if (item === undefined) return null
          return (
            <div
              key={place.key}
              ref={virtualizer.measureElement}
              data-index={place.index}
              className="rows__at"
              role="presentation"
              style={{ transform: `translateY(${place.start}px)` }}
            >
              {item.kind === 'day' ? (
                <DayHead start={item.start} count={item.count} today={today} index={place.index + 1} />
              ) : (
                <LogEntry
                  row={item.row}
                  place={{ id: rowId(place.index), index: place.index + 1 }}
                  active={place.index === activeIndex}
                  open={item.row.seq === openSeq}
                  broken={item.row.seq === brokenSeq}
                  onToggle={() => {
                    toggle(item.row.seq)
                    listRef.current?.focus({ preventScroll: true })
                  }}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Placeholder rows of the same height, for an answer that takes long. */
export function LogSkeleton() {
  return (
    <div className="log" aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((row) => (
        <div key={row} className="ev">
          <span className="skel skel--d" />
          <span />
          <span className="skel skel--a" />
          <span className="skel skel--b" />
          <span className="skel skel--d" />
        </div>
      ))}
    </div>
  )
}

function rowId(index: number): string {
  return `log-row-${index}`
}

function keyOf(item: LogItem | undefined): string {
  if (item === undefined) return ''
  return item.kind === 'day' ? `day ${item.start}` : `entry ${item.row.seq}`
}
