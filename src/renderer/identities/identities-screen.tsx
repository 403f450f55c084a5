/** The keys in the vault: whether AWS accepts them, which roles start from them, and their MFA device. */
import { useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import type { IdentityDetail, RoleRow } from '#shared/models.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { ActionMenu, type MenuEntries } from '../components/menu.tsx'
import { Empty, ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { deviceName, isRootArn, shortenKeyId } from '../lib/format.ts'
import { originOf } from '../lib/role-list.ts'
import { formatAgo } from '../lib/time.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'
import { EditIdentity, RemoveIdentity } from './edit-identity.tsx'
import { AddTotp, RemoveTotp } from './totp-seed.tsx'

const words = setupStrings.identities

type DialogKind = 'edit' | 'remove' | 'add-totp' | 'remove-totp'

export function IdentitiesScreen(props: {
  info: AppInfo | undefined
  identities: readonly IdentityDetail[]
  roles: readonly RoleRow[]
  onAdd: () => void
}) {
  const { identities, roles, onAdd } = props
  const vaultName = strings.vault.name[props.info?.vault.kind ?? 'keychain']
  const [dialog, setDialog] = useState<{ kind: DialogKind; identity: IdentityDetail } | null>(null)
  const add = (
    <Button tone="primary" large icon="plus" onClick={onAdd}>
      {words.add}
    </Button>
  )
  const close = (): void => setDialog(null)
  return (
    <>
      <header className="topbar">
        <div className="grow">
          <h1>{words.title}</h1>
        </div>
        {identities.length > 0 && add}
      </header>
      <div className="page" data-region="list" tabIndex={-1}>
        {identities.length === 0 ? (
          <Empty icon="key" title={words.emptyTitle} actions={add}>
            {words.emptyText}
          </Empty>
        ) : (
          <div className="page__in">
            <section>
              <div className="h h--pad">
                <h2>{words.section}</h2>
                <span className="t3">{words.stored(identities.length, vaultName)}</span>
              </div>
              <div className="card keys keys--four">
                <div className="key keyhead" aria-hidden="true">
                  <span>{words.columns.user}</span>
                  <span>{words.columns.state}</span>
                  <span>{words.columns.use}</span>
                  <span>{words.columns.mfa}</span>
                  <span />
                </div>
                <ul>
                  {identities.map((identity) => (
                    <IdentityRow
                      key={identity.id}
                      identity={identity}
                      roleCount={roles.filter((role) => originOf(role, roles).identity === identity.name).length}
                      onOpen={(kind) => setDialog({ kind, identity })}
                    />
                  ))}
                </ul>
              </div>
            </section>
          </div>
        )}
      </div>
      {dialog?.kind === 'edit' && (
        <EditIdentity
          identity={dialog.identity}
          taken={[...identities, ...roles].map((one) => one.name)}
          onClose={close}
        />
      )}
      {dialog?.kind === 'remove' && <RemoveIdentity identity={dialog.identity} vaultName={vaultName} onClose={close} />}
      {dialog?.kind === 'add-totp' && <AddTotp identity={dialog.identity} vaultName={vaultName} onClose={close} />}
      {dialog?.kind === 'remove-totp' && (
        <RemoveTotp identity={dialog.identity} vaultName={vaultName} onClose={close} />
      )}
    </>
  )
}

function IdentityRow(props: { identity: IdentityDetail; roleCount: number; onOpen: (kind: DialogKind) => void }) {
  const { identity, roleCount, onOpen } = props
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  const now = useNow()
  const test = (): void =>
    void run(async () => {
      try {
        await call('identities.test', { name: identity.name })
        showToast(words.tested(identity.name))
      } finally {
        await refresh()
      }
    })
  return (
    <li>
      <div className="key">
        <div className="cut">
          <div className="key__n">
            <span className="cut sel">{identity.name}</span>
          </div>
          <small>
            {identity.accountId === null ? <span>{words.accountUnknown}</span> : <AccountId id={identity.accountId} />}
            <span className="mono">{shortenKeyId(identity.accessKeyId)}</span>
          </small>
        </div>
        <Checked identity={identity} now={now} />
        <div>
          <div>{roleCount === 0 ? <span className="t3">{words.unused}</span> : words.roles(roleCount)}</div>
        </div>
        <div className="cut">
          {identity.mfaSerial === null ? (
            <>
              <div className="key__t">{words.noMfa}</div>
              <small>{words.noMfaHint}</small>
            </>
          ) : (
            <>
              <div className="key__t" title={identity.mfaSerial}>
                <Icon name="phone" size={14} />
                <span className="cut">{deviceName(identity.mfaSerial)}</span>
              </div>
              <small>{words.mfaFrom[identity.mfaSource]}</small>
            </>
          )}
        </div>
        <div className="btns">
          <Button icon="renew" busy={busy ? words.testing : undefined} onClick={test}>
            {words.test}
          </Button>
          <ActionMenu
            label={words.more(identity.name)}
            className="btn btn--icon btn--quiet"
            small
            entries={[
              { id: 'edit', label: words.edit, icon: 'edit', onAction: () => onOpen('edit') },
              ...totpEntries(identity, onOpen),
              'line',
              { id: 'remove', label: words.remove, icon: 'bin', danger: true, onAction: () => onOpen('remove') },
            ]}
          >
            <Icon name="more" />
          </ActionMenu>
        </div>
      </div>
      {failure !== null && (
        <div className="key__note">
          <ErrorNotice error={failure} />
        </div>
      )}
    </li>
  )
}

/** A seed is of a device, and the one source of its codes. */
function totpEntries({ mfaSerial, mfaSource }: IdentityDetail, onOpen: (kind: DialogKind) => void): MenuEntries {
  if (mfaSource === 'seed') {
    return [{ id: 'remove-totp', label: words.removeTotp, icon: 'bin', onAction: () => onOpen('remove-totp') }]
  }
  if (mfaSerial === null || mfaSource === 'command') return []
  return [{ id: 'add-totp', label: words.addTotp, icon: 'phone', onAction: () => onOpen('add-totp') }]
}

function Checked({ identity, now }: { identity: IdentityDetail; now: number }) {
  if (isRootArn(identity.userArn)) {
    return (
      <div>
        <div className="key__t danger">
          <Icon name="alert" size={14} />
          {words.root}
        </div>
        <small>{words.rootHint}</small>
      </div>
    )
  }
  if (!identity.verified) {
    return (
      <div>
        <div className="key__t caution">
          <Icon name="alert" size={14} />
          {words.unverified}
        </div>
        <small>{words.unverifiedHint}</small>
      </div>
    )
  }
  return (
    <div>
      <div className="key__t ok">
        <Icon name="check" size={14} />
        {words.verified}
      </div>
      {identity.verifiedAt !== null && <small>{formatAgo(identity.verifiedAt, now)}</small>}
    </div>
  )
}
