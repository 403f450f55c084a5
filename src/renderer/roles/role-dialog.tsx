/** Adding and editing a role. Everything is checked here with the contract's own rules before it is sent. */
import { useState } from 'react'
import { parseRoleArn } from '#shared/arn.ts'
import { guessEnvironment } from '#shared/environment.ts'
import type { Identity } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { Role } from '#shared/roles.ts'
import { call } from '../bridge.ts'
import { Switch } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { TextField } from '../components/field.tsx'
import { FormFooter } from '../components/form-footer.tsx'
import { AccountId } from '../components/marks.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { SelectField } from '../components/select.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useAppInfo, useRefresh, useSettings } from '../hooks/use-data.ts'
import { useForm } from '../hooks/use-form.ts'
import { deviceName } from '../lib/format.ts'
import { isPermissionSetOf } from '../lib/identity-view.ts'
import {
  asksTooLongForChain,
  checkRole,
  emptyRole,
  fieldsOf,
  fieldsOfCopy,
  nameOf,
  newRole,
  type RoleFields,
  roleEdit,
} from '../lib/role-form.ts'
import { originIdentity } from '../lib/role-list.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'
import { AdvancedRole } from './advanced-role.tsx'
import { EditPermissionSet } from './edit-permission-set.tsx'
import { EnvironmentField } from './environment-field.tsx'

const words = setupStrings.role

interface RoleDialogProps {
  /** Absent when a role is added. */
  role?: Role
  /** A role whose settings the new one begins with. */
  copyOf?: Role
  roles: readonly RoleRow[]
  identities: readonly Identity[]
  onClose: () => void
  /** With the name it has now. */
  onSaved: (name: string) => void
}

export function RoleDialog(props: RoleDialogProps) {
  const { role, identities } = props
  const isPermissionSet = role !== undefined && identities.some((identity) => isPermissionSetOf(role, identity))
  return isPermissionSet ? <EditPermissionSet {...props} role={role} /> : <AssumedRole {...props} />
}

function AssumedRole(props: RoleDialogProps) {
  const { role, copyOf, roles, identities, onClose } = props
  const taken = [...identities, ...roles].map((one) => one.name)
  // What starts from a sign-in is read, and not typed in.
  const origins = identities.filter(({ kind }) => kind !== 'identity-center')
  const region = useSettings(useAppInfo().data)?.defaultRegion ?? ''
  const form = useForm<RoleFields>(() => {
    if (copyOf !== undefined) return fieldsOfCopy(copyOf, taken)
    return role === undefined ? emptyRole(origins[0]?.name ?? '', region) : fieldsOf(role)
  })
  const { fields, problems, setProblems } = form
  const [environmentTouched, setEnvironmentTouched] = useState(role !== undefined || copyOf !== undefined)
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()

  const guess = (after: RoleFields): RoleFields =>
    environmentTouched ? after : { ...after, environment: guessEnvironment(nameOf(after)) }
  const set = (change: Partial<RoleFields>): void => form.set(change, guess)

  const arn = parseRoleArn(fields.arn.trim())
  const save = (): void => {
    const named = { ...fields, name: nameOf(fields) }
    const found = checkRole(named, taken, role?.name)
    setProblems(found ?? {})
    if (found !== null) return
    void run(async () => {
      const saved =
        role === undefined
          ? await call('roles.add', newRole(named))
          : await call('roles.edit', { name: role.name, edit: roleEdit(role, named) })
      await refresh()
      props.onSaved(saved.name)
      onClose()
    })
  }

  const fromRole = roles.some((one) => one.name === fields.from)
  const origin = originIdentity(fields.from, roles, identities)
  const sources = [
    ...origins.map((one) => ({ value: one.name, label: one.name, note: strings.roles.origins[one.kind] })),
    ...roles
      .filter((one) => one.name !== role?.name)
      .map((one) => ({ value: one.name, label: one.name, note: words.fromRole })),
  ]
  const guessed = !environmentTouched && fields.environment !== null

  return (
    <Dialog
      title={titleOf(role, copyOf)}
      size="lg"
      onClose={onClose}
      onSubmit={save}
      footer={
        <FormFooter
          action={role === undefined ? words.add : strings.save}
          busy={busy ? words.saving : undefined}
          onLeave={onClose}
        />
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
      <div className="form">
        <TextField
          label={words.arn}
          full
          mono
          initialFocus
          placeholder="arn:aws:iam::123456789012:role/ReadOnly"
          value={fields.arn}
          problem={problems.arn}
          onChange={(value) => set({ arn: value })}
          hint={
            arn && (
              <>
                {words.account} <AccountId id={arn.accountId} />
                {arn.path !== '/' && words.arnPath(arn.path)}
                {words.arnPartition(arn.partition)}
              </>
            )
          }
        />
        <TextField
          label={words.name}
          placeholder={arn?.roleName ?? ''}
          value={fields.name}
          problem={problems.name}
          onChange={(name) => set({ name })}
        />
        <SelectField
          label={words.from}
          options={sources}
          value={fields.from}
          placeholder={words.fromPlaceholder}
          problem={problems.from}
          onChange={(from) => set({ from })}
          hint={sources.length === 0 ? words.needsIdentity : undefined}
        />
        <EnvironmentField
          value={fields.environment}
          hint={guessed ? words.environmentGuessed : words.environmentHint}
          onChange={(environment) => {
            setEnvironmentTouched(true)
            form.set({ environment })
          }}
        />
        <div className="full line">
          <div>
            <div className="line__t">{words.mfa}</div>
            {origin !== undefined && (
              <p className={fields.mfa && origin.mfaSerial === null ? 'hint hint--caution' : 'hint'}>
                {origin.mfaSerial === null
                  ? words.mfaMissing(origin.name)
                  : words.mfaDevice(deviceName(origin.mfaSerial))}
              </p>
            )}
          </div>
          <Switch label={words.mfa} checked={fields.mfa} onChange={(mfa) => set({ mfa })} />
        </div>
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
          label={words.duration}
          note={strings.optional}
          placeholder={words.durationPlaceholder}
          value={fields.duration}
          problem={problems.duration}
          onChange={(duration) => set({ duration })}
          hint={
            asksTooLongForChain(fields, fromRole) ? <span className="hint--caution">{words.chained}</span> : undefined
          }
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
        <TextField
          label={words.externalId}
          note={strings.optional}
          mono
          value={fields.externalId}
          problem={problems.externalId}
          onChange={(externalId) => set({ externalId })}
        />
        <AdvancedRole fields={fields} problems={problems} set={set} />
      </div>
    </Dialog>
  )
}

function titleOf(role: Role | undefined, copyOf: Role | undefined): string {
  if (copyOf !== undefined) return words.copyTitle(copyOf.name)
  return role === undefined ? words.addTitle : words.editTitle(role.name)
}
