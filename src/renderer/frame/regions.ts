/** F6 walks over the regions of the window: sections, list, detail. */

/** @param step 1 for the next, -1 for the one before @returns false when there is no region to go to */
export function focusRegion(step: 1 | -1): boolean {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const from = at < 0 && step < 0 ? 0 : at
  const next = regions[(from + step + regions.length) % regions.length]
  const inside = next?.matches('[tabindex="0"]') ? next : next?.querySelector<HTMLElement>('button, [tabindex="0"]')
  const target = inside ?? next
  target?.focus()
  return target !== undefined
}

/** Puts the focus into the list when it is nowhere, as after a dialog whose opener is gone. */
export function keepFocusSomewhere(): void {
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('[data-region="list"]')?.focus()
}
