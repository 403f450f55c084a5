/** Calls about kits: files with sealed credentials, for others. What is in one stays in main. */
import { z } from 'zod'
import { reasonField, SEALED_PARTS } from '#shared/breakglass.ts'
import { nameField } from '#shared/fields.ts'
import { none } from './common.ts'

/** What opens a kit. It crosses once, as it is typed. */
const passphrase = z.object({ passphrase: z.string().min(1, 'A passphrase is needed.').max(1024) })

const kitEntrySchema = z.object({
  name: z.string(),
  userName: z.string(),
  accountId: z.string().nullable(),
  holds: z.array(z.enum(SEALED_PARTS)),
  /** A sealed credential here has that name already. */
  isKnown: z.boolean(),
})
export type KitEntryView = z.infer<typeof kitEntrySchema>

const chosenKitSchema = z.object({ kitId: z.string(), fileName: z.string() })
export type ChosenKit = z.infer<typeof chosenKitSchema>

export const KIT_CALLS = {
  /** Asks the system where to. @returns null when the person cancels */
  'kit.export': {
    request: z.object({
      names: z.array(nameField).min(1, 'Choose at least one credential.'),
      reason: reasonField,
      /** Names of those of production, as they were typed. */
      confirmed: z.array(nameField),
      lock: z.union([z.object({ recipients: z.array(z.string().max(4096)).min(1).max(100) }), passphrase]),
      /** Also a page to print, beside it, with nothing secret on it. */
      sheet: z.boolean(),
    }),
    reply: z
      .object({ fileName: z.string(), sheetName: z.string().nullable(), sheetProblem: z.string().nullable() })
      .nullable(),
  },
  /** Opens the system's file dialog; null when the person cancels. Ten minutes later it has to be chosen again. */
  'kit.choose': { request: none, reply: chosenKitSchema.nullable() },
  'kit.open': {
    request: z.object({
      kitId: z.string(),
      key: z.union([z.object({ identity: z.string().min(1, 'A key is needed.').max(4096) }), passphrase]),
    }),
    reply: z.object({ madeAt: z.string(), entries: z.array(kitEntrySchema) }),
  },
  /** Seals what was chosen of an opened kit. @returns the names they got */
  'kit.seal': {
    request: z.object({ kitId: z.string(), names: z.array(z.string()).min(1, 'Choose at least one credential.') }),
    reply: z.object({ names: z.array(z.string()) }),
  },
} as const
