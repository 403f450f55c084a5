/** The stub of the pass: what can be done now. Under ten minutes renewing takes the first place. */
import { isPermissionSetPattern } from '#shared/arn.ts'
import { Button } from '../components/button.tsx'
import { SplitButton } from '../components/split-button.tsx'
import { type Shell, useRoleActions } from '../hooks/role-actions.tsx'
import { strings } from '../strings.ts'
import type { PassStateProps } from './pass-props.ts'

export function PassButtons(props: PassStateProps) {
  const { view } = props
  if (view.state === 'active') {
    return (
      <>
        <div className="btns">
          <ConsoleButton {...props} main />
          <EndButton {...props} />
        </div>
        <div className="btns">
          <CopyEnvButton {...props} />
          <RenewButton {...props} />
        </div>
      </>
    )
  }
  if (view.state === 'low') {
    return (
      <>
        <div className="btns">
          <RenewButton {...props} main />
          <EndButton {...props} />
        </div>
        <div className="btns">
          <ConsoleButton {...props} />
          <CopyEnvButton {...props} bare />
        </div>
      </>
    )
  }
  return <InactiveButtons {...props} />
}

function InactiveButtons({ detail, shell, view }: PassStateProps) {
  const { summary } = detail
  const actions = useRoleActions()
  const again = view.state === 'expired' || view.state === 'failed'
  const waiting = view.state === 'starting' || view.state === 'ending'
  return (
    <>
      <div className="btns">
        <Button
          tone="primary"
          large
          grow
          icon={view.state === 'needs-mfa' ? 'phone' : 'play'}
          shortcut="start"
          busy={waiting ? strings.state[view.state] : undefined}
          onClick={() => actions.start(summary)}
        >
          {again ? strings.pass.startAgain : strings.pass.start}
        </Button>
      </div>
      <div className="btns">
        <Button grow shortcut="console" disabled={waiting} onClick={() => actions.openConsole(summary, null)}>
          {strings.pass.openConsole}
        </Button>
        <Button grow shortcut="copy-env" disabled={waiting} onClick={() => actions.copyEnv(summary, shell)}>
          {strings.pass.copyEnv}
        </Button>
      </div>
    </>
  )
}

function RenewButton({ detail, activity, main = false }: PassStateProps & { main?: boolean }) {
  const actions = useRoleActions()
  return (
    <Button
      tone={main ? 'primary' : 'plain'}
      large={main}
      grow={main}
      icon="renew"
      shortcut="start"
      busy={activity.busy === 'renew' ? strings.state.renewing : undefined}
      onClick={() => actions.start(detail.summary)}
    >
      {strings.pass.renew}
    </Button>
  )
}

function EndButton({ detail, activity }: PassStateProps) {
  const actions = useRoleActions()
  return (
    <Button
      large
      shortcut="end"
      busy={activity.busy === 'end' ? strings.state.ending : undefined}
      onClick={() => actions.end(detail.summary)}
    >
      {strings.pass.end}
    </Button>
  )
}

function ConsoleButton({ detail, activity, main = false }: PassStateProps & { main?: boolean }) {
  const { summary } = detail
  const actions = useRoleActions()
  const ofPortal = isPermissionSetPattern(summary.arn)
  return (
    <SplitButton
      tone={main ? 'primary' : 'plain'}
      large={main}
      {...(main ? ({ icon: 'open', shortcut: 'console' } as const) : {})}
      busy={activity.busy === 'console' ? strings.pass.opening : undefined}
      onClick={() => actions.openConsole(summary, null)}
      menuLabel={strings.pass.chooseConsole}
      entries={[
        {
          id: 'without-secret',
          label: ofPortal ? strings.pass.portalLink : strings.pass.switchLink,
          icon: 'link',
          about: ofPortal ? strings.pass.portalLinkAbout : strings.pass.switchLinkAbout,
          onAction: () => actions.openConsole(summary, ofPortal ? 'identity-center' : 'switch-role'),
        },
        {
          id: 'sign-in',
          label: strings.pass.signInLink,
          icon: 'user',
          shortcut: 'console-sign-in',
          about: strings.pass.signInLinkAbout,
          onAction: () => actions.openConsole(summary, 'sign-in'),
        },
        'line',
        {
          id: 'choose',
          label: strings.pass.chooseMore,
          icon: 'open',
          shortcut: 'console-choose',
          onAction: () => actions.chooseConsole(summary),
        },
        {
          id: 'copy',
          label: ofPortal ? strings.pass.copyPortalLink : strings.pass.copySwitchLink,
          icon: 'copy',
          shortcut: 'copy-link',
          onAction: () => actions.copyLink(summary),
        },
      ]}
    >
      {strings.pass.openConsole}
    </SplitButton>
  )
}

const SHELLS: readonly Shell[] = ['env', 'fish', 'powershell', 'dotenv']

function CopyEnvButton({ detail, activity, shell, onShell, bare = false }: PassStateProps & { bare?: boolean }) {
  const { summary } = detail
  const actions = useRoleActions()
  return (
    <SplitButton
      {...(bare ? {} : ({ icon: 'copy', shortcut: 'copy-env' } as const))}
      busy={activity.busy === 'copy' ? strings.pass.copying : undefined}
      onClick={() => actions.copyEnv(summary, shell)}
      menuLabel={strings.pass.chooseShell}
      smallMenu
      entries={SHELLS.map((one) => ({
        id: one,
        label: strings.pass.shells[one],
        icon: one === shell ? 'check' : 'term',
        onAction: () => {
          onShell(one)
          actions.copyEnv(summary, one)
        },
      }))}
    >
      {strings.pass.copyEnv}
    </SplitButton>
  )
}
