/** Secrets that main has read from a file wait here, never in the renderer, until they are used or ten minutes are over. */
import { randomUUID } from 'node:crypto'
import { HallpassError } from '#shared/errors.ts'

const DRAFT_LIFETIME_MS = 10 * 60 * 1000

export interface Drafts<T> {
  /** @returns the draft's id */
  keep(content: T): string
  /** It stays until `forget`. @throws `input.invalid` when it is gone */
  take(draftId: string): T
  forget(draftId: string): void
  forgetAll(): void
}

/** Keeps drafts in memory. */
export function createDrafts<T>(): Drafts<T> {
  const drafts = new Map<string, T>()
  return {
    keep(content) {
      const draftId = randomUUID()
      drafts.set(draftId, content)
      setTimeout(() => drafts.delete(draftId), DRAFT_LIFETIME_MS).unref()
      return draftId
    },
    take(draftId) {
      const content = drafts.get(draftId)
      if (content !== undefined) return content
      throw new HallpassError('input.invalid', 'This file was read too long ago.', { hint: 'Choose it again.' })
    },
    forgetAll: () => drafts.clear(),
    forget: (draftId) => {
      drafts.delete(draftId)
    },
  }
}
