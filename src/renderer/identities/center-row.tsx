/** One sign-in to Identity Center: where it is, whether somebody is signed in, its roles, and what can be done with it. */
import type { CenterIdentity, IdentityDetail } from '#shared/identities.ts'
import { call } from '../bridge.ts'
import { useCenter, useProgress } from '../centers/use-centers.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { ActionMenu, type MenuEntries } from '../components/menu.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { bareUrl } from '../lib/format.ts'
import type { CenterStart } from '../lib/identity-dialogs.ts'
import { formatClock } from '../lib/time.ts'
import { centerStrings } from '../strings/centers.ts'
import { setupStrings } from '../strings/setup.ts'
import type { IdentityDialog } from './identity-row.tsx'
import { NameCell, RowFailure } from './row-parts.tsx'

const words = centerStrings.row

export function CenterRow(props: {
  identity: IdentityDetail & CenterIdentity
  roleCount: number
  onOpen: (kind: IdentityDialog) => void
  onCenter: (start: CenterStart) => void
  onShowActivity: () => void
}) {
  const { identity, roleCount, onOpen, onCenter } = props
  const { name, startUrl, ssoRegion, cliSession } = identity
  const center = useCenter(name)
  const signingOut = useBusy()
  const refresh = useRefresh()
  const isIn = center !== undefined && center.signedInUntil !== null
  const read = (): void => onCenter({ kind: 'discover', name })
  const signIn = (): void => onCenter({ kind: 'sign-in', name, way: 'browser' })
  const signOut = (): void =>
    void signingOut.run(async () => {
      await call('centers.sign-out', { name })
      await refresh()
      showToast(words.signedOutNow(name))
    })
  const entries: MenuEntries = [
    {
      id: 'with-code',
      label: words.withCode,
      icon: 'phone',
      onAction: () => onCenter({ kind: 'sign-in', name, way: 'device' }),
    },
    { id: 'read', label: words.read, icon: 'roles', onAction: read },
    {
      id: 'share',
      label: cliSession === null ? words.share : words.shared,
      icon: 'term',
      onAction: () => onCenter({ kind: 'share', name }),
    },
    ...(isIn ? [{ id: 'sign-out', label: words.signOut, icon: 'stop', onAction: signOut } as const] : []),
    'line',
    { id: 'edit', label: setupStrings.identities.edit, icon: 'edit', onAction: () => onOpen('edit') },
    { id: 'activity', label: setupStrings.identities.activity, icon: 'activity', onAction: props.onShowActivity },
    'line',
    {
      id: 'remove',
      label: setupStrings.identities.remove,
      icon: 'bin',
      danger: true,
      onAction: () => onOpen('remove'),
    },
  ]
  return (
    <li>
      <div className="key">
        <NameCell
          name={name}
          below={
            cliSession !== null && (
              <small>
                <Icon name="term" size={12} />
                <span className="nowrap">{words.sharedAs}</span>
                <span className="mono cut sel" title={cliSession}>
                  {cliSession}
                </span>
              </small>
            )
          }
        >
          <span className="mono cut sel" title={startUrl}>
            {bareUrl(startUrl)}
          </span>
          <span className="nowrap">{ssoRegion}</span>
        </NameCell>
        <SignInState center={center} />
        <div className="cut">
          <div>
            {roleCount === 0 ? <span className="t3">{setupStrings.identities.unused}</span> : words.roles(roleCount)}
          </div>
          {center?.choices === null && roleCount === 0 && <small>{words.neverRead}</small>}
        </div>
        <div className="btns">
          {center?.reading != null ? (
            <Button onClick={read} label={`${words.show}: ${name}`}>
              {words.show}
            </Button>
          ) : isIn ? (
            <Button icon="roles" onClick={read} label={`${words.readRoles}: ${name}`}>
              {words.readRoles}
            </Button>
          ) : (
            <Button icon="user" onClick={signIn} label={`${words.signIn}: ${name}`}>
              {words.signIn}
            </Button>
          )}
          <ActionMenu label={words.more(name)} className="btn btn--icon btn--quiet" entries={entries}>
            <Icon name="more" />
          </ActionMenu>
        </div>
      </div>
      <RowFailure failure={signingOut.failure} />
    </li>
  )
}

/** A token that has ended, and is renewed at its next use, has no time that would say anything. */
function SignInState({ center }: { center: ReturnType<typeof useCenter> }) {
  const now = useNow()
  const progress = useProgress(center)
  if (center === undefined) return <div />
  const { signedInUntil, renews, signingIn } = center
  if (progress !== null) {
    return (
      <div className="key__t" role="status">
        <i className="spin" />
        <span className="cut">{words.reading(progress.accountsDone, progress.accountsKnown)}</span>
      </div>
    )
  }
  if (signingIn !== null) {
    return (
      <div className="key__t">
        <i className="spin" />
        <span className="cut">{words.signingIn}</span>
      </div>
    )
  }
  if (signedInUntil === null) {
    return (
      <div className="cut">
        <div className="key__t caution">{words.signedOut}</div>
        <small>{words.signedOutHint}</small>
      </div>
    )
  }
  const isPast = Date.parse(signedInUntil) <= now
  return (
    <div className="cut">
      <div className="key__t">{isPast ? words.signedIn : words.signedInUntil(formatClock(signedInUntil, now))}</div>
      <small>{renews ? words.renews : words.endsThen}</small>
    </div>
  )
}
