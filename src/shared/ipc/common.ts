/** What the calls of several areas share. */
import { z } from 'zod'
import { nameField } from '#shared/fields.ts'

export const none = z.undefined()
export const byName = z.object({ name: nameField })

/** A failure as it crosses IPC. */
export const errorReportSchema = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  details: z.string().optional(),
})
