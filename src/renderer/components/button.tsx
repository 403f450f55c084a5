/** Buttons. A busy one keeps its place, swaps its icon for a spinner and names the step; a second press does nothing. */

import type { ReactNode } from 'react'
import { type Shortcut, useShortcut } from '../hooks/key-ways.ts'
import { ariaKey } from '../lib/keys.ts'
import { Icon, type IconName } from './icon.tsx'
import { Kbd } from './kbd.tsx'

export type ButtonTone = 'plain' | 'primary' | 'quiet' | 'danger' | 'danger-solid' | 'prod'

interface ButtonProps {
  readonly children: ReactNode
  readonly onClick?: () => void
  /** Alt+Down, where a menu belongs to the button. */
  readonly onAltDown?: () => void
  readonly tone?: ButtonTone | undefined
  readonly icon?: IconName | undefined
  /** The key that does the same. */
  readonly shortcut?: Shortcut | undefined
  /** What is under way, in place of the label. */
  readonly busy?: string | undefined
  readonly disabled?: boolean | undefined
  readonly large?: boolean | undefined
  readonly grow?: boolean
  readonly type?: 'button' | 'submit'
  readonly tabIndex?: number
  /** Has the focus when its dialog opens. */
  readonly initialFocus?: boolean
  /** The id of what explains it. */
  readonly describedBy?: string | undefined
  /** Its name, where the words on it are told apart by what stands beside them. */
  readonly label?: string
}

/** The class names of a button, for elements that must be of another kind. */
export function buttonClass(options: Pick<ButtonProps, 'tone' | 'large' | 'grow'>): string {
  const tone = options.tone === undefined || options.tone === 'plain' ? '' : ` btn--${options.tone}`
  return `btn${options.large ? ' btn--lg' : ''}${tone}${options.grow ? ' grow' : ''}`
}

export function Button(props: ButtonProps) {
  const { children, icon, busy, onClick } = props
  const shortcut = useShortcut(props.shortcut)
  return (
    <button
      type={props.type ?? 'button'}
      className={buttonClass(props)}
      disabled={props.disabled}
      tabIndex={props.tabIndex}
      data-initial-focus={props.initialFocus || undefined}
      aria-label={props.label}
      aria-describedby={props.describedBy}
      aria-busy={busy === undefined ? undefined : true}
      aria-keyshortcuts={shortcut === undefined ? undefined : ariaKey(shortcut)}
      onKeyDown={(event) => {
        if (!event.altKey || event.key !== 'ArrowDown' || props.onAltDown === undefined) return
        event.preventDefault()
        props.onAltDown()
      }}
      onClick={(event) => {
        if (busy !== undefined) event.preventDefault()
        else onClick?.()
      }}
    >
      {busy !== undefined ? <i className="spin" /> : icon !== undefined && <Icon name={icon} />}
      {busy ?? children}
      {shortcut !== undefined && busy === undefined && <Kbd>{shortcut}</Kbd>}
    </button>
  )
}

/** A button that shows only its icon; the label names it and is its tooltip. */
export function IconButton(props: {
  label: string
  icon: IconName
  onClick: () => void
  quiet?: boolean
  tabIndex?: number
  /** For one that is on or off. Its label says what it would do. */
  pressed?: boolean
}) {
  return (
    <button
      type="button"
      className={`btn btn--icon${props.quiet ? ' btn--quiet' : ''}${props.pressed ? ' is-on' : ''}`}
      aria-label={props.label}
      title={props.label}
      tabIndex={props.tabIndex}
      onClick={props.onClick}
    >
      <Icon name={props.icon} />
    </button>
  )
}

/** The small copy button beside a value. */
export function CopyButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className="mini" aria-label={label} title={label} onClick={onClick}>
      <Icon name="copy" size={14} />
    </button>
  )
}
