/** The IAM role behind a permission set in an account, as AWS makes and names it (aws-facts E.4). */
import { createHash } from 'node:crypto'
import type { Account, Role } from '../directory.ts'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** Roles may run for as long as IAM allows; the permission set says how long its sessions do. */
const MAX_SECONDS = 43_200
const MADE_AT = Date.UTC(2026, 0, 15, 9)

export interface PermissionSetPlace {
  readonly accountId: string
  readonly permissionSet: string
  /** Where Identity Center is at home. */
  readonly region: string
}

/** `AWSReservedSSO_<permission set>_<16 hex digits>`; the digits follow from account and name, so that trust policies can be written before. */
export function permissionSetRoleName({ accountId, permissionSet }: PermissionSetPlace): string {
  return `AWSReservedSSO_${permissionSet}_${hash('name', accountId, permissionSet).toString('hex').slice(0, 16)}`
}

/** As a trust policy names it: with the path. */
export function permissionSetRoleArn(place: PermissionSetPlace, partition = 'aws'): string {
  return `arn:${partition}:iam::${place.accountId}:role${pathOf(place)}${permissionSetRoleName(place)}`
}

/** A role that trusts Identity Center alone: nobody assumes it with credentials. */
export function permissionSetRole(place: PermissionSetPlace, account: Account): Role {
  const provider = `arn:${account.partition}:iam::${account.id}:saml-provider/AWSSSO_${hash('provider', account.id).toString('hex').slice(0, 16)}_DO_NOT_DELETE`
  const statement = {
    Effect: 'Allow',
    Principal: { Federated: provider },
    Action: ['sts:AssumeRoleWithSAML', 'sts:TagSession'],
  }
  return {
    name: permissionSetRoleName(place),
    path: pathOf(place),
    arn: permissionSetRoleArn(place, account.partition),
    roleId: `AROA${[...hash('id', account.id, place.permissionSet)]
      .slice(0, 17)
      .map((byte) => BASE32[byte & 31])
      .join('')}`,
    account,
    trust: [{ principals: [provider] }],
    trustDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
    createdAt: MADE_AT,
    knownFrom: 0,
    maxDurationSeconds: MAX_SECONDS,
    allowsTags: false,
    allowsSourceIdentity: false,
  }
}

/** Whether Identity Center made it. */
export function isPermissionSetRole({ path }: Pick<Role, 'path'>): boolean {
  return path.startsWith('/aws-reserved/sso.amazonaws.com/')
}

function pathOf({ region }: PermissionSetPlace): string {
  return `/aws-reserved/sso.amazonaws.com/${region}/`
}

function hash(...parts: string[]): Buffer {
  return createHash('sha256').update(parts.join('\n')).digest()
}
