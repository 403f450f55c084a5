/**
 * What the doctor finds. Asked for by opening the page and by its button, not by whatever changes elsewhere: all checks
 * together take a while, and start the AWS CLI.
 */
import { useEffect, useEffectEvent, useState } from 'react'
import type { DoctorFindings } from '#shared/doctor.ts'
import type { HallpassError } from '#shared/errors.ts'
import { call } from '../bridge.ts'
import { useQueue } from '../hooks/use-queue.ts'

export function useFindings(): {
  /** Undefined before the first answer. */
  findings: DoctorFindings | undefined
  checking: boolean
  failure: HallpassError | null
  /** What was asked of AWS once is asked again. */
  check: (options?: { askAws: boolean }) => Promise<void>
} {
  const [findings, setFindings] = useState<DoctorFindings>()
  const { busy, failure, run } = useQueue()
  const [askedAws, setAskedAws] = useState(false)
  const check = ({ askAws } = { askAws: askedAws }): Promise<void> =>
    run(async () => {
      setFindings(await call('doctor.check', { askAws }))
      setAskedAws(askAws)
    })
  const begin = useEffectEvent(() => void check())
  useEffect(() => begin(), [])
  return { findings, checking: busy, failure, check }
}
