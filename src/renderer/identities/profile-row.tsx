/** One AWS profile of another tool, as an identity. */
import type { IdentityDetail, ProfileIdentity } from '#shared/identities.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { ActionMenu } from '../components/menu.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { centerStrings } from '../strings/centers.ts'
import { setupStrings } from '../strings/setup.ts'
import { Checked } from './checked.tsx'
import type { IdentityDialog } from './identity-row.tsx'
import { NameCell, RowFailure } from './row-parts.tsx'

const words = setupStrings.identities

export function ProfileRow(props: {
  identity: IdentityDetail & ProfileIdentity
  roleCount: number
  onOpen: (kind: IdentityDialog) => void
  onShowActivity: () => void
}) {
  const { identity, roleCount, onOpen } = props
  const { name, profile } = identity
  const testing = useBusy()
  const refresh = useRefresh()
  const now = useNow()
  const test = (): void =>
    void testing.run(async () => {
      try {
        await call('identities.test', { name })
        showToast(centerStrings.profiles.tested(name))
      } finally {
        await refresh()
      }
    })
  return (
    <li>
      <div className="key">
        <NameCell name={name}>
          {identity.accountId === null ? <span>{words.accountUnknown}</span> : <AccountId id={identity.accountId} />}
          <span className="mono cut" title={profile}>
            {profile}
          </span>
        </NameCell>
        <Checked identity={identity} now={now} />
        <div className="cut">
          {roleCount === 0 ? <span className="t3">{words.unused}</span> : words.roles(roleCount)}
        </div>
        <div className="btns">
          <Button
            icon="renew"
            busy={testing.busy ? words.testing : undefined}
            onClick={test}
            label={`${words.test}: ${name}`}
          >
            {words.test}
          </Button>
          <ActionMenu
            label={words.more(name)}
            className="btn btn--icon btn--quiet"
            small
            entries={[
              { id: 'edit', label: words.edit, icon: 'edit', onAction: () => onOpen('edit') },
              { id: 'activity', label: words.activity, icon: 'activity', onAction: props.onShowActivity },
              'line',
              { id: 'remove', label: words.remove, icon: 'bin', danger: true, onAction: () => onOpen('remove') },
            ]}
          >
            <Icon name="more" />
          </ActionMenu>
        </div>
      </div>
      <RowFailure failure={testing.failure} />
    </li>
  )
}
