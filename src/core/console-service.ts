/** Console links of a role, by name: the switch-role form, and the sign-in link made from its session. */

import { parseRoleArn } from '#shared/arn.ts'
import { HallpassError } from '#shared/errors.ts'
import { type Env, endpointOverride, requestSignInLink, switchRoleUrl } from './aws/index.ts'
import type { ConsoleService, SessionService } from './hallpass.ts'
import { findTarget } from './names.ts'
import type { Store } from './store/types.ts'

/** Builds the console service. Only the endpoint overrides are read from `env`. */
export function createConsoleService(parts: { store: Store; sessions: SessionService; env: Env }): ConsoleService {
  const { store, sessions, env } = parts

  function consoleRole(name: string) {
    const target = findTarget(store, name)
    if (target.kind === 'role') return target.role
    throw new HallpassError('console.not-supported', `${name} is an identity, and console links are made for roles.`, {
      hint: `Add a role that is assumed from ${name}.`,
    })
  }

  return {
    switchRoleLink(name, { destination } = {}) {
      const { arn, name: displayName, settings } = consoleRole(name)
      return switchRoleUrl({ arn, displayName, color: settings.color, destination, region: settings.region })
    },

    async signInLink(name, { destination, ...options } = {}) {
      const role = consoleRole(name)
      const credentials = await sessions.credentials(name, { ...options, use: { how: 'console' } })
      const partition = parseRoleArn(role.arn)?.partition ?? 'aws'
      return requestSignInLink({ env, credentials, partition, destination })
    },
  }
}

/** Origin that sign-in links start with while an endpoint override is set; null for AWS itself. */
export function signInOrigin(env: Env): string | null {
  const override = endpointOverride(env, 'signin')
  return override ? new URL(override.url).origin : null
}
