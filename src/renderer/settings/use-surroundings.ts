/** Where things are on this computer. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { Surroundings } from '#shared/ipc.ts'
import { call } from '../bridge.ts'

export function useSurroundings(): UseQueryResult<Surroundings> {
  return useQuery({ queryKey: ['settings.surroundings'], queryFn: () => call('settings.surroundings', undefined) })
}
