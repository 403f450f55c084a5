/** Menus: the trigger is a button, items show their key, and two-line items say what a choice brings with it. */

import type { ReactNode, RefObject } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover, Separator } from 'react-aria-components'
import type { Shortcut } from '../hooks/key-ways.ts'
import { Icon, type IconName } from './icon.tsx'
import { ShortcutKbd } from './kbd.tsx'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly icon?: IconName
  readonly shortcut?: Shortcut
  /** What follows from choosing it. */
  readonly about?: string
  /** `about` is code. */
  readonly mono?: boolean
  readonly danger?: boolean
  readonly onAction: () => void
}

/** The menu of a split button begins where its pass does. */
const PASS_EDGE = -13

/** `'line'` draws a divider. */
export type MenuEntries = readonly (MenuEntry | 'line')[]

/** A menu of actions. It opens by itself, or as told by `open`. */
export function ActionMenu(props: {
  label: string
  entries: MenuEntries
  /** Class of the trigger. */
  className: string
  small?: boolean
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Lines up with this element instead of the trigger. */
  alignTo?: RefObject<HTMLElement | null>
  children: ReactNode
}) {
  const opening = props.open === undefined ? {} : { isOpen: props.open }
  const changing = props.onOpenChange === undefined ? {} : { onOpenChange: props.onOpenChange }
  const place =
    props.alignTo === undefined
      ? ({ placement: 'bottom end' } as const)
      : ({ placement: 'bottom start', triggerRef: props.alignTo, crossOffset: PASS_EDGE } as const)
  return (
    <MenuTrigger {...opening} {...changing}>
      <AriaButton className={props.className} aria-label={props.label}>
        {props.children}
      </AriaButton>
      <Popover className={props.small ? 'menu menu--sm' : 'menu'} {...place} offset={6}>
        <Menu className="menu__list" aria-label={props.label}>
          {props.entries.map((entry, index) =>
            entry === 'line' ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: dividers have no identity of their own
              <Separator key={`line-${index}`} className="menu__line" />
            ) : (
              <MenuItem
                key={entry.id}
                id={entry.id}
                className={entry.danger ? 'menu__item menu__item--danger' : 'menu__item'}
                textValue={entry.label}
                onAction={entry.onAction}
              >
                {entry.icon === undefined ? <span /> : <Icon name={entry.icon} />}
                <span>{entry.label}</span>
                {entry.shortcut !== undefined && <ShortcutKbd shortcut={entry.shortcut} />}
                {entry.about !== undefined && <small className={entry.mono ? 'mono' : undefined}>{entry.about}</small>}
              </MenuItem>
            ),
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

/** A menu with one choice in force. */
export function ChoiceMenu<Value extends string>(props: {
  label: string
  options: readonly { readonly value: Value; readonly label: string; readonly count?: number }[]
  value: Value
  onChange: (value: Value) => void
  className: string
  /** The tooltip, where the trigger shows only an icon. */
  placement?: 'bottom end' | 'top start'
  children: ReactNode
}) {
  return (
    <MenuTrigger>
      <AriaButton className={props.className} aria-label={props.label}>
        {props.children}
      </AriaButton>
      <Popover className="menu menu--sm" placement={props.placement ?? 'bottom end'} offset={4}>
        <Menu
          className="menu__list"
          aria-label={props.label}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[props.value]}
          onAction={(key) => {
            const chosen = props.options.find((option) => option.value === key)
            if (chosen !== undefined) props.onChange(chosen.value)
          }}
        >
          {props.options.map((option) => (
            <MenuItem key={option.value} id={option.value} className="menu__item" textValue={option.label}>
              {option.value === props.value ? <Icon name="check" /> : <span />}
              <span>{option.label}</span>
              {option.count !== undefined && <span className="t3">{option.count}</span>}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
