/** F6 walks over the regions of the window: sections, list, detail. */

/** @returns false when there is no region to go to */
export function focusNextRegion(): boolean {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const next = regions[(at + 1) % regions.length]
  const inside = next?.matches('[tabindex="0"]') ? next : next?.querySelector<HTMLElement>('button, [tabindex="0"]')
  const target = inside ?? next
  target?.focus()
  return target !== undefined
}
