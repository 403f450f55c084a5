/**
 * Sign-ins to Identity Center at rest: sealed like sessions, with the key in the vault, and bound to the identity. One that
 * the AWS CLI shares lies in its cache as well, and whichever of the two was renewed last counts. What the CLI has signed out
 * of is over here too: `aws sso logout` removes its file.
 */
import { z } from 'zod'
import type { CenterIdentity } from '#shared/identities.ts'
import type { Clock } from '../capabilities.ts'
import { openBox, sealBox } from '../sealed-box.ts'
import { readSessionKey } from '../sessions/session-key.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import type { CliCache } from './cli-cache.ts'
import { adoptCliToken } from './cli-token.ts'
import {
  type ClientRegistration,
  clientRegistration,
  type IdentityCenterToken,
  identityCenterToken,
  isRefreshable,
  tokenEnd,
} from './records.ts'
import type { TokenStore } from './token-keeper.ts'

const signIn = z.object({ token: identityCenterToken, registration: clientRegistration.nullable() })
type SignIn = z.infer<typeof signIn>

export interface SealedSignIns extends TokenStore {
  /** For the next sign-in; null when there is none. @throws `vault.*` also where that sign-in could not be kept */
  registration(identityId: string): Promise<ClientRegistration | null>
  /** After a person has signed in. @throws `vault.*`, `file.*` for the AWS CLI's cache */
  save(identityId: string, token: IdentityCenterToken, registration: ClientRegistration): Promise<void>
}

export interface SealedSignInsParts {
  readonly store: Store
  readonly vault: Vault
  readonly cliCache: CliCache
  /** AWS's time as far as it is known. */
  readonly clock: Clock
}

export function createSealedSignIns({ store, vault, cliCache, clock }: SealedSignInsParts): SealedSignIns {
  async function read(identityId: string): Promise<SignIn | undefined> {
    const row = store.centerTokens.get(identityId)
    if (!row) return undefined
    const opened = openBox(await readSessionKey(vault, store), boundTo(identityId), row.sealed)
    // Sealed with a key that was lost, or not by Hallpass: the person signs in once more.
    return opened && signIn.safeParse(JSON.parse(opened.toString('utf8'))).data
  }

  async function write(identityId: string, content: SignIn): Promise<void> {
    const { token } = content
    const sealed = sealBox(await readSessionKey(vault, store), boundTo(identityId), JSON.stringify(content))
    const renewable = isRefreshable(token, clock())
    store.centerTokens.put({ identityId, sealed, expiresAt: tokenEnd(token), renewable })
  }

  /** The name under which the AWS CLI has it; undefined when it has not. */
  function shared(identityId: string): { readonly identity: CenterIdentity; readonly session: string } | undefined {
    const identity = store.identities.byId(identityId)
    if (identity?.kind !== 'identity-center' || identity.cliSession === null) return undefined
    return { identity, session: identity.cliSession }
  }

  async function keep(identityId: string, content: SignIn): Promise<void> {
    await write(identityId, content)
    const cli = shared(identityId)
    if (cli) await cliCache.write(cli.session, content.token)
  }

  return {
    async get(identityId) {
      const own = await read(identityId)
      const cli = shared(identityId)
      if (!cli) return own?.token
      const theirs = await cliCache.read(cli.session)
      const { startUrl, ssoRegion: region } = cli.identity
      if (!theirs) return undefined
      const adopted = adoptCliToken(theirs, { startUrl, region })
      if (!adopted || (own && isNoOlder(own.token, adopted))) return own?.token
      await write(identityId, { token: adopted, registration: own?.registration ?? null })
      return adopted
    },

    put: async (identityId, token) =>
      keep(identityId, { token, registration: (await read(identityId))?.registration ?? null }),

    async remove(identityId) {
      const cli = shared(identityId)
      if (cli) await cliCache.remove(cli.session)
      store.centerTokens.remove(identityId)
    },

    async registration(identityId) {
      // Before a person goes to the browser: what comes back from there could not be kept without the key.
      await readSessionKey(vault, store)
      return (await read(identityId))?.registration ?? null
    },
    save: (identityId, token, registration) => keep(identityId, { token, registration }),
  }
}

/**
 * Whether ours is still the one that counts. The CLI writes whole seconds, and what is renewed near the end of a sign-in
 * may end when the one before did; ours is always written there, so another one with the same end is newer.
 */
function isNoOlder(own: IdentityCenterToken, theirs: IdentityCenterToken): boolean {
  const seconds = (token: IdentityCenterToken) => Math.floor(tokenEnd(token) / 1000)
  return own.accessToken === theirs.accessToken || seconds(own) > seconds(theirs)
}

function boundTo(identityId: string): string {
  return `identity-center/${identityId}`
}
