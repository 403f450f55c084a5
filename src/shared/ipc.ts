/**
 * The IPC contract: every channel between the renderer and main, with zod schemas for request and reply.
 * Requests are checked in main, replies in the preload; nothing crosses that is not listed here.
 * The renderer asks by intent. No reply carries a long-term secret or a session credential.
 */
import type { z } from 'zod'
import { ACCOUNTS_CALLS } from './ipc/accounts.ts'
import { ACTIVITY_CALLS } from './ipc/activity.ts'
import { APP_CALLS } from './ipc/app.ts'
import { BREAKGLASS_CALLS } from './ipc/breakglass.ts'
import { CATALOGUE_CALLS } from './ipc/catalogue.ts'
import { CENTERS_CALLS } from './ipc/centers.ts'
import type { errorReportSchema } from './ipc/common.ts'
import { CONSOLE_CALLS } from './ipc/console.ts'
import { DOCTOR_CALLS } from './ipc/doctor.ts'
import { IPC_EVENTS } from './ipc/events.ts'
import { HABITS_CALLS } from './ipc/habits.ts'
import { IDENTITIES_CALLS } from './ipc/identities.ts'
import { IMPORT_CALLS } from './ipc/import.ts'
import { KIT_CALLS } from './ipc/kit.ts'
import { LOCK_CALLS } from './ipc/lock.ts'
import { MFA_CALLS } from './ipc/mfa.ts'
import { PRACTICE_CALLS } from './ipc/practice.ts'
import { PROFILES_CALLS } from './ipc/profiles.ts'
import { ROLES_CALLS } from './ipc/roles.ts'
import { SESSIONS_CALLS } from './ipc/sessions.ts'
import { SETTINGS_CALLS } from './ipc/settings.ts'

export { type AppInfo, appInfoSchema } from './ipc/app.ts'
export type { OpenSealView, SealedFileDraft } from './ipc/breakglass.ts'
export type { OpenedCatalogue } from './ipc/catalogue.ts'
export type { CenterView, CodeToCompare, DiscoveryView, SharePlanView } from './ipc/centers.ts'
export { errorReportSchema } from './ipc/common.ts'
export type { ConsoleDoorsView } from './ipc/console.ts'
export { type DeepLink, deepLinkSchema, type MenuCommand, type RoleRequest } from './ipc/desktop.ts'
export { type AccessKeyDraft, accessKeyDraftSchema, type TotpDraft } from './ipc/identities.ts'
export type { ChosenKit, KitEntryView } from './ipc/kit.ts'
export { profilePreviewSchema } from './ipc/profiles.ts'
export { type RoleDetail, roleDetailSchema } from './ipc/roles.ts'
export { type ShortcutState, type Surroundings, shortcutStateSchema } from './ipc/settings.ts'
export { IPC_EVENTS }

/** Renderer → main. The reply envelope is `{ok: true, value}` or `{ok: false, error}`. */
export const IPC_CALLS = {
  ...APP_CALLS,
  ...IDENTITIES_CALLS,
  ...CENTERS_CALLS,
  ...ROLES_CALLS,
  ...ACCOUNTS_CALLS,
  ...BREAKGLASS_CALLS,
  ...KIT_CALLS,
  ...SESSIONS_CALLS,
  ...PROFILES_CALLS,
  ...CONSOLE_CALLS,
  ...MFA_CALLS,
  ...SETTINGS_CALLS,
  ...LOCK_CALLS,
  ...HABITS_CALLS,
  ...ACTIVITY_CALLS,
  ...IMPORT_CALLS,
  ...CATALOGUE_CALLS,
  ...DOCTOR_CALLS,
  ...PRACTICE_CALLS,
} as const satisfies Record<string, { request: z.ZodType; reply: z.ZodType }>

export type IpcChannel = keyof typeof IPC_CALLS
export type IpcRequest<C extends IpcChannel> = z.input<(typeof IPC_CALLS)[C]['request']>
export type IpcReply<C extends IpcChannel> = z.output<(typeof IPC_CALLS)[C]['reply']>
export type IpcEvent = keyof typeof IPC_EVENTS
export type IpcEventPayload<E extends IpcEvent> = z.output<(typeof IPC_EVENTS)[E]>

/** All that is answered, and told, while the app is locked: nothing that names anything. */
export const CALLS_WHILE_LOCKED: readonly IpcChannel[] = ['app.info', 'lock.state', 'lock.now', 'lock.unlock']
export const EVENTS_WHILE_LOCKED: readonly IpcEvent[] = ['lock.changed', 'mfa.closed']

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
