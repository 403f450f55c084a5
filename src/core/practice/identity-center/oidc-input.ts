/** The JSON bodies that the OIDC service takes. */
import type { z } from 'zod'
import { oidcRefusal } from './oidc-refusal.ts'

/** `undefined` for what is no JSON: then every field is missing. */
export function parseBody(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'))
  } catch {
    return undefined
  }
}

/** @throws Refusal InvalidRequestException, which names the first field that is wrong */
export function readInput<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  throw oidcRefusal('InvalidRequest', `Invalid ${parsed.error.issues[0]?.path.join('.') || 'request'}`)
}
