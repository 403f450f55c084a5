/** Console links by name: the switch-role form of a role, and the sign-in link of a role or an identity. */

import { HallpassError } from '#shared/errors.ts'
import { partitionById } from '#shared/partitions.ts'
import { type Env, endpointOverride, type FederationCalls, requestSignInLink, switchRoleUrl } from './aws/index.ts'
import { federateUser } from './federated-user.ts'
import type { ConsoleService, SessionService } from './hallpass.ts'
import { isFromCenter } from './identity-center/permission-set.ts'
import { findTarget } from './names.ts'
import type { Store } from './store/types.ts'
import type { Vault } from './vault/types.ts'

export interface ConsoleServiceParts {
  readonly store: Store
  readonly vault: Vault
  readonly sts: FederationCalls
  readonly sessions: SessionService
  /** Only the endpoint overrides are read from it. */
  readonly env: Env
}

/** Builds the console service. */
export function createConsoleService({ store, vault, sts, sessions, env }: ConsoleServiceParts): ConsoleService {
  return {
    switchRoleLink(name, { destination } = {}) {
      const target = findTarget(store, name)
      if (target.kind === 'identity') {
        throw new HallpassError('console.not-supported', `${name} is an identity, and one can switch to roles only.`, {
          hint: `Sign in with ${name} instead, or switch to a role that is assumed from it.`,
        })
      }
      if (isFromCenter(store, target.role)) {
        throw new HallpassError(
          'console.not-supported',
          `${name} comes from Identity Center, and nobody can switch to it.`,
          {
            hint: 'Open the console with a sign-in link instead.',
          },
        )
      }
      const { arn, name: displayName, settings } = target.role
      return switchRoleUrl({ arn, displayName, color: settings.color, destination, region: settings.region })
    },

    async signInLink(name, { destination, ...options } = {}) {
      const target = findTarget(store, name)
      if (target.kind === 'identity') {
        const { partition, credentials } = await federateUser({ vault, sts }, target.identity, options)
        return requestSignInLink({ env, credentials, partition, destination, federated: true })
      }
      const credentials = await sessions.credentials(name, { ...options, use: { how: 'console' } })
      const partition = partitionById(target.role.partition)?.id ?? 'aws'
      const federated = isFromCenter(store, target.role)
      return requestSignInLink({ env, credentials, partition, destination, federated })
    },
  }
}

/** Origins that sign-in links, and sign-ins to Identity Center, start with while endpoint overrides are set. */
export function browserOrigins(env: Env): string[] {
  const overrides = [endpointOverride(env, 'signin'), endpointOverride(env, 'sso-oidc')]
  return [...new Set(overrides.flatMap((override) => (override ? [new URL(override.url).origin] : [])))]
}
