/** The `--duration` option, and others like it. */
import { parseDuration } from '#shared/duration.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Invocation } from '../invocation.ts'

/** @returns seconds, or `undefined` when the option is absent. @throws `usage.invalid` */
export function readDuration(invocation: Invocation, option = 'duration'): number | undefined {
  const text = invocation.text(option)
  if (text === undefined) return undefined
  const seconds = parseDuration(text)
  if (seconds !== undefined) return seconds
  throw new HallpassError('usage.invalid', `${text} is not a duration.`, {
    hint: 'Write it as 1h, 90m, 1h30m or a number of seconds.',
  })
}
