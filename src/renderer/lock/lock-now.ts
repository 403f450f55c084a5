/** Locks the app at once, from wherever that is asked for. */
import { call } from '../bridge.ts'

export function lockNow(): Promise<void> {
  return call('lock.now', undefined)
}
