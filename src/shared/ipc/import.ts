/** Calls about moving in from the AWS files. Secrets go from the files to the vault in main; none comes here. */
import { z } from 'zod'
import { importPlanSchema, importResultSchema } from '#shared/import.ts'
import { none } from './common.ts'

export const IMPORT_CALLS = {
  /** What importing would do, touching nothing. */
  'import.plan': { request: none, reply: importPlanSchema },
  /** Imports the chosen profiles, with what they need. */
  'import.run': {
    request: z.object({ profiles: z.array(z.string().max(512)).max(100_000), moveKeys: z.boolean() }),
    reply: importResultSchema,
  },
} as const
