/**
 * Gets sessions from AWS: AssumeRole along a chain, GetSessionToken for an identity itself, with MFA where wanted.
 *
 * - Everything that can be checked without AWS is checked before a code is asked for, so that none is wasted.
 * - One prompt at a time for a device: a code works once, so two calls can't share it.
 */

import { formatRemaining } from '#shared/duration.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { Identity } from '#shared/identities.ts'
import type { Role } from '#shared/roles.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { AssumeRoleRequest, IssuedCredentials, MfaAnswer, SigningCredentials, StsCalls } from '../aws/index.ts'
import { secretEntry } from '../identities.ts'
import { givesPermissionSets } from '../identity-center/permission-set.ts'
import type { MfaCodes } from '../mfa/mfa-codes.ts'
import type { Vault } from '../vault/types.ts'
import { type Chain, callerChain, chainEnd, preferredRegion, sessionNameOf, stsRegion, userName } from './chain.ts'
import { CHAINED_MAXIMUM } from './mfa-session.ts'
import type { Origins } from './origins.ts'
import type { DeviceQueue } from './process-flight.ts'

export interface IssueRequest {
  readonly mfa: boolean
  /** Given up front; a prompt asks otherwise. */
  readonly mfaCode?: string | undefined
  /** Seconds; overrides the role's own setting. */
  readonly durationSeconds?: number | undefined
  readonly readOnly?: boolean | undefined
  /** Name of what the person started, for the prompt: the chain may be part of a longer one. */
  readonly target: string
  /** The key sessions are sealed with, read from the vault once, when it is first asked for. @throws `vault.*` */
  readonly sealKey: () => Promise<Uint8Array>
}

/**
 * Refuses what AWS would refuse for certain.
 * @throws `input.invalid`, `sts.duration-chaining`
 */
export function checkRequest(chain: Chain, request: IssueRequest): void {
  const { identity, roles } = chain
  if (request.mfa && identity.mfaSerial === null) {
    throw new HallpassError(
      'input.invalid',
      `${request.target} is to be started with MFA, and ${identity.name} has no MFA device set.`,
      { hint: `Set the MFA serial on ${identity.name}, or turn MFA off for the role.` },
    )
  }
  const last = roles.at(-1)
  if (givesPermissionSets(identity)) refuseWishes(chain, request)
  for (const [index, role] of roles.entries()) {
    const duration = (role === last ? request.durationSeconds : undefined) ?? role.settings.durationSeconds
    if (index > 0 && duration !== undefined && duration > CHAINED_MAXIMUM) throw chainedTooLong(role, duration)
    const callerPartition = roles[index - 1]?.partition ?? identity.userArn?.split(':')[1]
    if (callerPartition !== undefined && callerPartition !== role.partition) {
      throw new HallpassError(
        'input.invalid',
        `${role.name} is in ${role.partition}, and its source in ${callerPartition}.`,
        {
          hint: 'Credentials never cross partitions. Give the role a source in its own partition.',
        },
      )
    }
  }
  if (!request.readOnly) return
  if (!last) {
    throw new HallpassError(
      'input.invalid',
      `${identity.name} is an identity, and only a role’s session can be read-only.`,
      {
        hint: 'Start a role instead.',
      },
    )
  }
  if (last.settings.policy !== undefined || last.settings.policyArns?.length) {
    // STS allows what any one of the session policies allows, so adding one never narrows the others.
    throw new HallpassError(
      'input.invalid',
      `${last.name} has session policies already, and AWS would add read access to them.`,
      {
        hint: 'Start it without read-only, or remove its session policies.',
      },
    )
  }
}

export interface IssuerParts {
  readonly vault: Vault
  readonly origins: Origins
  readonly sts: StsCalls
  readonly mfaCodes: MfaCodes
  /**
   * Credentials of the role before the last, or of the identity, from the cache or from AWS; `renew` when AWS no longer
   * takes cached ones.
   */
  readonly callerSession: (caller: Chain, request: IssueRequest, renew: boolean) => Promise<CallerSession>
  /** Whether a chain of one role is to start from the MFA session its identity's roles share. */
  readonly sharesMfa: (chain: Chain, request: IssueRequest) => boolean
  /** Takes turns, by the serial of the device. */
  readonly prompts: DeviceQueue
  /** Told when another process has the turn. */
  readonly onDeviceWait: (chain: Chain, request: IssueRequest) => void
}

export interface CallerSession {
  readonly credentials: SessionCredentials
  /** False when it came from the cache. */
  readonly fresh: boolean
}

type Signer = SigningCredentials & { readonly expiration: Date | null }

/** Milliseconds. */
const UNKNOWN_END = 15 * 60_000

/** Asks AWS for a session of the chain's end. The request must have passed `checkRequest`. */
export type Issue = (chain: Chain, request: IssueRequest) => Promise<SessionCredentials>

/** Identity Center decides about its roles' sessions; those assumed from them are as any other. @throws `input.invalid` */
function refuseWishes({ roles }: Chain, { durationSeconds, readOnly }: IssueRequest): void {
  const [first, ...chained] = roles
  if (!first || chained.length > 0 || (durationSeconds === undefined && !readOnly)) return
  throw new HallpassError(
    'input.invalid',
    `${first.name} comes from Identity Center, which decides how long its sessions last and what they may do.`,
    { hint: readOnly ? 'Start a role of yours that may only read.' : 'Leave the duration out.' },
  )
}

/** Builds the function that asks AWS. */
export function createIssuer(parts: IssuerParts): Issue {
  const { vault, sts, origins, mfaCodes, callerSession, sharesMfa, prompts, onDeviceWait } = parts

  /** What signs the first call of a chain. @throws `vault.*`, and what the origin throws */
  async function signerOf(identity: Identity, target: string): Promise<Signer> {
    switch (identity.kind) {
      case 'access-key': {
        const secretAccessKey = await vault.get(secretEntry(identity.id))
        return { accessKeyId: identity.accessKeyId, secretAccessKey, expiration: null }
      }
      case 'aws-profile':
        return origins.profile(identity, target)
      case 'identity-center':
        throw new HallpassError(
          'identity.no-session',
          `${identity.name} is a sign-in, and has no session of its own.`,
          {
            hint: 'Start one of its roles instead.',
          },
        )
    }
  }

  /** Calls with a code where one is wanted. */
  async function withMfa<T>(chain: Chain, request: IssueRequest, call: (mfa?: MfaAnswer) => Promise<T>): Promise<T> {
    const { identity } = chain
    const serial = identity.mfaSerial
    if (!request.mfa || serial === null) return call()
    const { target, mfaCode: given } = request
    const withCode = () => mfaCodes.withCode({ identity, serial, target, given }, (code) => call({ serial, code }))
    return given === undefined ? prompts.run(serial, withCode, () => onDeviceWait(chain, request)) : withCode()
  }

  async function assumeChained(
    chain: Chain,
    role: Role,
    request: IssueRequest,
    session: CallerSession,
  ): Promise<SessionCredentials> {
    const caller = callerChain(chain)
    const assume = async (credentials: SigningCredentials) => {
      const byIdentity = caller.roles.length === 0
      const signer = byIdentity ? userName(chain.identity) : chainEnd(caller).name
      const about = { region: stsRegion(chain), target: role.name, caller: signer }
      const call = { credentials, ...about, ...(byIdentity && request.mfa ? { mfaPresent: true } : {}) }
      return toRoleCredentials(chain, role, await sts.assumeRole(call, assumeRoleRequest(chain, role, request)))
    }
    try {
      return await assume(session.credentials)
    } catch (error) {
      const refused = isHallpassError(error, 'sts.session-expired') || isHallpassError(error, 'sts.key-unknown')
      if (session.fresh || !refused) throw error
      return assume((await callerSession(caller, request, true)).credentials)
    }
  }

  async function issueDirectly(chain: Chain, role: Role | undefined, request: IssueRequest) {
    const { identity } = chain
    if (identity.kind === 'identity-center' && role)
      return toPermissionSetCredentials(chain, role, await origins.permissionSet(identity, role))
    const { expiration, ...credentials } = await signerOf(identity, request.target)
    // A session already: GetSessionToken takes long-term keys only.
    if (!role && credentials.sessionToken !== undefined)
      return toIdentityCredentials(chain, asIssued(credentials, expiration))
    // The keychain looks it up while AWS answers; whoever needs it hears of a failure.
    request.sealKey().catch(() => {})
    const target = role?.name ?? chain.identity.name
    const call = { credentials, region: stsRegion(chain), target, caller: userName(chain.identity) }
    return withMfa(chain, request, async (mfa) => {
      if (role) {
        const issued = await sts.assumeRole(call, { ...assumeRoleRequest(chain, role, request), mfa })
        return toRoleCredentials(chain, role, issued)
      }
      const issued = await sts.getSessionToken(call, { durationSeconds: request.durationSeconds, mfa })
      return toIdentityCredentials(chain, issued)
    })
  }

  async function assumeSharingMfa(chain: Chain, role: Role, request: IssueRequest): Promise<SessionCredentials> {
    let session: CallerSession | undefined
    try {
      session = await callerSession(callerChain(chain), request, false)
      return await assumeChained(chain, role, request, session)
    } catch (error) {
      // A policy may deny GetSessionToken, and a trust policy may limit a code's age (aws:MultiFactorAuthAge). A session
      // with a fresh code was refused for another reason.
      if (!isHallpassError(error, 'sts.access-denied') || session?.fresh) throw error
      try {
        return await issueDirectly(chain, role, request)
      } catch (again) {
        const unanswered = isHallpassError(again, 'mfa.required') || isHallpassError(again, 'cancelled')
        throw unanswered ? error : again
      }
    }
  }

  return async (chain, request) => {
    const role = chain.roles.at(-1)
    if (!role) return issueDirectly(chain, role, request)
    if (chain.roles.length > 1) {
      return assumeChained(chain, role, request, await callerSession(callerChain(chain), request, false))
    }
    return sharesMfa(chain, request) ? assumeSharingMfa(chain, role, request) : issueDirectly(chain, role, request)
  }
}

function assumeRoleRequest({ identity }: Chain, role: Role, request: IssueRequest): AssumeRoleRequest {
  const { settings } = role
  const readOnlyPolicy = `arn:${role.partition}:iam::aws:policy/ReadOnlyAccess`
  return {
    roleArn: role.arn,
    sessionName: sessionNameOf(identity, settings.sessionName),
    durationSeconds: request.durationSeconds ?? settings.durationSeconds,
    externalId: settings.externalId,
    sourceIdentity: settings.sourceIdentity,
    tags: settings.tags,
    transitiveTagKeys: settings.transitiveTagKeys,
    policy: settings.policy,
    policyArns: request.readOnly ? [readOnlyPolicy] : settings.policyArns,
  }
}

function toRoleCredentials(
  chain: Chain,
  role: Role,
  { assumedRoleArn, ...issued }: IssuedCredentials & { assumedRoleArn: string },
): SessionCredentials {
  return { ...issued, accountId: role.accountId, roleArn: role.arn, assumedRoleArn, region: preferredRegion(chain) }
}

/** Which IAM role that is, only AWS knows: neither its ARN nor that of the session comes with the credentials. */
function toPermissionSetCredentials(chain: Chain, role: Role, issued: IssuedCredentials): SessionCredentials {
  const { accountId } = role
  return { ...issued, accountId, roleArn: null, assumedRoleArn: null, region: preferredRegion(chain) }
}

/** A session of which nobody knows the end is asked for again after a while. */
function asIssued(credentials: SigningCredentials, expiration: Date | null): IssuedCredentials {
  const { sessionToken = '' } = credentials
  return { ...credentials, sessionToken, expiration: expiration ?? new Date(Date.now() + UNKNOWN_END) }
}

function toIdentityCredentials(chain: Chain, issued: IssuedCredentials): SessionCredentials {
  const { accountId } = chain.identity
  return { ...issued, accountId, roleArn: null, assumedRoleArn: null, region: preferredRegion(chain) }
}

function chainedTooLong(role: Role, seconds: number): HallpassError {
  return new HallpassError(
    'sts.duration-chaining',
    `AWS ends chained sessions after 1 h, and ${role.name} asks for ${formatRemaining(seconds)}.`,
    { hint: 'Use a duration of 1 h.' },
  )
}
