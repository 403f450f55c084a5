/**
 * What the app did to the outside, for a test to look at: `app.evaluate(() => globalThis.electronStandIn)`.
 * Only here on the stand-in, so a test that should also run on the real binary stubs the API instead.
 */

/** Requests that were neither for the app's own protocol nor inline, in order. */
const blockedRequests: string[] = []
/** Windows that a page got past the app's say, and that were closed at once: their URLs as far as known. */
const closedWindows: string[] = []
/** URLs given to `shell.openExternal`. */
const openedUrls: string[] = []
/** Paths given to `shell.openPath` and `shell.showItemInFolder`. */
const openedPaths: string[] = []
/** Every dialog that was asked for: the call and its options. */
const dialogs: { call: string; options: unknown }[] = []
/** Notifications that are shown. */
const notifications: object[] = []
/** Global shortcuts in force. */
const shortcuts: { accelerator: string; press: () => void }[] = []
/** Those that another program has, for a test to fill. */
const takenShortcuts: string[] = []
/** Trays that exist. */
const trays: object[] = []

/** What the app told the system about itself: the badge's number, the About panel, schemes, the start at login. */
const told: { badge: number; about: object; schemes: string[]; loginItem: object | undefined } = {
  badge: 0,
  about: {},
  schemes: [],
  loginItem: undefined,
}

export const records = {
  blockedRequests,
  closedWindows,
  openedUrls,
  openedPaths,
  dialogs,
  notifications,
  shortcuts,
  takenShortcuts,
  told,
  trays,
}

Object.defineProperty(globalThis, 'electronStandIn', { value: records })
