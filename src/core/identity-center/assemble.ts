/** Puts the parts of Identity Center together. */
import { recordDiscovery, recordSharing, recordSignIns } from '../activity/record-services.ts'
import type { CentersParts } from './centers.ts'
import { createCliCache } from './cli-cache.ts'
import { createOidc } from './oidc.ts'
import { createPortal } from './portal.ts'
import { createSealedSignIns } from './sealed-sign-ins.ts'
import { createSharing, type Sharing } from './sharing.ts'
import { createSignIns, type SignIns } from './sign-ins.ts'
import { createDiscovery, type Discovery } from './take-in.ts'
import { createTokenKeeper } from './token-keeper.ts'

export interface AssembledCenters {
  readonly signIns: SignIns
  readonly discovery: Discovery
  readonly sharing: Sharing
}

export function assembleCenters(parts: CentersParts): AssembledCenters {
  const { store, vault, env, clock, tryLock, activity, onAnswer } = parts
  const oidc = createOidc(env, clock, onAnswer)
  const portal = createPortal(env, onAnswer)
  const cliCache = createCliCache(parts.stateHome, env, parts.userHome)
  const sealed = createSealedSignIns({ store, vault, cliCache, clock })
  const keeper = createTokenKeeper({ store: sealed, oidc, tryLock, clock })
  const plain = createSignIns({ ...parts, oidc, portal, keeper, signIns: sealed, cliCache })
  const signIns = recordSignIns(plain, store, activity)
  const record = recordDiscovery(activity)
  const sharing = recordSharing(createSharing({ ...parts, signIns: sealed, cliCache }), store, activity)
  return { signIns, sharing, discovery: createDiscovery({ ...parts, signIns, portal, record }) }
}
