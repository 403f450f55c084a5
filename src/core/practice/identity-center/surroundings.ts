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
