/**
 * What main knows, as queries. Nothing here is a secret: the contract lets none through.
 * Main says when something changed, so nothing polls.
 */
import { QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { IdentityDetail } from '#shared/identities.ts'
import type { AppInfo, RoleDetail } from '#shared/ipc.ts'
import type { RoleRow, RoleTotals } from '#shared/role-list.ts'
import type { Settings } from '#shared/settings.ts'
import { call } from '../bridge.ts'
import { untilIdle } from '../lib/first-list.ts'
import { refreshAll, refreshBreakGlass, refreshLists } from '../lib/refresh.ts'
import { RoleListCopy, type RoleListState } from '../lib/role-copy.ts'

const ROLE_LIST = ['role list']

/** Local calls: no retry hides a failure, and being offline does not stop them. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: 5_000 } },
  })
}

export function useAppInfo(): UseQueryResult<AppInfo> {
  return useQuery({ queryKey: ['app.info'], queryFn: () => call('app.info', undefined) })
}

/** The person's settings, here before the rest of `app.info`, which asks the keychain. */
export function useSettings(info: AppInfo | undefined): Settings | undefined {
  const settings = useQuery({ queryKey: ['settings.get'], queryFn: () => call('settings.get', undefined) })
  return settings.data ?? info?.settings
}

export function useIdentities(): UseQueryResult<IdentityDetail[]> {
  return useQuery({ queryKey: ['identities.list'], queryFn: () => call('identities.list', undefined) })
}

/** Set with the window's client; there is one of each. */
let roleList: RoleListCopy | undefined

function useRoleList<T>(select: (state: RoleListState) => T): UseQueryResult<T> {
  const client = useQueryClient()
  return useQuery({
    queryKey: ROLE_LIST,
    queryFn: () => {
      roleList ??= new RoleListCopy(
        {
          start: () => call('roles.start-list', undefined),
          page: (after) => call('roles.page', { after }),
          changes: (since) => call('roles.changes', { since }),
        },
        untilIdle,
        (state) => client.setQueryData(ROLE_LIST, state),
      )
      return roleList.refresh()
    },
    select,
    // Compared row by row, 50,000 would cost more than they are worth: each change comes as a new array.
    structuralSharing: false,
  })
}

/**
 * All roles by name, ignoring case. In a long list the first rows come at once and the others within seconds:
 * `useRoleTotals` tells how many there are, and whether all are here.
 */
export function useRoles(): UseQueryResult<RoleRow[]> {
  return useRoleList(rowsOf)
}

/** How many roles and accounts there are, and whether `useRoles` has all of them yet. */
export function useRoleTotals(): RoleTotals & { readonly complete: boolean } {
  return useRoleList(totalsOf).data ?? { roles: 0, accounts: 0, complete: false }
}

const rowsOf = (state: RoleListState) => state.rows
const totalsOf = ({ totals, complete }: RoleListState) => ({ ...totals, complete })

/** @param name null asks nothing */
export function useRoleDetail(name: string | null): UseQueryResult<RoleDetail> {
  return useQuery({
    queryKey: ['roles.show', name],
    queryFn: () => call('roles.show', { name: name ?? '' }),
    enabled: name !== null,
    // A renamed or changed role keeps its pane while the answer is under way.
    placeholderData: (previous) => (previous?.role.name === name ? previous : undefined),
  })
}

/** Asks again whenever main reports a change, here or through the command line. Mount once. */
export function useStateChanges(): void {
  const client = useQueryClient()
  useEffect(() => window.hallpass.on('state.changed', () => void refreshLists(client)), [client])
  useEffect(() => window.hallpass.on('breakglass.changed', () => void refreshBreakGlass(client)), [client])
}

/** Asks everything but break-glass again and waits for the answers, so that what follows shows the state that is. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient()
  return () => refreshLists(client)
}

/** The same with break-glass, for what changes it. */
export function useRefreshAll(): () => Promise<void> {
  const client = useQueryClient()
  return () => refreshAll(client)
}
