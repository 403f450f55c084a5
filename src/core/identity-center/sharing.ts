/**
 * Sharing a sign-in with the AWS CLI and the SDKs: an `[sso-session]` of the config file, and the token in the folder where
 * they look for it. From then on whichever of the two renews it last counts for both (`sealed-sign-ins.ts`).
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { ssoSessionNameField } from '#shared/fields.ts'
import type { CenterIdentity } from '#shared/identities.ts'
import {
  newOperation,
  type Part,
  type SsoSections,
  type SsoSessionChange,
  type SsoSessionTarget,
} from '../awsfiles/index.ts'
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

/** What sharing a sign-in would do. */
export interface SharePlan {
  readonly session: string
  /** Where the section is, or goes. */
  readonly configFile: string
  /** Where the token lies in the clear from then on. */
  readonly tokenFile: string
  /** False where a section that a person made does as well. */
  readonly isOwnSection: boolean
  /** The change of the config file, unified; empty where it stays as it is. */
  readonly diff: string
}

export interface Sharing {
  /**
   * What `share` would do, touching nothing.
   * @throws what `share` throws, but for what only writing finds
   */
  planShare(name: string, session: string): Promise<SharePlan>
  /**
   * Shares a sign-in under that name, or under none: then what Hallpass wrote for it is taken back.
   * @throws `identity.not-found`, `input.invalid`; `sso.session-not-owned` when the section of that name leads elsewhere,
   *   `sso.session-in-use` when another identity has it; `practice.kept-apart`, `vault.*`, `file.*`
   */
  share(name: string, session: string | null): Promise<SharedSignIn>
  /**
   * Brings what is shared in step with sections that an undone edit has taken out, or put back.
   * @param changes of that edit
   * @throws `vault.*`, `file.*` when the token can't go or come with its section
   */
  follow(changes: readonly SsoSessionChange[]): Promise<void>
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

  function otherWith({ id }: CenterIdentity, session: string) {
    return store.identities
      .list()
      .find((each) => each.kind === 'identity-center' && each.id !== id && each.cliSession === session)
  }

  function refuseInUse(identity: CenterIdentity, session: string): void {
    const other = otherWith(identity, session)
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

  /** Before it is shared: from then on, no file of the CLI’s means that it has signed out. */
  async function handOverFirst({ id }: CenterIdentity, session: string): Promise<void> {
    const token = await signIns.get(id)
    if (token && (await cliCache.read(session)) === undefined) await cliCache.write(session, token)
  }

  async function shareAs(identity: CenterIdentity, session: string): Promise<void> {
    await handOverFirst(identity, session)
    setSession(identity, session)
    await handOver(identity, session)
  }

  /**
   * Not shared as `session` from now on. What the AWS CLI has signed out of stays over; else it may have renewed the sign-in,
   * and then only its token is good for another renewal.
   */
  async function keepForOneself(identity: CenterIdentity, session: string): Promise<void> {
    if (await hasSignedOut(session)) store.centerTokens.remove(identity.id)
    else await signIns.get(identity.id)
    setSession(identity, null)
  }

  /** With `aws sso logout`. */
  async function hasSignedOut(session: string): Promise<boolean> {
    return (await cliCache.read(session).catch(() => null)) === undefined
  }

  /** Of a client that Hallpass registered, whoever renewed it since. */
  async function isOurToken({ id }: CenterIdentity, session: string): Promise<boolean> {
    const own = await signIns.registration(id)
    const kept = await readable(cliCache, session)
    return own !== null && kept?.client?.clientId === own.clientId
  }

  /** A section that a person made stays, and so does a sign-in that the AWS CLI made for it. */
  async function takeBack(identity: CenterIdentity, session: string, part?: Part): Promise<void> {
    const isOurs = store.ssoSessions.ofIdentity(identity.id).some((record) => record.session === session)
    if (isOurs || (await isOurToken(identity, session))) await cliCache.remove(session)
    else await leaveToCli(identity, session)
    await removeSections(identity, session, part)
  }

  /**
   * Everything it was shared as but `kept`: also what a process that was killed between two names has left behind. What
   * another identity has by such a name is that one's.
   */
  async function takeBackOthers(
    identity: CenterIdentity,
    before: string | null,
    kept: string | null,
    part?: Part,
  ): Promise<void> {
    const left = store.ssoSessions.ofIdentity(identity.id).map(({ session }) => session)
    for (const session of new Set(before === null ? left : [before, ...left]))
      if (session !== kept && !otherWith(identity, session)) await takeBack(identity, session, part)
  }

  async function removeSections({ id }: CenterIdentity, session: string, part?: Part): Promise<void> {
    for (const record of store.ssoSessions.ofIdentity(id))
      if (record.session === session) await sections.remove(record, part)
  }

  /** A refresh token works once: two that no longer know of each other can't both have it. */
  async function leaveToCli({ id }: CenterIdentity, session: string): Promise<void> {
    const kept = await readable(cliCache, session)
    if (kept && (await signIns.get(id))?.accessToken === kept.accessToken) store.centerTokens.remove(id)
  }

  /** What the section of that name is to say. @throws `practice.kept-apart`, `sso.session-in-use` */
  function sectionFor(identity: CenterIdentity, session: string): SsoSessionTarget {
    if (isPractice)
      throw new HallpassError('practice.kept-apart', 'The practice account does not share its sign-ins.', {
        hint: 'Leave the practice account first.',
      })
    refuseInUse(identity, session)
    const { startUrl, ssoRegion, id } = identity
    return { session, startUrl, ssoRegion, identityId: id }
  }

  async function start(identity: CenterIdentity, session: string): Promise<SharedSignIn> {
    const { cliSession: before } = identity
    // One name for another is taken back as one.
    const part = { id: newOperation() }
    const { configFile, isOwn } = await sections.write(sectionFor(identity, session), part)
    try {
      await shareAs(identity, session)
    } catch (error) {
      setSession(identity, before)
      // The token did not get there: only the section is to go.
      if (before !== session) await removeSections(identity, session).catch(() => undefined)
      throw error
    }
    await takeBackOthers(identity, before, session, part)
    return { session, configFile, isOwnSection: isOwn }
  }

  /** Its section has gone, and the token goes after it. */
  async function followGone(identity: CenterIdentity, { session, configFile }: SsoSessionChange): Promise<void> {
    store.ssoSessions.remove(session, configFile)
    if (identity.cliSession !== session) return
    await keepForOneself(identity, session)
    await cliCache.remove(session)
  }

  return {
    async follow(changes) {
      const known = changes.flatMap((change) => {
        const identity = store.identities.byId(change.identityId)
        return identity?.kind === 'identity-center' ? [{ change, identity }] : []
      })
      for (const { change, identity } of known) if (!change.before) await followGone(identity, change)
      for (const { change, identity } of known) {
        const { before, session } = change
        if (!before) continue
        store.ssoSessions.put(before)
        await shareAs(identity, session)
      }
    },

    async planShare(name, given) {
      const identity = findCenter(store, name)
      const session = parseInput(ssoSessionNameField, given)
      const { isOwn, ...plan } = await sections.plan(sectionFor(identity, session))
      return { session, tokenFile: cliCache.fileOf(session), isOwnSection: isOwn, ...plan }
    },

    async share(name, session) {
      const identity = findCenter(store, name)
      if (session !== null) return start(identity, parseInput(ssoSessionNameField, session))
      const before = identity.cliSession
      if (before !== null) await keepForOneself(identity, before)
      try {
        await takeBackOthers(identity, before, null)
      } catch (error) {
        if (before !== null) setSession(identity, before)
        throw error
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
