/** Console links by name: which one is right, and each of them, of a role or an identity. */

import type { DoorOption } from '#shared/console.ts'
import { HallpassError } from '#shared/errors.ts'
import { type Environment, sessionDurationField } from '#shared/fields.ts'
import { isLoopbackHost } from '#shared/loopback.ts'
import { type PartitionId, partitionById, partitionOfRegion } from '#shared/partitions.ts'
import { accountOf, environmentOf } from './accounts.ts'
import {
  consoleUrl,
  type DoorFacts,
  type Env,
  endpointOverride,
  type FederationCalls,
  isServiceId,
  proposeDoor,
  regionOfPartition,
  requestSignInLink,
  type ShortcutLinkOptions,
  shortcutUrl,
  switchRoleName,
  switchRoleUrl,
  takesSessionDuration,
} from './aws/index.ts'
import { federateUser, partitionOfIdentity } from './federated-user.ts'
import { parseInput } from './input.ts'
import { findTarget, type Target, targetName } from './names.ts'
import { resolveChain } from './sessions/chain.ts'
import type { CredentialsOptions, SessionService } from './sessions/service.ts'
import type { SettingsService } from './settings.ts'
import type { Store } from './store/types.ts'
import type { Vault } from './vault/types.ts'

/** Where a link leads. */
export interface LinkDestination {
  /** A service such as `s3`, or a console URL of the same partition; the console's home when absent. */
  readonly destination?: string
  /** For a service; the role's own when absent. */
  readonly region?: string
}

/** The doors of a role or an identity, and what they depend on. */
export interface ConsoleDoors {
  /** The proposed one first, if it is possible. */
  readonly doors: readonly DoorOption[]
  readonly partition: PartitionId
  /** Where a service opens unless told. */
  readonly region: string
  readonly accountId: string | null
  readonly environment: Environment | null
  /** AWS takes a duration for the console session. */
  readonly takesDuration: boolean
}

export interface SignInOptions extends LinkDestination, CredentialsOptions {
  /** Seconds the console session may last, 900–43200; as long as the credentials when absent, or where AWS takes none. */
  readonly sessionDurationSeconds?: number
  /**
   * Told when the duration is not part of the link: `not-direct` before AWS is asked, for what is not assumed directly
   * with an IAM user's key; `refused` when AWS did not take it.
   */
  readonly onDurationLeftOut?: (why: 'not-direct' | 'refused') => void
}

export interface ConsoleService {
  /** @throws `role.not-found` */
  doors(name: string): ConsoleDoors
  /** The console page a link leads to. @throws `role.not-found`, `input.invalid`, `console.not-supported` */
  destinationUrl(name: string, where: LinkDestination): string
  /** @throws `role.not-found`, `input.invalid`, `console.not-supported` where the partition's console is not public */
  switchRoleLink(name: string, options?: LinkDestination): string
  /**
   * A bearer secret, good for 15 minutes: open it at once, never store or log it. Of a role by its session; of an
   * identity by a session of its user for the console alone (GetFederationToken), which lasts an hour unless told.
   * @throws `console.not-supported` for the root user; `input.invalid` for an MFA code with an identity
   */
  signInLink(name: string, options?: SignInOptions): Promise<string>
  /**
   * The access portal's link for a role of IAM Identity Center; no secret.
   * @throws `role.not-found`, `input.invalid`, `console.not-supported` for any other
   */
  shortcutLink(name: string, options?: LinkDestination): string
}

/** What the access portal needs to know of a permission set in an account. */
export type PortalRole = Pick<ShortcutLinkOptions, 'startUrl' | 'accountId' | 'roleName'>

export interface ConsoleServiceParts {
  readonly store: Store
  readonly vault: Vault
  readonly sts: FederationCalls
  readonly sessions: SessionService
  readonly settings: Pick<SettingsService, 'get'>
  /** Whether a role is assumed from the MFA session that its identity's roles share. */
  readonly sharesMfa: (target: Target) => boolean
  /** The permission set a role stands for; undefined of a role that is assumed. None is, when left out. */
  readonly portalRoleOf?: (target: Target) => PortalRole | undefined
  /** Only the endpoint overrides are read from it. */
  readonly env: Env
}

/** Builds the console service. */
export function createConsoleService(parts: ConsoleServiceParts): ConsoleService {
  const { store, vault, sts, sessions, settings, sharesMfa, portalRoleOf = () => undefined, env } = parts

  function factsOf(target: Target): DoorFacts {
    const chain = chainOrNone(store, target)
    return {
      kind: target.kind,
      partition: partitionOf(target),
      isRoot: (target.kind === 'identity' ? target.identity : chain?.identity)?.userArn?.endsWith(':root') ?? false,
      pathAndNameLength: target.kind === 'role' ? switchRoleName(target.role).length : 0,
      hasExternalId: target.kind === 'role' && target.role.settings.externalId !== undefined,
      isChained: target.kind === 'role' && target.role.source.kind === 'role',
      isIdentityCenter: portalRoleOf(target) !== undefined,
      isMultiSession: settings.get().consoleMultiSession,
    }
  }

  return {
    doors(name) {
      const target = findTarget(store, name)
      const facts = factsOf(target)
      const { accountId } = target.kind === 'role' ? target.role : target.identity
      const account = accountId === null ? undefined : accountOf(accountId, store.accounts)
      const own = target.kind === 'role' ? target.role.settings.environment : undefined
      return {
        doors: proposeDoor(facts),
        partition: facts.partition,
        region: ownRegion(target, facts.partition),
        accountId,
        environment: account ? environmentOf(own, account) : null,
        takesDuration: takesSessionDuration(facts, sharesMfa(target)),
      }
    },

    destinationUrl(name, where) {
      const target = findTarget(store, name)
      const partition = partitionOf(target)
      return consoleUrl(partition, { region: ownRegion(target, partition), ...checkPlace(partition, where) })
    },

    switchRoleLink(name, where = {}) {
      const target = findTarget(store, name)
      if (target.kind === 'identity') {
        throw new HallpassError('console.not-supported', `${name} is an identity, and one can switch to roles only.`, {
          hint: `Sign in with ${name} instead, or switch to a role that is assumed from it.`,
        })
      }
      if (portalRoleOf(target) !== undefined) {
        throw new HallpassError(
          'console.not-supported',
          `${name} comes from Identity Center, and nobody can switch to it.`,
          {
            hint: `Open it through the access portal: hallpass console ${name}`,
          },
        )
      }
      const { arn, name: displayName, settings } = target.role
      const { destination, region = settings.region } = checkPlace(partitionOf(target), where)
      return switchRoleUrl({ arn, displayName, color: settings.color, destination, region })
    },

    async signInLink(name, { sessionDurationSeconds, onDurationLeftOut, ...options } = {}) {
      const target = findTarget(store, name)
      const facts = factsOf(target)
      const { partition } = facts
      const [where, wish] = splitOptions(options)
      const place = checkPlace(partition, where)
      if (sessionDurationSeconds !== undefined) parseInput(sessionDurationField, sessionDurationSeconds)
      const takesIt = takesSessionDuration(facts, sharesMfa(target))
      if (sessionDurationSeconds !== undefined && !takesIt) onDurationLeftOut?.('not-direct')
      if (target.kind === 'identity') {
        const user = await federateUser({ vault, sts }, target.identity, wish)
        return requestSignInLink({ env, ...user, ...place })
      }
      const credentials = await sessions.credentials(name, { ...wish, use: { how: 'console' } })
      return requestSignInLink({
        env,
        credentials,
        partition,
        ...place,
        sessionDurationSeconds: takesIt ? sessionDurationSeconds : undefined,
        onDurationRefused: () => onDurationLeftOut?.('refused'),
      })
    },

    shortcutLink(name, where = {}) {
      const target = findTarget(store, name)
      const portalRole = portalRoleOf(target)
      if (portalRole === undefined) {
        throw new HallpassError('console.not-supported', `${targetName(target)} does not come from Identity Center.`, {
          hint: 'Use the switch-role link or the sign-in link.',
        })
      }
      return shortcutUrl({
        ...portalRole,
        ...checkPlace(partitionOf(target), where),
        practiceEndpoint: practicePortal(env),
      })
    },
  }
}

/** Where the practice account is the access portal. An override that leads elsewhere is of the calls alone: people's portal stays. */
function practicePortal(env: Env): string | undefined {
  const override = endpointOverride(env, 'sso')
  return override && isLoopbackHost(new URL(override.url).hostname) ? override.url : undefined
}

/** Origins that sign-in links, the practice portal and sign-ins to Identity Center start with while endpoint overrides are set. */
export function browserOrigins(env: Env): string[] {
  const urls = [endpointOverride(env, 'signin')?.url, endpointOverride(env, 'sso-oidc')?.url, practicePortal(env)]
  return [...new Set(urls.flatMap((url) => (url === undefined ? [] : [new URL(url).origin])))]
}

/** Where the link leads, and how its session is to be started. */
function splitOptions<Rest>({ destination, region, ...rest }: LinkDestination & Rest) {
  const where: LinkDestination = {
    ...(destination === undefined ? {} : { destination }),
    ...(region === undefined ? {} : { region }),
  }
  return [where, rest] as const
}

/** @throws `input.invalid` for a region of another partition, or one beside an address, which has its own */
function checkPlace(partition: PartitionId, { destination, region }: LinkDestination): LinkDestination {
  if (region === undefined) return destination === undefined ? {} : { destination }
  if (destination !== undefined && !isServiceId(destination.trim())) {
    throw new HallpassError('input.invalid', 'A pasted address has its region in it.', {
      hint: 'Leave the region out, or give a service such as s3.',
    })
  }
  return { destination: destination ?? 'console', region: regionOfPartition(partition, region) }
}

function partitionOf(target: Target): PartitionId {
  if (target.kind === 'identity') return partitionOfIdentity(target.identity)
  // The ARN of a permission set is a pattern.
  return partitionById(target.role.partition)?.id ?? 'aws'
}

function ownRegion(target: Target, partition: PartitionId): string {
  const own = target.kind === 'role' ? target.role.settings.region : target.identity.region
  if (own && partitionOfRegion(own)?.id === partition) return own
  return partitionById(partition)?.defaultRegion ?? 'us-east-1'
}

/** A broken chain keeps nobody from looking at the doors. */
function chainOrNone(store: Store, target: Target) {
  try {
    return resolveChain(store, target)
  } catch {
    return undefined
  }
}
