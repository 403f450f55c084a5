/** What chains start from, other than a key in the vault. */
import { HallpassError } from '#shared/errors.ts'
import type { CenterIdentity, ProfileIdentity } from '#shared/identities.ts'
import type { Role } from '#shared/roles.ts'
import type { IssuedCredentials } from '../aws/index.ts'
import type { ProfileCredentials } from '../external-profile.ts'

/** What starts a chain other than with a key in the vault. Absent where nothing else is to be started. */
export interface Origins {
  /** A role of Identity Center. @throws `sso.*`, `aws.*`, `network.*`, `vault.*` */
  permissionSet(identity: CenterIdentity, role: Role): Promise<IssuedCredentials>
  /** @throws as `ExternalProfiles.credentials` */
  profile(identity: ProfileIdentity, target: string): Promise<ProfileCredentials>
}

const nothingElse = () => Promise.reject(new HallpassError('identity.no-session', 'Only keys are started from here.'))

/** Where there are only keys. */
export const NO_ORIGINS: Origins = { permissionSet: nothingElse, profile: nothingElse }
