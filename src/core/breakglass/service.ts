/** Break-glass as the facade offers it. Nothing that returns a record returns a secret; `reveal` alone does. */
import type {
  CopyPart,
  NewSealed,
  Opening,
  OpenSeal,
  Revealed,
  SealedCredential,
  SealedFilePreview,
  SealedTask,
} from '#shared/breakglass.ts'
import type { DrillReport } from '#shared/breakglass-drill.ts'
import type { EmergencySession, ReasonAs } from './assume.ts'
import type { KitService } from './kit/kit.ts'
import type { SetupService } from './setup/setup.ts'

export interface PasswordRotation {
  /**
   * Makes a password that meets the account's policy, keeps it in the vault, and sets it: as the user itself where its
   * access key is sealed too, otherwise by an identity. Interrupted, it is called again.
   * @param by name of the identity that signs
   * @throws `input.required` without either, `breakglass.nothing-inside`, `iam.*`, `sts.*`, `network.*`, `vault.*`
   */
  rotate(name: string, by?: string): Promise<SealedCredential>
}

/** A file of the console that was read, before anything is made of it. Its secrets stay in this process. */
export interface SealedDraft {
  readonly preview: SealedFilePreview
  /** What it gives to a new sealed credential. */
  readonly fields: Partial<NewSealed>
  /** The file has more rows, whose secrets would go with it. */
  readonly holdsOthers: boolean
  /** Removes the file, if it is still the one that was read. @throws `file.changed`, `file.*` */
  deleteFile(): Promise<void>
}

export interface BreakGlassService {
  /** Makes an emergency user in an account, and takes it back. */
  readonly setup: SetupService
  /** A new console password for what is sealed. */
  readonly passwords: PasswordRotation
  /** Files with sealed credentials, for others to open. */
  readonly kits: KitService
  list(): SealedCredential[]
  /** @throws `breakglass.not-found`, its hint naming the closest name */
  show(name: string): SealedCredential
  /**
   * Puts the secrets into the vault, then the record into the store.
   * @throws `name.taken`, `input.invalid`, also when there is no secret at all, `vault.*`
   */
  add(input: NewSealed): Promise<SealedCredential>
  /**
   * Reads a file that the AWS console offered: of a password, of an access key, or of both. It is not copied anywhere.
   * @param userName whose row to take, needed when the file has several users
   * @throws `csv.invalid`, `file.*`
   */
  readFile(path: string, userName?: string): Promise<SealedDraft>
  /** Everything inside goes too. @throws `breakglass.not-found`, `vault.*` */
  remove(name: string): Promise<void>
  /**
   * Breaks the seal, once the reason is in the activity log and on the disk.
   * @throws `input.invalid` without a reason, `breakglass.confirm` in production without its name, `app.locked`, and
   *   what writing the log throws: then nothing is opened
   */
  open(name: string, request: OpenSeal): Promise<Opening>
  /**
   * One secret of an open seal, or what names its user, once that is recorded.
   * @param how it was `copied`, or is `shown`
   * @throws `breakglass.sealed` when it has closed, `breakglass.nothing-inside`, `vault.*`, and what writing the log throws
   */
  reveal(opening: string, part: CopyPart, how: 'shown' | 'copied'): Promise<Revealed>
  /**
   * A session of a role that an open credential leads to, once that is recorded. The reason goes to AWS with it, as far as
   * the role's trust policy lets it.
   * @param role its name, or its ARN
   * @throws `breakglass.sealed`, `breakglass.not-found`, `breakglass.nothing-inside` without an access key, `sts.*`,
   *   `network.*`, `vault.*`, and what writing the log throws
   */
  assume(opening: string, role: string): Promise<EmergencySession>
  /**
   * The address of the account's sign-in page, or of the switch-role form of a role, once it is recorded that it is opened.
   * @param role its name, or its ARN
   * @throws `breakglass.sealed`, `breakglass.not-found`, `console.not-supported` without such a page, and what writing the
   *   log throws
   */
  follow(opening: string, role?: string): Promise<string>
  /**
   * A link that signs in to the console as a role, with the reason as in `assume`. It is a credential: to be opened, and
   * neither shown nor kept.
   * @throws as `assume`; `console.*`
   */
  signInLink(opening: string, role: string): Promise<{ readonly url: string; readonly reasonAs: ReasonAs }>
  /** Seals its credential again, as `seal` does. What is left to do stays on the record. Idempotent. */
  close(opening: string): Promise<void>
  /** Ends that opening alone, for one who is done with it: others of the same credential stay. Idempotent. */
  leave(opening: string): Promise<void>
  /** The openings of this process. */
  openings(): Opening[]
  /** Seals all that this process has open. */
  closeAll(): Promise<void>
  /** Ends every opening of it, those of other processes too. @throws `breakglass.not-found` */
  seal(name: string): Promise<SealedCredential>
  /** Takes something off what is left to do. @param note goes into the activity log */
  done(name: string, task: SealedTask, note?: string): Promise<SealedCredential>
  /**
   * Records a drill that took place elsewhere. When every step of it was done, it is the last one of its credential.
   * @throws `breakglass.not-found`, and what writing the log throws
   */
  drilled(report: DrillReport): Promise<void>
  /** Calls back when one was opened or has closed. @returns a function that stops it */
  onOpenings(listener: () => void): () => void
}
