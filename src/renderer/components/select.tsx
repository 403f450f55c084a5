/** One of many, from a list that opens: apart from the other choices, because the first list of roles has none. */
import { type ReactNode, useId } from 'react'
import { Button as AriaButton, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from 'react-aria-components'
import { FieldMessage } from './field.tsx'
import { Icon } from './icon.tsx'

export interface SelectOption {
  readonly value: string
  readonly label: string
  readonly note?: string
}

export function SelectField(props: {
  label: string
  options: readonly SelectOption[]
  value: string
  onChange: (value: string) => void
  placeholder: string
  problem?: string | undefined
  hint?: ReactNode
}) {
  const aboutId = useId()
  const described = props.problem !== undefined || props.hint !== undefined
  return (
    <Select
      value={props.value || null}
      onChange={(key) => props.onChange(String(key ?? ''))}
      placeholder={props.placeholder}
      {...(described ? { 'aria-describedby': aboutId } : {})}
      isInvalid={props.problem !== undefined}
    >
      <Label className="label">{props.label}</Label>
      <AriaButton className={props.problem === undefined ? 'field select__btn' : 'field select__btn field--error'}>
        <SelectValue className="select__value cut">
          {({ selectedText }) => selectedText || props.placeholder}
        </SelectValue>
        <Icon name="down" size={14} />
      </AriaButton>
      <FieldMessage id={aboutId} problem={props.problem} hint={props.hint} />
      <Popover className="menu menu--select" offset={4}>
        <ListBox className="menu__list" items={props.options.map((option) => ({ ...option, id: option.value }))}>
          {(option) => (
            <ListBoxItem className="menu__item menu__item--pick" textValue={option.label}>
              {({ isSelected }) => (
                <>
                  {isSelected ? <Icon name="check" size={14} /> : <span />}
                  <span className="cut">{option.label}</span>
                  {option.note !== undefined && <span className="t3">{option.note}</span>}
                </>
              )}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  )
}
