/** What is wanted of a set-up: who makes it, its names, and the optional parts. */
import type { IdentityDetail } from '#shared/identities.ts'
import { Check } from '../components/choice.tsx'
import { TextField } from '../components/field.tsx'
import { Notice } from '../components/notice.tsx'
import { SelectField } from '../components/select.tsx'
import { breakglassStrings } from '../strings/breakglass.ts'

const words = breakglassStrings.setup
const { environments } = breakglassStrings
const ENVIRONMENTS = Object.entries(environments).map(([value, label]) => ({ value, label }))

export interface SetupFields {
  readonly from: string
  /** In Hallpass; empty for the user's. */
  readonly name: string
  readonly environment: string
  readonly user: string
  readonly group: string
  readonly groupPolicy: string
  readonly role: string
  readonly rolePolicy: string
  readonly policy: string
  readonly withMfa: boolean
  readonly roleNeedsMfa: boolean
  readonly withAccessKey: boolean
}

/** Who can sign, as far as this screen has to know. */
export type Signer = Pick<IdentityDetail, 'name' | 'accountId'>

export function SetupForm(props: {
  fields: SetupFields
  signers: readonly Signer[]
  /** What was begun goes on under the name it has. */
  isFixed: boolean
  onChange: (change: Partial<SetupFields>) => void
}) {
  const { fields, signers, onChange } = props
  return (
    <>
      <div className="form">
        <div className="full">
          <SelectField
            label={words.from}
            options={signers.map(({ name, accountId }) => ({ value: name, label: name, note: accountId ?? '' }))}
            value={fields.from}
            placeholder={words.choose}
            onChange={(from) => onChange({ from })}
          />
        </div>
        {!props.isFixed && (
          <>
            <TextField
              label={words.name}
              value={fields.name}
              placeholder={fields.user}
              onChange={(name) => onChange({ name })}
            />
            <SelectField
              label={words.environment}
              options={ENVIRONMENTS}
              value={fields.environment}
              placeholder={environments.none}
              onChange={(environment) => onChange({ environment })}
            />
          </>
        )}
        <TextField label={words.user} mono value={fields.user} onChange={(user) => onChange({ user })} />
        <TextField
          label={words.policy}
          mono
          hint={words.empty}
          value={fields.policy}
          onChange={(policy) => onChange({ policy })}
        />
        <TextField label={words.group} mono value={fields.group} onChange={(group) => onChange({ group })} />
        <TextField
          label={words.groupPolicy}
          mono
          value={fields.groupPolicy}
          onChange={(groupPolicy) => onChange({ groupPolicy })}
        />
        <TextField
          label={words.role}
          mono
          hint={words.empty}
          value={fields.role}
          onChange={(role) => onChange({ role })}
        />
        <TextField
          label={words.rolePolicy}
          mono
          value={fields.rolePolicy}
          onChange={(rolePolicy) => onChange({ rolePolicy })}
        />
      </div>
      <div className="ticks">
        <Check label={words.mfa} checked={fields.withMfa} onChange={(withMfa) => onChange({ withMfa })} />
        <Check
          label={words.roleMfa}
          checked={fields.roleNeedsMfa}
          onChange={(roleNeedsMfa) => onChange({ roleNeedsMfa, ...(roleNeedsMfa ? { withMfa: true } : {}) })}
        />
        <Check
          label={words.key}
          checked={fields.withAccessKey}
          onChange={(withAccessKey) => onChange({ withAccessKey })}
        />
      </div>
      {fields.withAccessKey && (
        <Notice tone="caution" title={words.keyAdvice}>
          {words.keyAdviceMore}
        </Notice>
      )}
    </>
  )
}
