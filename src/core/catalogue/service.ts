/** Catalogues of roles: taking one in, bringing it up to date, and giving out what is here in the same form. */
import {
  type Catalogue,
  type CatalogueOptions,
  type CataloguePlan,
  type CatalogueResult,
  type CatalogueSource,
  type CatalogueSummary,
  catalogueSourceSchema,
} from '#shared/catalogue.ts'
import { HallpassError } from '#shared/errors.ts'
import { nameField } from '#shared/fields.ts'
import type { Identity } from '#shared/identities.ts'
import type { AccountService } from '../accounts.ts'
import type { GivenRoles } from '../identity-center/given-roles.ts'
import { signInHint } from '../identity-center/sign-in-hint.ts'
import { parseInput } from '../input.ts'
import { findTarget, type Target, targetNamed } from '../names.ts'
import type { RoleService } from '../roles.ts'
import type { SessionService } from '../sessions/service.ts'
import { readSmallFile } from '../small-file.ts'
import type { Store } from '../store/types.ts'
import { carryOut } from './carry-out.ts'
import { readPlace } from './places.ts'
import { type CatalogueStep, planCatalogue } from './plan.ts'
import { planAccounts } from './plan-accounts.ts'
import { type PlannedCenter, planCenters } from './plan-centers.ts'
import { type CatalogueRecord, isNamed, listRecords, removeRecord } from './record.ts'
import { type ExportOptions, writeCatalogue } from './write.ts'

/** A catalogue that was read: what is shown of it is what is taken in, whatever has become of it where it is. */
export interface OpenCatalogue {
  /** What taking it in changes, touching nothing. */
  plan(options?: CatalogueOptions): CataloguePlan
  /** Does it. A role that fails keeps no other from being taken in. */
  apply(options?: CatalogueOptions): Promise<CatalogueResult>
}

export interface CatalogueService {
  /**
   * Reads a catalogue. One that was taken in from the same place is brought up to date by it.
   * @throws `input.invalid`, `role.not-found`, `catalogue.*`, `file.*`, `network.*`, `exec.not-found` without git; for S3
   *   also what starting a session throws
   */
  open(source: CatalogueSource): Promise<OpenCatalogue>
  /** The same of one that was taken in, from where it came. @throws `catalogue.not-found` also for its name */
  pull(name: string): Promise<OpenCatalogue>
  list(): CatalogueSummary[]
  /** Its roles stay, and are the person's from now on. @throws `catalogue.not-found` */
  forget(name: string): void
  /** What is here as a catalogue, as text. @throws `catalogue.secret`, `input.invalid` */
  export(options?: ExportOptions): Promise<string>
}

export interface CatalogueParts {
  readonly store: Store
  readonly roles: RoleService
  /** Adds roles that come with Identity Center. */
  readonly givenRoles: GivenRoles
  readonly accounts: AccountService
  readonly sessions: Pick<SessionService, 'credentials'>
  readonly env: Readonly<Record<string, string | undefined>>
  readonly clock: () => number
  readonly isPractice: boolean
}

export function createCatalogueService(parts: CatalogueParts): CatalogueService {
  const { store, isPractice } = parts

  async function open(given: CatalogueSource, named?: CatalogueRecord): Promise<OpenCatalogue> {
    if (isPractice) {
      throw new HallpassError('practice.kept-apart', 'The practice account takes in no catalogue.', {
        hint: 'Leave the practice account first.',
      })
    }
    const source = parseInput(catalogueSourceSchema, given)
    const from = source.from === undefined ? undefined : refOf(findTarget(store, source.from))
    const [bytes, { parseCatalogue }] = await Promise.all([read(parts, source), import('./parse.ts')])
    const catalogue = await parseCatalogue(bytes)
    const before = named ?? listRecords(store).find((record) => isSamePlace(record.source, source))

    function detailed({ overwrite = false, prune = true }: CatalogueOptions) {
      const record = listRecords(store).find(({ name }) => before !== undefined && isNamed(name, before.name))
      const identities = store.identities.list()
      const roles = store.roles.list()
      const taken = [...identities, ...roles].map(({ name }) => name)
      const known = identities.filter((each) => each.kind === 'identity-center')
      const centers = planCenters(catalogue, known, taken)
      const plan = planCatalogue({
        catalogue,
        centers,
        record,
        roles,
        taken,
        from: from ?? startBefore(record) ?? onlyOne(identities),
        overwrite,
        prune,
      })
      const accounts = planAccounts(catalogue, record, store.accounts)
      const name = record?.name ?? freeName(catalogue, source)
      const shown: CataloguePlan = {
        catalogue: name,
        place: source.place,
        isKnown: record !== undefined,
        items: [...plan.items],
        accounts: accounts.changes,
        identityCenters: shownCenters(centers, plan.steps),
      }
      return { record, plan, accounts, shown }
    }

    return {
      plan: (options = {}) => detailed(options).shown,
      apply: (options = {}) => carryOut(parts, source, detailed(options)),
    }
  }

  /** What its roles started from last, if that is still here. */
  function startBefore(record: CatalogueRecord | undefined) {
    const tokens = Object.values(record?.roles ?? {}).map(({ applied }) => applied.from)
    const id = tokens.find((token) => token.startsWith('start:'))?.slice('start:'.length)
    return id === undefined ? undefined : (store.identities.byId(id) ?? store.roles.byId(id))
  }

  function freeName(catalogue: Catalogue, { place }: CatalogueSource): string {
    const taken = listRecords(store)
    const last = place
      .split(/[/\\:]/)
      .filter(Boolean)
      .at(-1)
      ?.replace(/\.(?:git|ya?ml|json)$/i, '')
    const wanted = catalogue.name ?? (nameField.safeParse(last).success ? last : undefined) ?? 'catalogue'
    let name = wanted
    for (let count = 2; taken.some((record) => isNamed(record.name, name)); count++)
      name = `${wanted.slice(0, 60)}-${count}`
    return name
  }

  return {
    open: (source) => open(source),

    async pull(name) {
      const record = recordOf(store, name)
      const { from, ...place } = record.source
      // What roles start from is known by its id; its name may be another by now.
      const isNamed = startBefore(record) === undefined && from !== undefined && targetNamed(store, from)
      return open(isNamed ? record.source : place, record)
    },

    list: () =>
      listRecords(store).map(({ name, source, pulledAt, roles }) => ({
        name,
        source,
        pulledAt,
        roles: Object.keys(roles).length,
      })),

    forget(name) {
      removeRecord(store, recordOf(store, name).name)
    },

    export: (options = {}) =>
      writeCatalogue(store, {
        ...options,
        ...(options.name === undefined ? {} : { name: parseInput(nameField, options.name) }),
      }),
  }
}

/** @throws as `open` */
async function read({ env, sessions }: CatalogueParts, source: CatalogueSource): Promise<Uint8Array> {
  const place = readPlace(source.place)
  if (place.kind !== 'git' && (source.path !== undefined || source.ref !== undefined)) {
    throw new HallpassError('input.invalid', 'A path and a branch are for a Git repository.', {
      hint: 'Leave them out, or write the address as git+https://…',
    })
  }
  switch (place.kind) {
    case 'file': {
      const { LARGEST_CATALOGUE } = await import('./parse.ts')
      return readSmallFile(place.file, LARGEST_CATALOGUE)
    }
    case 'https':
      return (await import('./fetch-https.ts')).fetchHttps(place.url)
    case 'git':
      return (await import('./fetch-git.ts')).fetchGit({ url: place.url, path: source.path, ref: source.ref }, env)
    case 's3': {
      if (source.with === undefined) {
        throw new HallpassError('input.invalid', 'A catalogue in S3 is read with the session of a role.', {
          hint: 'Name the role or identity that may read it: --with NAME',
        })
      }
      const credentials = await sessions.credentials(source.with, { use: { how: 'other', form: 'catalogue' } })
      return (await import('./fetch-s3.ts')).fetchS3(place, credentials, env)
    }
  }
}

function recordOf(store: Store, name: string): CatalogueRecord {
  const records = listRecords(store)
  const record = records.find((each) => isNamed(each.name, name))
  if (record) return record
  const names = records.slice(0, 5).map((each) => each.name)
  throw new HallpassError('catalogue.not-found', `There is no catalogue called ${name}.`, {
    hint:
      names.length === 0 ? 'None has been taken in: hallpass import catalogue SOURCE' : `There is ${names.join(', ')}.`,
  })
}

/** What roles start from where nothing else can be meant: a sign-in gives no role that is assumed. */
function onlyOne(identities: readonly Identity[]): Identity | undefined {
  const starts = identities.filter(({ kind }) => kind !== 'identity-center')
  return starts.length === 1 ? starts[0] : undefined
}

/** Those that new roles come from. */
function shownCenters(
  centers: readonly PlannedCenter[],
  steps: readonly CatalogueStep[],
): CataloguePlan['identityCenters'] {
  return centers.flatMap((center) => {
    const roles = steps.flatMap((step) =>
      step.kind === 'add' && step.comesWith?.center === center
        ? [{ profile: step.key, accountId: step.comesWith.accountId, roleName: step.comesWith.permissionSet }]
        : [],
    )
    const { name, startUrl, ssoRegion } = center.place
    const notes = center.isKnown ? [] : [signInHint(name)]
    const outcome = center.isKnown ? ('known' as const) : ('new' as const)
    return roles.length === 0 ? [] : [{ name, startUrl, region: ssoRegion, outcome, roles, notes }]
  })
}

function isSamePlace(one: CatalogueSource, other: CatalogueSource): boolean {
  return one.place === other.place && one.path === other.path && one.ref === other.ref
}

function refOf(target: Target): { readonly id: string; readonly name: string } {
  return target.kind === 'role' ? target.role : target.identity
}
