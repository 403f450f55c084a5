/** Sessions as spans of time, read from what the activity log has of a role. */
import type { ActivityEntry } from '#shared/activity.ts'
import type { SessionHistory, SessionSpan } from '#shared/session-history.ts'

/** How far back the day strip goes. Milliseconds. */
export const DAY = 24 * 3_600_000
/** No session lasts longer: what is still going on a day ago began at most this long before. Milliseconds. */
export const LONGEST_SESSION = 36 * 3_600_000
/** AWS's default, for entries from before expiry was recorded. Milliseconds. */
const ASSUMED = 3_600_000

/** The session that is stored now. */
export interface PresentSession {
  readonly accessKeyId: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

interface Open {
  readonly from: number
  accessKeyId: string | null
  until: number
}

/**
 * @param entries of the role and of kind `session.*`, oldest first
 * @param now milliseconds since the epoch, by AWS's clock
 */
export function sessionHistory(
  entries: readonly ActivityEntry[],
  present: PresentSession | undefined,
  now: number,
): SessionHistory {
  const spans: SessionSpan[] = []
  let open: Open | undefined
  const close = (at: number): void => {
    if (open && at > open.from) {
      const isPresent = present !== undefined && present.accessKeyId === open.accessKeyId
      spans.push({ from: iso(open.from), to: iso(at), live: isPresent && at > now })
    }
    open = undefined
  }
  for (const { kind, at, accessKeyId, detail } of entries) {
    const time = Date.parse(at)
    // Of limited copies nobody keeps a session.
    if (detail.readOnly === 'yes' || detail.call !== undefined) continue
    if (kind === 'session.ended') {
      if (open && open.accessKeyId === accessKeyId) close(Math.min(time, open.until))
    } else if (kind === 'session.started' || kind === 'session.renewed') {
      const until = Date.parse(detail.expires ?? '') || time + ASSUMED
      if (open && time <= open.until && kind === 'session.renewed') {
        open.accessKeyId = accessKeyId
        open.until = until
      } else {
        if (open) close(Math.min(open.until, time))
        open = { from: time, accessKeyId, until }
      }
    }
  }
  // What the store has is the truth about the session at hand.
  if (open) close(present?.accessKeyId === open.accessKeyId ? present.expiresAt : open.until)
  const earliest = now - DAY
  return { until: iso(now), spans: spans.filter(({ to }) => Date.parse(to) > earliest) }
}

function iso(time: number): string {
  return new Date(time).toISOString()
}
