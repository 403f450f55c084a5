/**
 * Sessions asked for by a process that Hallpass itself runs, as the credential_process of a profile. What runs around it is
 * told by its environment alone, which an agent does not see: asked for the same once more, the agent, and whoever waits for
 * the same session, would wait for each other.
 */
import type { ProfileIdentity } from '#shared/identities.ts'
import { findTarget } from '../names.ts'
import type { Store } from '../store/types.ts'
import { resolveChain } from './chain.ts'
import type { SessionEngine } from './engine.ts'

export interface InsideProcessParts {
  readonly store: Store
  /** Asks the agent, if there is one. */
  readonly shared: SessionEngine
  /** Works in this process alone. */
  readonly alone: SessionEngine
  readonly refuseCircle: (identity: ProfileIdentity) => Promise<void>
}

/** What starts from a profile is made here, unless that leads in a circle (`chain.cycle`); the rest is as `shared` has it. */
export function insideProcess({ store, shared, alone, refuseCircle }: InsideProcessParts): SessionEngine {
  return {
    ...shared,
    async credentials(name, options) {
      const { identity } = resolveChain(store, findTarget(store, name))
      if (identity.kind !== 'aws-profile') return shared.credentials(name, options)
      await refuseCircle(identity)
      return alone.credentials(name, options)
    },
  }
}
