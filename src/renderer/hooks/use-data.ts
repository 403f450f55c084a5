/**
 * What main knows, as queries. Nothing here is a secret: the contract lets none through.
 * Main says when something changed, so nothing polls.
 */
import { QueryClient, type UseQueryResult, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { AppInfo, RoleDetail } from '#shared/ipc.ts'
import type { IdentityDetail, RoleRow } from '#shared/models.ts'
import { call } from '../bridge.ts'

/** Local calls: no retry hides a failure, and being offline does not stop them. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: false, networkMode: 'always', staleTime: 5_000 } },
  })
}

export function useAppInfo(): UseQueryResult<AppInfo> {
  return useQuery({ queryKey: ['app.info'], queryFn: () => call('app.info', undefined) })
}

export function useIdentities(): UseQueryResult<IdentityDetail[]> {
  return useQuery({ queryKey: ['identities.list'], queryFn: () => call('identities.list', undefined) })
}

export function useRoles(): UseQueryResult<RoleRow[]> {
  return useQuery({ queryKey: ['roles.list'], queryFn: () => call('roles.list', undefined) })
}

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
  useEffect(() => window.hallpass.on('state.changed', () => void client.invalidateQueries()), [client])
}

/** Asks everything again and waits for the answers, so that what follows shows the state that is. */
export function useRefresh(): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries()
}
