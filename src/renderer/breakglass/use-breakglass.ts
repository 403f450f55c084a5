/** What is sealed, what is open in this app, and what was interrupted. */
import { useQuery } from '@tanstack/react-query'
import { call } from '../bridge.ts'

export function useBreakGlass() {
  return useQuery({ queryKey: ['breakglass.list'], queryFn: () => call('breakglass.list', undefined) })
}
