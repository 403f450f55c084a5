/** What the pass and its parts are given. */

import type { MfaSource } from '#shared/identities.ts'
import type { AppInfo, RoleDetail } from '#shared/ipc.ts'
import type { RoleActivity, Shell } from '../hooks/role-actions.tsx'
import type { SessionView } from '../lib/session-view.ts'
import type { PaneActions } from './use-pane-actions.ts'

export interface PassProps {
  readonly detail: RoleDetail
  readonly info: AppInfo | undefined
  /** Where the codes of the identity at its start come from. */
  readonly mfaSource: MfaSource | undefined
  readonly shell: Shell
  readonly onShell: (shell: Shell) => void
  readonly now: number
  readonly pane: PaneActions
  readonly onEdit: () => void
  readonly onRemove: () => void
  /** Selects another role, such as a duplicate that was just made. */
  readonly onSelect: (name: string) => void
  /** Goes to the identities. */
  readonly onIdentities: () => void
  readonly onDialog: (dialog: 'account' | 'duplicate' | 'end-all') => void
}

/** With what its session looks like right now. */
export type PassStateProps = PassProps & { readonly view: SessionView; readonly activity: RoleActivity }
