/** Results for what is typed, as roles are indexed and sessions change. */

import { useQuery } from '@tanstack/react-query'
import { useMemo, useSyncExternalStore } from 'react'
import type { IdentityDetail } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { call } from '../bridge.ts'
import { isLive } from '../lib/session-view.ts'
import { frecency } from './frecency.ts'
import { answer, type Question, type Results } from './results.ts'
import { feedRoles, onRolesIndexed, roleIndex } from './role-feed.ts'

/** Reads what is used often, once an opening, and lets the index know. */
function useHabits(): ReadonlyMap<string, number> {
  const habits = useQuery({
    queryKey: ['habits.list'],
    queryFn: () => call('habits.list', undefined),
    staleTime: 0,
  }).data
  return useMemo(() => {
    const now = Date.now()
    roleIndex.setUses(new Map(habits?.roles.map((use) => [use.name, frecency(use, now)])))
    return new Map(habits?.choices.map((use) => [use.id, frecency(use, now)]))
  }, [habits])
}

export function useResults(
  question: Question,
  sources: {
    readonly roles: readonly RoleRow[]
    readonly identities: readonly IdentityDetail[]
    readonly selected: RoleRow | null
    readonly shell: string
  },
): Results & { readonly isReading: boolean } {
  const { query, scope, isWhole } = question
  const { roles, identities, selected, shell } = sources
  const chosen = useHabits()
  useMemo(() => feedRoles(roles), [roles])
  // Once for each change of the list, and not for each key.
  const live = useMemo(() => roles.filter((role) => isLive(role, Date.now())).length, [roles])
  const version = useSyncExternalStore(onRolesIndexed, () => roleIndex.version)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for what is in the index
  const results = useMemo(
    () =>
      answer(
        { query, scope, isWhole },
        { index: roleIndex, roles, live, identities, selected, chosen, shell, now: Date.now() },
      ),
    [query, scope, isWhole, roles, live, identities, selected, chosen, shell, version],
  )
  return { ...results, isReading: roleIndex.isBehind }
}
