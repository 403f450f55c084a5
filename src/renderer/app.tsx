/** What the window shows: nothing yet, a failure, the first run, or the app. */
import { useEffect, useState } from 'react'
import { toHallpassError } from './bridge.ts'
import { FailedScreen } from './components/notice.tsx'
import { Toasts } from './components/toast.tsx'
import { FirstRun } from './first-run/first-run.tsx'
import { AppFrame } from './frame/app-frame.tsx'
import { DamageBanner } from './frame/damage-banner.tsx'
import { VaultBanner } from './frame/vault-banner.tsx'
import { RoleActionsProvider } from './hooks/role-actions.tsx'
import { useAppInfo, useIdentities, useRefresh, useRoles, useStateChanges } from './hooks/use-data.ts'
import { MfaPrompts } from './mfa/mfa-dialog.tsx'
import { News } from './news/news.tsx'

export function App() {
  useStateChanges()
  const refresh = useRefresh()
  const info = useAppInfo().data
  const identities = useIdentities()
  const roles = useRoles()
  // The dialog that added the first key has a last page: it must not go with the screen that opened it.
  const [adding, setAdding] = useState(false)

  const theme = info?.settings.theme ?? 'system'
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])

  if (identities.isError && identities.data === undefined) {
    return <FailedScreen error={toHallpassError(identities.error)} onRetry={() => void refresh()} />
  }
  if (identities.data === undefined) return null
  const empty = identities.data.length === 0 && roles.data?.length === 0
  return (
    <RoleActionsProvider>
      {empty || adding ? (
        <>
          <DamageBanner damage={info?.damage} onRead={() => void refresh()} />
          <VaultBanner vault={info?.vault} onRetry={() => void refresh()} />
          <FirstRun info={info} onAdding={setAdding} />
        </>
      ) : (
        <AppFrame info={info} roles={roles.data ?? []} identities={identities.data} />
      )}
      <MfaPrompts roles={roles.data ?? []} />
      <News info={info} />
      <Toasts />
    </RoleActionsProvider>
  )
}
