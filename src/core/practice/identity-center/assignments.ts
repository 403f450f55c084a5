/** Who may have what in Identity Center: one person, and the permission sets assigned to that person in each account. */
import { HallpassError } from '#shared/errors.ts'
import type { Directory, Role } from '../directory.ts'
import { permissionSetRole } from './permission-set-role.ts'
import type { IdentityCenterPlace } from './place.ts'

export interface AssignedAccount {
  /** 12 digits. */
  readonly accountId: string
  readonly accountName: string
  readonly emailAddress: string
}

export interface NewAssignment {
  readonly accountId: string
  /** Name of the permission set, which is what the portal calls a role. */
  readonly roleName: string
  /** How long its sessions last; default an hour. */
  readonly sessionSeconds?: number
}

/** What the portal shows of an account. */
export interface AccountWithRoles extends AssignedAccount {
  readonly roleNames: readonly string[]
}

const DEFAULT_SECONDS = 3600
/** Names of a filled directory: those AWS has ready, then numbered ones. */
const COMMON_SETS = ['AdministratorAccess', 'PowerUserAccess', 'ReadOnlyAccess', 'ViewOnlyAccess', 'Billing']

export class Assignments {
  readonly place: IdentityCenterPlace
  readonly #directory: Directory
  readonly #accounts = new Map<string, AssignedAccount>()
  /** Seconds of a session, by account id and permission set. */
  readonly #sets = new Map<string, Map<string, number>>()

  constructor(place: IdentityCenterPlace, directory: Directory) {
    this.place = place
    this.#directory = directory
  }

  /** An account that IAM does not know yet becomes known to it. */
  addAccount({ accountId, accountName, emailAddress = `${accountName}@acme.example` }: NewAssignedAccount): void {
    if (!this.#directory.hasAccount(accountId)) this.#directory.addAccount({ id: accountId, name: accountName })
    this.#accounts.set(accountId, { accountId, accountName, emailAddress })
    if (!this.#sets.has(accountId)) this.#sets.set(accountId, new Map())
  }

  /** @throws `input.invalid` for an account that was not added */
  assign({ accountId, roleName, sessionSeconds = DEFAULT_SECONDS }: NewAssignment): void {
    const sets = this.#sets.get(accountId)
    if (!sets) throw new HallpassError('input.invalid', `Identity Center has no account ${accountId}.`)
    sets.set(roleName, sessionSeconds)
  }

  /** Takes one permission set of an account away, or the account with all of them. */
  unassign(accountId: string, roleName?: string): void {
    if (roleName !== undefined) return void this.#sets.get(accountId)?.delete(roleName)
    this.#sets.delete(accountId)
    this.#accounts.delete(accountId)
  }

  /** Replaces everything with so many accounts of so many permission sets each; IAM roles are made when they are first used. */
  fill(accounts: number, rolesPerAccount: number): void {
    this.#accounts.clear()
    this.#sets.clear()
    for (let number = 1; number <= accounts; number++) {
      const accountId = String(100_000_000_000 + number)
      this.addAccount({ accountId, accountName: `acme-${String(number).padStart(4, '0')}` })
      for (let set = 0; set < rolesPerAccount; set++)
        this.assign({ accountId, roleName: COMMON_SETS[set] ?? `Team${String(set + 1).padStart(2, '0')}Access` })
    }
  }

  /** Those with at least one permission set, as the portal lists them. */
  accounts(): AssignedAccount[] {
    return [...this.#accounts.values()].filter(({ accountId }) => this.roleNames(accountId).length > 0)
  }

  roleNames(accountId: string): string[] {
    return [...(this.#sets.get(accountId)?.keys() ?? [])]
  }

  list(): AccountWithRoles[] {
    return this.accounts().map((account) => ({ ...account, roleNames: this.roleNames(account.accountId) }))
  }

  /** `undefined` for what is not assigned. */
  find(accountId: string, roleName: string): { readonly role: Role; readonly sessionSeconds: number } | undefined {
    const sessionSeconds = this.#sets.get(accountId)?.get(roleName)
    if (sessionSeconds === undefined) return undefined
    const place = { accountId, permissionSet: roleName, region: this.place.region }
    const made = permissionSetRole(place, this.#directory.account(accountId))
    const known = this.#directory.role(made.arn)
    if (!known) this.#directory.putRole(made)
    return { role: known ?? made, sessionSeconds }
  }
}

export interface NewAssignedAccount {
  readonly accountId: string
  readonly accountName: string
  /** Default: made of the name. */
  readonly emailAddress?: string
}
