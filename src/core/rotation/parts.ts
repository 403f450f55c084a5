/** What a rotation works with. */
import type { IamCalls } from '../aws/iam.ts'
import type { SigningCredentials, StsCalls } from '../aws/index.ts'
import type { Wait } from '../aws/patience.ts'
import type { Clock, Log } from '../capabilities.ts'
import type { TryLock } from '../process-lock.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import type { KeyHolder } from './holders.ts'

export type RecordedStep = 'created' | 'switched' | 'deactivated' | 'deleted' | 'rolled-back' | 'other-deleted'

export interface RotationParts {
  readonly store: Store
  readonly vault: Vault
  readonly iam: IamCalls
  readonly sts: Pick<StsCalls, 'getCallerIdentity'>
  /** Credentials of an identity's session that was obtained with MFA; undefined where there is no device. */
  readonly mfaSession: (identityName: string) => Promise<SigningCredentials | undefined>
  /** Brings sessions and profiles in step with an identity whose key changed. */
  readonly settle: (holderKey: string) => Promise<void>
  readonly record: (holder: KeyHolder, step: RecordedStep, keyId: string) => Promise<void>
  readonly clock: Clock
  /** One process at a time changes the key of a holder. */
  readonly tryLock?: TryLock
  /** Days that the old key stays, turned off. */
  readonly deleteAfterDays: () => number
  readonly log: Log
  readonly wait?: Wait
}
