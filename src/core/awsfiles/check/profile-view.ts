/** One profile with the place of each of its keys, as AWS's cross-SDK rules merge it (AWS facts A.4). */
import type { FileKind, ReaderName, Values } from '../readers/types.ts'
import { partsByProfile, READER_NAMES } from './file-state.ts'
import type { CheckInput, FileState, Finding } from './types.ts'

export interface PlacedValue {
  readonly value: string
  readonly kind: FileKind
  /** Counted from 1. */
  readonly line: number
}

export interface ProfileView {
  readonly name: string
  /** Non-empty plain values by key; the credentials file wins. */
  readonly merged: ReadonlyMap<string, PlacedValue>
  readonly byFile: Readonly<Record<FileKind, ReadonlyMap<string, PlacedValue>>>
}

/** Looks at one profile. */
export type ProfileRule = (profile: ProfileView, input: CheckInput) => Finding[]

/** Every profile of both files, read by the first reader that takes them. */
export function profileViews({ config, credentials }: CheckInput): ProfileView[] {
  const reader = firstAccepting({ config, credentials })
  if (!reader) return []
  const inConfig = placedValues(config, reader)
  const inCredentials = placedValues(credentials, reader)
  return [...new Set([...inConfig.keys(), ...inCredentials.keys()])].map((name) => {
    const byFile = { config: inConfig.get(name) ?? new Map(), credentials: inCredentials.get(name) ?? new Map() }
    return { name, byFile, merged: new Map([...byFile.config, ...byFile.credentials]) }
  })
}

/** The first reader that takes both files. */
export function firstAccepting({
  config,
  credentials,
}: Pick<CheckInput, 'config' | 'credentials'>): ReaderName | undefined {
  return READER_NAMES.find((name) => !config.readings[name].rejected && !credentials.readings[name].rejected)
}

function placedValues(file: FileState, reader: ReaderName): Map<string, Map<string, PlacedValue>> {
  const parts = partsByProfile(file)
  const place = (name: string, values: Values): Map<string, PlacedValue> => {
    const lines = new Map<string, number>()
    for (const part of parts.get(name) ?? []) for (const { key, line } of part.properties) lines.set(key, line + 1)
    const placed = new Map<string, PlacedValue>()
    for (const [key, value] of values) {
      if (typeof value !== 'string' || value === '') continue
      placed.set(key, { value, kind: file.kind, line: lines.get(key) ?? parts.get(name)?.[0]?.line ?? 0 })
    }
    return placed
  }
  return new Map([...file.readings[reader].profiles].map(([name, values]) => [name, place(name, values)]))
}
