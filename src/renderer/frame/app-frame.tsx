/** The window once there is something in it: sidebar, the section in view, and what floats above both. */
import { useEffect, useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import type { IdentityDetail, RoleRow } from '#shared/models.ts'
import type { Settings } from '#shared/settings.ts'
import { call } from '../bridge.ts'
import { useCommands } from '../hooks/use-commands.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { AddIdentity } from '../identities/add-identity.tsx'
import { isLive } from '../lib/session-view.ts'
import { PracticeBanner } from '../practice/practice-banner.tsx'
import { RoleDialog } from '../roles/role-dialog.tsx'
import { strings } from '../strings.ts'
import { DamageBanner } from './damage-banner.tsx'
import { ExpiryAnnouncer } from './expiry-announcer.tsx'
import { ExpiryToasts } from './expiry-toasts.tsx'
import { KeysDialog } from './keys-dialog.tsx'
import { focusNextRegion } from './regions.ts'
import { SectionScreen } from './section-screen.tsx'
import { type Section, Sidebar } from './sidebar.tsx'
import { VaultBanner } from './vault-banner.tsx'

export function AppFrame(props: {
  info: AppInfo | undefined
  roles: readonly RoleRow[]
  identities: readonly IdentityDetail[]
}) {
  const { info, roles, identities } = props
  const [section, setSection] = useState<Section>('roles')
  const [selected, setSelected] = useState<string | null>(null)
  const [dialog, setDialog] = useState<'add-role' | 'add-identity' | 'keys' | null>(null)
  const now = useNow()
  const refresh = useRefresh()
  const mac = info?.platform === 'darwin'
  const close = (): void => setDialog(null)
  const showRole = (name: string): void => {
    setSection('roles')
    setSelected(name)
  }

  useWindowIdle()
  useCommands(mac, (command) => {
    switch (command) {
      case 'roles':
      case 'sessions':
      case 'breakglass':
      case 'identities':
      case 'activity':
      case 'settings':
        setSection(command)
        return true
      case 'add':
        setDialog('add-role')
        return true
      case 'keys':
        setDialog('keys')
        return true
      case 'region':
        return focusNextRegion()
      default:
        return false
    }
  })

  const setTheme = async (theme: Settings['theme']): Promise<void> => {
    await call('settings.change', { theme })
    await refresh()
  }

  const production = roles.some((role) => role.environment === 'prod' && isLive(role, now))
  const taken = [...identities, ...roles].map((one) => one.name)
  return (
    <div className={production ? 'app app--prod' : 'app'}>
      <Sidebar
        info={info}
        section={section}
        onSection={setSection}
        onTheme={(theme) => void setTheme(theme)}
        onShowRole={showRole}
        roles={roles}
        identities={identities}
      />
      <main className="main">
        <PracticeBanner info={info} />
        <DamageBanner damage={info?.damage} onRead={() => void refresh()} />
        <VaultBanner vault={info?.vault} onRetry={() => void refresh()} />
        <SectionScreen
          section={section}
          info={info}
          roles={roles}
          identities={identities}
          selected={selected}
          onSelect={setSelected}
          onAddRole={() => setDialog('add-role')}
          onAddIdentity={() => setDialog('add-identity')}
          onSection={setSection}
          onShowRole={showRole}
        />
      </main>
      {dialog === 'add-role' && <RoleDialog roles={roles} identities={identities} onClose={close} onSaved={showRole} />}
      {dialog === 'add-identity' && (
        <AddIdentity
          start={{ kind: 'paste' }}
          taken={taken}
          vaultName={strings.vault.name[info?.vault.kind ?? 'keychain']}
          onClose={close}
        />
      )}
      {dialog === 'keys' && <KeysDialog mac={mac} onClose={close} />}
      <ExpiryAnnouncer roles={roles} />
      <ExpiryToasts roles={roles} />
    </div>
  )
}

/** A selection looks quieter while another window has the focus. */
function useWindowIdle(): void {
  useEffect(() => {
    const mark = (): void => {
      document.documentElement.toggleAttribute('data-idle', !document.hasFocus())
    }
    mark()
    window.addEventListener('focus', mark)
    window.addEventListener('blur', mark)
    return () => {
      window.removeEventListener('focus', mark)
      window.removeEventListener('blur', mark)
    }
  }, [])
}
