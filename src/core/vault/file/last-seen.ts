/**
 * Which state of the vault file was used last. It is in the store, so a file that somebody puts back in an older state
 * does not go unnoticed, unless they put the store back as well.
 */
import { z } from 'zod'
import type { Store } from '../../store/types.ts'
import { replaced } from './errors.ts'
import type { ReadVault } from './format.ts'

const SETTING = 'vault.file-seen'
const schema = z.strictObject({ id: z.string(), revision: z.int(), proof: z.string() })
export type Seen = z.infer<typeof schema>

export interface LastSeen {
  /** To be read before the file: then the file can't be older. */
  read(): Seen | undefined
  /** Remembers a proven file, when it is newer than the one remembered. */
  note(file: ReadVault): void
  /** Remembers a proven file, whatever was before. */
  force(file: ReadVault): void
}

export function createLastSeen(store: Pick<Store, 'setting' | 'setSetting' | 'transaction'>): LastSeen {
  function read(): Seen | undefined {
    try {
      return schema.safeParse(JSON.parse(store.setting(SETTING) ?? '')).data
    } catch {
      return undefined
    }
  }
  const force = ({ id, revision, proof }: ReadVault) =>
    store.setSetting(SETTING, JSON.stringify({ id, revision, proof } satisfies Seen))
  return {
    read,
    force,
    note(file) {
      const isNewer = (seen: Seen | undefined) => !seen || (seen.id === file.id && seen.revision < file.revision)
      if (!isNewer(read())) return
      store.transaction(() => {
        if (isNewer(read())) force(file)
      })
    },
  }
}

/** For any file. @throws `vault.replaced` for another one than the one seen, or an older one */
export function checkSeen(path: string, file: ReadVault, seen: Seen | undefined): void {
  if (!seen) return
  if (file.id !== seen.id) throw replaced(path, true)
  if (file.revision < seen.revision) throw replaced(path, false)
}

/** For a proven file. @throws `vault.replaced` when it and the one seen come from the same one, each with a change of its own */
export function checkFork(path: string, file: ReadVault, seen: Seen | undefined): void {
  if (file.id === seen?.id && file.revision === seen.revision && file.proof !== seen.proof) throw replaced(path, true)
}
