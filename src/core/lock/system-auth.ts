/** The operating system's own way to make sure that the person is there; the keychain is asked in any case. */
import type { UnlockMethod } from '#shared/ipc/lock.ts'

export interface SystemAuth {
  /** What it would ask with now; null where there is nothing, such as a laptop with its lid closed. */
  method(): Promise<UnlockMethod | null>
  /** Asks. @throws `cancelled` when the person leaves, `unlock.refused` when it was not them or nobody could be asked */
  confirm(): Promise<void>
}
