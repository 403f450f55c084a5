/** The section in view. */
import type { AppInfo } from '#shared/ipc.ts'
import type { IdentityDetail, RoleRow } from '#shared/models.ts'
import { ActivityScreen } from '../activity/activity-screen.tsx'
import { BreakGlassScreen } from '../breakglass/breakglass-screen.tsx'
import { DoctorScreen } from '../doctor/doctor-screen.tsx'
import { IdentitiesScreen } from '../identities/identities-screen.tsx'
import { RolesScreen } from '../roles/roles-screen.tsx'
import { SessionsScreen } from '../sessions/sessions-screen.tsx'
import { SettingsScreen } from '../settings/settings-screen.tsx'
import type { Section } from './sidebar.tsx'

/** What every screen may use. */
export interface ScreenProps {
  readonly info: AppInfo | undefined
  readonly roles: readonly RoleRow[]
  readonly identities: readonly IdentityDetail[]
  /** The role that is selected in the list, shared by all screens. */
  readonly selected: string | null
  readonly onSelect: (name: string) => void
  readonly onAddRole: () => void
  readonly onAddIdentity: () => void
  readonly onSection: (section: Section) => void
  /** Goes to the roles and selects one. */
  readonly onShowRole: (name: string) => void
}

export function SectionScreen({ section, ...props }: ScreenProps & { section: Section }) {
  switch (section) {
    case 'roles':
      return <RolesScreen {...props} onAdd={props.onAddRole} />
    case 'sessions':
      return <SessionsScreen {...props} />
    case 'breakglass':
      return <BreakGlassScreen {...props} />
    case 'identities':
      return <IdentitiesScreen {...props} onAdd={props.onAddIdentity} />
    case 'activity':
      return <ActivityScreen {...props} />
    case 'settings':
      return <SettingsScreen {...props} />
    case 'doctor':
      return <DoctorScreen {...props} />
  }
}
