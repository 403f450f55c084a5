/** What a handler of an STS action gets and gives. */
import type { Caller } from './authenticate.ts'
import type { Directory } from './directory.ts'
import type { QueryParameters, ResultFields } from './query.ts'
import type { Sessions } from './sessions.ts'

/** One authenticated call. */
export interface StsCall {
  readonly caller: Caller
  readonly parameters: QueryParameters
  readonly directory: Directory
  readonly sessions: Sessions
  /** The server's now, milliseconds since the epoch. */
  readonly nowMs: number
}

/** @returns the fields of the result element. @throws Refusal */
export type StsAction = (call: StsCall) => ResultFields
/** The same without a caller. */
export type OpenStsAction = (call: Omit<StsCall, 'caller'>) => ResultFields
