/**
 * A drill on the screens themselves: somebody does what they would in an emergency, in a world of its own, and the
 * activity log of that world tells what was done, and when.
 */
import type { ActivityEntry } from '#shared/activity.ts'
import {
  type DrillProgress,
  type DrillReport,
  type DrillStepReport,
  HAND_STEPS,
  type HandStepId,
} from '#shared/breakglass-drill.ts'
import type { Clock } from '../../capabilities.ts'
import { runDrill, secondsOf } from './drill.ts'
import { takeBack, verifyLog } from './steps.ts'
import type { DrillWorld } from './world.ts'

/** By which entry a step is known to have been done. */
const SIGNS: Readonly<Record<HandStepId, (entry: ActivityEntry) => boolean>> = {
  'set-up': ({ kind }) => kind === 'breakglass.set-up',
  open: ({ kind }) => kind === 'breakglass.opened',
  'show-password': ({ kind, detail }) => kind === 'breakglass.revealed' && detail.part === 'password',
  'show-code': ({ kind, detail }) => kind === 'breakglass.revealed' && detail.part === 'code',
  // Without an access key inside, the way to the role is its link.
  'assume-role': ({ kind, detail }) =>
    kind === 'breakglass.assumed' || (kind === 'breakglass.followed' && detail.page === 'role-link'),
  close: ({ kind, how }) => kind === 'breakglass.closed' && how === 'by-hand',
  rotate: ({ kind }) => kind === 'breakglass.rotated',
  'write-note': ({ kind, detail }) => kind === 'breakglass.done' && detail.task === 'note',
}

export interface Rehearsal {
  progress(): DrillProgress
  /** Proves the log, takes everything back, and says how it went. What was not done by then was missed. */
  finish(): Promise<DrillReport>
}

/** @param name the sealed credential it is a rehearsal for */
export function createRehearsal(
  { hallpass, from }: Pick<DrillWorld, 'hallpass' | 'from'>,
  { name = null, clock = Date.now }: { name?: string | null; clock?: Clock } = {},
): Rehearsal {
  const { activity, breakglass } = hallpass
  const startedAt = clock()

  /** When each step was done for the first time (of rotating: the last, once all is new), in milliseconds. */
  function doneAt(): Map<HandStepId, number> {
    const entries = activity.list().reverse()
    const isStale = breakglass.list().some(({ tasks }) => tasks.some((task) => task !== 'note'))
    return new Map(
      HAND_STEPS.flatMap((id) => {
        if (id === 'rotate' && isStale) return []
        const entry = id === 'rotate' ? entries.findLast(SIGNS[id]) : entries.find(SIGNS[id])
        return entry ? [[id, Date.parse(entry.at)]] : []
      }),
    )
  }

  return {
    progress: () => ({ name, startedAt: new Date(startedAt).toISOString(), from, done: [...doneAt().keys()] }),
    async finish() {
      const done = doneAt()
      const closing = await runDrill({ hallpass, from }, { clock, steps: [verifyLog, { ...takeBack, needs: [] }] })
      return {
        name,
        startedAt: new Date(startedAt).toISOString(),
        seconds: secondsOf(clock() - startedAt),
        steps: [...HAND_STEPS.map((id) => reportOf(id, done, startedAt)), ...closing.steps],
      }
    },
  }
}

/** Its seconds are those since the step that was done before it. */
function reportOf(id: HandStepId, done: ReadonlyMap<HandStepId, number>, startedAt: number): DrillStepReport {
  const at = done.get(id)
  if (at === undefined) return { id, seconds: null, done: false, note: null }
  const before = [...done.values()].filter((other) => other < at)
  return { id, seconds: secondsOf(at - Math.max(startedAt, ...before)), done: true, note: null }
}
