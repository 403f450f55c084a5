/** What is different in Identity Center from what is known. */
import type { DiscoveryOutcome, FoundAccount } from './discovery.ts'
import type { PortalAccount } from './portal.ts'

/** One assignment: a role in an account. */
export interface AccountRole {
  readonly accountId: string
  readonly roleName: string
}

export interface DiscoveryDiff {
  readonly newAccounts: readonly FoundAccount[]
  /** Known, and no longer listed. Empty while the reading is not complete: what was not read may be there. */
  readonly goneAccounts: readonly PortalAccount[]
  /** The account has another name now; its id is what counts. */
  readonly renamedAccounts: readonly { readonly accountId: string; readonly from: string; readonly to: string }[]
  /** Of accounts old and new. */
  readonly newRoles: readonly AccountRole[]
  /** Of accounts read anew, and, once the reading is complete, of those gone. */
  readonly goneRoles: readonly AccountRole[]
}

/**
 * @param known as it was before
 * @param found what the reading handed over
 * @param outcome how it ended; accounts it lists without handing them over are as they were
 */
export function diffDiscovery(
  known: readonly FoundAccount[],
  found: readonly FoundAccount[],
  { isComplete, accountIds }: Pick<DiscoveryOutcome, 'isComplete' | 'accountIds'>,
): DiscoveryDiff {
  const before = new Map(known.map((account) => [account.accountId, account]))
  const now = new Map(found.map((account) => [account.accountId, account]))
  const listed = new Set([...accountIds, ...now.keys()])
  const goneAccounts = isComplete ? known.filter(({ accountId }) => !listed.has(accountId)) : []
  return {
    newAccounts: [...now.values()].filter(({ accountId }) => !before.has(accountId)),
    goneAccounts: goneAccounts.map(({ accountId, accountName, emailAddress }) => ({
      accountId,
      accountName,
      emailAddress,
    })),
    renamedAccounts: [...now.values()].flatMap(({ accountId, accountName: to }) => {
      const from = before.get(accountId)?.accountName
      return from === undefined || from === to ? [] : [{ accountId, from, to }]
    }),
    newRoles: [...now.values()].flatMap((account) => missing(account, before.get(account.accountId))),
    goneRoles: [
      ...[...now.values()].flatMap((account) => {
        const old = before.get(account.accountId)
        return old ? missing(old, account) : []
      }),
      ...goneAccounts.flatMap((account) => missing(account, undefined)),
    ],
  }
}

/** The roles of an account that its other state has not. */
function missing({ accountId, roleNames }: FoundAccount, other: FoundAccount | undefined): AccountRole[] {
  const there = new Set(other?.roleNames)
  return roleNames.filter((name) => !there.has(name)).map((roleName) => ({ accountId, roleName }))
}
