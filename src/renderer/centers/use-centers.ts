/** What main knows of each sign-in to Identity Center, with what is under way. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DiscoveryProgressView } from '#shared/identity-center-view.ts'
import type { CenterView, CodeToCompare } from '#shared/ipc.ts'
import { call } from '../bridge.ts'

export function useCenters(): readonly CenterView[] | undefined {
  return useQuery({ queryKey: ['centers.state'], queryFn: () => call('centers.state', undefined) }).data
}

export function useCenter(name: string): CenterView | undefined {
  return useCenters()?.find((center) => center.name === name)
}

/** How far the reading of one is: as told since, or as it was when the state was asked. Null when none is under way. */
export function useProgress(center: CenterView | undefined): DiscoveryProgressView | null {
  const [told, setTold] = useState<DiscoveryProgressView | null>(null)
  const name = center?.name
  const isReading = center?.reading != null
  useEffect(() => {
    if (!isReading) return
    const stop = window.hallpass.on('center.progress', (progress) => {
      if (progress.name === name) setTold(progress)
    })
    return () => {
      stop()
      setTold(null)
    }
  }, [name, isReading])
  return isReading ? (told ?? center?.reading ?? null) : null
}

/** The code to compare of a sign-in that this window has asked for. */
export function useCode(name: string): CodeToCompare | null {
  const [code, setCode] = useState<CodeToCompare | null>(null)
  useEffect(
    () =>
      window.hallpass.on('center.code', (told) => {
        if (told.name === name) setCode(told)
      }),
    [name],
  )
  return code
}
