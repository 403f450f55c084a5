/** The key that does the same. For the eye only: buttons name their key to screen readers themselves. */
import type { ReactNode } from 'react'
import { type Shortcut, useShortcut } from '../hooks/key-ways.ts'
import { Icon } from './icon.tsx'

/** Drawn, because few faces have the sign. */
const ENTER = '⏎'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <span className="kbd" aria-hidden="true">
      {children === ENTER ? <Icon name="enter" size={12} /> : typeof children === 'string' ? drawn(children) : children}
    </span>
  )
}

/** The key of a command, as this platform writes it; nothing where it is turned off. */
export function ShortcutKbd({ shortcut }: { shortcut: Shortcut }) {
  const label = useShortcut(shortcut)
  return label === undefined ? null : <Kbd>{label}</Kbd>
}

/** The sign for Enter behind others, drawn too. */
function drawn(label: string): ReactNode {
  if (!label.endsWith(` ${ENTER}`)) return label
  return (
    <span className="kbd__mixed">
      {label.slice(0, -2)}
      <Icon name="enter" size={12} />
    </span>
  )
}
