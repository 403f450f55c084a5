/** The environment of a role, or that its account decides. */
import type { Environment } from '#shared/fields.ts'
import { Segmented } from '../components/choice.tsx'
import { ENVIRONMENTS, environmentLabel } from '../lib/environment.ts'
import { setupStrings } from '../strings/setup.ts'

const words = setupStrings.role

export function EnvironmentField(props: {
  value: Environment | null
  hint: string
  onChange: (value: Environment | null) => void
}) {
  return (
    <div className="full">
      <span className="label">{words.environment}</span>
      <Segmented<Environment | 'none'>
        label={words.environment}
        wide
        value={props.value ?? 'none'}
        segments={[
          ...ENVIRONMENTS.map((value) => ({ value, label: environmentLabel(value) })),
          { value: 'none' as const, label: words.environmentNone },
        ]}
        onChange={(value) => props.onChange(value === 'none' ? null : value)}
      />
      <p className="hint">{props.hint}</p>
    </div>
  )
}
