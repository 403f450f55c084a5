/** Which identities are sign-ins to Identity Center, and whether somebody is signed in: what takes no more than the store. */
import { HallpassError } from '#shared/errors.ts'
import type { CenterState } from '#shared/identity-center-view.ts'
import type { CenterIdentity, Identity } from '#shared/models.ts'
import { findIdentity } from '../names.ts'
import type { Store } from '../store/types.ts'

/** @throws `identity.not-found`, `input.invalid` for an identity of another kind */
export function findCenter(store: Store, name: string): CenterIdentity {
  return expectCenter(findIdentity(store, name))
}

/** @param now milliseconds since the epoch, of AWS as far as it is known */
export function stateOf(store: Store, { id }: CenterIdentity, now: number): CenterState {
  const token = store.centerTokens.get(id)
  const isIn = token !== undefined && (token.expiresAt > now || token.renewable)
  return { signedInUntil: isIn ? new Date(token.expiresAt).toISOString() : null, renews: isIn && token.renewable }
}

/** @throws `input.invalid` */
function expectCenter(identity: Identity): CenterIdentity {
  if (identity.kind === 'identity-center') return identity
  throw new HallpassError('input.invalid', `${identity.name} is no sign-in to Identity Center.`, {
    hint: 'See hallpass sso list. Add one with: hallpass sso add NAME --start-url URL --region REGION',
  })
}
