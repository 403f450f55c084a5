/** Key rotation as the facade offers it. Every step can be taken up again after whatever interrupted it. */
import type { RotationStatus, UserKey } from '#shared/rotation.ts'

/** Whose key: an identity's, or that of a sealed credential. */
export type HolderKind = 'identity' | 'sealed'

export interface RotateOptions {
  /** Name of an identity that signs the calls instead of the key itself. */
  readonly with?: string
  /** A key of the user that may go, where it has two already. */
  readonly deleteUnused?: string
  /** Told before each step. */
  readonly onStep?: (step: RotationStep) => void
}

export type RotationStep = 'create' | 'check' | 'switch' | 'turn-off' | 'delete'

export interface KeyRotationService {
  /** The rotation that is under way; null without one. @throws `identity.not-found`, `breakglass.not-found` */
  status(kind: HolderKind, name: string): RotationStatus | null
  /** All that are under way. */
  list(): RotationStatus[]
  /** The user's keys, with their last use. @throws `iam.*`, `network.*`, `vault.*` */
  keys(kind: HolderKind, name: string, options?: Pick<RotateOptions, 'with'>): Promise<UserKey[]>
  /**
   * Makes a new key, proves it, puts it to use and turns the old one off; or goes on where that was interrupted.
   * @throws `rotation.slots-taken` when the user has two keys and none was said to go, `rotation.not-yet` when AWS does not
   *   accept the new key in time: going on later is safe; `iam.*`, `network.*`, `vault.*`
   */
  rotate(kind: HolderKind, name: string, options?: RotateOptions): Promise<RotationStatus>
  /** Deletes the old key, before its time if asked. @throws `rotation.nothing`, `iam.*`, `network.*`, `vault.*` */
  finish(kind: HolderKind, name: string, options?: Pick<RotateOptions, 'with'>): Promise<void>
  /** Goes back to the old key, and deletes the new one. @throws `rotation.nothing`, `iam.*`, `network.*`, `vault.*` */
  rollBack(kind: HolderKind, name: string, options?: Pick<RotateOptions, 'with'>): Promise<void>
  /**
   * Puts a key that was made elsewhere in the place of an identity's, once AWS accepts it. A rotation that was under way
   * is over.
   * @throws `sts.*`, `network.*`, `vault.*`
   */
  replace(name: string, key: { readonly accessKeyId: string; readonly secretAccessKey: string }): Promise<void>
  /** Ends what a process that died left half done between vault and store. Asks AWS nothing; what fails is tried again. */
  recover(): Promise<void>
  /** Deletes old keys whose time has come; what fails is tried again next time. @returns how many */
  finishDue(): Promise<number>
}
