/** What the doctor looks at and says. No secret is part of it. */
import { z } from 'zod'

/** What Hallpass can do about a check by itself, when a person says so. */
export const doctorRepairSchema = z.enum(['repair-files', 'repair-command', 'clear-static-keys', 'tighten-folder'])
export type DoctorRepair = z.infer<typeof doctorRepairSchema>

export const doctorCheckSchema = z.object({
  /** Stable, for programs: `vault.open`. */
  id: z.string(),
  /** `fail`: something does not work; `warn`: it works, and should be looked at. */
  state: z.enum(['ok', 'warn', 'fail']),
  /** What was found, a sentence. */
  title: z.string(),
  /** Why that matters, or the particulars; null when the title says it all. */
  why: z.string().nullable(),
  /** What to do; null when there is nothing to do. */
  next: z
    .object({
      /** An instruction. */
      text: z.string(),
      /** A command line that does it; null when none does. */
      command: z.string().nullable(),
      repair: doctorRepairSchema.nullable(),
      /** Where in the app it is done. */
      place: z.enum(['import', 'activity', 'sessions', 'roles', 'identities', 'breakglass']).nullable(),
    })
    .nullable(),
})
export type DoctorCheck = z.infer<typeof doctorCheckSchema>

export const doctorFindingsSchema = z.object({
  /** ISO 8601. */
  at: z.string(),
  checks: z.array(doctorCheckSchema),
})
export type DoctorFindings = z.infer<typeof doctorFindingsSchema>

/** What a saved report does with names, account ids and ARNs: stand-ins that tell them apart, or nothing at all. */
export const reportNamesSchema = z.enum(['hashed', 'left-out'])
export type ReportNames = z.infer<typeof reportNamesSchema>
