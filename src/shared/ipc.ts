/**
 * The IPC contract: every channel between the renderer and main, with zod schemas for request and reply.
 * Requests are checked in main, replies in the preload; nothing crosses that is not listed here.
 * The renderer asks by intent. No reply carries a long-term secret or a session credential.
 */
import { z } from 'zod'
import { mfaCodeField, nameField, profileModeField, profileNameField } from './fields.ts'
import {
  chainHopSchema,
  durationLimitsSchema,
  identityEditSchema,
  identitySchema,
  newIdentitySchema,
  newRoleSchema,
  ownedProfileSchema,
  roleEditSchema,
  roleSchema,
  roleSummarySchema,
  sessionSummarySchema,
  vaultStatusSchema,
} from './models.ts'

const none = z.undefined()
const byName = z.object({ name: nameField })

/** A failure as it crosses IPC. */
export const errorReportSchema = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  details: z.string().optional(),
})

/** Role list row plus what the detail pane shows. */
export const roleDetailSchema = z.object({
  role: roleSchema,
  summary: roleSummarySchema,
  chain: z.array(chainHopSchema),
  session: sessionSummarySchema.nullable(),
  /** Null when its chain is broken. */
  duration: durationLimitsSchema.nullable(),
})
export type RoleDetail = z.infer<typeof roleDetailSchema>

/** An access-key CSV that main has read: its secret stays in main, under `draftId`, for ten minutes. */
export const accessKeyDraftSchema = z.object({
  draftId: z.string(),
  fileName: z.string(),
  accessKeyId: z.string(),
  accountId: z.string().nullable(),
  userName: z.string().nullable(),
  /** True when the file holds a root user's key, which should not be used. */
  isRoot: z.boolean(),
})
export type AccessKeyDraft = z.infer<typeof accessKeyDraftSchema>

export const appInfoSchema = z.object({
  version: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux']),
  vault: vaultStatusSchema,
  /** Set after a damaged store was set aside, until it is acknowledged. */
  damage: errorReportSchema.nullable(),
  /** The host AWS calls go to when an endpoint override is set, such as the practice account; null for AWS itself. */
  endpointOverride: z.string().nullable(),
  theme: z.enum(['system', 'light', 'dark']),
})
export type AppInfo = z.infer<typeof appInfoSchema>

/** The lines a profile write would change. */
export const profilePreviewSchema = z.object({
  profile: z.string(),
  /** Unified diff over all files, empty when nothing changes. */
  diff: z.string(),
  files: z.array(z.string()),
})

const shellField = z.enum(['env', 'fish', 'powershell', 'dotenv'])
const consoleVia = z.enum(['switch-role', 'sign-in'])

/** Renderer → main. The reply envelope is `{ok: true, value}` or `{ok: false, error}`. */
export const IPC_CALLS = {
  'app.info': { request: none, reply: appInfoSchema },
  'app.set-theme': { request: z.object({ theme: z.enum(['system', 'light', 'dark']) }), reply: none },
  'app.acknowledge-damage': { request: none, reply: none },
  'identities.list': { request: none, reply: z.array(identitySchema) },
  'identities.add': {
    request: z.union([
      newIdentitySchema,
      newIdentitySchema.omit({ secretAccessKey: true, accessKeyId: true }).extend({ draftId: z.string() }),
    ]),
    reply: identitySchema,
  },
  'identities.edit': { request: byName.extend({ edit: identityEditSchema }), reply: identitySchema },
  'identities.test': { request: byName, reply: identitySchema },
  'identities.remove': { request: byName, reply: none },
  /** Opens the system's file dialog; null when the person cancels. */
  'identities.pick-csv': { request: none, reply: accessKeyDraftSchema.nullable() },
  /** For a file dropped on the window. */
  'identities.read-csv': { request: z.object({ path: z.string().max(4096) }), reply: accessKeyDraftSchema },
  'roles.list': { request: none, reply: z.array(roleSummarySchema) },
  'roles.show': { request: byName, reply: roleDetailSchema },
  'roles.add': { request: newRoleSchema, reply: roleSchema },
  'roles.edit': { request: byName.extend({ edit: roleEditSchema }), reply: roleSchema },
  'roles.remove': { request: byName, reply: none },
  /** Copies a public field of the role to the clipboard. */
  'roles.copy-field': {
    request: byName.extend({ field: z.enum(['arn', 'account-id', 'external-id', 'profile']) }),
    reply: none,
  },
  /** Starts or renews. May raise `mfa.requested` events before it settles. */
  'sessions.start': { request: byName.extend({ renew: z.boolean().default(false) }), reply: sessionSummarySchema },
  'sessions.end': { request: byName, reply: none },
  /** Puts shell lines with the session's credentials on the clipboard, cleared after a while. */
  'sessions.copy-env': {
    request: byName.extend({ shell: shellField }),
    reply: z.object({ clearsInSeconds: z.number() }),
  },
  'profiles.list': { request: none, reply: z.array(ownedProfileSchema) },
  'profiles.preview': {
    request: byName.extend({ profile: profileNameField.optional(), mode: profileModeField }),
    reply: profilePreviewSchema,
  },
  'profiles.write': {
    request: byName.extend({ profile: profileNameField.optional(), mode: profileModeField }),
    reply: ownedProfileSchema,
  },
  /** The lines that adopting somebody else's section of that name would change. */
  'profiles.preview-adoption': {
    request: byName.extend({ profile: profileNameField, mode: profileModeField }),
    reply: profilePreviewSchema,
  },
  /** Makes that section into the role's profile; what it replaces goes into the vault. */
  'profiles.adopt': {
    request: byName.extend({ profile: profileNameField, mode: profileModeField }),
    reply: ownedProfileSchema,
  },
  'profiles.remove': { request: z.object({ profile: z.string() }), reply: none },
  'console.open': { request: byName.extend({ via: consoleVia }), reply: none },
  'console.copy-switch-link': { request: byName, reply: none },
  /** The answer to an `mfa.requested` event; null cancels. */
  'mfa.answer': { request: z.object({ promptId: z.string(), code: mfaCodeField.nullable() }), reply: none },
} as const satisfies Record<string, { request: z.ZodType; reply: z.ZodType }>

/** Main → renderer. */
export const IPC_EVENTS = {
  /** Something the lists show has changed, here or through the CLI: ask again. */
  'state.changed': none,
  /** A code is needed. One prompt serves every caller that waits for this device. */
  'mfa.requested': z.object({
    promptId: z.string(),
    /** The device, as the serial STS gets. */
    serial: z.string(),
    identity: z.string(),
    /** What is being started. */
    target: z.string(),
    /** Why the last code was refused, when this asks again. */
    problem: errorReportSchema.nullable(),
  }),
  /** The prompt is over, however it ended: close the dialog. */
  'mfa.closed': z.object({ promptId: z.string() }),
} as const satisfies Record<string, z.ZodType>

export type IpcChannel = keyof typeof IPC_CALLS
export type IpcRequest<C extends IpcChannel> = z.input<(typeof IPC_CALLS)[C]['request']>
export type IpcReply<C extends IpcChannel> = z.output<(typeof IPC_CALLS)[C]['reply']>
export type IpcEvent = keyof typeof IPC_EVENTS
export type IpcEventPayload<E extends IpcEvent> = z.output<(typeof IPC_EVENTS)[E]>

export type IpcEnvelope<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: z.infer<typeof errorReportSchema> }

/** What the preload exposes as `window.hallpass`. */
export interface HallpassBridge {
  /** Never rejects for a known failure: the envelope carries it. */
  call<C extends IpcChannel>(channel: C, request: IpcRequest<C>): Promise<IpcEnvelope<IpcReply<C>>>
  /** @returns a function that stops listening */
  on<E extends IpcEvent>(event: E, listener: (payload: IpcEventPayload<E>) => void): () => void
  /** The path of a dropped file, for `identities.read-csv`. */
  pathForFile(file: File): string
}
