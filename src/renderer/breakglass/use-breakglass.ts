/** What is sealed, what is open in this app, and what was interrupted. */
import { useQuery } from '@tanstack/react-query'
import { call } from '../bridge.ts'
import { BREAKGLASS } from '../lib/refresh.ts'

export function useBreakGlass() {
  return useQuery({ queryKey: BREAKGLASS, queryFn: () => call('breakglass.list', undefined) })
}
