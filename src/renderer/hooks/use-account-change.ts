/** Changing an account, from wherever it is shown. */
import type { AccountChange } from '#shared/accounts.ts'
import { call } from '../bridge.ts'
import { useBusy } from './use-busy.ts'
import { useRefresh } from './use-data.ts'

export function useAccountChange() {
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  return {
    busy,
    failure,
    /** @param then once it is done and shown */
    change: (accountId: string, change: AccountChange, then?: () => void): void =>
      void run(async () => {
        await call('accounts.change', { accountId, change })
        await refresh()
        then?.()
      }),
  }
}
