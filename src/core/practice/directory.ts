/** Who and what exists in the practice account: accounts, users with their keys and devices, roles with their trust. */
import type { Environment } from '#shared/fields.ts'
import type { PartitionId } from '#shared/partitions.ts'
import { MfaDevice } from './mfa.ts'
import { type Entropy, makeKeyId, makeSecretKey, makeTotpSeed, makeUniqueId } from './secrets.ts'
import type { TrustStatement } from './trust.ts'

export interface Account {
  /** 12 digits. */
  readonly id: string
  readonly name: string
  readonly environment: Environment
  readonly partition: PartitionId
}

/** An IAM user, or the root user of an account. */
export interface User {
  readonly name: string
  readonly arn: string
  readonly userId: string
  readonly account: Account
  readonly isRoot: boolean
  readonly mfaDevice: MfaDevice | undefined
}

export interface AccessKey {
  readonly id: string
  readonly secret: string
  readonly user: User
  active: boolean
}

export interface Role {
  readonly name: string
  /** With slashes on both ends. */
  readonly path: string
  readonly arn: string
  readonly roleId: string
  readonly account: Account
  readonly trust: readonly TrustStatement[]
  readonly maxDurationSeconds: number
  /** Whether the trust policy allows sts:TagSession. */
  readonly allowsTags: boolean
  /** Whether the trust policy allows sts:SetSourceIdentity. */
  readonly allowsSourceIdentity: boolean
}

export interface NewAccount {
  readonly id: string
  readonly name: string
  readonly environment?: Environment
  /** Default `aws`. */
  readonly partition?: PartitionId
}

export interface NewUser {
  readonly accountId: string
  readonly name: string
  /** With slashes on both ends; default `/`. */
  readonly path?: string
  /** Name of a virtual device to give the user; none without. */
  readonly mfaDeviceName?: string
  /** The account's root user instead of an IAM user; `name` then only labels it. */
  readonly isRoot?: boolean
}

export interface NewRole {
  readonly accountId: string
  readonly name: string
  /** With slashes on both ends; default `/`. */
  readonly path?: string
  /** Any one statement that matches is enough. */
  readonly trust: readonly TrustStatement[]
  /** Default 3600, the least a role can have. */
  readonly maxDurationSeconds?: number
  /** Default true. */
  readonly allowsTags?: boolean
  /** Default true. */
  readonly allowsSourceIdentity?: boolean
}

export class Directory {
  readonly #entropy: Entropy
  readonly #accounts = new Map<string, Account>()
  readonly #keys = new Map<string, AccessKey>()
  readonly #roles = new Map<string, Role>()

  constructor(entropy: Entropy) {
    this.#entropy = entropy
  }

  addAccount({ id, name, environment = 'other', partition = 'aws' }: NewAccount): Account {
    const account = { id, name, environment, partition }
    this.#accounts.set(id, account)
    return account
  }

  /** Makes the user with one access key and, if wanted, one MFA device. */
  addUser({ accountId, name, path = '/', mfaDeviceName, isRoot = false }: NewUser): AccessKey {
    const account = this.account(accountId)
    const prefix = `arn:${account.partition}:iam::${accountId}`
    const user: User = {
      name,
      arn: isRoot ? `${prefix}:root` : `${prefix}:user${path}${name}`,
      userId: isRoot ? accountId : makeUniqueId('AIDA', this.#entropy),
      account,
      isRoot,
      mfaDevice:
        mfaDeviceName === undefined
          ? undefined
          : new MfaDevice(`${prefix}:mfa/${mfaDeviceName}`, makeTotpSeed(this.#entropy)),
    }
    const id = makeKeyId('AKIA', accountId, this.#entropy)
    const key = { id, secret: makeSecretKey(this.#entropy), user, active: true }
    this.#keys.set(id, key)
    return key
  }

  addRole(input: NewRole): Role {
    const account = this.account(input.accountId)
    const path = input.path ?? '/'
    const role: Role = {
      name: input.name,
      path,
      arn: `arn:${account.partition}:iam::${account.id}:role${path}${input.name}`,
      roleId: makeUniqueId('AROA', this.#entropy),
      account,
      trust: input.trust,
      maxDurationSeconds: input.maxDurationSeconds ?? 3600,
      allowsTags: input.allowsTags ?? true,
      allowsSourceIdentity: input.allowsSourceIdentity ?? true,
    }
    this.#roles.set(role.arn, role)
    return role
  }

  /** @throws Error when there is none: a mistake in the caller's seed, not a request's fault */
  account(id: string): Account {
    const account = this.#accounts.get(id)
    if (!account) throw new Error(`The practice account has no account ${id}.`)
    return account
  }

  key(id: string): AccessKey | undefined {
    return this.#keys.get(id)
  }

  keys(): AccessKey[] {
    return [...this.#keys.values()]
  }

  role(arn: string): Role | undefined {
    return this.#roles.get(arn)
  }

  roles(): Role[] {
    return [...this.#roles.values()]
  }
}
