/** Goes through the steps of a drill, one after the other, and takes the time. */
import type { DrillReport, DrillStepId, DrillStepReport } from '#shared/breakglass-drill.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { Clock } from '../../capabilities.ts'
import { type DrillState, type DrillStep, STEPS } from './steps.ts'

export interface DrillOptions {
  /** The sealed credential it is a rehearsal for. */
  readonly name?: string | undefined
  readonly clock?: Clock
  /** Asked before each step that can be done. What it throws ends the drill. Without it, every step is done. */
  readonly confirm?: (step: DrillStepId, place: DrillPlace) => Promise<'do' | 'skip'>
  /** Told after each step, missed ones too. */
  readonly onStep?: (report: DrillStepReport) => void
  /** Ends the drill before its next step. */
  readonly signal?: AbortSignal | undefined
  /** What to go through, for tests; all of it when left out. */
  readonly steps?: readonly DrillStep[]
}

export interface DrillPlace {
  /** From 1. */
  readonly number: number
  readonly of: number
}

/**
 * A step that fails is reported, and the drill goes on with those that do not need it.
 * @throws `cancelled` at the signal, and what `confirm` throws
 */
export async function runDrill(state: DrillState, options: DrillOptions = {}): Promise<DrillReport> {
  const { name = null, clock = Date.now, confirm, onStep, signal, steps = STEPS } = options
  const startedAt = clock()
  const secondsSince = (start: number) => secondsOf(clock() - start)
  const reports: DrillStepReport[] = []

  async function take(step: DrillStep, place: DrillPlace): Promise<DrillStepReport> {
    const { id } = step
    const isDone = (needed: DrillStepId) => reports.some((report) => report.id === needed && report.done)
    const lacking = step.needs.filter((needed) => !isDone(needed))
    if (lacking.length > 0)
      return { id, seconds: null, done: false, note: `Not possible without ${lacking.join(', ')}.` }
    // Reading what is to be done takes time in an emergency as well.
    const start = clock()
    if ((await confirm?.(id, place)) === 'skip') return { id, seconds: null, done: false, note: 'Skipped.' }
    signalled(signal)
    try {
      const note = await step.run(state)
      return { id, seconds: secondsSince(start), done: true, note }
    } catch (error) {
      return { id, seconds: secondsSince(start), done: false, note: reasonOf(error) }
    }
  }

  for (const [index, step] of steps.entries()) {
    signalled(signal)
    const report = await take(step, { number: index + 1, of: steps.length })
    reports.push(report)
    onStep?.(report)
  }
  return { name, startedAt: new Date(startedAt).toISOString(), seconds: secondsSince(startedAt), steps: reports }
}

/** Milliseconds as seconds with one decimal; a clock that was put back counts as no time. */
export function secondsOf(ms: number): number {
  return Math.max(0, Math.round(ms / 100) / 10)
}

function signalled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new HallpassError('cancelled', 'The drill was stopped; nothing of it is left.')
}

/** Only the messages of coded errors are made for people, and known to hold no secret. */
function reasonOf(error: unknown): string {
  return isHallpassError(error) ? error.message : 'Something unexpected went wrong.'
}
