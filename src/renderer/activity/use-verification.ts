/** What the last check of the whole log found. It outlives the screen, and is made again when it has grown old. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useEffectEvent } from 'react'
import type { ActivityVerdict } from '#shared/activity.ts'
import type { HallpassError } from '#shared/errors.ts'
import { call, toHallpassError } from '../bridge.ts'

const OLD_AFTER_MS = 5 * 60 * 1000

export interface Verification {
  readonly verdict: ActivityVerdict | null
  /** Milliseconds since the epoch. */
  readonly checkedAt: number
  readonly checking: boolean
  /** Why it could not be checked. */
  readonly failure: HallpassError | null
  readonly check: () => void
}

/** @param ready false while there is something more urgent, or the vault can't be read */
export function useVerification(ready: boolean): Verification {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['activity.verify'],
    queryFn: async () => ({ verdict: await call('activity.verify', undefined), checkedAt: Date.now() }),
    // Not whenever anything changes: reading all of a long log takes seconds.
    enabled: false,
    gcTime: Number.POSITIVE_INFINITY,
  })
  const checkIfOld = useEffectEvent(() => {
    if (data === undefined || error !== null || Date.now() - data.checkedAt > OLD_AFTER_MS) void refetch()
  })
  useEffect(() => {
    if (ready) checkIfOld()
  }, [ready])
  return {
    verdict: data?.verdict ?? null,
    checkedAt: data?.checkedAt ?? 0,
    checking: isFetching,
    failure: error === null ? null : toHallpassError(error),
    check: () => void refetch(),
  }
}
