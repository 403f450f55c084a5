/** What stays of a drill in the real state folder: an entry of the activity log, and when it was. */
import type { SealedRecord } from '#shared/breakglass.ts'
import { type DrillReport, failedSteps, missedSteps } from '#shared/breakglass-drill.ts'
import type { ActivityDraft } from '../../activity/entry.ts'
import type { ActivityLog } from '../../activity/index.ts'
import type { Store } from '../../store/types.ts'
import { findSealed } from '../records.ts'

export interface DrillRecordParts {
  readonly store: Store
  readonly activity: Pick<ActivityLog, 'record'>
  /** What entries of the activity log say of a credential. */
  readonly factsOf: (record: SealedRecord) => Partial<ActivityDraft>
}

/**
 * A drill with failed or missed steps is in the log, but does not count as the credential's last one.
 * @throws `breakglass.not-found`, and what writing the log throws
 */
export async function recordDrill({ store, activity, factsOf }: DrillRecordParts, report: DrillReport): Promise<void> {
  const { name, startedAt, seconds, steps } = report
  const [failed, missed] = [failedSteps(report), missedSteps(report)]
  const sealed = name === null ? undefined : findSealed(store, name)
  await activity.record({
    kind: 'breakglass.drilled',
    ...(sealed ? factsOf(sealed) : {}),
    detail: {
      ...(failed.length === 0 ? {} : { failed: failed.join(', ') }),
      ...(missed.length === 0 ? {} : { missed: missed.join(', ') }),
      seconds: String(seconds),
    },
  })
  if (!sealed || steps.length === 0 || failed.length + missed.length > 0) return
  store.transaction(() => {
    const current = store.sealed.byId(sealed.id)
    if (current) store.sealed.update({ ...current, lastDrillAt: startedAt })
  })
}
