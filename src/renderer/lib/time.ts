/** Time as the screens show it. Every function takes the present as an argument, so all of them tick together. */

import { commonStrings } from '../strings/common.ts'

export { formatClock, formatHour } from '#shared/clock-time.ts'

const words = commonStrings.time
const MINUTE = 60
const HOUR = 3600
const DAY = 86_400

/** Whole seconds until `expiresAt` (ISO 8601), never below 0. `now` in milliseconds. */
export function secondsUntil(expiresAt: string, now: number): number {
  return Math.max(0, Math.floor((Date.parse(expiresAt) - now) / 1000))
}

/** The countdown of the pass: `47:12`, `3:12:05`, `00:40`. */
export function formatCountdown(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / HOUR)
  const minutes = Math.floor((seconds % HOUR) / MINUTE)
  const rest = two(seconds % MINUTE)
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${two(minutes)}:${rest}`
}

/** The countdown in words, for screen readers: `3 hours 12 minutes`. Under a minute `40 seconds`. */
export function speakRemaining(seconds: number): string {
  if (seconds < MINUTE) return words.seconds(seconds)
  const hours = Math.floor(seconds / HOUR)
  const minutes = Math.floor((seconds % HOUR) / MINUTE)
  if (hours === 0) return words.minutes(minutes)
  return minutes === 0 ? words.hours(hours) : `${words.hours(hours)} ${words.minutes(minutes)}`
}

/** How much of a session is left, 0 to 100 with one decimal; a session of unknown start counts as an hour long. */
export function ringPercent(obtainedAt: string | undefined, expiresAt: string, now: number): number {
  const end = Date.parse(expiresAt)
  const start = obtainedAt === undefined ? end - HOUR * 1000 : Date.parse(obtainedAt)
  if (end <= start) return 0
  const share = (end - now) / (end - start)
  return Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10
}

/** A day in the user's own format: `Thu 26 Nov`, with its year if that is not this one. */
export function formatDay(moment: string | number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', ...dayOptions(moment) }).format(new Date(moment))
}

/** The same without the weekday: `26 Nov`. */
export function formatShortDay(moment: string | number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, dayOptions(moment)).format(new Date(moment))
}

function dayOptions(moment: string | number): Intl.DateTimeFormatOptions {
  const isThisYear = new Date(moment).getFullYear() === new Date().getFullYear()
  return { day: 'numeric', month: 'short', ...(isThisYear ? {} : { year: 'numeric' }) }
}

/** The time of day to the second, always as wide: `14:51:20`. */
export function formatSeconds(moment: string | number, locale?: string): string {
  const two = '2-digit'
  return new Intl.DateTimeFormat(locale, { hour: two, minute: two, second: two }).format(new Date(moment))
}

/** Day, year and time to the second, with the time zone. */
export function formatMoment(moment: string | number, locale?: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'long' }).format(new Date(moment))
}

/** How long ago, numbers first: `just now`, `12 min ago`, `2 h ago`, `3 days ago`. */
export function formatAgo(moment: string, now: number): string {
  const seconds = Math.max(0, Math.floor((now - Date.parse(moment)) / 1000))
  if (seconds < MINUTE) return words.justNow
  if (seconds < HOUR) return words.minutesAgo(Math.floor(seconds / MINUTE))
  if (seconds < DAY) return words.hoursAgo(Math.floor(seconds / HOUR))
  return words.daysAgo(Math.floor(seconds / DAY))
}
