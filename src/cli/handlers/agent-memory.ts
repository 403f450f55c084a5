/**
 * Keeps the agent small. It waits most of its life and computes little, so memory counts for more than speed: without
 * compiled code and with a young generation that stays small, a thousand sessions take less than half the room.
 * To be called before the rest of Hallpass is loaded; V8 takes these switches at run time.
 */
import { setFlagsFromString } from 'node:v8'

const SWITCHES = [
  '--no-opt',
  '--no-maglev',
  '--no-sparkplug',
  '--optimize-for-size',
  '--semi-space-growth-factor=1',
  // What a burst of sessions leaves behind goes back to the system.
  '--heap-growing-percent=10',
  '--compact-on-every-full-gc',
]

export function saveMemory(): void {
  for (const each of SWITCHES) setFlagsFromString(each)
}
