/** The last 24 hours of a role as the day strip draws them: lengths in percent, the right edge is now. */
import type { SessionHistory } from '#shared/session-history.ts'

const DAY_MS = 24 * 3_600_000
const HOUR_MS = 3_600_000
/** Ticks stand at midnight, six, noon and six. */
const TICK_HOURS = 6
/** Shorter pieces could not be seen. Percent. */
const NARROWEST = 0.7
/** Closer to the edges a tick's words, such as “12:00 AM”, would stand out of the pane. Percent. */
const EDGE = 9

export interface DayStripView {
  readonly pieces: readonly { readonly x: number; readonly width: number; readonly live: boolean }[]
  readonly ticks: readonly { readonly x: number; readonly at: number }[]
  readonly count: number
  /** Of all sessions, within these hours and until now. */
  readonly seconds: number
  readonly live: boolean
}

/** @param now milliseconds since the epoch */
export function dayStrip({ spans }: Pick<SessionHistory, 'spans'>, now: number): DayStripView {
  const begin = now - DAY_MS
  const shown = spans
    .map(({ from, to, live }) => ({
      from: Math.max(begin, Date.parse(from)),
      to: Math.min(now, Date.parse(to)),
      live: live && Date.parse(to) > now,
    }))
    .filter(({ from, to }) => to >= from)
  return {
    pieces: shown.map(({ from, to, live }) => {
      const width = Math.max(NARROWEST, percent(to - from))
      return { x: Math.min(percent(from - begin), round(100 - width)), width, live }
    }),
    ticks: ticksBetween(begin, now),
    count: shown.length,
    seconds: Math.round(shown.reduce((sum, { from, to }) => sum + (to - from), 0) / 1000),
    live: shown.some(({ live }) => live),
  }
}

function ticksBetween(begin: number, now: number): DayStripView['ticks'] {
  const ticks: { x: number; at: number }[] = []
  const hour = new Date(begin)
  hour.setMinutes(0, 0, 0)
  // Hour by hour: a day on which clocks change has one more or less.
  for (let at = hour.getTime(); at <= now; at += HOUR_MS) {
    const x = percent(at - begin)
    if (new Date(at).getHours() % TICK_HOURS === 0 && x >= EDGE && x <= 100 - EDGE) ticks.push({ x, at })
  }
  return ticks
}

function percent(milliseconds: number): number {
  return round((milliseconds / DAY_MS) * 100)
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
