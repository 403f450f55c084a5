/** Calls about moving in. Secrets go from where they are to the vault in main; none comes here. */
import { z } from 'zod'
import { importPlanSchema, importResultSchema, importSourceSchema } from '#shared/import.ts'
import { none } from './common.ts'

export const IMPORT_CALLS = {
  /** What importing would do, touching nothing. */
  'import.plan': { request: z.object({ source: importSourceSchema }), reply: importPlanSchema },
  /** Imports the chosen items, with what they need. */
  'import.run': {
    request: z.object({
      source: importSourceSchema,
      profiles: z.array(z.string().max(512)).max(100_000),
      moveKeys: z.boolean(),
    }),
    reply: importResultSchema,
  },
  /** Asks the system for the configuration of a switch-roles extension; one with keys in it is refused. @returns null when the person cancels */
  'import.pick-config': { request: none, reply: z.object({ text: z.string() }).nullable() },
} as const
