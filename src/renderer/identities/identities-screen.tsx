/** Where credentials start: the keys in the vault, how old they are, which roles need them, and their MFA devices. */
import { useMemo, useState } from 'react'
import type { IdentityDetail } from '#shared/models.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Empty } from '../components/notice.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { rolesPerIdentity } from '../lib/identity-view.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'
import { EditIdentity, RemoveIdentity } from './edit-identity.tsx'
import { type IdentityDialog, IdentityRow } from './identity-row.tsx'
import { RotateKey } from './rotate-key.tsx'
import { AddTotp, RemoveTotp } from './totp-seed.tsx'

const words = setupStrings.identities

export function IdentitiesScreen(props: ScreenProps & { onAdd: () => void }) {
  const { identities, roles, onAdd } = props
  const vaultName = strings.vault.name[props.info?.vault.kind ?? 'keychain']
  const [dialog, setDialog] = useState<{ kind: IdentityDialog; identity: IdentityDetail } | null>(null)
  const roleCounts = useMemo(() => rolesPerIdentity(roles), [roles])
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
        <Button large icon="import" onClick={props.onImport}>
          {words.import}
        </Button>
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
                <span className="end t3 legend">{words.age.legend}</span>
              </div>
              <div className="card keys keys--own">
                <div className="key keyhead" aria-hidden="true">
                  <span>{words.columns.user}</span>
                  <span>{words.columns.age}</span>
                  <span>{words.columns.use}</span>
                  <span>{words.columns.mfa}</span>
                  <span />
                </div>
                <ul>
                  {identities.map((identity) => (
                    <IdentityRow
                      key={identity.id}
                      identity={identity}
                      roleCount={roleCounts.get(identity.name) ?? 0}
                      onOpen={(kind) => setDialog({ kind, identity })}
                      onShowActivity={() => props.onShowActivity(identity.name)}
                    />
                  ))}
                </ul>
              </div>
            </section>
            <section>
              <div className="h h--pad">
                <h2>{words.center.title}</h2>
              </div>
              <div className="card center">
                <Icon name="org" />
                <div>
                  <strong>{words.center.none}</strong>
                  <p>{words.center.noneText}</p>
                </div>
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
      {dialog?.kind === 'rotate' && <RotateKey identity={dialog.identity} onClose={close} />}
      {dialog?.kind === 'remove' && <RemoveIdentity identity={dialog.identity} vaultName={vaultName} onClose={close} />}
      {dialog?.kind === 'add-totp' && <AddTotp identity={dialog.identity} vaultName={vaultName} onClose={close} />}
      {dialog?.kind === 'remove-totp' && (
        <RemoveTotp identity={dialog.identity} vaultName={vaultName} onClose={close} />
      )}
    </>
  )
}
