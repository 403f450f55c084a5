/** Durations as people write them (`1h`, `90m`, `1h30m`, `3600`) and as Hallpass shows them. All in seconds. */

/**
 * Reads a duration such as `1h`, `90m`, `1h30m`, `45s` or a plain number of seconds.
 * @returns whole seconds, or `undefined` when the text is not a duration or is zero
 */
export function parseDuration(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase()
  if (/^\d{1,7}$/.test(trimmed)) return Number(trimmed) || undefined
  const match = /^(?:(\d{1,4})h)?(?:(\d{1,5})m)?(?:(\d{1,7})s)?$/.exec(trimmed)
  if (!match || trimmed === '') return undefined
  const [, hours = '0', minutes = '0', seconds = '0'] = match
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds) || undefined
}

/** Remaining time in the product's words: `3 h 12 min`, `47 min`, under a minute `40 s`. */
export function formatRemaining(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  if (whole < 60) return `${whole} s`
  const hours = Math.floor(whole / 3600)
  const minutes = Math.floor((whole % 3600) / 60)
  if (hours === 0) return `${minutes} min`
  return minutes === 0 ? `${hours} h` : `${hours} h ${minutes} min`
}
