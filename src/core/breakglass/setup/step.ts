/** What a step of a set-up is: it can tell whether it is done, do it, finish it, and take it back. */
import type { PlannedCall, SetupChoices, SetupStepId } from '#shared/breakglass-setup.ts'
import type { Account } from './account.ts'

/** Where a step finds and leaves what it needs. */
export interface StepContext {
  readonly account: Account
  readonly choices: SetupChoices
  /** AWS's clock, for codes. */
  readonly awsClock: () => number
  readonly secrets: SealedSecrets
  /** What this step noted for itself when it was begun; null when it was not. */
  readonly noted: string | null
  /** Whether AWS made something then as part of the try that was begun last. Anything goes when no try has a time. */
  isOfThisTry(createdAt: Date | undefined): boolean
  /** Notes that, and the time, before AWS is asked. */
  note(detail: string | null): void
}

/** The secrets of the credential that is being made. */
export interface SealedSecrets {
  has(part: 'password' | 'totp-seed' | 'secret-access-key'): boolean
  /** Ids of the keys it has, and has while they are rotated. */
  keyIds(): string[]
  get(part: 'password' | 'totp-seed'): Promise<string>
  put(part: 'password' | 'totp-seed', secret: string): Promise<void>
  putKey(accessKeyId: string, secret: string): Promise<void>
  putDevice(serial: string, seed: string): Promise<void>
  /** AWS has never had it. */
  dropPassword(): Promise<void>
}

/** Whether it is there, as wanted or otherwise; `half`: as a try of ours that was interrupted may have left it. */
export type Found = 'absent' | 'exists' | { readonly differs: string; readonly half?: true }

export interface SetupStep {
  readonly id: SetupStepId
  isWanted(choices: SetupChoices): boolean
  subject(choices: SetupChoices): string
  calls(choices: SetupChoices, accountId: string, partition: string): PlannedCall[]
  look(context: StepContext): Promise<Found>
  /** When AWS made what is there, to tell ours from somebody else's of the same name. Left out where AWS does not say. */
  createdAt?(context: StepContext): Promise<Date | undefined>
  /** @returns what taking it back needs */
  make(context: StepContext): Promise<string | null>
  /** Finishes what an interrupted try has made, as far as AWS has it. Nothing to do when left out. */
  mend?(context: StepContext): Promise<string | null>
  /** Drops what was prepared for something that turned out to be somebody else's. */
  abandon?(context: StepContext): Promise<void>
  unmake(context: StepContext): Promise<void>
}

/** What stands in a plan where a secret goes. */
export const SECRET = '<made by Hallpass, kept in the vault>'
