/** Calls about what Hallpass depends on. */
import { z } from 'zod'
import { doctorFindingsSchema, doctorRepairSchema, reportNamesSchema } from '#shared/doctor.ts'
import { none } from './common.ts'

export const DOCTOR_CALLS = {
  /** @param askAws also what only AWS knows, which takes calls with the identities that are here */
  'doctor.check': { request: z.object({ askAws: z.boolean() }), reply: doctorFindingsSchema },
  /** Does what a check offers. */
  'doctor.repair': { request: z.object({ repair: doctorRepairSchema }), reply: none },
  /** Asks where to, and writes the report there; null when the person cancels. */
  'doctor.save-report': {
    request: z.object({ names: reportNamesSchema }),
    reply: z.object({ fileName: z.string() }).nullable(),
  },
} as const
