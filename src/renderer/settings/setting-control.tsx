/** The control of a setting, by its kind. */
import { useState } from 'react'
import { regionField } from '#shared/fields.ts'
import type { Settings } from '#shared/settings.ts'
import { Check, Segmented, Switch } from '../components/choice.tsx'
import { FieldMessage } from '../components/field.tsx'
import { Icon } from '../components/icon.tsx'
import { ChoiceMenu } from '../components/menu.tsx'
import { problemWithOptional } from '../lib/fields.ts'
import { strings } from '../strings.ts'
import { optionsOf, type SettingKey, type SettingRow } from './rows.ts'
import { SettingLine } from './setting-line.tsx'
import { ShortcutField } from './shortcut-field.tsx'

const words = strings.settings

/** What every control gets. `onChange` acts at once. */
interface ControlProps {
  readonly row: SettingRow
  readonly settings: Settings
  readonly mac: boolean
  /** Instead of the usual hint. */
  readonly hint?: string | undefined
  /** What is wrong with it outside of this screen, such as a shortcut that another app has. */
  readonly problem?: string | undefined
  readonly onChange: (row: SettingRow, value: Settings[SettingKey]) => void
}

export function SettingControl(props: ControlProps) {
  const { row, settings, onChange } = props
  const label = words.rows[row.key].label
  const hint = props.hint ?? words.rows[row.key].hint
  switch (row.kind) {
    case 'switch':
      return (
        <SettingLine label={label} hint={hint}>
          <Switch label={label} checked={settings[row.key]} onChange={(checked) => onChange(row, checked)} />
        </SettingLine>
      )
    case 'segments': {
      const segments = optionsOf(row, settings).map((option) => ({ value: String(option.value), label: option.label }))
      return (
        <SettingLine label={label} hint={hint}>
          <Segmented
            label={label}
            segments={segments}
            value={String(settings[row.key])}
            onChange={(value) => onChange(row, value as Settings[SettingKey])}
          />
        </SettingLine>
      )
    }
    case 'menu':
    case 'number':
      return (
        <SettingLine label={label} hint={hint}>
          <SettingMenu {...props} label={label} />
        </SettingLine>
      )
    case 'columns':
      return (
        <SettingLine label={label} hint={hint}>
          <Columns {...props} label={label} />
        </SettingLine>
      )
    case 'region':
      return <Region {...props} label={label} hint={hint} />
    case 'shortcut':
      return (
        <ShortcutField
          label={label}
          hint={hint}
          value={settings[row.key]}
          mac={props.mac}
          problem={props.problem}
          onChange={(value) => onChange(row, value)}
        />
      )
  }
}

function SettingMenu({ row, settings, label, onChange }: ControlProps & { label: string }) {
  const choices = optionsOf(row, settings)
  const present = choices.find((option) => option.value === settings[row.key])
  return (
    <ChoiceMenu
      className="btn setting__menu"
      label={words.changed(label, present?.label ?? '')}
      options={choices.map((option) => ({ value: String(option.value), label: option.label }))}
      value={String(settings[row.key])}
      onChange={(chosen) => {
        const option = choices.find(({ value }) => String(value) === chosen)
        if (option !== undefined && option.value !== settings[row.key]) onChange(row, option.value)
      }}
    >
      <span className="cut">{present?.label}</span>
      <Icon name="down" size={14} />
    </ChoiceMenu>
  )
}

function Columns({ row, settings, label, onChange }: ControlProps & { label: string }) {
  const all = optionsOf(row, settings)
  const chosen = settings.roleColumns
  const toggle = (column: Settings['roleColumns'][number], isOn: boolean): void => {
    const next = isOn ? [...chosen, column] : chosen.filter((one) => one !== column)
    // In the order of the list, whatever the order they were chosen in.
    onChange(
      row,
      all.map(({ value }) => value as typeof column).filter((one) => next.includes(one)),
    )
  }
  return (
    <fieldset className="setting__checks">
      <legend className="sr">{label}</legend>
      {all.map((option) => {
        const column = option.value as Settings['roleColumns'][number]
        return (
          <Check
            key={column}
            label={option.label}
            checked={chosen.includes(column)}
            onChange={(isOn) => toggle(column, isOn)}
          />
        )
      })}
    </fieldset>
  )
}

/** Set when the field is left or Enter is pressed, if it is a region. */
function Region({ row, settings, label, hint, onChange }: ControlProps & { label: string }) {
  const stored = settings.defaultRegion ?? ''
  const [text, setText] = useState<string | null>(null)
  const [problem, setProblem] = useState<string>()
  const commit = (): void => {
    if (text === null || text.trim() === stored) {
      setText(null)
      setProblem(undefined)
      return
    }
    const found = problemWithOptional(regionField, text)
    setProblem(found)
    if (found !== undefined) return
    setText(null)
    onChange(row, text.trim() === '' ? null : text.trim())
  }
  const below = problem === undefined ? undefined : <FieldMessage id="region-problem" problem={problem} />
  return (
    <SettingLine label={label} hint={hint} below={below}>
      <div className={problem === undefined ? 'field' : 'field field--error'}>
        <input
          className="mono"
          aria-label={label}
          aria-invalid={problem === undefined ? undefined : true}
          aria-describedby={problem === undefined ? undefined : 'region-problem'}
          placeholder={words.regionPlaceholder}
          autoComplete="off"
          spellCheck={false}
          value={text ?? stored}
          onChange={(event) => {
            setText(event.target.value)
            setProblem(undefined)
          }}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit()
            if (event.key !== 'Escape') return
            setText(null)
            setProblem(undefined)
          }}
        />
      </div>
    </SettingLine>
  )
}
