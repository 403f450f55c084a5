/** The role's last 24 hours: past sessions pale, the live one solid, the right edge is now. */
import { useQuery } from '@tanstack/react-query'
import { formatRemaining } from '#shared/duration.ts'
import { call } from '../bridge.ts'
import { dayStrip } from '../lib/day-strip.ts'
import { formatHour, speakRemaining } from '../lib/time.ts'
import { strings } from '../strings.ts'

const words = strings.day

export function DaySection({ name, now }: { name: string; now: number }) {
  const history = useQuery({ queryKey: ['sessions.history', name], queryFn: () => call('sessions.history', { name }) })
  // A log that can't be read is the activity screen's to report.
  const { pieces, ticks, count, seconds, live } = dayStrip(history.data ?? { spans: [] }, now)
  return (
    <section className="sec">
      <h3 className="sec__h">
        {words.title}
        <span className="end" data-volatile>
          {count === 0 ? words.none : words.totals(count, formatRemaining(seconds))}
        </span>
      </h3>
      <svg className="strip" data-volatile role="img" aria-label={words.spoken(count, speakRemaining(seconds), live)}>
        <rect className="strip__base" y="2" width="100%" height="12" rx="2" />
        {pieces.map(({ x, width, live: isLive }) => (
          <rect
            key={x}
            className={isLive ? 'strip__now' : 'strip__past'}
            x={`${x}%`}
            y="2"
            width={`${width}%`}
            height="12"
            rx={isLive ? 1 : 2}
          />
        ))}
        {ticks.map(({ x, at }) => (
          <g key={at}>
            <line className="strip__tick" x1={`${x}%`} x2={`${x}%`} y1="14" y2="18" />
            <text x={`${x}%`} y="30">
              {formatHour(at)}
            </text>
          </g>
        ))}
      </svg>
    </section>
  )
}
