/** IAM role and MFA-device ARNs, parsed strictly, and the account id that hides in an access key id. */
import { type PartitionId, partitionById } from './partitions.ts'

export interface RoleArn {
  readonly partition: PartitionId
  readonly accountId: string
  /** With slashes on both ends, `/` when there is none. */
  readonly path: string
  /** Without the path. */
  readonly roleName: string
}

// IAM: role names are 1–64 of [\w+=,.@-]; a path is / or /…/ of at most 512 printable ASCII characters.
const ROLE_ARN = /^arn:([a-z-]+):iam::(\d{12}):role(\/(?:[\x21-\x7e]+\/)?)([A-Za-z0-9_+=,.@-]{1,64})$/

/** Parses an IAM role ARN; `undefined` when it is not one, or names an unknown partition. */
export function parseRoleArn(arn: string): RoleArn | undefined {
  const match = ROLE_ARN.exec(arn)
  if (!match || arn.length > 2048) return undefined
  const [, partitionId = '', accountId = '', path = '/', roleName = ''] = match
  const partition = partitionById(partitionId)
  if (!partition || path.length > 512) return undefined
  return { partition: partition.id, accountId, path, roleName }
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * Whether it is the pattern that a role of Identity Center has for an ARN, whose end only AWS knows: no role that is assumed has
 * such a one, and nobody can switch to it.
 */
export function isPermissionSetPattern(arn: string): boolean {
  return arn.includes(':role/aws-reserved/sso.amazonaws.com*/')
}

/**
 * The 12-digit account id encoded in an access key id, or `undefined` when it can't be one.
 * Undocumented by AWS but long stable; ids issued before about 2019 may decode wrongly, so treat it as a hint
 * and confirm with GetCallerIdentity.
 */
export function accountIdFromKeyId(accessKeyId: string): string | undefined {
  if (accessKeyId.length < 14) return undefined
  let bits = 0n
  for (const character of accessKeyId.slice(4, 14)) {
    const value = BASE32.indexOf(character)
    if (value < 0) return undefined
    bits = (bits << 5n) | BigInt(value)
  }
  bits >>= 2n // 50 bits down to 48
  const account = ((bits & 0x7fffffffff80n) >> 7n).toString().padStart(12, '0')
  return account.length === 12 ? account : undefined
}
