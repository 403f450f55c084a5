/**
 * What core needs from its surroundings. The app, the command and the tests each bring their own; core never
 * reaches for a terminal, a window or Electron itself.
 */
import type { HallpassError } from '#shared/errors.ts'

/** Asked when STS needs an MFA code and none was given. */
export interface MfaPromptRequest {
  /** The serial that goes to STS. */
  readonly serial: string
  /** Name of the identity whose device it is. */
  readonly identity: string
  /** Name of the role or identity being started. */
  readonly target: string
  /** Why the previous code was refused, when this asks again. */
  readonly problem?: HallpassError
}

/**
 * Returns six digits.
 * @throws HallpassError `cancelled` when the person declines, `mfa.required` when nobody can be asked
 */
export type MfaPrompt = (request: MfaPromptRequest) => Promise<string>

/** Asked when the encrypted-file vault has to be opened or made. */
export interface PassphraseRequest {
  /** A new one, to be typed twice. */
  readonly isNew: boolean
  /** Why the previous one was refused, when this asks again. */
  readonly problem?: HallpassError
}

/**
 * Returns what was typed.
 * @throws HallpassError `cancelled` when the person declines, `vault.locked` when nobody can be asked
 */
export type PassphrasePrompt = (request: PassphraseRequest) => Promise<string>

/** Told when the present MFA code is used up and the next one is waited for. */
export interface MfaWait {
  /** The serial of the device. */
  readonly serial: string
  /** Name of the identity whose device it is. */
  readonly identity: string
  /** Name of the role or identity being started. */
  readonly target: string
  /** At most so long. */
  readonly seconds: number
}
export type OnMfaWait = (wait: MfaWait) => void

/** Told once when a start has to wait because another process asks its person for a code of the same device. */
export type OnPromptElsewhere = (wait: { readonly identity: string; readonly target: string }) => void

/** Milliseconds since the epoch. */
export type Clock = () => number

/** Log lines pass through the one redaction function before they get here. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}
