/** Moves the focus to something that is still to be drawn. */

/** Focuses what `find` gives as soon as it gives something, unless the person presses or clicks something first. */
export function focusWhenThere(find: () => HTMLElement | null): void {
  const leave = new AbortController()
  const look = (): void => {
    const found = find()
    if (found === null) return
    leave.abort()
    found.focus()
  }
  const observer = new MutationObserver(look)
  leave.signal.addEventListener('abort', () => observer.disconnect())
  for (const event of ['keydown', 'pointerdown']) {
    window.addEventListener(event, () => leave.abort(), { capture: true, signal: leave.signal })
  }
  observer.observe(document.body, { childList: true, subtree: true, characterData: true })
  look()
}
