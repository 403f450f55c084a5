/** Which identities are sign-ins to Identity Center, and whether somebody is signed in: what takes no vault. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { CenterIdentity, Identity } from '#shared/identities.ts'
import type { CenterState } from '#shared/identity-center-view.ts'
import { findIdentity } from '../names.ts'
import type { Store } from '../store/types.ts'
import type { CliCache } from './cli-cache.ts'
import { isRefreshable, tokenEnd } from './records.ts'

/** @throws `identity.not-found`, `input.invalid` for an identity of another kind */
export function findCenter(store: Store, name: string): CenterIdentity {
  return expectCenter(findIdentity(store, name))
}

type Kept = { readonly expiresAt: number; readonly renewable: boolean }

/**
 * Of one that is shared, what the AWS CLI has renewed or ended counts, as it does once it is used.
 * @param cliCache for one that is shared
 * @param now milliseconds since the epoch, of AWS as far as it is known
 */
export async function stateOf(
  store: Store,
  cliCache: () => Promise<Pick<CliCache, 'read'>>,
  identity: CenterIdentity,
  now: number,
): Promise<CenterState> {
  const own = store.centerTokens.get(identity.id)
  const { cliSession: session } = identity
  const token = session === null ? own : await newest(own, await cliCache(), identity, session, now)
  const isIn = token !== undefined && (token.expiresAt > now || token.renewable)
  return { signedInUntil: isIn ? new Date(token.expiresAt).toISOString() : null, renews: isIn && token.renewable }
}

async function newest(
  own: Kept | undefined,
  cliCache: Pick<CliCache, 'read'>,
  { startUrl, ssoRegion: region }: CenterIdentity,
  session: string,
  now: number,
): Promise<Kept | undefined> {
  try {
    const theirs = await cliCache.read(session)
    if (!theirs) return undefined
    const { adoptCliToken } = await import('./cli-token.ts')
    const adopted = adoptCliToken(theirs, { startUrl, region })
    if (!adopted || (own && own.expiresAt >= tokenEnd(adopted))) return own
    return { expiresAt: tokenEnd(adopted), renewable: isRefreshable(adopted, now) }
  } catch (error) {
    // What is wrong with the file is said where it is used.
    if (isHallpassError(error)) return own
    throw error
  }
}

/** @throws `input.invalid` */
function expectCenter(identity: Identity): CenterIdentity {
  if (identity.kind === 'identity-center') return identity
  throw new HallpassError('input.invalid', `${identity.name} is no sign-in to Identity Center.`, {
    hint: 'See hallpass sso list. Add one with: hallpass sso add NAME --start-url URL --region REGION',
  })
}
