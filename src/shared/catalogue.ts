/**
 * Role catalogues: which roles there are and how they are assumed, for a team to share. Never a secret: there is no
 * member one could be in, members that are not known are refused, and so is whatever looks like one.
 */
import { z } from 'zod'
import { accountIdField, accountNameField } from './accounts.ts'
import { environmentField, nameField, regionField, roleArnField, tagField } from './fields.ts'
import { identityCenterFoundSchema } from './import.ts'
import { errorReportSchema } from './ipc/common.ts'
import { roleSettingsSchema } from './roles.ts'

/** The first member of every catalogue, with the version of its form. */
export const CATALOGUE_VERSION = 1

/** Roles of one catalogue, at most. */
const MOST_ROLES = 20_000

/**
 * A role: its settings are those of Hallpass, by the same names. One that comes with Identity Center has account and
 * permission set instead of an ARN, and an Identity Center of the catalogue in `from`.
 */
export const catalogueRoleSchema = z
  .strictObject({
    name: nameField,
    arn: roleArnField.optional(),
    accountId: accountIdField.optional(),
    permissionSet: z
      .string()
      .regex(/^[\w+=,.@-]{1,32}$/, 'The name of a permission set has up to 32 letters, digits and + = , . @ - _.')
      .optional(),
    /** Another role of the catalogue that it is chained from; whoever takes it in says what the others start from. */
    from: nameField.optional(),
    ...roleSettingsSchema.shape,
    tags: z.array(tagField.strict()).max(50).optional(),
  })
  .refine(
    ({ arn, accountId, permissionSet, from }) =>
      arn === undefined
        ? accountId !== undefined && permissionSet !== undefined && from !== undefined
        : accountId === undefined && permissionSet === undefined,
    'A role has an arn, or an accountId, a permissionSet and the Identity Center it is from.',
  )
export type CatalogueRole = z.infer<typeof catalogueRoleSchema>

export const catalogueSchema = z.strictObject({
  hallpassCatalogue: z.literal(CATALOGUE_VERSION, 'This version of Hallpass reads catalogues of version 1.'),
  /** What the team calls it. */
  name: nameField.optional(),
  accounts: z
    .array(
      z.strictObject({
        id: accountIdField,
        name: accountNameField.optional(),
        environment: environmentField.optional(),
      }),
    )
    .max(MOST_ROLES)
    .default([]),
  identityCenters: z
    .array(z.strictObject({ name: nameField, startUrl: z.httpUrl().startsWith('https://'), region: regionField }))
    .max(100)
    .default([]),
  roles: z.array(catalogueRoleSchema).max(MOST_ROLES).default([]),
})
export type Catalogue = z.infer<typeof catalogueSchema>

/** Where a catalogue is, and what its roles start from. */
export const catalogueSourceSchema = z.object({
  /** A file, an `https:` address, a Git repository or `s3://bucket/key`. */
  place: z
    .string()
    .trim()
    .min(1, 'A catalogue is in a file, at an https address, in a Git repository or in S3.')
    .max(2048),
  /** Of a Git repository: the file in it. */
  path: z.string().max(1024).optional(),
  /** Of a Git repository: a branch or a tag. */
  ref: z.string().max(256).optional(),
  /** Of S3: the role or identity whose session may read it. */
  with: nameField.optional(),
  /** The identity or role that roles start from which name none. */
  from: nameField.optional(),
})
export type CatalogueSource = z.infer<typeof catalogueSourceSchema>

/** One setting of a role that differs from the catalogue's. */
export const catalogueFieldSchema = z.object({
  field: z.string(),
  /** As a person reads it; null for none. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** It was changed by hand since, and stays. */
  kept: z.boolean(),
})
export type CatalogueField = z.infer<typeof catalogueFieldSchema>

/** What becomes of one role. */
export const catalogueItemSchema = z.object({
  /** Its name in the catalogue; each once. */
  key: z.string(),
  /** Its name in Hallpass; null when it is left out. */
  name: z.string().nullable(),
  /**
   * `new`; `changed`: the catalogue says something else than before; `same`; `known`: it was here before the catalogue,
   * and stays the person's; `gone`: no longer in the catalogue, so it goes; `kept`: the person's own changes keep it as
   * it is; `skipped`: it can't be taken in. The notes say why.
   */
  outcome: z.enum(['new', 'changed', 'same', 'known', 'gone', 'kept', 'skipped']),
  arn: z.string(),
  from: z.string().nullable(),
  fields: z.array(catalogueFieldSchema),
  /** Whole sentences. */
  notes: z.array(z.string()),
})
export type CatalogueItem = z.infer<typeof catalogueItemSchema>

export const cataloguePlanSchema = z.object({
  /** What it is called in Hallpass. */
  catalogue: z.string(),
  place: z.string(),
  /** It has been taken in before. */
  isKnown: z.boolean(),
  items: z.array(catalogueItemSchema),
  /** Accounts that get a name, or something they are for. */
  accounts: z.array(
    z.object({ accountId: z.string(), name: z.string().nullable(), environment: z.string().nullable() }),
  ),
  identityCenters: z.array(identityCenterFoundSchema),
})
export type CataloguePlan = z.infer<typeof cataloguePlanSchema>

export const catalogueResultSchema = cataloguePlanSchema.extend({
  items: z.array(
    catalogueItemSchema.extend({
      result: z.enum(['added', 'changed', 'removed', 'unchanged', 'failed']),
      error: errorReportSchema.nullable(),
    }),
  ),
})
export type CatalogueResult = z.infer<typeof catalogueResultSchema>

/** How a plan is made and carried out. */
export interface CatalogueOptions {
  /** Settings changed by hand give way to the catalogue's. */
  readonly overwrite?: boolean | undefined
  /** `false`: roles that are no longer in the catalogue stay. */
  readonly prune?: boolean | undefined
}

/** A catalogue that has been taken in. */
export const catalogueSummarySchema = z.object({
  name: z.string(),
  source: catalogueSourceSchema,
  roles: z.int(),
  pulledAt: z.string(),
})
export type CatalogueSummary = z.infer<typeof catalogueSummarySchema>
