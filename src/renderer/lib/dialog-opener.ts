/**
 * Who opened a dialog, so that the focus goes back there. A dialog that a menu opens comes while the menu goes: whatever had the
 * focus then is gone with it, and what is left is the button that the menu belongs to.
 */

/** Of the dialog that is open, also once it has become another one; null when unknown. */
let opener: HTMLElement | null = null
/** So long it is waited for at most: half a second. */
const FRAMES = 30

/** A dialog comes; call before it takes the focus. */
export function noteOpener(): void {
  const { activeElement } = document
  if (!(activeElement instanceof HTMLElement) || activeElement === document.body) return
  if (activeElement.closest('.dialog') !== null) return
  opener = triggerOf(activeElement) ?? activeElement
}

/** A dialog goes. What has the focus by the next frame keeps it. */
export function returnToOpener(): void {
  requestAnimationFrame(() => giveBack(FRAMES))
}

function giveBack(frames: number): void {
  if (document.querySelector('.dialog') !== null) return
  const isLost = document.activeElement === document.body
  // What is behind a dialog takes no focus until that is quite gone.
  if (isLost && opener?.closest('[inert]') && frames > 0) {
    requestAnimationFrame(() => giveBack(frames - 1))
    return
  }
  if (isLost && opener?.isConnected) opener.focus()
  opener = null
}

/** The button of the menu that an item is in. */
function triggerOf(item: HTMLElement): HTMLElement | null {
  const ids = item.closest('[role=menu]')?.getAttribute('aria-labelledby')?.split(' ') ?? []
  return ids.map((id) => document.getElementById(id)).find((one) => one?.matches('[aria-haspopup]')) ?? null
}
