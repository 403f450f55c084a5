/** Whether everything on a screen can be reached and read in a small window. */
import type { Page } from '@playwright/test'

/** @returns what can't be brought into view, is covered there, or is cut off with no other way to read it */
export function findUnreachable(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const CONTROLS =
      'button, a[href], input, textarea, select, [role=row], [role=menuitem], [role=menuitemradio], [role=menuitemcheckbox], [role=option], [role=switch]'
    const found: string[] = []
    const modal = document.querySelector('dialog:modal') ?? [...document.querySelectorAll('.menu, .scrim')].at(-1)
    const scope = modal ?? document.body
    const nameOf = (one: Element): string =>
      `${one.tagName.toLowerCase()}.${one.getAttribute('class')} “${(one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40)}”`
    const isShown = (one: Element): boolean =>
      one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
      one.closest('.sr, [inert], [hidden]') === null &&
      ![one, ...ancestors(one)].some((each) => getComputedStyle(each).clipPath === 'inset(50%)') &&
      !(one.matches('.toast *, .toasts') && modal !== undefined)
    const ancestors = function* (one: Element): Generator<Element> {
      for (let at = one.parentElement; at !== null; at = at.parentElement) yield at
    }
    const clips = (one: Element): boolean => getComputedStyle(one).overflowX !== 'visible'
    const scrolls = (one: Element, axis: 'X' | 'Y'): boolean =>
      ['auto', 'scroll'].includes(getComputedStyle(one)[`overflow${axis}`])
    const within = (inner: DOMRect, outer: { left: number; right: number; top: number; bottom: number }): boolean =>
      inner.left >= outer.left - 1 &&
      inner.right <= outer.right + 1 &&
      inner.top >= outer.top - 1 &&
      inner.bottom <= outer.bottom + 1
    const scroller = document.documentElement
    const view = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }

    // Nothing is read by moving to the side, but the lines of a file.
    for (const one of [scroller, ...scope.querySelectorAll('*')])
      if (scrolls(one, 'X') && one.scrollWidth > one.clientWidth + 1 && !one.matches('.diff, .note__details'))
        found.push(`scrolls sideways: ${nameOf(one)}`)

    const kept = new Map(
      [...document.querySelectorAll('*')].map((one) => [one, [one.scrollLeft, one.scrollTop] as const]),
    )
    for (const control of scope.querySelectorAll(CONTROLS)) {
      if (!isShown(control) || control.closest('.rows__all, .log') !== null) continue
      control.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
      const box = control.getBoundingClientRect()
      const forced = [...ancestors(control)].find(
        (one) =>
          (!scrolls(one, 'X') && one.scrollLeft !== (kept.get(one)?.[0] ?? 0)) ||
          (!scrolls(one, 'Y') && one.scrollTop !== (kept.get(one)?.[1] ?? 0)),
      )
      const cutting = [...ancestors(control)].find((one) => clips(one) && !within(box, one.getBoundingClientRect()))
      const x = (box.left + box.right) / 2
      const y = (box.top + box.bottom) / 2
      const hit = document.elementFromPoint(x, y)
      if (forced !== undefined) found.push(`only scrolled to by force: ${nameOf(control)} in ${nameOf(forced)}`)
      else if (!within(box, view)) found.push(`outside the window: ${nameOf(control)}`)
      else if (cutting !== undefined) found.push(`cut off: ${nameOf(control)} by ${nameOf(cutting)}`)
      else if (
        hit === null ||
        !(control.contains(hit) || hit.contains(control) || hit.closest('label, .toast') !== null)
      )
        found.push(`covered: ${nameOf(control)} by ${hit === null ? 'nothing' : nameOf(hit)}`)
      for (const one of ancestors(control)) {
        const [left, top] = kept.get(one) ?? [0, 0]
        one.scrollTo({ left, top, behavior: 'instant' })
      }
    }

    const texts = document.createTreeWalker(scope, NodeFilter.SHOW_TEXT)
    for (let text = texts.nextNode(); text !== null; text = texts.nextNode()) {
      const parent = text.parentElement
      if (parent === null || text.textContent?.trim() === '' || !isShown(parent)) continue
      if (parent.closest('.toasts, .dots, option') !== null && modal !== undefined) continue
      const range = document.createRange()
      range.selectNodeContents(text)
      const box = range.getBoundingClientRect()
      if (box.width === 0) continue
      const titled = parent.closest('[title]') !== null || [...ancestors(parent)].some((one) => one.matches('.mid'))
      for (const one of [parent, ...ancestors(parent)]) {
        const frame = one === scroller ? view : one.getBoundingClientRect()
        const outX = box.right > frame.right + 1 || box.left < frame.left - 1
        const outY = box.bottom > frame.bottom + 2 || box.top < frame.top - 2
        const isRoot = one === scroller
        const cutX = outX && (isRoot || (clips(one) && !scrolls(one, 'X')))
        const cutY = outY && !isRoot && clips(one) && !scrolls(one, 'Y')
        if ((cutX && !titled) || cutY) {
          found.push(`text cut: “${text.textContent?.trim().slice(0, 50)}” of ${nameOf(parent)} by ${nameOf(one)}`)
          break
        }
        // What is scrolled to is judged in its own scroller.
        if (scrolls(one, 'Y') && outY) break
      }
    }
    return [...new Set(found)]
  })
}
