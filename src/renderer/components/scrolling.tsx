/** Text that scrolls, in itself or with what it is in, where nothing else takes the focus: the keyboard has to reach it. */
import type { ReactNode } from 'react'

export function Scrolling(props: { label: string; className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={props.className} aria-label={props.label} tabIndex={0}>
      {props.children}
    </section>
  )
}
