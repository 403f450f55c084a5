/** The way from the stored key to a role, as it is shown, and what of it can't work. */
import { HallpassError } from '#shared/errors.ts'
import type { ChainHop, Role, SourceRef } from '#shared/roles.ts'
import { accountOf } from './accounts.ts'
import type { Store } from './store/types.ts'

/** The way from the stored key to `role`, origin first. A hop that can't be taken says why. */
export function chainOf(store: Store, role: Role): ChainHop[] {
  const hops: ChainHop[] = []
  const seen = new Set<string>()
  const nameOf = (accountId: string | null) => (accountId === null ? null : accountOf(accountId, store.accounts).name)
  let current: Role | undefined = role
  while (current && !seen.has(current.id)) {
    seen.add(current.id)
    const { name, accountId, partition, settings } = current
    const source: SourceRef = current.source
    const next: Role | undefined = source.kind === 'role' ? store.roles.byId(source.id) : undefined
    const identity = source.kind === 'identity' ? store.identities.byId(source.id) : undefined
    const partitionBefore = next?.partition ?? identity?.userArn?.split(':')[1]
    let problem: ChainHop['problem'] = null
    if (next && seen.has(next.id)) problem = 'cycle'
    else if (!next && !identity) problem = 'source-gone'
    // Credentials never cross partitions.
    else if (partitionBefore !== undefined && partitionBefore !== partition) problem = 'other-partition'
    hops.unshift({ kind: 'role', name, accountId, accountName: nameOf(accountId), mfa: settings.mfa, problem })
    if (identity) {
      const asksMfa = hops.some((hop) => hop.mfa)
      hops.unshift({
        kind: 'identity',
        name: identity.name,
        accountId: identity.accountId,
        accountName: nameOf(identity.accountId),
        mfa: false,
        // AssumeRole refuses the root user.
        problem: identity.userArn?.endsWith(':root')
          ? 'root-user'
          : asksMfa && identity.mfaSerial === null
            ? 'no-mfa-device'
            : null,
      })
    }
    current = next
  }
  return hops
}

/** @throws `chain.cycle` when `self` can't start from `source` */
export function refuseCycle(store: Store, self: Role, source: Role): void {
  let current: Role | undefined = source
  const seen = new Set<string>()
  while (current && !seen.has(current.id)) {
    if (current.id === self.id) {
      throw new HallpassError(
        'chain.cycle',
        `${self.name} can’t be assumed from ${source.name}: that leads back to itself.`,
      )
    }
    seen.add(current.id)
    current = current.source.kind === 'role' ? store.roles.byId(current.source.id) : undefined
  }
}
