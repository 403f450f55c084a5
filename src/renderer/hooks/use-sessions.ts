/** Every live and remembered session. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { SessionSummary } from '#shared/sessions.ts'
import { call } from '../bridge.ts'

export function useSessions(): UseQueryResult<SessionSummary[]> {
  return useQuery({ queryKey: ['sessions.list'], queryFn: () => call('sessions.list', undefined) })
}
