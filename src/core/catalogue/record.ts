/** What Hallpass remembers of the catalogues it has taken in: where each is, and what it said last of which role. */
import { z } from 'zod'
import { catalogueSourceSchema } from '#shared/catalogue.ts'
import { nameField } from '#shared/fields.ts'
import type { Store } from '../store/types.ts'
import { managedSchema } from './managed.ts'

const recordSchema = z.object({
  name: nameField,
  source: catalogueSourceSchema,
  /** ISO 8601. */
  pulledAt: z.string(),
  /** By name in the catalogue. */
  roles: z.record(z.string(), z.object({ id: z.string(), applied: managedSchema })),
  /** What it said last of each account, by its id. */
  accounts: z.record(z.string(), z.object({ name: z.string().nullable(), environment: z.string().nullable() })),
})
export type CatalogueRecord = z.infer<typeof recordSchema>

const SETTING = 'catalogues'

type Settings = Pick<Store, 'setting' | 'setSetting' | 'transaction'>

export function listRecords(store: Pick<Store, 'setting'>): CatalogueRecord[] {
  try {
    return z.array(recordSchema).parse(JSON.parse(store.setting(SETTING) ?? '[]'))
  } catch {
    // Of another version. Its roles stay, and are the person's from now on.
    return []
  }
}

/** Puts it in the place of the one of that name. */
export function putRecord(store: Settings, record: CatalogueRecord): void {
  store.transaction(() => {
    const others = listRecords(store).filter(({ name }) => !isNamed(name, record.name))
    save(
      store,
      [...others, recordSchema.parse(record)].sort((one, other) => (one.name < other.name ? -1 : 1)),
    )
  })
}

/** @returns whether there was one */
export function removeRecord(store: Settings, name: string): boolean {
  return store.transaction(() => {
    const records = listRecords(store)
    const others = records.filter((record) => !isNamed(record.name, name))
    save(store, others)
    return others.length < records.length
  })
}

export function isNamed(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function save(store: Settings, records: readonly CatalogueRecord[]): void {
  store.setSetting(SETTING, JSON.stringify(records))
}
