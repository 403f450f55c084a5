/** What importing would do. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ImportPlan, ImportSource } from '#shared/import.ts'
import { call } from '../bridge.ts'

export const AWS_FILES: ImportSource = { kind: 'aws-files' }

/** @param source null while there is nothing to look at */
export function useImportPlan(source: ImportSource | null = AWS_FILES): UseQueryResult<ImportPlan> {
  return useQuery({
    queryKey: ['import.plan', source],
    queryFn: () => call('import.plan', { source: source ?? AWS_FILES }),
    enabled: source !== null,
  })
}
