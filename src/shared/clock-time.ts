/** The time of day as the screens and the tray show it. */

/** Its words, for the window's strings and the tray's alike. */
const words = {
  tomorrow: (time: string) => `${time} tomorrow`,
  yesterday: (time: string) => `${time} yesterday`,
  onDay: (time: string, day: string) => `${time}, ${day}`,
}

const DAY_MS = 86_400_000

/** The time of day in the user's own format, with the day when it is not today: `15:42`, `02:10 tomorrow`. */
export function formatClock(moment: string | number, now: number, locale?: string): string {
  const date = new Date(moment)
  const time = formatHour(moment, locale)
  const days = dayNumber(date) - dayNumber(new Date(now))
  if (days === 0) return time
  if (days === 1) return words.tomorrow(time)
  if (days === -1) return words.yesterday(time)
  return words.onDay(time, new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short' }).format(date))
}

/** The time of day alone: `15:42`. */
export function formatHour(moment: string | number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(moment))
}

/** Counts local calendar days, so that "tomorrow" follows midnight and not 24 hours. */
function dayNumber(date: Date): number {
  return Math.round(Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / DAY_MS)
}
