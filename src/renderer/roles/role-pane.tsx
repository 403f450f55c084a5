/** Everything about the selected role: its pass, what went wrong, its profile, its chain, its facts and its last day. */
import { useState } from 'react'
import { HallpassError } from '#shared/errors.ts'
import type { IdentityDetail } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { AccountQuestion } from '../accounts/account-question.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { type RoleActivity, useRoleActions } from '../hooks/role-actions.tsx'
import { useRoles } from '../hooks/use-data.ts'
import { AccountDialog, CenterDialog, EditIdentity, EndAll, RoleDialog } from '../lazy.tsx'
import type { NextStepHandlers } from '../lib/next-steps.ts'
import { strings } from '../strings.ts'
import { ChainSection } from './chain-section.tsx'
import { DaySection } from './day-section.tsx'
import { FactsSection } from './facts-section.tsx'
import { Pass } from './pass.tsx'
import type { PassProps } from './pass-props.ts'
import { ProfileSection } from './profile-section.tsx'
import { usePaneActions } from './use-pane-actions.ts'

type PaneDialog = 'account' | 'device' | 'duplicate' | 'end-all' | 'sign-in'

export function RolePane(
  props: Omit<PassProps, 'mfaSource' | 'pane' | 'onDialog'> & { identities: readonly IdentityDetail[] },
) {
  const { detail, identities, now } = props
  const { summary, account, role } = detail
  const pane = usePaneActions(summary)
  const roles = useRoles().data ?? []
  const [dialog, setDialog] = useState<PaneDialog | null>(null)
  const close = (): void => setDialog(null)
  const origin = identities.find((identity) => identity.name === detail.chain[0]?.name)
  const again = useAgain(summary, props.shell)
  const isUnknown = summary.environment === null && account.decidedBy === 'nobody'
  return (
    <aside className="pane" aria-label={summary.name} data-region="pane" tabIndex={-1}>
      <Pass {...props} mfaSource={origin?.mfaSource} pane={pane} onDialog={setDialog} />
      <Failure
        {...props}
        origin={origin}
        pane={pane}
        onDevice={() => setDialog('device')}
        onSignIn={() => setDialog('sign-in')}
        onAgain={() => again(false)}
      />
      {isUnknown && <AccountQuestion key={account.accountId} account={account} />}
      <ProfileSection detail={detail} shell={props.shell} pane={pane} />
      <ChainSection detail={detail} />
      <FactsSection detail={detail} origin={origin} pane={pane} />
      <DaySection name={role.name} now={now} />
      {dialog === 'account' && <AccountDialog account={account} onClose={close} />}
      {dialog === 'device' && origin !== undefined && (
        <EditIdentity identity={origin} taken={[...identities, ...roles].map((one) => one.name)} onClose={close} />
      )}
      {dialog === 'duplicate' && (
        <RoleDialog copyOf={role} roles={roles} identities={identities} onClose={close} onSaved={props.onSelect} />
      )}
      {dialog === 'sign-in' && origin !== undefined && (
        <CenterDialog
          start={{ kind: 'sign-in', name: origin.name, way: 'browser' }}
          taken={[]}
          onClose={close}
          onSignedIn={() => {
            close()
            again(true)
          }}
        />
      )}
      {dialog === 'end-all' && <EndAll onClose={close} />}
    </aside>
  )
}

/** What went wrong last, with what helps as buttons. */
function Failure(
  props: Omit<PassProps, 'mfaSource' | 'onDialog'> & {
    origin: IdentityDetail | undefined
    onDevice: () => void
    onSignIn: () => void
    /** The same once more. */
    onAgain: () => void
  },
) {
  const { detail, origin, pane } = props
  const { summary, role } = detail
  const actions = useRoleActions()
  const { failure } = actions.activityOf(summary.name)
  const can: NextStepHandlers = {
    chooseDevice: origin === undefined ? undefined : props.onDevice,
    editRole: props.onEdit,
    showIdentities: props.onIdentities,
    useHour: () => pane.editThenStart({ durationSeconds: 3600 }),
    // AWS gives one refusal for many causes: a code is one to try where none was sent and a device could give it.
    sendCode:
      role.settings.mfa || origin?.mfaSerial == null || role.source.kind !== 'identity'
        ? undefined
        : () => pane.editThenStart({ mfa: true }),
    start: () => actions.start(summary),
    signIn: origin?.kind === 'identity-center' ? props.onSignIn : undefined,
  }
  return (
    <>
      {failure !== null && (
        <ErrorNotice
          error={can.signIn === undefined ? failure.error : withButton(failure.error)}
          title={strings.pass.failed[failure.action]}
          next={{ ...can, retry: props.onAgain }}
        />
      )}
      {pane.failure !== null && <ErrorNotice error={pane.failure} next={can} />}
    </>
  )
}

/** A hint that names a command says nothing beside the button that does it. */
function withButton(error: HallpassError): HallpassError {
  return error.code === 'sso.sign-in-needed' ? new HallpassError(error.code, error.message) : error
}

/** @returns does again what has gone wrong last; `isConfirmed` where the person has been asked about production before */
function useAgain(role: RoleRow, shell: PassProps['shell']): (isConfirmed: boolean) => void {
  const actions = useRoleActions()
  const again: Record<NonNullable<RoleActivity['failure']>['action'], (row: RoleRow) => void> = {
    start: actions.start,
    renew: actions.start,
    end: actions.end,
    console: (row) => actions.openConsole(row, null),
    copy: (row) => actions.copyEnv(row, shell),
    profile: (row) => actions.writeProfile(row, row.profileMode ?? 'process'),
  }
  return (isConfirmed) => {
    const { failure } = actions.activityOf(role.name)
    if (failure?.action === 'start' && isConfirmed) actions.startConfirmed(role)
    else if (failure !== null) again[failure.action](role)
  }
}
