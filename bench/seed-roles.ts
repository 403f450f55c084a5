// A state folder with one identity and any number of roles, for benchmarks of the app: written past the services, which
// would check and record each of them.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '#core/store/open-store.ts'
import { connect } from '#core/store/sqlite.ts'

const NAMES = ['ReadOnly', 'PlatformAdmin', 'Deploy', 'DataEngineer', 'BillingViewer', 'SupportUserRole', 'OrgAccess']
const ENVIRONMENTS = ['prod', 'staging', 'dev', 'other', undefined]
const TEAMS = ['acme', 'billing', 'search', 'media', 'checkout', 'data', 'identity', 'mobile', 'risk', 'growth']
/** As many as an organisation of that size tends to have. */
export const ROLES_PER_ACCOUNT = 25

/** @returns how many accounts they are in */
export function seedRoles(home: string, count: number): number {
  mkdirSync(home, { recursive: true, mode: 0o700 })
  const file = join(home, 'hallpass.db')
  openStore({ file }).close()
  const db = connect(file)
  const accounts = Math.ceil(count / ROLES_PER_ACCOUNT)
  const now = new Date().toISOString()
  db.exec('BEGIN')
  // The columns are named, so that a migration that adds one does not break the benchmarks.
  db.exec(`INSERT INTO records (id, kind, name) VALUES ('i1', 'identity', 'dana');
    INSERT INTO identities
      (id, kind, access_key_id, account_id, user_arn, mfa_serial, region, verified, verified_at, created_at)
      VALUES ('i1', 'access-key', 'AKIAIOSFODNN7EXAMPLE', '123456789012',
      'arn:aws:iam::123456789012:user/dana', 'arn:aws:iam::123456789012:mfa/dana', NULL, 1, '${now}', '${now}')`)
  const account = db.prepare('INSERT INTO accounts (account_id, name, environment) VALUES (?, ?, ?)')
  const record = db.prepare(`INSERT INTO records (id, kind, name) VALUES (?, 'role', ?)`)
  const role = db.prepare(`INSERT INTO roles
    (id, arn, account_id, partition, path, role_name, source_id, settings, created_at)
    VALUES (?, ?, ?, 'aws', '/', ?, 'i1', ?, '${now}')`)
  for (let number = 0; number < count; number++) {
    const at = Math.floor(number / ROLES_PER_ACCOUNT)
    const accountId = String(100_000_000_000 + at * 37_913)
    const environment = ENVIRONMENTS[at % ENVIRONMENTS.length]
    const accountName = `${TEAMS[at % TEAMS.length]}-${environment ?? 'misc'}-${String(at).padStart(4, '0')}`
    // Every third account has no name yet.
    if (number % ROLES_PER_ACCOUNT === 0 && at % 3 !== 0) account.run(accountId, accountName, environment ?? null)
    const roleName = `${NAMES[number % NAMES.length]}${Math.floor((number % ROLES_PER_ACCOUNT) / NAMES.length) || ''}`
    const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`
    record.run(id, `${accountName}-${roleName}`)
    const settings = { mfa: number % 4 === 0, region: 'eu-west-1', ...(environment ? { environment } : {}) }
    role.run(id, `arn:aws:iam::${accountId}:role/${roleName}`, accountId, roleName, JSON.stringify(settings))
  }
  db.exec('COMMIT')
  db.close()
  // Makes the copy that an app which quits would otherwise make.
  openStore({ file }).close()
  return accounts
}
