/** What the window shows: nothing yet, the lock, a failure, the first run, or the app. */
import { useEffect, useMemo, useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import { toHallpassError } from './bridge.ts'
import { FailedScreen } from './components/notice.tsx'
import { Toasts } from './components/toast.tsx'
import { AppFrame } from './frame/app-frame.tsx'
import { DamageBanner } from './frame/damage-banner.tsx'
import { OutsideRequests } from './frame/outside-requests.tsx'
import { VaultBanner } from './frame/vault-banner.tsx'
import { KeyWaysContext } from './hooks/key-ways.ts'
import { RoleActionsProvider } from './hooks/role-actions.tsx'
import { useAppInfo, useIdentities, useRefresh, useRoles, useStateChanges } from './hooks/use-data.ts'
import { FirstRun } from './lazy.tsx'
import { LockScreen } from './lock/lock-screen.tsx'
import { useLocked, useLockKey } from './lock/use-lock.ts'
import { MfaPrompts } from './mfa/mfa-prompts.tsx'
import { News } from './news/news.tsx'

const NO_ROLES = [] as const

export function App() {
  const info = useAppInfo().data
  const locked = useLocked()

  const theme = info?.settings.theme ?? 'system'
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])

  const mac = info?.platform === 'darwin'
  const singleKeys = info?.settings.singleKeys ?? true
  const keyWays = useMemo(() => ({ mac, singleKeys }), [mac, singleKeys])

  if (locked === undefined) return null
  return locked ? (
    <LockScreen info={info} />
  ) : (
    <KeyWaysContext value={keyWays}>
      <Unlocked info={info} />
    </KeyWaysContext>
  )
}

function Unlocked({ info }: { info: AppInfo | undefined }) {
  useStateChanges()
  useLockKey(info?.platform === 'darwin')
  const refresh = useRefresh()
  const identities = useIdentities()
  const roles = useRoles()
  // The dialog that added the first key has a last page: it must not go with the screen that opened it.
  const [adding, setAdding] = useState(false)

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
          <OutsideRequests roles={NO_ROLES} onShowRole={() => {}} />
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
