/** Which rows of a long list are drawn: those in view and some around them, whatever its length. */
import { type RefObject, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { RowPlaces } from '../lib/row-places.ts'

/** Drawn above and below what is in view, and how far the list moves before others are drawn. Pixels. */
const AROUND = 132
const STEP = 132
/** How long the list rests after a leap until the rows around are drawn too. Milliseconds. */
const REST_MS = 100

interface View {
  /** Where the list is scrolled to, in steps; after a leap exactly. */
  readonly top: number
  /** The group head that stays at the upper edge; -1 without. */
  readonly head: number
  readonly height: number
  /** It was scrolled past everything that was in view: only what is in view now is drawn, so that it is there at once. */
  readonly leapt: boolean
}

export interface RowsInView {
  readonly first: number
  readonly last: number
  readonly head: number
  readonly onScroll: () => void
  /** Scrolls no further than needed. */
  readonly reveal: (index: number) => void
}

/** @param edge height of the head that covers the upper edge */
export function useRowsInView(ref: RefObject<HTMLElement | null>, places: RowPlaces, edge: number): RowsInView {
  const [view, setView] = useState<View>({
    top: 0,
    head: places.headOf(0),
    height: window.innerHeight,
    leapt: false,
  })
  const last = useRef(0)
  const resting = useRef<ReturnType<typeof setTimeout>>(undefined)

  const look = useCallback(() => {
    const { current } = ref
    if (current === null) return
    const { scrollTop, clientHeight: height } = current
    const leapt = Math.abs(scrollTop - last.current) > height
    last.current = scrollTop
    clearTimeout(resting.current)
    if (leapt) resting.current = setTimeout(look, REST_MS)
    const top = leapt ? scrollTop : Math.floor(scrollTop / STEP) * STEP
    const head = places.headOf(places.at(scrollTop))
    setView((known) =>
      known.top === top && known.head === head && known.height === height && known.leapt === leapt
        ? known
        : { top, head, height, leapt },
    )
  }, [ref, places])

  useLayoutEffect(look, [look])
  useLayoutEffect(() => () => clearTimeout(resting.current), [])
  useLayoutEffect(() => {
    if (ref.current === null) return
    const observer = new ResizeObserver(look)
    observer.observe(ref.current)
    return () => observer.disconnect()
  }, [ref, look])

  const reveal = useCallback(
    (index: number) => {
      const { current } = ref
      if (current === null) return
      const upper = index <= 1 ? 0 : places.top(index) - edge
      const lower = places.top(index + 1) - current.clientHeight
      if (current.scrollTop > upper) current.scrollTop = upper
      else if (current.scrollTop < lower) current.scrollTop = lower
    },
    [ref, places, edge],
  )

  const [above, below] = view.leapt ? [0, 0] : [AROUND, STEP + AROUND]
  return {
    first: Math.min(places.at(view.top - above), Math.max(0, places.count - 1)),
    last: Math.min(places.at(view.top + view.height + below), places.count - 1),
    head: view.head < places.count ? view.head : -1,
    // Drawn before this frame is painted: what comes into view must not be empty first.
    onScroll: () => flushSync(look),
    reveal,
  }
}

/**
 * A number for each drawn row, kept for as long as it is drawn and then given to another: what was made for a row that
 * went out of view serves for one that came in, which is far quicker than to make it anew.
 */
export function useSlots(drawn: readonly number[]): (index: number) => number {
  const slots = useRef(new Map<number, number>())
  const kept = new Map(
    drawn.flatMap((index) => {
      const slot = slots.current.get(index)
      return slot === undefined ? [] : [[index, slot] as const]
    }),
  )
  const taken = new Set(kept.values())
  let free = 0
  for (const index of drawn) {
    if (kept.has(index)) continue
    while (taken.has(free)) free += 1
    kept.set(index, free)
    taken.add(free)
  }
  slots.current = kept
  return (index) => kept.get(index) ?? index
}
