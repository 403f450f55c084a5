/** Roles of Identity Center that come from elsewhere than its portal: files, other tools, catalogues. Nobody signs in. */
import { HallpassError } from '#shared/errors.ts'
import type { CenterIdentity, NewCenterIdentity } from '#shared/identities.ts'
import { type Role, roleSettingsSchema } from '#shared/roles.ts'
import type { Clock } from '../capabilities.ts'
import type { IdentityService } from '../identities.ts'
import { parseInput } from '../input.ts'
import type { Store } from '../store/types.ts'
import { findCenter } from './center-state.ts'
import {
  isPermissionSetName,
  type PermissionSetRole,
  permissionSetRole,
  refuseAssumeRoleSettings,
} from './permission-set.ts'
import { isSameCenter } from './same-center.ts'

export interface GivenRoles {
  /** The Identity Center at that place, added when it is not here. @throws `input.invalid`, `name.taken`, `store.*` */
  center(place: NewCenterIdentity): Promise<CenterIdentity>
  /**
   * Adds a permission set in an account.
   * @param center name of the Identity Center it comes from
   * @throws `identity.not-found`, `input.invalid`, `name.taken`, `store.*`
   */
  add(center: string, role: PermissionSetRole): Role
}

export interface GivenRolesParts {
  readonly store: Store
  readonly identities: Pick<IdentityService, 'addCenter'>
  readonly clock: Clock
  /** Told of each role that was added. */
  readonly onAdded: (role: Role) => void
}

export function createGivenRoles({ store, identities, clock, onAdded }: GivenRolesParts): GivenRoles {
  return {
    async center(place) {
      const known = store.identities
        .list()
        .find((each): each is CenterIdentity => each.kind === 'identity-center' && isSameCenter(each, place))
      if (known) return known
      const { name } = await identities.addCenter(place)
      return findCenter(store, name)
    },

    add(center, { settings = {}, ...given }) {
      if (!isPermissionSetName(given.permissionSet) || !/^\d{12}$/.test(given.accountId)) {
        throw new HallpassError('input.invalid', `${given.name} names no permission set in an account.`, {
          hint: 'An account id has 12 digits, and the name of a permission set at most 32 characters.',
        })
      }
      const checked = parseInput(roleSettingsSchema, settings)
      refuseAssumeRoleSettings(given.name, checked)
      const createdAt = new Date(clock()).toISOString()
      const role = permissionSetRole(findCenter(store, center), { ...given, settings: checked }, createdAt)
      store.roles.insert(role)
      onAdded(role)
      return role
    },
  }
}
