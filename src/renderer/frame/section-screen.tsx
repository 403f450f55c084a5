/** The section in view. */

import type { IdentityDetail } from '#shared/identities.ts'
import type { AppInfo } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import {
  ActivityScreen,
  BreakGlassScreen,
  DoctorScreen,
  IdentitiesScreen,
  SessionsScreen,
  SettingsScreen,
} from '../lazy.tsx'
import type { CenterStart, NewIdentityKind } from '../lib/identity-dialogs.ts'
import { RolesScreen } from '../roles/roles-screen.tsx'
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
  readonly onAddIdentity: (kind: NewIdentityKind) => void
  /** Signs in to Identity Center, or reads its roles. */
  readonly onCenter: (start: CenterStart) => void
  /** Moves in from elsewhere. */
  readonly onImport: () => void
  readonly onSection: (section: Section) => void
  /** Goes to the roles and selects one. */
  readonly onShowRole: (name: string) => void
  /** The role or identity whose activity alone is shown. */
  readonly activityOf: string | null
  /** Goes to the activity of one role or identity. */
  readonly onShowActivity: (name: string) => void
}

export function SectionScreen({ section, ...props }: ScreenProps & { section: Section }) {
  switch (section) {
    case 'roles':
      return <RolesScreen {...props} onAdd={props.onAddRole} onIdentities={() => props.onSection('identities')} />
    case 'sessions':
      return <SessionsScreen {...props} />
    case 'breakglass':
      return <BreakGlassScreen {...props} />
    case 'identities':
      return <IdentitiesScreen {...props} />
    case 'activity':
      return <ActivityScreen key={props.activityOf} {...props} />
    case 'settings':
      return <SettingsScreen {...props} />
    case 'doctor':
      return <DoctorScreen {...props} />
  }
}
