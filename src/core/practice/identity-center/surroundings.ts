/** What Identity Center needs of the practice account around it. */
import type { CallLog } from '../call-log.ts'
import type { Sessions } from '../sessions.ts'
import type { Assignments } from './assignments.ts'
import type { IdentityCenterSettings } from './settings.ts'

export interface Surroundings {
  readonly assignments: Assignments
  readonly sessions: Sessions
  readonly calls: CallLog
  /** The server's now, milliseconds since the epoch. */
  now(): number
  settings(): IdentityCenterSettings
  /** Counts down what is to be refused next. */
  changeSettings(change: Partial<IdentityCenterSettings>): void
}

/** Notes a call and its outcome in the log. */
export function recordCall(
  around: Surroundings,
  action: string,
  { status, code }: { readonly status: number; readonly code: string | null },
  roleArn: string | null = null,
): void {
  const at = new Date(around.now()).toISOString()
  around.calls.record({ at, action, accessKeyId: null, region: null, roleArn, status, errorCode: code })
}

/** Counts down. @returns whether this call is to be refused */
export function takeNext(around: Surroundings, counter: 'tooManyNext' | 'failNext'): boolean {
  const left = around.settings()[counter]
  if (left > 0) around.changeSettings({ [counter]: left - 1 })
  return left > 0
}

/** The outcome of a call that was not refused. */
export const DONE = { status: 200, code: null } as const
