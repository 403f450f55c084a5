/** What the pane does beyond the actions every place has: pins, renewal, the default profile, the role's own settings. */

import type { RoleRow } from '#shared/role-list.ts'
import type { RoleEdit } from '#shared/roles.ts'
import type { Shell } from '#shared/shell-line.ts'
import { call } from '../bridge.ts'
import { showToast } from '../components/toast.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useRefresh } from '../hooks/use-data.ts'
import { useQueue } from '../hooks/use-queue.ts'
import { strings } from '../strings.ts'

const words = strings.profileMore

export function usePaneActions(role: RoleRow) {
  const { busy, failure, run } = useQueue()
  const refresh = useRefresh()
  const actions = useRoleActions()
  const { name, profile } = role

  const setDefault = async (isDefault: boolean): Promise<void> => {
    const mode = role.profileMode ?? 'process'
    await call('profiles.write', { name, mode, makeDefault: isDefault })
    await refresh()
  }
  const edit = async (change: RoleEdit): Promise<void> => {
    await call('roles.edit', { name, edit: change })
    await refresh()
  }

  return {
    busy,
    failure,
    pin: (pinned: boolean): void =>
      void run(async () => {
        await call('roles.pin', { name, pinned })
        await refresh()
      }),
    /** With a way back. */
    makeDefault: (isDefault: boolean): void =>
      void run(async () => {
        await setDefault(isDefault)
        showToast(isDefault ? words.madeDefault(profile) : words.droppedDefault(profile), {
          label: strings.undo,
          run: () => void run(() => setDefault(!isDefault)),
        })
      }),
    copyLine: (shell: Shell): void =>
      void run(async () => {
        await call('roles.copy-profile-line', { name, shell })
        showToast(strings.copied(words.line))
      }),
    /** On is what holds unless said otherwise. */
    setRenewal: (on: boolean): void => void run(() => edit({ autoRenew: on ? null : false })),
    editThenStart: (change: RoleEdit): void =>
      void run(async () => {
        await edit(change)
        actions.start(role)
      }),
    edit: (change: RoleEdit): void => void run(() => edit(change)),
  }
}

export type PaneActions = ReturnType<typeof usePaneActions>
