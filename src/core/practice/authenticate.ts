/** Who is calling: checks key, session token, clock and signature of a request, in that order, with AWS's refusals. */
import type { PartitionId } from '#shared/partitions.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import type { AccessKey, Account, Directory, User } from './directory.ts'
import { expiredToken, invalidToken, signatureDoesNotMatch, wrongSignature } from './refusal.ts'
import { equalSecrets } from './secrets.ts'
import type { Session, Sessions } from './sessions.ts'
import { computeSignature, formatAmzDate, headerValue, readAuthorization, type SignedRequest } from './sigv4.ts'

/** The principal behind a call. */
export interface Caller {
  readonly accessKeyId: string
  readonly account: Account
  /** As GetCallerIdentity gives it. */
  readonly arn: string
  readonly userId: string
  /** The user whose key or GetSessionToken session it is; none for a role session. */
  readonly user: User | undefined
  /** None for a long-term key. */
  readonly session: Session | undefined
  /** Every name a trust policy can know the caller by. */
  readonly principals: readonly string[]
  /** Region of the credential scope. */
  readonly region: string
}

const MAX_SKEW_MS = 15 * 60_000

/** @throws Refusal with the code and text of aws-facts C.2 */
export function authenticate(request: SignedRequest, directory: Directory, sessions: Sessions, nowMs: number): Caller {
  const authorization = readAuthorization(request)
  const { accessKeyId, region, signedAt, timestamp } = authorization
  const token = headerValue(request, 'x-amz-security-token')
  const credentials = findCredentials(accessKeyId, token, directory, sessions, nowMs)
  if (!isOfPartition(region, credentials.account.partition)) throw invalidToken()
  checkClock(signedAt, timestamp, nowMs)
  if (!equalSecrets(computeSignature(request, authorization, credentials.secret), authorization.signature))
    throw wrongSignature()
  const { secret: _, ...caller } = credentials
  return { ...caller, accessKeyId, region }
}

function findCredentials(
  accessKeyId: string,
  token: string | undefined,
  directory: Directory,
  sessions: Sessions,
  nowMs: number,
) {
  const key = directory.key(accessKeyId)
  if (key) {
    if (!worksNow(key, nowMs) || token !== undefined) throw invalidToken()
    return { secret: key.secret, session: undefined, ...describeUser(key.user) }
  }
  const session = sessions.find(accessKeyId, nowMs)
  if (!session || !equalSecrets(session.sessionToken, token ?? '')) throw invalidToken()
  if (session.expiresAt <= nowMs) throw expiredToken()
  return { secret: session.secretAccessKey, session, ...describeSubject(session) }
}

/** IAM is eventually consistent: what was changed is not seen at once. */
function worksNow({ active, changed }: AccessKey, nowMs: number): boolean {
  return changed && nowMs < changed.until ? changed.worked : active
}

function describeUser(user: User) {
  const { account, arn, userId } = user
  return { account, arn, userId, user, principals: [arn, userId, ...accountPrincipals(account)] }
}

function describeSubject(session: Session) {
  const { subject } = session
  if (subject.kind === 'user') return describeUser(subject.user)
  if (subject.kind === 'federated') {
    const { account } = subject.user
    const userId = `${account.id}:${subject.federatedName}`
    // No trust policy knows it: from STS it may call GetCallerIdentity alone.
    return { account, arn: sessionArn(session), userId, user: undefined, principals: [] }
  }
  const { role, roleSessionName } = subject
  const arn = sessionArn(session)
  const principals = [arn, role.arn, ...accountPrincipals(role.account)]
  return { account: role.account, arn, userId: `${role.roleId}:${roleSessionName}`, user: undefined, principals }
}

function accountPrincipals(account: Account): string[] {
  return [`arn:${account.partition}:iam::${account.id}:root`, account.id]
}

/**
 * The ARN of whoever a session stands for (aws-facts C.1): of a role session without the role's path; of a user's
 * session the user's own.
 */
export function sessionArn({ subject }: Pick<Session, 'subject'>): string {
  if (subject.kind === 'user') return subject.user.arn
  if (subject.kind === 'federated') {
    const { partition, id } = subject.user.account
    return `arn:${partition}:sts::${id}:federated-user/${subject.federatedName}`
  }
  const { account, name } = subject.role
  return `arn:${account.partition}:sts::${account.id}:assumed-role/${name}/${subject.roleSessionName}`
}

/** Credentials never cross partitions. A region no partition claims is let through: the practice account has no map. */
function isOfPartition(region: string, partition: PartitionId): boolean {
  const found = partitionOfRegion(region)
  return found === undefined || found.id === partition
}

function checkClock(signedAt: number, timestamp: string, nowMs: number): void {
  const now = formatAmzDate(nowMs)
  if (signedAt < nowMs - MAX_SKEW_MS)
    throw signatureDoesNotMatch(
      `Signature expired: ${timestamp} is now earlier than ${formatAmzDate(nowMs - MAX_SKEW_MS)} (${now} - 15 min.)`,
    )
  if (signedAt > nowMs + MAX_SKEW_MS)
    throw signatureDoesNotMatch(
      `Signature not yet current: ${timestamp} is still later than ${formatAmzDate(nowMs + MAX_SKEW_MS)} (${now} + 15 min.)`,
    )
}
