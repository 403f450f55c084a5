/** What importing the AWS files would do. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query'
import type { ImportPlan } from '#shared/import.ts'
import { call } from '../bridge.ts'

export function useImportPlan(): UseQueryResult<ImportPlan> {
  return useQuery({ queryKey: ['import.plan'], queryFn: () => call('import.plan', undefined) })
}
