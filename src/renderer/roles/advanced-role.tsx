/** What few roles need, out of sight until asked for, set, or wrong. */
import { useState } from 'react'
import { TextArea, TextField } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { hasAdvanced, type RoleErrors, type RoleFields } from '../lib/role-form.ts'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'
import { RenewLine } from './renew-line.tsx'

const words = setupStrings.role

const FIELDS = ['sessionName', 'sourceIdentity', 'tags', 'transitiveTagKeys', 'policyArns', 'policy', 'color'] as const

export function AdvancedRole(props: {
  fields: RoleFields
  problems: RoleErrors
  set: (change: Partial<RoleFields>) => void
}) {
  const { fields, problems, set } = props
  const [asked, setAsked] = useState(() => hasAdvanced(fields))
  // A problem that can't be seen can't be mended.
  const open = asked || FIELDS.some((field) => problems[field] !== undefined)
  return (
    <>
      <button type="button" className="full disclose" aria-expanded={open} onClick={() => setAsked(!open)}>
        <Icon name={open ? 'down' : 'right'} size={14} />
        {words.advanced}
      </button>
      {open && (
        <>
          <TextField
            label={words.sessionName}
            note={strings.optional}
            mono
            hint={words.sessionNameHint}
            value={fields.sessionName}
            problem={problems.sessionName}
            onChange={(sessionName) => set({ sessionName })}
          />
          <TextField
            label={words.sourceIdentity}
            note={strings.optional}
            mono
            hint={words.sourceIdentityHint}
            value={fields.sourceIdentity}
            problem={problems.sourceIdentity}
            onChange={(sourceIdentity) => set({ sourceIdentity })}
          />
          <TextArea
            label={words.tags}
            note={strings.optional}
            mono
            placeholder="team=data"
            hint={words.tagsHint}
            value={fields.tags}
            problem={problems.tags}
            onChange={(tags) => set({ tags })}
          />
          <TextArea
            label={words.transitive}
            note={strings.optional}
            mono
            placeholder="team"
            hint={words.transitiveHint}
            value={fields.transitiveTagKeys}
            problem={problems.transitiveTagKeys}
            onChange={(transitiveTagKeys) => set({ transitiveTagKeys })}
          />
          <TextArea
            label={words.policyArns}
            note={strings.optional}
            full
            mono
            rows={2}
            placeholder="arn:aws:iam::aws:policy/ReadOnlyAccess"
            hint={words.policyArnsHint}
            value={fields.policyArns}
            problem={problems.policyArns}
            onChange={(policyArns) => set({ policyArns })}
          />
          <TextArea
            label={words.policy}
            note={strings.optional}
            full
            mono
            rows={4}
            value={fields.policy}
            problem={problems.policy}
            onChange={(policy) => set({ policy })}
          />
          <TextField
            label={words.color}
            note={strings.optional}
            mono
            placeholder="F2B0A9"
            hint={words.colorHint}
            value={fields.color}
            problem={problems.color}
            onChange={(color) => set({ color })}
          />
          <RenewLine fields={fields} set={set} />
        </>
      )}
    </>
  )
}
