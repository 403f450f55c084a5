/** Puts break-glass together: records, openings, and the activity log that comes before either shows anything. */
import { type SealedRecord, sealedTaskSchema } from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import type { ActivityDraft } from '../activity/entry.ts'
import type { ActivityLog } from '../activity/index.ts'
import type { StsCalls } from '../aws/index.ts'
import { createLater } from './later.ts'
import { type BreakGlassRecorder, createOpenings, type OpeningsParts } from './openings.ts'
import { createPages, type PagesParts } from './pages.ts'
import { createSealedRecords, findSealed, sealedDetail } from './records.ts'
import type { BreakGlassService } from './service.ts'
import type { AccountParts } from './setup/account.ts'

export type { BreakGlassService } from './service.ts'

export interface BreakGlassParts
  extends Omit<OpeningsParts, 'record' | 'sts'>,
    Omit<AccountParts, 'sts'>,
    Pick<PagesParts, 'signInLinkOf'> {
  readonly sts: StsCalls
  readonly activity: Pick<ActivityLog, 'record' | 'note'>
}

/** A note is for people who read the log, not for a book. */
const LONGEST_NOTE = 500

export function createBreakGlass(parts: BreakGlassParts): BreakGlassService & { dispose(): void } {
  const { store, clock, activity } = parts
  const records = createSealedRecords(parts)
  const record = recorderOf(parts)
  const openings = createOpenings({ ...parts, record })
  const note = (kind: ActivityDraft['kind'], { id }: { readonly id: string }, detail: Record<string, string> = {}) => {
    const sealed = store.sealed.byId(id)
    return activity.note({ kind, ...(sealed ? factsOf(sealed) : {}), detail })
  }

  return {
    ...records,
    ...openings,
    ...createPages({ ...parts, openings, record }),
    ...createLater(parts, factsOf),
    readFile: async (...given) => (await import('./console-file.ts')).readConsoleFile(...given),
    async add(input) {
      const sealed = await records.add(input)
      await note('breakglass.added', sealed, { holds: sealed.holds.join(', ') })
      return sealed
    },
    async remove(name) {
      const record = findSealed(store, name)
      await openings.seal(name)
      await records.remove(name)
      await activity.note({ kind: 'breakglass.removed', ...factsOf(record) })
    },
    drilled: async (report) => (await import('./drill/record.ts')).recordDrill({ store, activity, factsOf }, report),
    async done(name, task, text = '') {
      const known = sealedTaskSchema.safeParse(task)
      if (!known.success) throw new HallpassError('input.invalid', `There is no task ${task}.`)
      const words = text.trim().slice(0, LONGEST_NOTE)
      if (task === 'note' && words === '')
        throw new HallpassError('input.invalid', 'A note is needed: what was done with it.')
      const { id } = findSealed(store, name)
      const detail = words === '' ? { task } : { note: words, task }
      await activity.record({ kind: 'breakglass.done', ...factsOf(findSealed(store, name)), detail })
      store.transaction(() => {
        const current = store.sealed.byId(id)
        if (current) store.sealed.update({ ...current, tasks: current.tasks.filter((each) => each !== task) })
      })
      return sealedDetail(store, findSealed(store, name), clock())
    },
  }
}

function factsOf({ id, name, accountId, accessKeyId }: SealedRecord) {
  return { target: `sealed:${id}`, name, accountId, accessKeyId }
}

function recorderOf({ store, activity, log }: BreakGlassParts): BreakGlassRecorder {
  const facts = (id: string) => {
    const record = store.sealed.byId(id)
    if (record) return factsOf(record)
    throw new HallpassError('breakglass.not-found', 'This sealed credential was removed meanwhile.')
  }
  return {
    opened: (id, detail) => activity.record({ kind: 'breakglass.opened', ...facts(id), detail }),
    revealed: (id, part, how) => activity.record({ kind: 'breakglass.revealed', ...facts(id), how, detail: { part } }),
    followed: (id, page, role) =>
      activity.record({
        kind: 'breakglass.followed',
        ...facts(id),
        detail: { page, ...(role === null ? {} : { role }) },
      }),
    assumed: (id, role, reasonAs) =>
      activity.record({ kind: 'breakglass.assumed', ...facts(id), detail: { reasonAs: reasonAs ?? 'nothing', role } }),
    async closed(id, how) {
      try {
        await activity.note({ kind: 'breakglass.closed', ...facts(id), how })
      } catch (error) {
        log.warn('That a seal was closed could not be recorded.', { error })
      }
    },
  }
}
