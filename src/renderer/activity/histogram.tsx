/**
 * Entries of each of the last 30 days. Each bar is a button that shows its day alone: one tab stop, Left and Right move,
 * and every bar says its day and figure.
 */
import { type KeyboardEvent, useRef, useState } from 'react'
import type { ActivityDay } from '#shared/activity-view.ts'
import { barHeights } from '../lib/activity-log.ts'
import { formatDay, formatShortDay } from '../lib/time.ts'
import { activityStrings } from '../strings/activity.ts'

const words = activityStrings.histogram
const TALLEST = 38
const BASE = 44
const WEEK = 7

export function Histogram(props: {
  days: readonly ActivityDay[]
  /** Start of the day that is shown alone. */
  chosen: string | null
  onChoose: (start: string | null) => void
}) {
  const { days, chosen, onChoose } = props
  const row = useRef<HTMLDivElement>(null)
  const [stop, setStop] = useState(days.length - 1)
  const heights = barHeights(
    days.map((day) => day.entries),
    TALLEST,
  )
  const last = days.length - 1

  const onKeyDown = (event: KeyboardEvent): void => {
    const target = { ArrowLeft: stop - 1, ArrowRight: stop + 1, Home: 0, End: last }[event.key]
    if (target === undefined || target < 0 || target > last) return
    event.preventDefault()
    setStop(target)
    row.current?.querySelectorAll<HTMLElement>('button')[target]?.focus()
  }

  return (
    <section className="hist" aria-label={words.label}>
      <div className="h hist__h">
        <h2>{words.title}</h2>
        <span className="t3">{activityStrings.entries(days.reduce((sum, day) => sum + day.entries, 0))}</span>
        {days.some((day) => day.breakglass > 0) && (
          <span className="end t3 hist__key">
            <i className="hist__sw" />
            {words.breakglass}
          </span>
        )}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw itself */}
      <div className="hist__days" ref={row} role="group" aria-label={words.label} onKeyDown={onKeyDown}>
        {days.map((day, index) => {
          const height = heights[index] ?? 0
          const isToday = index === last
          const label = words.day(formatDay(day.start), day.entries, day.breakglass > 0)
          return (
            <button
              key={day.start}
              type="button"
              className={isToday ? 'hist__day hist__day--t' : 'hist__day'}
              tabIndex={index === stop ? 0 : -1}
              aria-pressed={chosen === day.start}
              aria-label={label}
              title={label}
              onFocus={() => setStop(index)}
              onClick={() => onChoose(chosen === day.start ? null : day.start)}
            >
              <svg aria-hidden="true">
                <rect className="hist__base" x="10%" y={BASE - 1} width="80%" height="1" />
                <rect className="hist__bar" x="10%" y={BASE - height} width="80%" height={height} rx="1.5" />
                {day.breakglass > 0 && (
                  <rect className="hist__bg" x="10%" y={BASE + 3} width="80%" height="3" rx="1.5" />
                )}
              </svg>
              {(last - index) % WEEK === 0 && (
                <span className="hist__l" aria-hidden="true">
                  {isToday ? words.today : <time>{formatShortDay(day.start)}</time>}
                </span>
              )}
            </button>
          )
        })}
      </div>
    </section>
  )
}
