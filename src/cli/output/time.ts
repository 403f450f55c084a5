/** Times as people say them. */
import { formatRemaining } from '#shared/duration.ts'

/** `47 min left`, or `expired`. */
export function remainingText(expiresAt: string | Date, now: number): string {
  const seconds = (new Date(expiresAt).getTime() - now) / 1000
  return seconds > 0 ? `${formatRemaining(seconds)} left` : 'expired'
}

/** `14:32`, with the date in front when it is another day; in local time. */
export function clockText(time: string | Date, now: number): string {
  const date = new Date(time)
  const two = (value: number) => String(value).padStart(2, '0')
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}`
  if (date.toDateString() === new Date(now).toDateString()) return clock
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clock}`
}
