/** Calls about role catalogues. One that was read waits in main, so that what is taken in is what was shown. */
import { z } from 'zod'
import {
  cataloguePlanSchema,
  catalogueResultSchema,
  catalogueSourceSchema,
  catalogueSummarySchema,
} from '#shared/catalogue.ts'
import { nameField } from '#shared/fields.ts'
import { byName, none } from './common.ts'

const openedSchema = z.object({ draftId: z.string(), plan: cataloguePlanSchema })
export type OpenedCatalogue = z.infer<typeof openedSchema>

export const CATALOGUE_CALLS = {
  'catalogue.list': { request: none, reply: z.array(catalogueSummarySchema) },
  /** Opens the system's file dialog. @returns its path, null when the person cancels */
  'catalogue.pick': { request: none, reply: z.string().nullable() },
  /** Reads a catalogue, and says what it would change. */
  'catalogue.open': { request: z.object({ source: catalogueSourceSchema }), reply: openedSchema },
  'catalogue.pull': { request: byName, reply: openedSchema },
  /** The same with other options. */
  'catalogue.plan': {
    request: z.object({ draftId: z.string(), overwrite: z.boolean() }),
    reply: cataloguePlanSchema,
  },
  'catalogue.apply': {
    request: z.object({ draftId: z.string(), overwrite: z.boolean() }),
    reply: catalogueResultSchema,
  },
  'catalogue.forget': { request: byName, reply: none },
  /** Asks the system where to, and writes the roles there. @returns the file's name, null when the person cancels */
  'catalogue.export': {
    request: z.object({ name: nameField.optional() }),
    reply: z.object({ fileName: z.string() }).nullable(),
  },
} as const
