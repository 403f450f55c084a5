/** What a fresh practice account holds: five accounts of a small company, two users, and a role for every case. */
import { Directory } from './directory.ts'
import { permissionSetRoleArn } from './identity-center/permission-set-role.ts'
import { SEEDED_PLACE } from './identity-center/place.ts'
import type { Entropy } from './secrets.ts'

const IDENTITY = '987654321098'
const PROD = '123456789012'
const STAGING = '234567890123'
const SANDBOX = '345678901234'
const DATA = '456789012345'

const DANA = `arn:aws:iam::${IDENTITY}:user/dana.whitfield`
const DEPLOY_BOT = `arn:aws:iam::${IDENTITY}:user/deploy-bot`
const ORG_ACCESS = `arn:aws:iam::${IDENTITY}:role/OrgAccess`
const STAGING_POWER_USER = permissionSetRoleArn({
  accountId: STAGING,
  permissionSet: 'PowerUserAccess',
  region: SEEDED_PLACE.region,
})
const IDENTITY_ROOT = `arn:aws:iam::${IDENTITY}:root`

/** All keys, secrets and seeds come from `entropy`. */
export function seedDirectory(entropy: Entropy): Directory {
  const directory = new Directory(entropy)
  directory.addAccount({ id: IDENTITY, name: 'acme-identity' })
  directory.addAccount({ id: PROD, name: 'acme-prod', environment: 'prod' })
  directory.addAccount({ id: STAGING, name: 'acme-staging', environment: 'staging' })
  directory.addAccount({ id: SANDBOX, name: 'acme-sandbox', environment: 'dev' })
  directory.addAccount({ id: DATA, name: 'acme-data' })
  directory.addUser({ accountId: IDENTITY, name: 'dana.whitfield', mfaDeviceName: 'dana-phone' })
  directory.addUser({ accountId: IDENTITY, name: 'deploy-bot' })
  directory.iam(IDENTITY).attachedTo(DANA).add('arn:aws:iam::aws:policy/AdministratorAccess')
  directory.iam(IDENTITY).alias = 'acme-identity'
  addRoles(directory)
  return directory
}

function addRoles(directory: Directory): void {
  // The start of a chain: an hour at most from here on, whatever the next role allows.
  directory.addRole({
    accountId: IDENTITY,
    name: 'OrgAccess',
    trust: [{ principals: [DANA], requiresMfa: true }],
    maxDurationSeconds: 14_400,
  })
  directory.addRole({
    accountId: PROD,
    name: 'PlatformAdmin',
    trust: [{ principals: [DANA], requiresMfa: true }, { principals: [ORG_ACCESS] }],
  })
  directory.addRole({
    accountId: PROD,
    name: 'ReadOnly',
    trust: [{ principals: [IDENTITY_ROOT] }],
    maxDurationSeconds: 43_200,
  })
  // Trusts nobody with credentials: for seeing a refusal.
  directory.addRole({
    accountId: PROD,
    name: 'SupportUserRole',
    trust: [{ principals: ['support.amazonaws.com'] }],
  })
  // By chaining only.
  directory.addRole({
    accountId: STAGING,
    name: 'PlatformAdmin',
    trust: [{ principals: [ORG_ACCESS] }],
    maxDurationSeconds: 43_200,
  })
  directory.addRole({
    accountId: STAGING,
    name: 'Deploy',
    path: '/ops/',
    trust: [{ principals: [DEPLOY_BOT, DANA] }],
    maxDurationSeconds: 7200,
  })
  directory.addRole({
    accountId: SANDBOX,
    name: 'PlatformAdmin',
    trust: [{ principals: [DANA] }],
    maxDurationSeconds: 14_400,
  })
  directory.addRole({
    accountId: DATA,
    name: 'DataEngineer',
    trust: [{ principals: [IDENTITY_ROOT], externalId: 'acme-ops-2291' }],
    maxDurationSeconds: 28_800,
  })
  // By chaining from a permission set of Identity Center.
  directory.addRole({
    accountId: DATA,
    name: 'DataAnalyst',
    trust: [{ principals: [STAGING_POWER_USER] }],
    maxDurationSeconds: 28_800,
  })
}
