/** The configuration of a switch-roles extension, pasted or from a file, and what its roles start from. */
import type { IdentityDetail } from '#shared/identities.ts'
import { TextArea } from '../components/field.tsx'
import { SelectField } from '../components/select.tsx'
import { movingInStrings } from '../strings/moving-in.ts'

const words = movingInStrings.switchRoles

export interface SwitchRolesFields {
  readonly text: string
  readonly from: string
}

export function SwitchRolesForm(props: {
  fields: SwitchRolesFields
  identities: readonly IdentityDetail[]
  onChange: (change: Partial<SwitchRolesFields>) => void
  onPick: () => void
}) {
  const { fields, identities, onChange } = props
  return (
    <div className="form">
      <TextArea
        label={words.text}
        full
        mono
        rows={6}
        initialFocus
        value={fields.text}
        placeholder={words.placeholder}
        hint={
          <>
            {words.hint}
            <button type="button" className="linkbtn" onClick={props.onPick}>
              {words.file}
            </button>
            .
          </>
        }
        onChange={(text) => onChange({ text })}
      />
      {identities.length > 1 && (
        <SelectField
          label={words.from}
          options={[
            { value: '', label: words.anyIdentity },
            ...identities.map(({ name }) => ({ value: name, label: name })),
          ]}
          value={fields.from}
          placeholder={words.anyIdentity}
          hint={words.fromHint}
          onChange={(from) => onChange({ from })}
        />
      )}
    </div>
  )
}
