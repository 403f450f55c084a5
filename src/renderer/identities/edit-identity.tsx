/** Editing what surrounds an identity, and removing it. The key, start URL or profile itself never changes here. */
import type { Identity, IdentityKind } from '#shared/identities.ts'
import { call } from '../bridge.ts'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { checkIdentity, type IdentityFields, identityEdit } from '../lib/identity-form.ts'
import { centerStrings } from '../strings/centers.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'

const LEADS: Record<IdentityKind, string> = {
  'access-key': setupStrings.editIdentity.lead,
  'identity-center': centerStrings.edit.lead,
  'aws-profile': centerStrings.profiles.edit,
}

export function EditIdentity(props: { identity: Identity; taken: readonly string[]; onClose: () => void }) {
  const { identity, taken, onClose } = props
  const { fields, problems, setProblems, set } = useForm<IdentityFields, 'secretAccessKey'>({
    name: identity.name,
    accessKeyId: identity.kind === 'access-key' ? identity.accessKeyId : '',
    mfaSerial: identity.mfaSerial ?? '',
    region: identity.region ?? '',
  })
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  const words = setupStrings.addIdentity
  const save = (): void => {
    const found = checkIdentity(fields, taken, identity.name)
    setProblems(found ?? {})
    if (found !== null) return
    void run(async () => {
      await call('identities.edit', { name: identity.name, edit: identityEdit(identity, fields) })
      await refresh()
      onClose()
    })
  }
  return (
    <Dialog
      title={setupStrings.editIdentity.title(identity.name)}
      lead={LEADS[identity.kind]}
      onClose={onClose}
      onSubmit={save}
      footer={<FormFooter action={strings.save} busy={busy ? setupStrings.role.saving : undefined} onLeave={onClose} />}
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <div className="form">
        <TextField
          label={words.name}
          full
          initialFocus
          value={fields.name}
          problem={problems.name}
          onChange={(name) => set({ name })}
        />
        {identity.kind !== 'identity-center' && (
          <TextField
            label={words.mfa}
            note={strings.optional}
            full
            mono
            value={fields.mfaSerial}
            problem={problems.mfaSerial}
            hint={words.mfaHint}
            onChange={(mfaSerial) => set({ mfaSerial })}
          />
        )}
        <TextField
          label={words.region}
          note={strings.optional}
          mono
          value={fields.region}
          problem={problems.region}
          onChange={(region) => set({ region })}
        />
      </div>
    </Dialog>
  )
}

export function RemoveIdentity(props: { identity: Identity; vaultName: string; onClose: () => void }) {
  const { identity, vaultName, onClose } = props
  const words = setupStrings.removeIdentity
  const { profiles } = centerStrings
  if (identity.kind !== 'access-key') {
    return (
      <RemovalDialog
        title={profiles.removeTitle(identity.name)}
        lead={profiles.removeLead}
        action={profiles.removeAction}
        remove={() => call('identities.remove', { name: identity.name })}
        onClose={onClose}
      />
    )
  }
  return (
    <RemovalDialog
      title={words.title(identity.name)}
      lead={words.lead(vaultName)}
      action={words.action}
      remove={() => call('identities.remove', { name: identity.name })}
      onClose={onClose}
    />
  )
}
