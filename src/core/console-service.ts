/** Console links by name: the switch-role form of a role, and the sign-in link of a role or an identity. */

import { parseRoleArn } from '#shared/arn.ts'
import { HallpassError } from '#shared/errors.ts'
import { type Env, endpointOverride, type FederationCalls, requestSignInLink, switchRoleUrl } from './aws/index.ts'
import { federateUser } from './federated-user.ts'
import type { ConsoleService, SessionService } from './hallpass.ts'
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
      const partition = parseRoleArn(target.role.arn)?.partition ?? 'aws'
      return requestSignInLink({ env, credentials, partition, destination })
    },
  }
}

/** Origin that sign-in links start with while an endpoint override is set; null for AWS itself. */
export function signInOrigin(env: Env): string | null {
  const override = endpointOverride(env, 'signin')
  return override ? new URL(override.url).origin : null
}
