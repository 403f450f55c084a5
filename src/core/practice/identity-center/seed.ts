/** What Identity Center of a fresh practice account holds: four accounts and who may do what there. */
import type { Directory } from '../directory.ts'
import { Assignments } from './assignments.ts'
import { SEEDED_PLACE } from './place.ts'

const HOUR = 3600
/** Account by account: permission sets, and how long their sessions last. */
const ASSIGNED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'acme-identity': { AdministratorAccess: HOUR, ReadOnlyAccess: 8 * HOUR },
  'acme-prod': { ReadOnlyAccess: 8 * HOUR, PowerUserAccess: HOUR },
  'acme-staging': { AdministratorAccess: HOUR, PowerUserAccess: 4 * HOUR, ReadOnlyAccess: 8 * HOUR },
  'acme-sandbox': { AdministratorAccess: 12 * HOUR, PowerUserAccess: 12 * HOUR },
}

/** @param directory one that holds the accounts */
export function seedAssignments(directory: Directory): Assignments {
  const assignments = new Assignments(SEEDED_PLACE, directory)
  for (const { id: accountId, name: accountName } of directory.accounts()) {
    const sets = Object.entries(ASSIGNED[accountName] ?? {})
    if (sets.length > 0) assignments.addAccount({ accountId, accountName })
    for (const [roleName, sessionSeconds] of sets) {
      assignments.assign({ accountId, roleName, sessionSeconds })
      // IAM knows them from the start, so that a trust policy may name one.
      assignments.find(accountId, roleName)
    }
  }
  return assignments
}
