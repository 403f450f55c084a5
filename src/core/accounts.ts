/**
 * What people call AWS accounts, and what they take them for. A role's environment is its own, else its account's by
 * hand, else what the account's name suggests. None of it is part of a session: changing it ends nothing.
 */
import {
  type Account,
  type AccountChange,
  type AccountRow,
  accountChangeSchema,
  accountIdField,
} from '#shared/accounts.ts'
import { guessEnvironment } from '#shared/environment.ts'
import type { Environment } from '#shared/fields.ts'
import { parseInput } from './input.ts'
import type { AccountRecord, Store } from './store/types.ts'

export interface AccountService {
  /** Every account that a role or an identity is in, or that a person has named; by name, the unnamed after that. */
  list(): AccountRow[]
  /** Of any account id, known or not. @throws `input.invalid` */
  show(accountId: string): Account
  /** Names it, or says what it is for; a member left out stays. @throws `input.invalid` */
  change(accountId: string, change: AccountChange): Account
}

export function createAccountService(store: Store): AccountService {
  const show = (accountId: string): Account => accountOf(parseInput(accountIdField, accountId), store.accounts)
  return {
    show,

    list() {
      const roles = store.roles.countByAccount()
      const identities = Map.groupBy(store.identities.list(), ({ accountId }) => accountId ?? '')
      const named = new Map(store.accounts.list().map((record) => [record.accountId, record]))
      const ids = new Set([...roles.keys(), ...identities.keys(), ...named.keys()])
      ids.delete('')
      return [...ids]
        .map((accountId) => ({
          ...accountOf(accountId, named),
          roles: roles.get(accountId) ?? 0,
          identities: identities.get(accountId)?.length ?? 0,
        }))
        .sort(byName)
    },

    change(accountId, change) {
      const id = parseInput(accountIdField, accountId)
      const { name: newName, environment: said } = parseInput(accountChangeSchema, change)
      return store.transaction(() => {
        const before = store.accounts.get(id)
        const name = newName === undefined ? (before?.name ?? null) : newName
        const byHand = said === undefined ? (before?.byHand ?? false) : said !== null
        const kept = said === undefined ? (before?.environment ?? null) : said
        const environment = byHand ? kept : name === null ? null : guessEnvironment(name)
        store.accounts.put({
          accountId: id,
          name,
          environment: environment === 'none' ? null : environment,
          ...(byHand ? { byHand } : {}),
        })
        return show(id)
      })
    },
  }
}

/** Where accounts are looked up: the table, or a map of all of them. */
export interface AccountSource {
  get(accountId: string): AccountRecord | undefined
}

/** An account that nobody has said anything about. */
const NOBODY: Omit<AccountRecord, 'accountId'> = { name: null, environment: null }

/** The account as it is known, with what follows from that. */
export function accountOf(accountId: string, source: AccountSource): Account {
  const { name, environment, byHand } = source.get(accountId) ?? NOBODY
  return { accountId, name, environment, decidedBy: byHand ? 'person' : environment === null ? 'nobody' : 'name' }
}

/** The environment in force for a role. */
export function environmentOf(own: Environment | undefined, account: Account): Environment | null {
  return own ?? account.environment
}

function byName(one: Account, other: Account): number {
  if ((one.name === null) !== (other.name === null)) return one.name === null ? 1 : -1
  return (one.name ?? '').localeCompare(other.name ?? '', 'en') || (one.accountId < other.accountId ? -1 : 1)
}
