/** Comparing what different readers see, although each has its own form for nested blocks and empty values. */
import type { FileReading, Values } from '../readers/types.ts'

/** The kinds of section a reading tells apart. */
export const SECTION_MAPS = ['profiles', 'ssoSessions', 'services'] as const

/**
 * Values in one form for all readers: a nested block as `key.inner`, which is how the JS SDK has it. An empty value
 * counts as none: the JS SDK drops it, and no SDK does anything with one.
 */
export function flatten(values: Values): Map<string, string> {
  const flat = new Map<string, string>()
  const put = (key: string, value: string) => {
    if (value !== '') flat.set(key, value)
  }
  for (const [key, value] of values) {
    if (typeof value !== 'string') for (const [inner, text] of value) put(`${key}.${inner}`, text)
    else if (!value.startsWith('\n')) put(key, value)
    else {
      for (const line of value.slice(1).split('\n')) {
        const equals = line.indexOf('=')
        put(`${key}.${line.slice(0, equals).trim()}`, line.slice(equals + 1).trim())
      }
    }
  }
  return flat
}

export function isEqual(one: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): boolean {
  if (one.size !== other.size) return false
  for (const [key, value] of one) if (other.get(key) !== value) return false
  return true
}

const NOTHING: Values = new Map()

/**
 * Whether an edit changed nothing for a reader except towards AWS's cross-SDK rules: each value is the one it was, or
 * is now the one those rules give. A reader that rejected the file had nothing to lose.
 * @param rules what the cross-SDK rules see after the edit
 */
export function changedOnlyTowards(rules: FileReading, before: FileReading, after: FileReading): boolean {
  if (before.rejected) return true
  if (after.rejected) return false
  for (const map of SECTION_MAPS) {
    for (const name of new Set([...before[map].keys(), ...after[map].keys()])) {
      const was = before[map].get(name)
      const is = after[map].get(name)
      if (was === undefined && is === undefined) continue
      const [old, now] = [flatten(was ?? NOTHING), flatten(is ?? NOTHING)]
      if (isEqual(old, now)) continue
      // A section that the rules do not know may be one that they will, once its header is repaired.
      const known = rules[map].get(name)
      if (!known || rules.rejected) return false
      const ruled = flatten(known)
      for (const key of new Set([...old.keys(), ...now.keys()])) {
        if (now.get(key) !== old.get(key) && now.get(key) !== ruled.get(key)) return false
      }
    }
  }
  return true
}

/** Whether a reader sees everything it saw, unchanged; more may have come. */
export function keepsAll(before: FileReading, after: FileReading): boolean {
  if (before.rejected) return true
  if (after.rejected) return false
  for (const map of SECTION_MAPS) {
    for (const [name, values] of before[map]) {
      const now = after[map].get(name)
      if (!now || !isEqual(flatten(values), flatten(now))) return false
    }
  }
  return true
}
