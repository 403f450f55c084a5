/** What the forms share: checking text against the contract's own schemas, so that every surface says the same. */
import type { z } from 'zod'
import { commonStrings } from '../strings/common.ts'

export type FieldErrors<Field extends string> = Partial<Record<Field, string>>

/** The first thing wrong with `value`, in the words of its schema; undefined when it is fine. Never echoes the value. */
export function problemWith(schema: z.ZodType, value: unknown): string | undefined {
  const result = schema.safeParse(value)
  return result.success ? undefined : (result.error.issues[0]?.message ?? commonStrings.fields.unusable)
}

/** The same for a field that may stay empty. */
export function problemWithOptional(schema: z.ZodType, text: string): string | undefined {
  return text.trim() === '' ? undefined : problemWith(schema, text.trim())
}

/** Names are unique over identities and roles together, ignoring case. `own` is the name the record has now. */
export function problemWithName(
  schema: z.ZodType,
  name: string,
  taken: readonly string[],
  own?: string,
): string | undefined {
  const same = (other: string): boolean => other.toLowerCase() === name.toLowerCase()
  if (taken.some((other) => same(other) && other !== own)) {
    return commonStrings.fields.taken(name)
  }
  return problemWith(schema, name)
}

/** Keeps the entries that say something, so that an empty record means "all fine". */
export function collectErrors<Field extends string>(
  entries: Record<Field, string | undefined>,
): FieldErrors<NoInfer<Field>> | null {
  const found = Object.entries<string | undefined>(entries).filter(([, problem]) => problem !== undefined)
  return found.length === 0 ? null : (Object.fromEntries(found) as FieldErrors<Field>)
}
