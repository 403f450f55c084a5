/**
 * Sessions of the roles that an open credential leads to. The reason it was opened for goes with them, as source identity
 * and as a tag, so that CloudTrail shows it for everything that is done.
 */
import { parseRoleArn } from '#shared/arn.ts'
import type { SealedRecord } from '#shared/breakglass.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { partitionById } from '#shared/partitions.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { AssumeRoleRequest, StsCalls } from '../aws/index.ts'
import { totpCode } from '../mfa/totp-code.ts'
import { parseTotpSeed } from '../mfa/totp-seed.ts'
import type { Vault } from '../vault/types.ts'
import { findSealedRole, sealedEntry } from './records.ts'

/** How the reason went along; null where the role's trust policy lets it do neither. */
export type ReasonAs = 'source-identity-and-tag' | 'source-identity' | null

export interface EmergencySession {
  readonly credentials: SessionCredentials
  readonly reasonAs: ReasonAs
}

export interface AssumeParts {
  readonly vault: Pick<Vault, 'get'>
  readonly sts: Pick<StsCalls, 'assumeRole' | 'getSessionToken'>
  /** AWS's clock, which codes go by. */
  readonly awsClock: () => number
}

/** STS SourceIdentity: 2–64 of these, not beginning with `aws:` (its colon is none of them). */
export function sourceIdentityOf(reason: string): string {
  const text = reason.replaceAll(/[^\w+=,.@-]+/g, '-').replaceAll(/^-+|-+$/g, '')
  return text.slice(0, 64).padEnd(2, '-')
}

/** Session tags: at most 256 of letters, digits, blanks and these signs. */
export function reasonTagOf(reason: string): string {
  return reason.replaceAll(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]+/gu, ' ').slice(0, 256)
}

/**
 * @throws `breakglass.nothing-inside` without an access key, `breakglass.not-found` for a role it does not lead to,
 *   `sts.*`, `network.*`, `vault.*`
 */
export async function assumeInEmergency(
  { vault, sts, awsClock }: AssumeParts,
  sealed: SealedRecord,
  roleName: string,
  reason: string,
): Promise<EmergencySession> {
  const role = findSealedRole(sealed, roleName)
  if (sealed.accessKeyId === null || !sealed.holds.includes('secret-access-key'))
    throw new HallpassError('breakglass.nothing-inside', `${sealed.name} has no access key to assume roles with.`, {
      hint: 'Sign in to the console with the password, and switch to the role there.',
    })
  const secretAccessKey = await vault.get(sealedEntry(sealed.id, 'secret-access-key'))
  const partition = parseRoleArn(role.arn)?.partition ?? 'aws'
  const call = {
    credentials: { accessKeyId: sealed.accessKeyId, secretAccessKey },
    region: partitionById(partition)?.defaultRegion ?? 'us-east-1',
    target: role.name,
    caller: sealed.userName,
  }
  const basics = { roleArn: role.arn, sessionName: 'hallpass-breakglass' }
  const mfa = await mfaOf(vault, awsClock, sealed)
  // A code works once, and each way below may be refused: a session that was obtained with it has it for all of them.
  const caller = mfa
    ? { ...call, credentials: await sts.getSessionToken(call, { durationSeconds: 900, mfa }), mfaPresent: true }
    : call
  const sourceIdentity = sourceIdentityOf(reason)
  const tags = [{ key: 'Reason', value: reasonTagOf(reason) }]
  const ways: [ReasonAs, Partial<AssumeRoleRequest>][] = [
    ['source-identity-and-tag', { sourceIdentity, tags }],
    ['source-identity', { sourceIdentity }],
    [null, {}],
  ]
  let refused: unknown
  for (const [reasonAs, more] of ways) {
    try {
      const issued = await sts.assumeRole(caller, { ...basics, ...more })
      const accountId = parseRoleArn(role.arn)?.accountId ?? null
      return { credentials: { ...issued, accountId, roleArn: role.arn, region: null }, reasonAs }
    } catch (error) {
      // Trust policies allow SetSourceIdentity and TagSession apart, and AWS does not say which of them it missed.
      if (!isHallpassError(error, 'sts.access-denied')) throw error
      refused ??= error
    }
  }
  throw refused
}

async function mfaOf(vault: Pick<Vault, 'get'>, awsClock: () => number, { id, mfaSerial, holds }: SealedRecord) {
  if (mfaSerial === null || !holds.includes('totp-seed')) return undefined
  const seed = parseTotpSeed(await vault.get(sealedEntry(id, 'totp-seed')))
  return { serial: mfaSerial, code: totpCode(seed, awsClock()) }
}
