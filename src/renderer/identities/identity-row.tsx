/** One key: whose it is, how old, what it is for, and what can be done with it. */
import type { AccessKeyIdentity, IdentityDetail } from '#shared/identities.ts'
import { call } from '../bridge.ts'
import { Button, IconButton } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { ActionMenu, type MenuEntries } from '../components/menu.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { deviceName, shortenKeyId } from '../lib/format.ts'
import { setupStrings } from '../strings/setup.ts'
import { Checked } from './checked.tsx'
import { KeyAge } from './key-age.tsx'
import { NameCell, RowFailure } from './row-parts.tsx'

const words = setupStrings.identities

export type IdentityDialog = 'edit' | 'rotate' | 'remove' | 'add-totp' | 'remove-totp'

export function IdentityRow(props: {
  identity: IdentityDetail & AccessKeyIdentity
  roleCount: number
  onOpen: (kind: IdentityDialog) => void
  onShowActivity: () => void
}) {
  const { identity, roleCount, onOpen } = props
  const testing = useBusy()
  const opening = useBusy()
  const refresh = useRefresh()
  const now = useNow()
  const { name } = identity
  const test = (): void => {
    opening.setFailure(null)
    void testing.run(async () => {
      try {
        await call('identities.test', { name })
        showToast(words.tested(name))
      } finally {
        await refresh()
      }
    })
  }
  const openConsole = (): void => {
    testing.setFailure(null)
    void opening.run(async () => {
      await call('console.open', { name, via: 'sign-in' })
      showToast(words.opened(name))
    })
  }
  const failure = testing.failure ?? opening.failure
  return (
    <li>
      <div className="key">
        <NameCell name={name}>
          {identity.accountId === null ? <span>{words.accountUnknown}</span> : <AccountId id={identity.accountId} />}
          <span className="mono">{shortenKeyId(identity.accessKeyId)}</span>
        </NameCell>
        <KeyAge addedAt={identity.createdAt} now={now} />
        <div className="cut">
          <div>{roleCount === 0 ? <span className="t3">{words.unused}</span> : words.roles(roleCount)}</div>
          <Checked identity={identity} now={now} />
        </div>
        <Device identity={identity} />
        <div className="btns">
          {opening.busy ? (
            <span className="btn btn--icon" role="status" aria-label={words.opening}>
              <i className="spin" />
            </span>
          ) : (
            <IconButton label={words.openConsole(name)} icon="open" onClick={openConsole} />
          )}
          <Button icon="renew" busy={testing.busy ? words.testing : undefined} onClick={test}>
            {words.test}
          </Button>
          <ActionMenu
            label={words.more(name)}
            className="btn btn--icon btn--quiet"
            small
            entries={[
              { id: 'edit', label: words.edit, icon: 'edit', onAction: () => onOpen('edit') },
              { id: 'rotate', label: words.rotate, icon: 'renew', onAction: () => onOpen('rotate') },
              ...totpEntries(identity, onOpen),
              { id: 'activity', label: words.activity, icon: 'activity', onAction: props.onShowActivity },
              'line',
              { id: 'remove', label: words.remove, icon: 'bin', danger: true, onAction: () => onOpen('remove') },
            ]}
          >
            <Icon name="more" />
          </ActionMenu>
        </div>
      </div>
      <RowFailure failure={failure} />
    </li>
  )
}

/** A seed is of a device, and the one source of its codes. */
function totpEntries({ mfaSerial, mfaSource }: IdentityDetail, onOpen: (kind: IdentityDialog) => void): MenuEntries {
  if (mfaSource === 'seed') {
    return [{ id: 'remove-totp', label: words.removeTotp, icon: 'bin', onAction: () => onOpen('remove-totp') }]
  }
  if (mfaSerial === null || mfaSource === 'command') return []
  return [{ id: 'add-totp', label: words.addTotp, icon: 'phone', onAction: () => onOpen('add-totp') }]
}

function Device({ identity: { mfaSerial, mfaSource } }: { identity: IdentityDetail }) {
  if (mfaSerial === null) {
    return (
      <div className="cut">
        <div className="key__t">{words.noMfa}</div>
        <small>{words.noMfaHint}</small>
      </div>
    )
  }
  return (
    <div className="cut">
      <div className="key__t" title={mfaSerial}>
        <Icon name="phone" size={14} />
        <span className="cut">{deviceName(mfaSerial)}</span>
      </div>
      <small>{words.mfaFrom[mfaSource]}</small>
    </div>
  )
}
