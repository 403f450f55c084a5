/** Names from files of other programs: shown, and given to those programs again, only if they are one plain line. */

/** Of each list: more are no person's. */
export const MOST_PROFILES = 200

/** The name as it can be shown, or `undefined` for what is no name. */
export function plainName(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const name = value.trim()
  return name !== '' && name.length <= 256 && /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u.test(name) ? name : undefined
}

/** The value as an object, or `undefined`: JSON of other programs may be anything. */
export function asObject(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

/** @returns `undefined` for text that is no JSON */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
