/**
 * What agent and client say to each other: one JSON object a line, one request a connection.
 *
 * The client opens with a nonce ({@link Opening}), and the agent answers with one of its own and the proof that it knows
 * the token ({@link Greeting}). Only then the client shows its own proof, and says what it wants ({@link Demand}): it may
 * hold an MFA code. The token itself is never said. The agent hangs up on a peer without the proof; to one with it, it
 * is heard of every {@link ALIVE_MS}, may ask for MFA codes ({@link Question}, answered by an {@link Answer}), and ends
 * with a reply, an error, or `elsewhere`.
 *
 * Nothing is imported here: the fast path of `credential-process` loads this file and no library.
 */
import type { ErrorReport } from '#shared/errors.ts'

/**
 * Raised with every change that an agent or client of before would misread. Nonces, proofs and `stop` are understood
 * whatever it is; only 1, which was never released, showed the token instead.
 */
export const PROTOCOL = 2

/** Bytes of the longest line a client may send. */
export const LONGEST_REQUEST = 16 * 1024
/** Characters of the longest folder a client tells; even escaped they leave room for the rest of a line. */
export const LONGEST_FOLDER = 2048
/** Seconds for which an agent may hold the key of a vault file: a week. */
export const LONGEST_HOLD = 7 * 24 * 3600
/** Bytes of the longest line an agent may send. */
export const LONGEST_REPLY = 256 * 1024
/** How often an agent at work is heard of, in milliseconds. */
export const ALIVE_MS = 2000
/** A client that has heard nothing for this long takes the agent for dead. Milliseconds. */
export const SILENCE_MS = 15_000

/** Where an agent lives: in the app, which has a window to ask in, or on its own, where its clients are asked. */
export type AgentKind = 'app' | 'standalone'

/** Options of a session as they travel: those of the facade, with what the credentials are for laid flat. */
export interface WireOptions {
  readonly mfaCode?: string | undefined
  readonly durationSeconds?: number | undefined
  readonly readOnly?: boolean | undefined
  readonly renew?: boolean | undefined
  readonly byProgram?: boolean | undefined
  readonly askedAt?: number | undefined
  readonly how?: string | undefined
  readonly form?: string | undefined
}

export type AgentRequest =
  /** A program asks, at this moment by the computer's clock. The reply is a {@link ProcessReply}. */
  | { readonly op: 'credential-process'; readonly name: string; readonly askedAt: number }
  /** The reply is `HandedOutCredentials`, its time as ISO 8601. */
  | { readonly op: 'credentials'; readonly name: string; readonly options: WireOptions }
  | { readonly op: 'status' }
  /** Hold the data key of the vault file for so many seconds. The reply is a {@link VaultHold}. */
  | { readonly op: 'vault-unlock'; readonly vault: string; readonly key: string; readonly seconds: number }
  /** Forget it. The reply is whether there was one. */
  | { readonly op: 'vault-lock' }
  /** The reply is the {@link VaultKey} that is held, or null. */
  | { readonly op: 'vault-key' }
  /** Hand the sessions over and end. The reply comes when that is done. */
  | { readonly op: 'stop' }

/** The first line of a client. */
export interface Opening {
  readonly protocol: number
  readonly nonce: string
}

/** The first line of an agent. */
export interface Greeting {
  readonly nonce: string
  readonly proof: string
}

/** The second line of a client, once it has seen the agent's proof. */
export interface Demand {
  readonly proof: string
  /** See {@link contextOf}. */
  readonly context: string
  readonly request: AgentRequest
  readonly caller: CallerProcess
}

/** The process of a client, in its own words. */
export interface CallerProcess {
  readonly pid: number
  /** Of the process that started it: the AWS tool, or a shell. */
  readonly parentPid: number
  /** The folder it works in, absolute; null when that is gone, or too long a path to be told. */
  readonly folder: string | null
}

/** The reply to `credential-process`. */
export interface ProcessReply {
  /** The credential_process document, ready to be printed. */
  readonly document: string
  /** Why the credentials could not be renewed; they are still valid. */
  readonly kept?: ErrorReport | undefined
}

/** The data key of a vault file, as it travels. */
export interface VaultKey {
  /** The id of the file. */
  readonly vault: string
  /** Base64. */
  readonly key: string
}

export interface VaultHold {
  /** ISO 8601. */
  readonly until: string
}

/** What the agent needs a person for: the fields of the MFA prompt. */
export interface Question {
  readonly serial: string
  readonly identity: string
  readonly target: string
  readonly problem?: ErrorReport | undefined
}

/** The client's answer to a {@link Question}. */
export type Answer = { readonly code: string } | { readonly refused: ErrorReport }

/** A line of the agent, after its {@link Greeting}. */
export type AgentLine =
  | { readonly alive: true }
  | { readonly ask: Question }
  /** Another client is asked for the code that this one waits for. */
  | { readonly waiting: true }
  | { readonly reply: unknown }
  | { readonly error: ErrorReport }
  /** The client's surroundings are not the agent's: it has to work alone. */
  | { readonly elsewhere: true }

/** The reply to `status`. Times are ISO 8601. */
export interface AgentStatus {
  readonly kind: AgentKind
  readonly pid: number
  readonly version: string
  readonly startedAt: string
  /** Live sessions held in memory. */
  readonly sessions: number
  /** Connections at this moment, the asking one included. */
  readonly clients: number
  /** Until when it holds the key of the vault file; null when it does not. */
  readonly vaultUnlockedUntil: string | null
}

/** In the order that makes a context; the vault comes last. */
const CONTEXT_VARIABLES = [
  'AWS_ENDPOINT_URL',
  'AWS_ENDPOINT_URL_STS',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'HALLPASS_VAULT',
]

/**
 * Everything of an environment that sessions depend on: where STS is, whose AWS files follow, which vault. A client
 * whose context is another is not served, since it would get the sessions of other places.
 */
export function contextOf(env: Readonly<Record<string, string | undefined>>): string {
  return JSON.stringify(CONTEXT_VARIABLES.map((name) => env[name]?.trim() ?? ''))
}

/**
 * The contexts an agent serves. A client may name the agent's vault, or leave it to the stored choice.
 * @param kind of the vault the agent uses
 * @param stored what a client uses that names none
 */
export function contextsServed(
  env: Readonly<Record<string, string | undefined>>,
  kind: string,
  stored: string,
): string[] {
  return [kind, ...(kind === stored ? [''] : [])].map((vault) => contextOf({ ...env, HALLPASS_VAULT: vault }))
}

/** Whether the environment asks to do without an agent. */
export function isAgentRefused(env: Readonly<Record<string, string | undefined>>): boolean {
  return !['', '0', undefined].includes(env.HALLPASS_NO_AGENT)
}
