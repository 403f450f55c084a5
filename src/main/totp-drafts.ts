/** Images of QR codes read in main: the seed in them waits there until it is stored. */
import { basename } from 'node:path'
import { parseTotpSeed } from '#core/mfa/totp-seed.ts'
import type { TotpDraft } from '#shared/ipc.ts'
import { createDrafts } from './drafts.ts'

export interface TotpDrafts {
  /** Reads the image at `path`. @throws `input.invalid` when it shows no TOTP seed; `file.*` */
  read(path: string): Promise<TotpDraft>
  /** The seed of a draft, which stays until `forget`. @throws `input.invalid` when it is gone */
  take(draftId: string): string
  forget(draftId: string): void
  forgetAll(): void
}

/** Keeps drafts in memory. */
export function createTotpDrafts(): TotpDrafts {
  const { keep, take, forget, forgetAll } = createDrafts<string>()
  return {
    async read(path) {
      // Loaded on demand: few ever need it.
      const { readQrFile } = await import('#core/mfa/qr-file.ts')
      const seed = await readQrFile(path)
      // Refused now, while the person still looks at the file.
      parseTotpSeed(seed)
      return { draftId: keep(seed), fileName: basename(path) }
    },
    take,
    forget,
    forgetAll,
  }
}
