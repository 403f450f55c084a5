/** Which accounts are of which environment, a row a pattern. */
import { environmentField } from '#shared/fields.ts'
import { Button, IconButton } from '../components/button.tsx'
import { FieldMessage } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { ChoiceMenu } from '../components/menu.tsx'
import { addRule, type RuleFields } from '../lib/center-form.ts'
import { ENVIRONMENTS, environmentLabel } from '../lib/environment.ts'
import { centerStrings } from '../strings/centers.ts'

const words = centerStrings.discover

export function EnvironmentRules(props: {
  rules: readonly RuleFields[]
  /** By the rule's id. */
  problems: ReadonlyMap<number, string>
  onChange: (rules: RuleFields[]) => void
}) {
  const { rules, problems, onChange } = props
  const change = (id: number, part: Partial<RuleFields>): void =>
    onChange(rules.map((rule) => (rule.id === id ? { ...rule, ...part } : rule)))
  return (
    <fieldset className="rules">
      <legend className="label">{words.rules}</legend>
      {rules.map(({ id, pattern, environment }, index) => (
        <div key={id} className="rules__row">
          <div className={problems.has(id) ? 'field field--error' : 'field'}>
            <input
              className="mono"
              aria-label={words.pattern(index + 1)}
              aria-invalid={problems.has(id) || undefined}
              aria-describedby={problems.has(id) ? `rule-${id}` : undefined}
              autoComplete="off"
              spellCheck={false}
              placeholder={words.patternPlaceholder}
              value={pattern}
              onChange={(event) => change(id, { pattern: event.target.value })}
            />
          </div>
          <ChoiceMenu
            label={words.environment(index + 1, environmentLabel(environment))}
            className="btn rules__env"
            options={ENVIRONMENTS.map((value) => ({ value, label: environmentLabel(value) }))}
            value={environment}
            onChange={(value) => change(id, { environment: environmentField.parse(value) })}
          >
            <span className="grow">{environmentLabel(environment)}</span>
            <Icon name="down" size={14} />
          </ChoiceMenu>
          <IconButton
            quiet
            label={words.removeRule(index + 1)}
            icon="x"
            onClick={() => onChange(rules.filter((rule) => rule.id !== id))}
          />
          {problems.has(id) && (
            <div className="rules__p">
              <FieldMessage id={`rule-${id}`} problem={problems.get(id)} />
            </div>
          )}
        </div>
      ))}
      <div>
        <Button icon="plus" onClick={() => onChange(addRule(rules))}>
          {words.addRule}
        </Button>
      </div>
      <p className="hint">{words.rulesHint}</p>
    </fieldset>
  )
}
