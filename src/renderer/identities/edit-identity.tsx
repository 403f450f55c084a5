/** Editing what surrounds a key, and removing it. The key itself never changes here. */
import { useState } from 'react'
import type { HallpassError } from '#shared/errors.ts'
import type { Identity } from '#shared/models.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog, useBusy } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useRefresh } from '../hooks/use-data.ts'
import { checkIdentity, type IdentityErrors, type IdentityFields, identityEdit } from '../lib/identity-form.ts'
import { strings } from '../strings.ts'
import { setupStrings } from '../strings-setup.ts'

export function EditIdentity(props: { identity: Identity; taken: readonly string[]; onClose: () => void }) {
  const { identity, taken, onClose } = props
  const [fields, setFields] = useState<IdentityFields>({
    name: identity.name,
    accessKeyId: identity.accessKeyId,
    mfaSerial: identity.mfaSerial ?? '',
    region: identity.region ?? '',
  })
  const [problems, setProblems] = useState<IdentityErrors>({})
  const { busy, failure, run } = useBusy<HallpassError>()
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
    }, toHallpassError)
  }
  return (
    <Dialog
      title={setupStrings.editIdentity.title(identity.name)}
      lead={setupStrings.editIdentity.lead}
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <span className="grow" />
          <Button shortcut="Esc" onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone="primary" type="submit" busy={busy ? setupStrings.role.saving : undefined}>
            {strings.save}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <div className="form">
        <TextField
          label={words.name}
          full
          initialFocus
          value={fields.name}
          problem={problems.name}
          onChange={(name) => setFields({ ...fields, name })}
        />
        <TextField
          label={words.mfa}
          note={strings.optional}
          full
          mono
          value={fields.mfaSerial}
          problem={problems.mfaSerial}
          hint={words.mfaHint}
          onChange={(mfaSerial) => setFields({ ...fields, mfaSerial })}
        />
        <TextField
          label={words.region}
          note={strings.optional}
          mono
          value={fields.region}
          problem={problems.region}
          onChange={(region) => setFields({ ...fields, region })}
        />
      </div>
    </Dialog>
  )
}

export function RemoveIdentity(props: { identity: Identity; vaultName: string; onClose: () => void }) {
  const { identity, vaultName, onClose } = props
  const { busy, failure, run } = useBusy<HallpassError>()
  const refresh = useRefresh()
  const words = setupStrings.removeIdentity
  const remove = (): void =>
    void run(async () => {
      await call('identities.remove', { name: identity.name })
      await refresh()
      onClose()
    }, toHallpassError)
  return (
    <Dialog
      title={words.title(identity.name)}
      lead={words.lead(vaultName)}
      size="sm"
      alert
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button initialFocus onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone="danger-solid" busy={busy ? words.action : undefined} onClick={remove}>
            {words.action}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
    </Dialog>
  )
}
