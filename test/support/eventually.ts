/** Waits for what comes true by itself. */
import { vi } from 'vitest'

/** A limit, not a wait: on a busy machine, what takes a moment alone took seconds. Milliseconds. */
const LONGEST = 20_000

/** Tries `check` until it throws no more. @throws what it throws last */
export function eventually(check: () => unknown): Promise<unknown> {
  return vi.waitFor(check, { timeout: LONGEST })
}
