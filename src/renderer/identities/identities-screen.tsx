/** Where credentials start: keys in the vault, sign-ins to Identity Center, and profiles of the AWS files. */
import { type ReactNode, useMemo, useState } from 'react'
import type { AccessKeyIdentity, CenterIdentity, IdentityDetail, ProfileIdentity } from '#shared/identities.ts'
import { Button, buttonClass } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { ActionMenu } from '../components/menu.tsx'
import { Empty } from '../components/notice.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { rolesPerIdentity } from '../lib/identity-view.ts'
import { centerStrings } from '../strings/centers.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'
import { CenterRow } from './center-row.tsx'
import { EditIdentity, RemoveIdentity } from './edit-identity.tsx'
import { type IdentityDialog, IdentityRow } from './identity-row.tsx'
import { ProfileRow } from './profile-row.tsx'
import { RemoveCenter } from './remove-center.tsx'
import { RotateKey } from './rotate-key.tsx'
import { AddTotp, RemoveTotp } from './totp-seed.tsx'

const words = setupStrings.identities

export function IdentitiesScreen(props: ScreenProps) {
  const { identities, roles, onAddIdentity } = props
  const keys = identities.filter((one): one is IdentityDetail & AccessKeyIdentity => one.kind === 'access-key')
  const centers = identities.filter((one): one is IdentityDetail & CenterIdentity => one.kind === 'identity-center')
  const profiles = identities.filter((one): one is IdentityDetail & ProfileIdentity => one.kind === 'aws-profile')
  const vaultName = strings.vault.name[props.info?.vault.kind ?? 'keychain']
  const [dialog, setDialog] = useState<{ kind: IdentityDialog; identity: IdentityDetail } | null>(null)
  const roleCounts = useMemo(() => rolesPerIdentity(roles), [roles])
  const add = (
    <ActionMenu
      label={words.add}
      className={buttonClass({ tone: 'primary', large: true })}
      entries={[
        { id: 'key', label: words.addKey, icon: 'key', onAction: () => onAddIdentity('key') },
        { id: 'center', label: words.addCenter, icon: 'org', onAction: () => onAddIdentity('center') },
        { id: 'profile', label: words.addProfile, icon: 'file', onAction: () => onAddIdentity('profile') },
      ]}
    >
      <Icon name="plus" />
      {words.add}
      <Icon name="down" size={14} />
    </ActionMenu>
  )
  const close = (): void => setDialog(null)
  const about = (identity: IdentityDetail) => ({
    roleCount: roleCounts.get(identity.name) ?? 0,
    onOpen: (kind: IdentityDialog) => setDialog({ kind, identity }),
    onShowActivity: () => props.onShowActivity(identity.name),
  })
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
            {keys.length > 0 && (
              <section>
                <div className="h h--pad">
                  <h2>{words.section}</h2>
                  <span className="t3">{words.stored(keys.length, vaultName)}</span>
                  <span className="end t3 legend">{words.age.legend}</span>
                </div>
                <Rows
                  className="keys--own"
                  columns={[words.columns.user, words.columns.age, words.columns.use, words.columns.mfa]}
                >
                  {keys.map((identity) => (
                    <IdentityRow key={identity.id} identity={identity} {...about(identity)} />
                  ))}
                </Rows>
              </section>
            )}
            <section>
              <div className="h h--pad">
                <h2>{centerStrings.row.title}</h2>
              </div>
              {centers.length === 0 ? (
                <div className="card center">
                  <Icon name="org" />
                  <div className="grow">
                    <strong>{words.center.none}</strong>
                    <p>{words.center.noneText}</p>
                  </div>
                  <Button onClick={() => onAddIdentity('center')}>{words.center.add}</Button>
                </div>
              ) : (
                <Rows className="keys--other" columns={Object.values(centerStrings.row.columns)}>
                  {centers.map((identity) => (
                    <CenterRow key={identity.id} identity={identity} {...about(identity)} onCenter={props.onCenter} />
                  ))}
                </Rows>
              )}
            </section>
            {profiles.length > 0 && (
              <section>
                <div className="h h--pad">
                  <h2>{centerStrings.profiles.title}</h2>
                </div>
                <Rows className="keys--other" columns={Object.values(centerStrings.profiles.columns)}>
                  {profiles.map((identity) => (
                    <ProfileRow key={identity.id} identity={identity} {...about(identity)} />
                  ))}
                </Rows>
              </section>
            )}
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
      {dialog?.kind === 'remove' &&
        (dialog.identity.kind === 'identity-center' ? (
          <RemoveCenter
            identity={dialog.identity}
            roleCount={roleCounts.get(dialog.identity.name) ?? 0}
            onClose={close}
          />
        ) : (
          <RemoveIdentity identity={dialog.identity} vaultName={vaultName} onClose={close} />
        ))}
      {dialog?.kind === 'add-totp' && <AddTotp identity={dialog.identity} vaultName={vaultName} onClose={close} />}
      {dialog?.kind === 'remove-totp' && (
        <RemoveTotp identity={dialog.identity} vaultName={vaultName} onClose={close} />
      )}
    </>
  )
}

/** Identities of one kind under what their columns are. */
function Rows(props: { className: string; columns: readonly string[]; children: ReactNode }) {
  return (
    <div className={`card keys ${props.className}`}>
      <div className="key keyhead" aria-hidden="true">
        {props.columns.map((column) => (
          <span key={column}>{column}</span>
        ))}
        <span />
      </div>
      <ul>{props.children}</ul>
    </div>
  )
}
