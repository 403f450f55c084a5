/** Editing a role that comes from Identity Center: what it is called here, and nothing that Identity Center decides about. */
import type { Identity } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { Role } from '#shared/roles.ts'
import { call } from '../bridge.ts'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { checkPermissionSet, fieldsOf, type RoleFields, roleEdit } from '../lib/role-form.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'
import { EnvironmentField } from './environment-field.tsx'
import { RenewLine } from './renew-line.tsx'

const words = setupStrings.role

export function EditPermissionSet(props: {
  role: Role
  roles: readonly RoleRow[]
  identities: readonly Identity[]
  onClose: () => void
  /** With the name it has now. */
  onSaved: (name: string) => void
}) {
  const { role, roles, identities, onClose } = props
  const { fields, problems, setProblems, set } = useForm<RoleFields>(() => fieldsOf(role))
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  const save = (): void => {
    const taken = [...identities, ...roles].map((one) => one.name)
    const found = checkPermissionSet(fields, taken, role.name)
    setProblems(found ?? {})
    if (found !== null) return
    void run(async () => {
      const saved = await call('roles.edit', { name: role.name, edit: roleEdit(role, fields) })
      await refresh()
      props.onSaved(saved.name)
      onClose()
    })
  }
  return (
    <Dialog
      title={words.editTitle(role.name)}
      lead={words.permissionSetLead(role.roleName, role.source.name)}
      size="lg"
      onClose={onClose}
      onSubmit={save}
      footer={<FormFooter action={strings.save} busy={busy ? words.saving : undefined} onLeave={onClose} />}
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
        <EnvironmentField
          value={fields.environment}
          hint={words.environmentHint}
          onChange={(environment) => set({ environment })}
        />
        <TextField
          label={words.profile}
          note={strings.optional}
          mono
          value={fields.profile}
          problem={problems.profile}
          hint={words.profileHint}
          onChange={(profile) => set({ profile })}
        />
        <TextField
          label={words.region}
          note={strings.optional}
          mono
          placeholder="eu-west-1"
          value={fields.region}
          problem={problems.region}
          onChange={(region) => set({ region })}
        />
        <RenewLine fields={fields} full set={set} />
      </div>
    </Dialog>
  )
}
