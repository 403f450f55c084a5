/** Why the keys that open the palette from anywhere are not in force. */
import { useQuery } from '@tanstack/react-query'
import { call } from '../bridge.ts'

export function useShortcutProblem(): string | undefined {
  const state = useQuery({
    queryKey: ['settings.shortcut-state'],
    queryFn: () => call('settings.shortcut-state', undefined),
  })
  return state.data?.problem?.message
}
