/** A world with roles in several accounts, written straight into its store: as many as a list needs to be one. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '#core/store/open-store.ts'
import type { Environment } from '#shared/fields.ts'
import { makeIdentity, makeRole } from '../../support/store-records.ts'
import type { World } from './world.ts'

const ACCOUNTS: readonly { id: string; name: string | null; environment: Environment | null }[] = [
  { id: '123456789012', name: 'acme-prod', environment: 'prod' },
  { id: '234567890123', name: 'acme-staging', environment: 'staging' },
  { id: '345678901234', name: 'acme-sandbox', environment: 'dev' },
  { id: '456789012345', name: 'acme-data', environment: 'other' },
  { id: '987654321098', name: null, environment: null },
]
const NAMES = ['PlatformAdmin', 'ReadOnly', 'Deploy', 'DataEngineer', 'BillingViewer', 'SupportUserRole']

/** Thirty roles in five accounts, all of one identity; the one of an account that ends in `via` starts from another. */
export function manyRoles(world: World): void {
  const home = join(world.folder, 'home/state')
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const store = openStore({ file: join(home, 'hallpass.db') })
  store.identities.insert({
    ...makeIdentity('i1', 'dana.whitfield'),
    mfaSerial: 'arn:aws:iam::123456789012:mfa/dana-phone',
    verified: true,
  })
  const dana = { kind: 'identity', id: 'i1', name: 'dana.whitfield' } as const
  for (const [at, account] of ACCOUNTS.entries()) {
    if (account.name !== null) store.accounts.put({ ...account, accountId: account.id })
    const prefix = account.name?.replace('acme-', '') ?? 'other'
    for (const [number, roleName] of NAMES.entries()) {
      const id = `r${at}${number}`
      const chained = roleName === 'SupportUserRole' && at > 0
      const source = chained ? ({ kind: 'role', id: 'r00', name: 'prod-PlatformAdmin' } as const) : dana
      store.roles.insert({
        ...makeRole(id, `${prefix}-${roleName}`, source, { mfa: number === 4, region: 'eu-west-1' }),
        arn: `arn:aws:iam::${account.id}:role/${roleName}`,
        path: '/',
        accountId: account.id,
        roleName,
      })
    }
  }
  store.roleUse.pin('r00', true)
  store.roleUse.pin('r21', true)
  store.close()
}
