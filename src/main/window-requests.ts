/**
 * What is asked of the window from outside it: by the tray, a notification, a menu, a link. The window comes up, and
 * what is asked waits until its page listens: the newest of each kind, so that nobody can pile them up.
 */

import type { DESKTOP_EVENTS } from '#shared/ipc/desktop.ts'
import type { IpcEventPayload } from '#shared/ipc.ts'

export type WindowRequest = keyof typeof DESKTOP_EVENTS

export interface WindowRequests {
  ask<E extends WindowRequest>(event: E, payload: IpcEventPayload<E>): void
  /** The page listens: what waits goes out. */
  pageReady(): void
  /** There is no page, or one that has not said that it listens. */
  pageGone(): void
}

/**
 * @param show brings the window up
 * @param send reaches the page
 */
export function createWindowRequests(
  show: () => void,
  send: <E extends WindowRequest>(event: E, payload: IpcEventPayload<E>) => void,
): WindowRequests {
  const waiting = new Map<WindowRequest, () => void>()
  let isReady = false
  return {
    ask(event, payload) {
      if (isReady) send(event, payload)
      else waiting.set(event, () => send(event, payload))
      show()
    },
    pageReady() {
      isReady = true
      const due = [...waiting.values()]
      waiting.clear()
      for (const go of due) go()
    },
    pageGone() {
      isReady = false
    },
  }
}
