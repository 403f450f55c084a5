/** The windows that are open, oldest first, and which of them has the focus. */

/** What the rest of the stand-in needs of a BrowserWindow. */
export interface OpenWindow {
  readonly webContents: object
  /** Asks `close` listeners; the window stays open when one prevents it. */
  close(): void
  focus(): void
  isFocused(): boolean
}

const windows = new Set<OpenWindow>()

export function addWindow(window: OpenWindow): void {
  windows.add(window)
}

export function removeWindow(window: OpenWindow): void {
  windows.delete(window)
}

/** A copy, safe to close windows from. */
export function openWindows(): OpenWindow[] {
  return [...windows]
}
