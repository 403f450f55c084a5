/** The key that does the same. For the eye only: buttons name their key to screen readers themselves. */
import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** Drawn, because few faces have the sign. */
const ENTER = '⏎'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <span className="kbd" aria-hidden="true">
      {children === ENTER ? <Icon name="enter" size={12} /> : children}
    </span>
  )
}
