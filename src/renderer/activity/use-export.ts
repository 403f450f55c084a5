/** Writing the log to a file of the person's choice. */
import type { HallpassError } from '#shared/errors.ts'
import { call } from '../bridge.ts'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { activityStrings } from '../strings/activity.ts'

export type ExportFormat = 'jsonl' | 'csv'

export interface LogExport {
  readonly busy: boolean
  readonly failure: HallpassError | null
  readonly start: (format: ExportFormat) => void
}

export function useExport(): LogExport {
  const { busy, failure, run } = useBusy()
  return {
    busy,
    failure,
    start: (format) =>
      void run(async () => {
        const saved = await call('activity.export', { format })
        if (saved !== null) showToast(activityStrings.exported(saved.fileName))
      }),
  }
}
