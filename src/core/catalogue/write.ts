/** The roles that are here as a catalogue. What is one person's own, session name and source identity, is not in it. */
import { CATALOGUE_VERSION } from '#shared/catalogue.ts'
import type { Role } from '#shared/roles.ts'
import type { Store } from '../store/types.ts'
import { refuseSecretValues } from './no-secrets.ts'

export type CatalogueFormat = 'yaml' | 'json'

export interface ExportOptions {
  /** What the catalogue is called. */
  readonly name?: string | undefined
  /** `yaml` when left out. */
  readonly format?: CatalogueFormat | undefined
}

/** @returns its text, with a line feed at the end. @throws `catalogue.secret` when a setting looks like one */
export async function writeCatalogue(
  store: Pick<Store, 'roles' | 'accounts' | 'identities'>,
  { name, format = 'yaml' }: ExportOptions = {},
): Promise<string> {
  const roles = store.roles.list()
  const used = new Set(roles.map(({ accountId }) => accountId))
  const accounts = store.accounts
    .list()
    .filter((account) => used.has(account.accountId) && (account.name !== null || account.environment !== null))
    .map(({ accountId, name: accountName, environment }) => ({
      id: accountId,
      ...(accountName === null ? {} : { name: accountName }),
      ...(environment === null ? {} : { environment }),
    }))
  const sources = new Set(roles.map(({ source }) => source.id))
  const centers = store.identities
    .list()
    .filter((each) => each.kind === 'identity-center')
    .filter(({ id }) => sources.has(id))
  const identityCenters = centers.map(({ name: center, startUrl, ssoRegion }) => ({
    name: center,
    startUrl,
    region: ssoRegion,
  }))
  const centerIds = new Set(centers.map(({ id }) => id))
  const catalogue = {
    hallpassCatalogue: CATALOGUE_VERSION,
    ...(name === undefined ? {} : { name }),
    ...(accounts.length === 0 ? {} : { accounts }),
    ...(identityCenters.length === 0 ? {} : { identityCenters }),
    roles: roles.map((role) => catalogued(role, centerIds.has(role.source.id))),
  }
  refuseSecretValues(catalogue)
  if (format === 'json') return `${JSON.stringify(catalogue, null, 2)}\n`
  const { stringify } = await import('yaml')
  // Without anchors: a person reads this, and edits it.
  return stringify(catalogue, { aliasDuplicateObjects: false, lineWidth: 0 })
}

/** @param isOfCenter it comes with Identity Center, where its ARN is a pattern */
function catalogued({ name, arn, accountId, roleName, source, settings }: Role, isOfCenter: boolean) {
  const { sessionName: _session, sourceIdentity: _identity, mfa, ...shared } = settings
  if (isOfCenter) return { name, accountId, permissionSet: roleName, from: source.name, ...shared }
  return { name, arn, ...(source.kind === 'role' ? { from: source.name } : {}), ...(mfa ? { mfa } : {}), ...shared }
}
