/** Which part of a long page is in view, and going to one. */
import { type RefObject, useRef, useState } from 'react'
import type { Part } from './rows.ts'

/** A heading this far below the top of the page is the one being read. Pixels. */
const READING_LINE = 80

/** What stays free above the heading that was gone to. Pixels. */
const MARGIN = 20

export function useParts(parts: readonly Part[]): {
  pageRef: RefObject<HTMLDivElement | null>
  current: Part | undefined
  goTo: (part: Part) => void
  onScroll: () => void
} {
  const pageRef = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState<Part>()
  const headingOf = (part: Part): HTMLElement | null | undefined =>
    pageRef.current?.querySelector<HTMLElement>(`[data-part="${part}"]`)
  const goTo = (part: Part): void => {
    const page = pageRef.current
    const heading = headingOf(part)
    if (page === null || heading === undefined || heading === null) return
    const top = heading.getBoundingClientRect().top - page.getBoundingClientRect().top
    page.scrollTo({ top: page.scrollTop + top - MARGIN })
    heading.focus({ preventScroll: true })
    // The last parts may never reach the top.
    setSeen(part)
  }
  const onScroll = (): void => {
    const page = pageRef.current
    if (page === null) return
    const line = page.getBoundingClientRect().top + READING_LINE
    const above = (part: Part): boolean => (headingOf(part)?.getBoundingClientRect().top ?? Infinity) <= line
    // Gone to by its button, a part stays current as long as it is in view there.
    const focused = document.activeElement?.getAttribute('data-part')
    setSeen(parts.find((part) => part === focused) ?? parts.findLast(above))
  }
  return { pageRef, current: parts.find((part) => part === seen) ?? parts[0], goTo, onScroll }
}
