/**
 * The one entry to everything Hallpass can do. The app and the command both stand on this interface and on nothing
 * below it, so whatever works in one works in the other.
 *
 * - Names are unique over identities and roles together, ignoring case.
 * - Every method throws HallpassError and nothing else, unless Hallpass itself is broken.
 * - No method that returns a record returns a secret; credentials come from `sessions.credentials` alone.
 */
import type { ErrorReport } from '#shared/errors.ts'
import type { VaultStatus } from '#shared/vault.ts'
import type { AccountService } from './accounts.ts'
import type { ActivityService } from './activity/service.ts'
import type { ClockSkew } from './aws/index.ts'
import type { FilesService } from './awsfiles/service.ts'
import type { BreakGlassService } from './breakglass/service.ts'
import type { BrowserService } from './browsers/browser-service.ts'
import type { CatalogueService } from './catalogue/service.ts'
import type { ConsoleService } from './console-service.ts'
import type { DoctorService } from './doctor/service.ts'
import type { HabitsService } from './habits.ts'
import type { IdentityService } from './identities.ts'
import type { CenterService } from './identity-center/centers.ts'
import type { ImportService } from './import/service.ts'
import type { MfaService } from './mfa/mfa-service.ts'
import type { ProfileService } from './profile-service.ts'
import type { RoleService } from './roles.ts'
import type { KeyRotationService } from './rotation/service.ts'
import type { SessionKeeper } from './sessions/keeper.ts'
import type { SessionService } from './sessions/service.ts'
import type { SettingsService } from './settings.ts'
import type { VaultHolder, VaultService } from './vault/vault-service.ts'

export interface Hallpass {
  readonly identities: IdentityService
  readonly mfa: MfaService
  readonly roles: RoleService
  readonly accounts: AccountService
  readonly centers: CenterService
  readonly breakglass: BreakGlassService
  readonly rotation: KeyRotationService
  readonly sessions: SessionService
  /** Renews live sessions ahead of expiry, once it is started: for a process that stays. */
  readonly keeper: SessionKeeper
  readonly profiles: ProfileService
  readonly files: FilesService
  readonly imports: ImportService
  readonly catalogues: CatalogueService
  readonly doctor: DoctorService
  readonly console: ConsoleService
  readonly browsers: BrowserService
  readonly activity: ActivityService
  readonly vault: VaultService & VaultHolder
  /** Where state lives, absolute. */
  readonly home: string
  /** Everything in it belongs to the practice account, and goes there. */
  readonly isPractice: boolean
  vaultStatus(): Promise<VaultStatus>
  /** Set after a damaged store was set aside, at every opening until it is acknowledged. */
  damageNotice(): ErrorReport | null
  acknowledgeDamage(): void
  /** Host of the endpoint override in force, or null for AWS itself. */
  endpointOverride(): string | null
  /** Origins of what a browser is sent to while endpoint overrides are set: sign-in links and Identity Center. */
  browserOrigins(): readonly string[]
  /** How far AWS's clock is from this computer's, as its answers told; null before the first answer. */
  clockSkew(): ClockSkew | null
  /** Calls back after anything listed has changed, in this process or another. @returns a function that stops it */
  onChange(listener: () => void): () => void
  /**
   * For a process that stays: takes static keys out of the credentials file as their sessions expire. Should the process
   * die, the next one takes out what it left.
   * @returns takes all static keys out and stops; to be called before the process ends
   */
  watchStaticKeys(): Promise<() => Promise<void>>
  /** The same for a process that may end before them, such as `hallpass agent`: what is live stays. @returns stops */
  watchExpiredKeys(): () => Promise<void>
  readonly settings: SettingsService
  readonly habits: HabitsService
  close(): void
}
