/** A text field with a list to choose from, which its text searches. What is typed counts, on the list or not. */
import { type ReactNode, useId, useRef } from 'react'
import { Button as AriaButton, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components'
import { FieldMessage } from './field.tsx'
import { Icon } from './icon.tsx'

export interface ComboOption {
  readonly id: string
  /** What the field has in it once it is chosen. */
  readonly label: string
  readonly note?: string
}

export function ComboField(props: {
  label: string
  /** The text of the field. */
  value: string
  onChange: (value: string) => void
  /** Those that the text finds, best first. */
  options: readonly ComboOption[]
  placeholder?: string
  problem?: string | undefined
  hint?: ReactNode
  initialFocus?: boolean
  disabled?: boolean
}) {
  const { label, value, onChange, options, problem, hint } = props
  const aboutId = useId()
  const field = useRef<HTMLDivElement>(null)
  const described = problem !== undefined || hint !== undefined
  return (
    <ComboBox
      className="combo"
      inputValue={value}
      onInputChange={onChange}
      items={options}
      allowsCustomValue
      isInvalid={problem !== undefined}
      isDisabled={props.disabled ?? false}
      {...(described ? { 'aria-describedby': aboutId } : {})}
    >
      <Label className="label">{label}</Label>
      <div ref={field} className={problem === undefined ? 'field' : 'field field--error'}>
        <Input
          className="grow"
          placeholder={props.placeholder ?? ''}
          autoComplete="off"
          spellCheck={false}
          data-initial-focus={props.initialFocus || undefined}
        />
        <AriaButton className="combo__btn" aria-label={label}>
          <Icon name="down" size={14} />
        </AriaButton>
      </div>
      <FieldMessage id={aboutId} problem={problem} hint={hint} />
      <Popover className="menu menu--combo" placement="bottom start" triggerRef={field} offset={4}>
        <ListBox className="menu__list">
          {(option: ComboOption) => (
            <ListBoxItem className="menu__item menu__item--combo" textValue={option.label}>
              <span className="cut">{option.label}</span>
              {option.note !== undefined && <span className="t3 mono">{option.note}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  )
}
