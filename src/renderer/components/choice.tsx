/** Choices: a segmented control, a switch and a check box, each with its accessible name. */
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { Icon } from './icon.tsx'

export interface Segment<Value extends string> {
  readonly value: Value
  readonly label: string
  /** A figure after the label. */
  readonly count?: number
}

/** A radio group drawn as one bar. Left and Right move, Space or Enter chooses. */
export function Segmented<Value extends string>(props: {
  label: string
  segments: readonly Segment<Value>[]
  value: Value
  onChange: (value: Value) => void
  wide?: boolean
  className?: string
}) {
  const { segments, value, onChange } = props
  const className = ['seg', props.wide ? 'seg--wide' : '', props.className ?? ''].filter(Boolean).join(' ')
  return (
    <ToggleButtonGroup
      className={className}
      aria-label={props.label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = segments.find((segment) => keys.has(segment.value))
        if (chosen !== undefined && chosen.value !== value) onChange(chosen.value)
      }}
    >
      {segments.map((segment) => (
        <ToggleButton key={segment.value} id={segment.value}>
          {segment.label}
          {segment.count !== undefined && <i>{segment.count}</i>}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

/** Acts at once. */
export function Switch(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <button
      type="button"
      className="switch"
      role="switch"
      aria-checked={props.checked}
      aria-label={props.label}
      onClick={() => props.onChange(!props.checked)}
    />
  )
}

/** A check box with its words. */
export function Check(props: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <label className="check">
      <input
        className="sr check__input"
        type="checkbox"
        checked={props.checked}
        onChange={(event) => props.onChange(event.target.checked)}
      />
      <span className={props.checked ? 'check__box is-on' : 'check__box'}>
        {props.checked && <Icon name="check" size={12} />}
      </span>
      <span className="t2">{props.label}</span>
    </label>
  )
}
