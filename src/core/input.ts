/** Turns what a person typed into a valid record, or into one error that names the field and the rule. */
import type { z } from 'zod'
import { HallpassError } from '#shared/errors.ts'

/**
 * Parses `input` with `schema`.
 * @throws HallpassError `input.invalid` whose message is the first rule that failed, with the field's name
 */
export function parseInput<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const field = issue?.path.map((part) => fieldWords(String(part))).join(', ') ?? ''
  const message = issue?.message ?? 'The input is not valid.'
  throw new HallpassError('input.invalid', field ? `${field}: ${message}` : message)
}

/** `durationSeconds` as a person says it: the unit is the schema's business. */
function fieldWords(name: string): string {
  return name.replace(/Seconds$/, '').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}
