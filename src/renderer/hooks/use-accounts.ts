/** Accounts, asked for only where they are shown as such: the lists of roles carry what they need of them. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { AccountRow } from '#shared/accounts.ts'
import { call } from '../bridge.ts'

/** @param wanted false asks nothing */
export function useAccounts(wanted: boolean): UseQueryResult<AccountRow[]> {
  return useQuery({
    queryKey: ['accounts.list'],
    queryFn: () => call('accounts.list', undefined),
    enabled: wanted,
  })
}
