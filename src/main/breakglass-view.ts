/**
 * What the page shows of break-glass. The page keeps it until it is told that it is another: what is sealed changes
 * seldom, while the state of roles and sessions does all the time.
 */
import type { ActivityEntry } from '#shared/activity.ts'
import type { Opening } from '#shared/breakglass.ts'
import type { IpcReply, OpenSealView } from '#shared/ipc.ts'
import type { DrillMode, Stage } from './drill-mode.ts'

export interface BreakGlassView {
  /** For the page. @throws what reading the store throws */
  list(): IpcReply<'breakglass.list'>
  /** Whether the page would get another answer than its last one; not so where it never asked. Never fails. */
  hasChanged(): boolean
}

/** As many records as somebody reads; the activity log has all of them. */
const RECORDS_SHOWN = 50

export function createBreakGlassView(drill: Pick<DrillMode, 'stage' | 'progress'>): BreakGlassView {
  let told: string | undefined

  function read(): IpcReply<'breakglass.list'> {
    const { breakglass } = drill.stage()
    return {
      credentials: breakglass.list(),
      openings: breakglass.openings().map((opening) => viewOfOpening(opening, drill.stage())),
      interrupted: breakglass.setup.interrupted(),
      drill: drill.progress(),
    }
  }

  return {
    list() {
      const reply = read()
      told = JSON.stringify(reply)
      return reply
    },
    hasChanged() {
      if (told === undefined) return false
      try {
        return JSON.stringify(read()) !== told
      } catch {
        // Asked, it says what is wrong.
        return true
      }
    },
  }
}

/** An opening with what the activity log has of it. */
export function viewOfOpening(
  { id, credential, until, reason }: Opening,
  { activity }: Pick<Stage, 'activity'>,
): OpenSealView {
  const records = entriesSince(activity, credential.lastOpenedAt ?? until)
    .filter(({ target }) => target === `sealed:${credential.id}`)
    .reverse()
    .map(({ seq, at, kind, how, detail }) => ({ seq, at, kind, how, detail }))
  return { id, name: credential.name, until, reason, records }
}

/** A log that can't be read is for the activity screen to explain; what is open stays in sight. */
function entriesSince(activity: Stage['activity'], since: string): ActivityEntry[] {
  try {
    return activity.list({ kind: 'breakglass', since, limit: RECORDS_SHOWN })
  } catch {
    return []
  }
}
