/** Who and what exists in the practice account: accounts, users with their keys and devices, roles with their trust. */
import type { Environment } from '#shared/fields.ts'
import type { PartitionId } from '#shared/partitions.ts'
import { IamAccount } from './iam/account-state.ts'
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
  /** At most 8; those that are enabled. */
  readonly devices: MfaDevice[]
  /** Milliseconds since the epoch; from `knownFrom` on, others than IAM itself know the user. */
  readonly createdAt: number
  readonly knownFrom: number
}

export interface AccessKey {
  readonly id: string
  readonly secret: string
  readonly user: User
  active: boolean
  readonly createdAt: number
  /** A change takes a while to be seen everywhere: until then, the key works as before it. */
  changed?: { readonly worked: boolean; readonly until: number } | undefined
  lastUsed?: { readonly at: number; readonly service: string; readonly region: string } | undefined
}

export interface Role {
  readonly name: string
  /** With slashes on both ends. */
  readonly path: string
  readonly arn: string
  readonly roleId: string
  readonly account: Account
  readonly trust: readonly TrustStatement[]
  /** As it was given to IAM; made of `trust` for a role that was there from the start. */
  readonly trustDocument?: string
  readonly description?: string | undefined
  readonly createdAt: number
  readonly knownFrom: number
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
  readonly createdAt?: number
  readonly knownFrom?: number
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
  readonly trustDocument?: string
  readonly description?: string | undefined
  readonly createdAt?: number
  readonly knownFrom?: number
  /** Default true. */
  readonly allowsTags?: boolean
  /** Default true. */
  readonly allowsSourceIdentity?: boolean
}

/** When whatever was there from the start was made, as IAM tells. */
const SEEDED_AT = Date.UTC(2026, 0, 15, 9)

export class Directory {
  readonly #entropy: Entropy
  readonly #accounts = new Map<string, Account>()
  readonly #keys = new Map<string, AccessKey>()
  readonly #users = new Map<string, User>()
  readonly #roles = new Map<string, Role>()
  readonly #iam = new Map<string, IamAccount>()

  constructor(entropy: Entropy) {
    this.#entropy = entropy
  }

  addAccount({ id, name, environment = 'other', partition = 'aws' }: NewAccount): Account {
    const account = { id, name, environment, partition }
    this.#accounts.set(id, account)
    return account
  }

  /** Makes the user with one access key and, if wanted, one MFA device. */
  addUser(input: NewUser): AccessKey {
    return this.addKey(this.addBareUser(input), input.createdAt ?? SEEDED_AT, 0)
  }

  addBareUser(input: NewUser): User {
    const { accountId, name, path = '/', mfaDeviceName, isRoot = false, createdAt = SEEDED_AT, knownFrom = 0 } = input
    const account = this.account(accountId)
    const prefix = `arn:${account.partition}:iam::${accountId}`
    const user: User = {
      name,
      arn: isRoot ? `${prefix}:root` : `${prefix}:user${path}${name}`,
      userId: isRoot ? accountId : makeUniqueId('AIDA', this.#entropy),
      account,
      isRoot,
      devices: [],
      createdAt,
      knownFrom,
    }
    if (mfaDeviceName !== undefined) user.devices.push(this.addDevice(accountId, '/', mfaDeviceName, user))
    this.#users.set(user.arn, user)
    return user
  }

  /** @param delayMs how long it takes until the key works */
  addKey(user: User, nowMs: number, delayMs: number): AccessKey {
    const id = makeKeyId('AKIA', user.account.id, this.#entropy)
    const changed = delayMs > 0 ? { worked: false, until: nowMs + delayMs } : undefined
    const key = { id, secret: makeSecretKey(this.#entropy), user, active: true, createdAt: nowMs, changed }
    this.#keys.set(id, key)
    return key
  }

  removeKey(id: string): void {
    this.#keys.delete(id)
  }

  /** A virtual device; of nobody without a user. */
  addDevice(accountId: string, path: string, name: string, user?: User): MfaDevice {
    const { partition } = this.account(accountId)
    const device = new MfaDevice(`arn:${partition}:iam::${accountId}:mfa${path}${name}`, makeTotpSeed(this.#entropy))
    this.iam(accountId).devices.set(device.serial, { device, user })
    return device
  }

  users(accountId: string): User[] {
    return [...this.#users.values()].filter(({ account, isRoot }) => account.id === accountId && !isRoot)
  }

  keysOf(user: User): AccessKey[] {
    return [...this.#keys.values()].filter((key) => key.user === user)
  }

  /** Roles that trusted it by its ARN trust its unique id from then on, so that a new user of that name is not trusted. */
  removeUser(user: User): void {
    this.#users.delete(user.arn)
    for (const role of this.#roles.values()) {
      if (!role.trust.some(({ principals }) => principals.includes(user.arn))) continue
      const trust = role.trust.map((statement) => ({
        ...statement,
        principals: statement.principals.map((each) => (each === user.arn ? user.userId : each)),
      }))
      this.#roles.set(role.arn, { ...role, trust })
    }
  }

  putRole(role: Role): void {
    this.#roles.set(role.arn, role)
  }

  removeRole(arn: string): void {
    this.#roles.delete(arn)
  }

  /** What IAM keeps of an account beside its users, keys and roles. */
  iam(accountId: string): IamAccount {
    const known = this.#iam.get(accountId)
    if (known) return known
    const made = new IamAccount()
    this.#iam.set(accountId, made)
    return made
  }

  uniqueId(prefix: 'AGPA' | 'ANPA'): string {
    return makeUniqueId(prefix, this.#entropy)
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
      ...(input.trustDocument === undefined ? {} : { trustDocument: input.trustDocument }),
      description: input.description,
      createdAt: input.createdAt ?? SEEDED_AT,
      knownFrom: input.knownFrom ?? 0,
      maxDurationSeconds: input.maxDurationSeconds ?? 3600,
      allowsTags: input.allowsTags ?? true,
      allowsSourceIdentity: input.allowsSourceIdentity ?? true,
    }
    this.#roles.set(role.arn, role)
    return role
  }

  hasAccount(id: string): boolean {
    return this.#accounts.has(id)
  }

  accounts(): Account[] {
    return [...this.#accounts.values()]
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

  /** Secrets that were made through IAM: keys, seeds, passwords. */
  madeSecrets(): string[] {
    const ofAccounts = [...this.#iam.values()].flatMap((iam) => [
      ...[...iam.devices.values()].map(({ device }) => device.seed),
      ...iam.passwords,
    ])
    return [...[...this.#keys.values()].map(({ secret }) => secret), ...ofAccounts]
  }

  role(arn: string): Role | undefined {
    return this.#roles.get(arn)
  }

  roles(): Role[] {
    return [...this.#roles.values()]
  }
}
