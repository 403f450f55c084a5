/** Runs what is asked for one after another, where several buttons change the same thing: none of them is pressed in vain. */
import { useRef, useState } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import { toHallpassError } from '../bridge.ts'

export function useQueue(): {
  /** Something is under way, or waits for its turn. */
  busy: boolean
  /** What went wrong since something was asked for last. */
  failure: HallpassError | null
  /** Never rejects: what goes wrong becomes `failure`. @returns once this, and all that was asked for before it, is over */
  run: (work: () => Promise<void>) => Promise<void>
} {
  const [waiting, setWaiting] = useState(0)
  const [failure, setFailure] = useState<HallpassError | null>(null)
  const last = useRef(Promise.resolve())
  return {
    busy: waiting > 0,
    failure,
    run: (work) => {
      setWaiting((count) => count + 1)
      setFailure(null)
      last.current = last.current
        .then(work)
        .catch((error: unknown) => setFailure(toHallpassError(error)))
        .finally(() => setWaiting((count) => count - 1))
      return last.current
    },
  }
}
