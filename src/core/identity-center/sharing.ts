/**
 * Sharing a sign-in with the AWS CLI and the SDKs: an `[sso-session]` of the config file, and the token in the folder where
 * they look for it. From then on whichever of the two renews it last counts for both (`sealed-sign-ins.ts`).
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { ssoSessionNameField } from '#shared/fields.ts'
import type { CenterIdentity } from '#shared/models.ts'
import type { SsoSections } from '../awsfiles/index.ts'
import { parseInput } from '../input.ts'
import { currentIdentity } from '../names.ts'
import type { Store } from '../store/types.ts'
import { findCenter } from './center-state.ts'
import type { CliCache } from './cli-cache.ts'
import type { SealedSignIns } from './sealed-sign-ins.ts'

/** What became of it. */
export interface SharedSignIn {
  /** Null when it is not shared any more. */
  readonly session: string | null
  /** The config file with the section; null when there is none of Hallpass's doing, or not any more. */
  readonly configFile: string | null
  /** False where a section that a person made does as well. */
  readonly isOwnSection: boolean
}

export interface Sharing {
  /**
   * Shares a sign-in under that name, or under none: then what Hallpass wrote for it is taken back.
   * @throws `identity.not-found`, `input.invalid`; `sso.session-not-owned` when the section of that name leads elsewhere,
   *   `sso.session-in-use` when another identity has it; `practice.kept-apart`, `vault.*`, `file.*`
   */
  share(name: string, session: string | null): Promise<SharedSignIn>
}

export interface SharingParts {
  readonly store: Store
  readonly signIns: SealedSignIns
  readonly cliCache: CliCache
  readonly sections: SsoSections
  /** Tools outside would take its Identity Center for AWS's. */
  readonly isPractice: boolean
}

export function createSharing({ store, signIns, cliCache, sections, isPractice }: SharingParts): Sharing {
  function setSession(identity: CenterIdentity, cliSession: string | null): void {
    store.transaction(() => store.identities.update({ ...currentIdentity(store, identity), cliSession }))
  }

  function refuseInUse(identity: CenterIdentity, session: string): void {
    const other = store.identities
      .list()
      .find((each) => each.kind === 'identity-center' && each.id !== identity.id && each.cliSession === session)
    if (!other) return
    throw new HallpassError('sso.session-in-use', `${other.name} is shared with the AWS CLI as ${session} already.`, {
      hint: 'Choose another name for the session.',
    })
  }

  /** The token that counts, to where the AWS CLI looks; what that has renewed since may be it. */
  async function handOver({ id }: CenterIdentity, session: string): Promise<void> {
    const token = await signIns.get(id)
    if (token && (await cliCache.read(session))?.accessToken !== token.accessToken) await cliCache.write(session, token)
  }

  /** Of a client that Hallpass registered, whoever renewed it since. */
  async function isOurToken({ id }: CenterIdentity, session: string): Promise<boolean> {
    const own = await signIns.registration(id)
    const kept = await readable(cliCache, session)
    return own !== null && kept?.client?.clientId === own.clientId
  }

  /** A section that a person made stays, and so does a sign-in that the AWS CLI made for it. */
  async function takeBack(identity: CenterIdentity, session: string): Promise<void> {
    const records = store.ssoSessions.ofIdentity(identity.id).filter((record) => record.session === session)
    if (records.length > 0 || (await isOurToken(identity, session))) await cliCache.remove(session)
    else await leaveToCli(identity, session)
    for (const record of records) await sections.remove(record)
  }

  /** A refresh token works once: two that no longer know of each other can't both have it. */
  async function leaveToCli({ id }: CenterIdentity, session: string): Promise<void> {
    const kept = await readable(cliCache, session)
    if (kept && (await signIns.get(id))?.accessToken === kept.accessToken) store.centerTokens.remove(id)
  }

  async function start(identity: CenterIdentity, session: string): Promise<SharedSignIn> {
    if (isPractice)
      throw new HallpassError('practice.kept-apart', 'The practice account does not share its sign-ins.', {
        hint: 'Leave the practice account first.',
      })
    refuseInUse(identity, session)
    const { cliSession: before, startUrl, ssoRegion, id } = identity
    const { configFile, isOwn } = await sections.write({ session, startUrl, ssoRegion, identityId: id })
    try {
      setSession(identity, session)
      await handOver(identity, session)
    } catch (error) {
      setSession(identity, before)
      if (before !== session) await takeBack(identity, session).catch(() => undefined)
      throw error
    }
    if (before !== null && before !== session) await takeBack(identity, before)
    return { session, configFile, isOwnSection: isOwn }
  }

  return {
    async share(name, session) {
      const identity = findCenter(store, name)
      if (session !== null) return start(identity, parseInput(ssoSessionNameField, session))
      if (identity.cliSession !== null) {
        setSession(identity, null)
        try {
          await takeBack(identity, identity.cliSession)
        } catch (error) {
          setSession(identity, identity.cliSession)
          throw error
        }
      }
      return { session: null, configFile: null, isOwnSection: false }
    },
  }
}

/** One that can't be read is nobody's sign-in. */
function readable(cliCache: CliCache, session: string) {
  return cliCache.read(session).catch((error: unknown) => {
    if (isHallpassError(error, 'file.unparsable')) return undefined
    throw error
  })
}
