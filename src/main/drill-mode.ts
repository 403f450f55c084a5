/**
 * A drill on the screens: while it lasts, break-glass in the window is that of a practice account of its own. Of the real
 * state folder nothing is read or written until its report is recorded.
 */
import type { Rehearsal } from '#core/breakglass/drill/rehearsal.ts'
import type { DrillWorld } from '#core/breakglass/drill/world.ts'
import type { Log } from '#core/capabilities.ts'
import type { Hallpass } from '#core/hallpass.ts'
import type { DrillProgress, DrillReport } from '#shared/breakglass-drill.ts'
import { HallpassError } from '#shared/errors.ts'

export interface Stage extends Pick<Hallpass, 'breakglass' | 'rotation' | 'activity'> {
  readonly isDrill: boolean
}

export interface DrillMode {
  /**
   * What takes real secrets in, or writes them out: a drill has no part in it.
   * @throws `breakglass.in-drill`
   */
  real(): Hallpass['breakglass']
  /** What the break-glass screen works on now. */
  stage(): Stage
  progress(): DrillProgress | null
  /** @param name of the sealed credential it is a rehearsal for @throws `breakglass.not-found`, `breakglass.still-open`, `file.*`, `vault.*` */
  start(name: string | undefined): Promise<void>
  /** Ends it, and records how it went. @throws `breakglass.no-drill`, and what writing the log throws */
  finish(): Promise<DrillReport>
  /** Ends it without a trace. Never fails; nothing to do when there is none. */
  stop(): Promise<void>
}

interface Running {
  readonly world: DrillWorld
  readonly rehearsal: Rehearsal
}

export function createDrillMode(hallpass: Hallpass, changed: () => void, log: Log): DrillMode {
  let starting: Promise<Running> | undefined
  let running: Running | undefined
  let finishing: Promise<DrillReport> | undefined

  async function prepare(name: string | undefined): Promise<Running> {
    const [{ openDrillWorld }, { createRehearsal }] = await Promise.all([
      import('#core/breakglass/drill/world.ts'),
      import('#core/breakglass/drill/rehearsal.ts'),
    ])
    const world = await openDrillWorld({ openMinutes: hallpass.settings.get().breakGlassMinutes })
    world.hallpass.breakglass.onOpenings(changed)
    return { world, rehearsal: createRehearsal(world, { name: name ?? null }) }
  }

  async function stop(): Promise<void> {
    const ending = await starting?.catch(() => undefined)
    starting = undefined
    running = undefined
    if (!ending) return
    // First of all, so that no page goes on showing a drill.
    changed()
    await ending.world.end().catch((error: unknown) => log.warn('Something of a drill is left.', { error }))
  }

  /** @throws `breakglass.still-open`: it would be out of sight, and could not be closed */
  function expectAllSealed(): void {
    const [open] = hallpass.breakglass.openings()
    if (open)
      throw new HallpassError('breakglass.still-open', `${open.credential.name} is open, and not for a drill.`, {
        hint: 'Close it first.',
      })
  }

  async function finish({ rehearsal }: Running): Promise<DrillReport> {
    try {
      const report = await rehearsal.finish()
      await hallpass.breakglass.drilled(report)
      return report
    } finally {
      await stop()
    }
  }

  return {
    stage: () => stageOf(running?.world.hallpass ?? hallpass, running !== undefined),
    real() {
      if (!running) return hallpass.breakglass
      throw new HallpassError('breakglass.in-drill', 'A drill takes no real secret in, and gives none out.', {
        hint: 'Finish or stop the drill first.',
      })
    },
    progress: () => running?.rehearsal.progress() ?? null,
    async start(name) {
      const known = name === undefined ? undefined : hallpass.breakglass.show(name).name
      expectAllSealed()
      starting ??= prepare(known)
      const mine = starting
      try {
        const ready = await mine
        // Stopped while it was being prepared.
        if (starting !== mine) return
        expectAllSealed()
        running = ready
      } catch (error) {
        if (starting === mine) await stop()
        throw error
      }
      changed()
    },
    async finish() {
      if (!running)
        throw new HallpassError('breakglass.no-drill', 'There is no drill.', {
          hint: 'Start one on the break-glass screen.',
        })
      finishing ??= finish(running).finally(() => {
        finishing = undefined
      })
      return finishing
    },
    stop,
  }
}

function stageOf({ breakglass, rotation, activity }: Omit<Stage, 'isDrill'>, isDrill: boolean): Stage {
  return { breakglass, rotation, activity, isDrill }
}
