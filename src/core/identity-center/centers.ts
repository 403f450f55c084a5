/** Identity Center as the rest of Hallpass uses it. What signs in, and its SDKs, are loaded once they are needed. */
import type { DiscoveryChoices } from '#shared/identity-center.ts'
import type { CenterState } from '#shared/identity-center-view.ts'
import type { AccountService } from '../accounts.ts'
import type { ActivityLog } from '../activity/activity-log.ts'
import type { Env, OnAnswer } from '../aws/index.ts'
import type { SsoSections, SsoSessionChange } from '../awsfiles/index.ts'
import type { Clock, Log } from '../capabilities.ts'
import type { IdentityOrigins } from '../identities.ts'
import type { Gate } from '../lock/gate.ts'
import type { ManyProfiles } from '../many-profiles.ts'
import type { TryLock } from '../process-lock.ts'
import type { Origins } from '../sessions/origins.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { findCenter, stateOf } from './center-state.ts'
import type { Sharing } from './sharing.ts'
import type { SignIns } from './sign-ins.ts'
import type { Discovery } from './take-in.ts'

export interface CenterService
  extends Pick<SignIns, 'signIn' | 'signOut'>,
    Pick<Discovery, 'discover'>,
    Pick<Sharing, 'planShare' | 'share'> {
  /** Whether somebody is signed in, and until when; asks nobody. Rejects with `identity.not-found`, `input.invalid` for another kind */
  state(name: string): Promise<CenterState>
  /** What was chosen for the last discovery; null before the first. @throws `identity.not-found`, `input.invalid` for another kind */
  lastChoices(name: string): DiscoveryChoices | null
}

export interface CentersParts {
  readonly store: Store
  readonly vault: Vault
  /** Only the endpoint overrides are read from it. */
  readonly env: Env
  readonly stateHome: string
  /** The person's home folder, absolute: the AWS CLI's cache is below it. */
  readonly userHome: string
  readonly accounts: AccountService
  readonly profiles: ManyProfiles
  readonly sections: SsoSections
  readonly isPractice: boolean
  readonly release: (targetKeys: readonly string[]) => Promise<void>
  readonly activity: ActivityLog
  readonly tryLock: TryLock | undefined
  /** AWS's time as far as it is known. */
  readonly clock: Clock
  readonly onAnswer: OnAnswer
  readonly log: Log
  readonly gate: Gate | undefined
}

export interface Centers {
  readonly service: CenterService
  /** As `Sharing.follow`. */
  followSections(changes: readonly SsoSessionChange[]): Promise<void>
  readonly origins: Pick<Origins, 'permissionSet'> & Pick<IdentityOrigins, 'signedIn' | 'signOut'>
}

export function createCenters(parts: CentersParts): Centers {
  const { store, clock } = parts
  let loading: ReturnType<typeof load> | undefined
  const loaded = () => {
    loading ??= load(parts)
    return loading
  }
  const cliCache = async () => {
    const { createCliCache } = await import('./cli-cache.ts')
    return createCliCache(parts.stateHome, parts.env, parts.userHome)
  }
  return {
    service: {
      state: async (name) => stateOf(store, cliCache, findCenter(store, name), clock()),
      lastChoices: (name) => store.discoveries.get(findCenter(store, name).id)?.choices ?? null,
      signIn: async (...given) => (await loaded()).signIns.signIn(...given),
      signOut: async (...given) => (await loaded()).signIns.signOut(...given),
      discover: async (...given) => (await loaded()).discovery.discover(...given),
      planShare: async (...given) => (await loaded()).sharing.planShare(...given),
      share: async (...given) => (await loaded()).sharing.share(...given),
    },
    async followSections(changes) {
      if (changes.length > 0) await (await loaded()).sharing.follow(changes)
    },
    origins: {
      permissionSet: async (...given) => (await loaded()).signIns.roleCredentials(...given),
      async signedIn(identity) {
        await (await loaded()).signIns.access(identity)
      },
      signOut: async ({ name, id, cliSession }) => {
        if (store.centerTokens.get(id)) await (await loaded()).signIns.signOut(name)
        const isShared = cliSession !== null || store.ssoSessions.ofIdentity(id).length > 0
        if (isShared) await (await loaded()).sharing.share(name, null)
      },
    },
  }
}

async function load(parts: CentersParts) {
  const { assembleCenters } = await import('./assemble.ts')
  return assembleCenters(parts)
}
