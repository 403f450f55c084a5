/** Sessions as they are listed, and the credentials they are made of. Times are ISO 8601 UTC. */
import { z } from 'zod'
import type { ErrorReport } from './errors.ts'

export const sessionStateSchema = z.enum(['inactive', 'active', 'expired', 'needs-mfa'])
export type SessionState = z.infer<typeof sessionStateSchema>

/** A live or remembered session, without its secrets. */
export const sessionSummarySchema = z.object({
  /** Name of the role or identity it belongs to. */
  name: z.string(),
  kind: z.enum(['role', 'identity']),
  accountId: z.string().nullable(),
  /** ARN of the assumed role or federated caller, when AWS gave one. */
  assumedRoleArn: z.string().nullable(),
  accessKeyId: z.string(),
  obtainedAt: z.string(),
  expiresAt: z.string(),
  state: z.enum(['active', 'expired']),
})
export type SessionSummary = z.infer<typeof sessionSummarySchema>

/** Short-term credentials in the clear: core, CLI output and the clipboard only, never IPC to the renderer. */
export interface SessionCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** As AWS gave it. */
  readonly expiration: Date
  readonly accountId: string | null
  /** ARN of the role; null for an identity's own session. */
  readonly roleArn: string | null
  readonly assumedRoleArn: string | null
  readonly region: string | null
}

/** Credentials as they are handed out. */
export interface HandedOutCredentials extends SessionCredentials {
  /** Why they could not be renewed, though they should have been: they are still valid until `expiration`. */
  readonly kept?: ErrorReport | undefined
}
