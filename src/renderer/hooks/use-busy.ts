/** Runs one thing at a time and keeps what went wrong, for a dialog's main button. */
import { useState } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import { toHallpassError } from '../bridge.ts'

export function useBusy(): {
  busy: boolean
  failure: HallpassError | null
  setFailure: (failure: HallpassError | null) => void
  /** Never rejects: what goes wrong becomes `failure`. */
  run: (work: () => Promise<void>) => Promise<void>
} {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<HallpassError | null>(null)
  return {
    busy,
    failure,
    setFailure,
    run: async (work) => {
      if (busy) return
      setBusy(true)
      setFailure(null)
      try {
        await work()
      } catch (error) {
        setFailure(toHallpassError(error))
      } finally {
        setBusy(false)
      }
    },
  }
}
