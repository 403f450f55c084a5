/** The window once there is something in it: sidebar, the section in view, and what floats above both. */
import { useCallback, useEffect, useState } from 'react'
import type { IdentityDetail } from '#shared/identities.ts'
import type { AppInfo } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { useCommands } from '../hooks/use-commands.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useKept } from '../hooks/use-kept.ts'
import { useNow } from '../hooks/use-now.ts'
import { AddIdentity, AddProfile, CenterDialog, EndAll, ImportDialog, KeysDialog, RoleDialog } from '../lazy.tsx'
import type { CenterStart, NewIdentityKind } from '../lib/identity-dialogs.ts'
import type { Command } from '../lib/keys.ts'
import { liveRoles } from '../lib/role-list.ts'
import { lockNow } from '../lock/lock-now.ts'
import { LazyPalette, useRoleIndexing } from '../palette/lazy-palette.tsx'
import { OpenPaletteContext } from '../palette/palette-hint.tsx'
import { useDeeds } from '../palette/use-deeds.ts'
import { PracticeBanner } from '../practice/practice-banner.tsx'
import { strings } from '../strings.ts'
import { DamageBanner } from './damage-banner.tsx'
import { ExpiryAnnouncer } from './expiry-announcer.tsx'
import { ExpiryToasts } from './expiry-toasts.tsx'
import { OutsideRequests } from './outside-requests.tsx'
import { focusRegion, keepFocusSomewhere } from './regions.ts'
import { SectionScreen } from './section-screen.tsx'
import { type Section, Sidebar } from './sidebar.tsx'
import { VaultBanner } from './vault-banner.tsx'

type FrameDialog = 'add-role' | 'add-identity' | 'add-profile' | 'import' | 'keys' | 'palette' | 'end-all' | CenterStart

export function AppFrame(props: {
  info: AppInfo | undefined
  roles: readonly RoleRow[]
  identities: readonly IdentityDetail[]
}) {
  const { info, roles, identities } = props
  // These three outlast a lock.
  const [section, setSection] = useKept<Section>('section', 'roles')
  const [selected, setSelected] = useKept<string | null>('selected', null)
  const [activityOf, setActivityOf] = useKept<string | null>('activity-of', null)
  const [dialog, setDialog] = useState<FrameDialog | null>(null)
  /** A role that is to be seen goes before what the list was filtered by: each time, the list begins anew. */
  const [reveals, setReveals] = useState(0)
  const now = useNow()
  const refresh = useRefresh()
  const mac = info?.platform === 'darwin'
  const close = (): void => setDialog(null)
  const taken = (): string[] => [...identities, ...roles].map((one) => one.name)
  const openPalette = useCallback(() => setDialog((open) => open ?? 'palette'), [])
  const goTo = (next: Section): void => {
    setActivityOf(null)
    setSection(next)
  }
  const showActivity = (name: string): void => {
    setActivityOf(name)
    setSection('activity')
  }
  const showRole = (name: string): void => {
    setSection('roles')
    setSelected(name)
  }

  const revealRole = (name: string): void => {
    showRole(name)
    setReveals((count) => count + 1)
  }
  const addIdentity = (kind: NewIdentityKind): void => {
    if (kind === 'center') setDialog({ kind: 'add' })
    else setDialog(kind === 'key' ? 'add-identity' : 'add-profile')
  }

  const runCommand = (command: Command): boolean => {
    switch (command) {
      case 'palette':
        openPalette()
        return true
      case 'roles':
      case 'sessions':
      case 'breakglass':
      case 'identities':
      case 'activity':
      case 'settings':
      case 'doctor':
        goTo(command)
        return true
      case 'add':
        setDialog('add-role')
        return true
      case 'keys':
        setDialog('keys')
        return true
      case 'lock':
        void lockNow()
        return true
      case 'region':
      case 'region-back':
        return focusRegion(command === 'region' ? 1 : -1)
      default:
        return false
    }
  }

  const hasList = roles.length > 0
  useEffect(() => {
    if (dialog !== null || !hasList) return
    // After the dialog has given the focus back, if it could; and once there is a list at all.
    const frame = requestAnimationFrame(keepFocusSomewhere)
    return () => cancelAnimationFrame(frame)
  }, [dialog, hasList])
  useWindowIdle()
  useCommands(mac, runCommand)
  useRoleIndexing(roles)
  useEffect(() => window.hallpass.on('palette.open', openPalette), [openPalette])
  const onDo = useDeeds({
    info,
    roles,
    close,
    revealRole,
    runCommand,
    addIdentity,
    openCenter: setDialog,
    moveIn: () => setDialog('import'),
    endAll: () => setDialog('end-all'),
    showActivity,
  })

  const production = liveRoles(roles, now).some((role) => role.environment === 'prod')
  return (
    <OpenPaletteContext value={openPalette}>
      <div className={production ? 'app app--prod' : 'app'}>
        <Sidebar
          info={info}
          section={section}
          onSection={goTo}
          onShowRole={showRole}
          roles={roles}
          identities={identities}
        />
        <main className="main">
          <PracticeBanner info={info} />
          <DamageBanner damage={info?.damage} onRead={() => void refresh()} />
          <VaultBanner vault={info?.vault} onRetry={() => void refresh()} />
          <SectionScreen
            key={reveals}
            section={section}
            info={info}
            roles={roles}
            identities={identities}
            selected={selected}
            onSelect={setSelected}
            onAddRole={() => setDialog('add-role')}
            onAddIdentity={addIdentity}
            onCenter={setDialog}
            onImport={() => setDialog('import')}
            onSection={goTo}
            onShowRole={showRole}
            activityOf={activityOf}
            onShowActivity={showActivity}
          />
        </main>
        {dialog === 'add-role' && (
          <RoleDialog roles={roles} identities={identities} onClose={close} onSaved={showRole} />
        )}
        {dialog === 'add-identity' && (
          <AddIdentity
            start={{ kind: 'paste' }}
            taken={taken()}
            vaultName={strings.vault.name[info?.vault.kind ?? 'keychain']}
            onClose={close}
          />
        )}
        {dialog === 'add-profile' && <AddProfile taken={taken()} onClose={close} />}
        {dialog !== null && typeof dialog === 'object' && (
          <CenterDialog
            start={dialog}
            taken={taken()}
            onClose={close}
            onShowRole={(name) => {
              close()
              revealRole(name)
            }}
          />
        )}
        {dialog === 'import' && (
          <ImportDialog vaultName={strings.vault.name[info?.vault.kind ?? 'keychain']} onClose={close} />
        )}
        {dialog === 'keys' && <KeysDialog globalShortcut={info?.settings.globalShortcut ?? null} onClose={close} />}
        {dialog === 'end-all' && <EndAll onClose={close} />}
        {dialog === 'palette' && (
          <LazyPalette
            info={info}
            roles={roles}
            identities={identities}
            selected={selected}
            onDo={onDo}
            onClose={close}
          />
        )}
        <ExpiryAnnouncer roles={roles} />
        <ExpiryToasts roles={roles} />
        <OutsideRequests roles={roles} onShowRole={showRole} />
      </div>
    </OpenPaletteContext>
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
