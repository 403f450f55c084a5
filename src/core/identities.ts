/**
 * Identities: an access key whose secret goes to the vault and whose facts go to the store.
 *
 * - A key AWS refuses is not stored; a key AWS could not be asked about is stored as unverified.
 * - The vault is written first: a record never points to a secret that is not there.
 */
import { randomUUID } from 'node:crypto'
import { accountIdFromKeyId } from '#shared/arn.ts'
import { type ErrorReport, HallpassError } from '#shared/errors.ts'
import {
  type AccessKeyIdentity,
  type CenterIdentity,
  type Identity,
  type IdentityDetail,
  type IdentityEdit,
  identityEditSchema,
  type NewCenterIdentity,
  type NewIdentity,
  type NewProfileIdentity,
  newCenterIdentitySchema,
  newIdentitySchema,
  newProfileIdentitySchema,
  type ProfileIdentity,
} from '#shared/identities.ts'
import type { CallerIdentity, SigningCredentials, StsCalls } from './aws/index.ts'
import type { Clock } from './capabilities.ts'
import { parseInput } from './input.ts'
import { checkMfaCommand } from './mfa/mfa-command.ts'
import { identityDetail, mfaSourceOf, setMfaCommand, totpSeedEntry } from './mfa/mfa-source.ts'
import { currentIdentity, findIdentity, hasKey, targetKey } from './names.ts'
import { NO_ORIGINS, type Origins } from './sessions/origins.ts'
import type { Store } from './store/types.ts'
import { updateOrRevert } from './update.ts'
import type { Vault } from './vault/types.ts'

export interface AddIdentityResult {
  readonly identity: IdentityDetail
  /** Why the key could not be checked, when AWS was unreachable: stored, but unverified. */
  readonly unverified: ErrorReport | null
}

export interface IdentityService {
  /**
   * Checks the key with GetCallerIdentity, stores the secret in the vault and the record in the store.
   * With `verify: false` it does not ask AWS.
   * @throws `name.taken`, `input.invalid`, `vault.*`, and `sts.*` when AWS refuses the key: then nothing is stored
   */
  add(input: NewIdentity, options?: { verify?: boolean }): Promise<AddIdentityResult>
  /**
   * A profile of the AWS files as where credentials start. It is asked for some, and AWS whose they are, first.
   * @throws `name.taken`, `input.invalid`, `chain.*`, `profile.*`, `file.*`, `sts.*`, `network.*`: then nothing is stored
   */
  addProfile(input: NewProfileIdentity): Promise<IdentityDetail>
  /** A sign-in to Identity Center; nobody is signed in yet. @throws `name.taken`, `input.invalid` */
  addCenter(input: NewCenterIdentity): Promise<IdentityDetail>
  list(): IdentityDetail[]
  /** @throws `identity.not-found`, its hint naming the closest name */
  show(name: string): IdentityDetail
  /**
   * Its sessions and profiles follow, and those of roles that start from it.
   * @throws `name.taken`, `file.*`; `input.invalid`, `mfa.command-not-found` for an MFA command that can't be run, and
   *   `mfa.seed-known` when the MFA device or command is changed while a seed is stored
   */
  edit(name: string, edit: IdentityEdit): Promise<IdentityDetail>
  /** Asks GetCallerIdentity and records the answer. */
  test(name: string): Promise<IdentityDetail>
  /** Its TOTP seed goes too. @throws `record.in-use` while a role is assumed from it */
  remove(name: string): Promise<void>
}

export interface IdentityServiceParts {
  readonly store: Store
  readonly vault: Vault
  readonly sts: StsCalls
  readonly clock: Clock
  /** Forgets the sessions and profiles of a target key. */
  readonly release: (targetKey: string) => Promise<void>
  /** Brings sessions and profiles in step with a target that was edited. */
  readonly settle: (targetKey: string) => Promise<void>
  /** Absent where there are only keys. */
  readonly origins?: IdentityOrigins
}

/** What identities without a key start from. */
export interface IdentityOrigins extends Pick<Origins, 'profile'> {
  /** @throws `sso.*`, `network.*` when nobody is signed in */
  signedIn(identity: CenterIdentity): Promise<void>
  /** Ends the sign-in at AWS and here, and its being shared with the AWS CLI. @throws `vault.*`, `file.*` */
  signOut(identity: CenterIdentity): Promise<void>
}

const KEYS_ONLY: IdentityOrigins = { ...NO_ORIGINS, signedIn: async () => {}, signOut: async () => {} }

/** The vault entry that holds an identity's secret access key. */
export function secretEntry(identityId: string): string {
  return `identity/${identityId}/secret-access-key`
}

/** The vault entries that a rotation of its key has for a while: of the secret to come, and of the one before. */
export function rotationEntries(identityId: string): { readonly next: string; readonly previous: string } {
  const entry = (which: string) => `identity/${identityId}/${which}-secret-access-key`
  return { next: entry('next'), previous: entry('previous') }
}

/** Builds the identity service on store, vault and STS. */
export function createIdentityService(parts: IdentityServiceParts): IdentityService {
  const { store, vault, sts, clock, release, settle, origins = KEYS_ONLY } = parts
  const now = () => new Date(clock()).toISOString()
  const detail = (identity: Identity) => identityDetail(store, identity)
  const confirmed = <T extends Identity>(identity: T, caller: CallerIdentity): T => ({
    ...identity,
    accountId: caller.accountId,
    userArn: caller.arn,
    verified: true,
    verifiedAt: now(),
  })

  /** AWS took its time: what was changed meanwhile stays changed. */
  const noteTested = <T extends Identity>(identity: T, change: (current: T) => T): IdentityDetail =>
    store.transaction(() => {
      const tested = change(currentIdentity(store, identity))
      store.identities.update(tested)
      return detail(tested)
    })

  async function credentialsOf(identity: AccessKeyIdentity | ProfileIdentity): Promise<SigningCredentials> {
    if (identity.kind === 'aws-profile') return origins.profile(identity, identity.name)
    const secretAccessKey = await vault.get(secretEntry(identity.id))
    return { accessKeyId: identity.accessKeyId, secretAccessKey }
  }

  return {
    async add(input, { verify = true } = {}) {
      const { secretAccessKey, ...fields } = parseInput(newIdentitySchema, input)
      refuseTaken(store, fields)
      let identity = unverifiedIdentity(fields, now())
      let unverified: HallpassError | undefined
      if (verify) {
        try {
          const key = { accessKeyId: fields.accessKeyId, secretAccessKey }
          identity = confirmed(
            identity,
            await sts.getCallerIdentity(key, { region: identity.region, name: identity.name }),
          )
        } catch (error) {
          if (!(error instanceof HallpassError) || error.exitCode !== 6) throw error
          unverified = error
        }
      }
      const entry = secretEntry(identity.id)
      await vault.put(entry, secretAccessKey)
      try {
        store.identities.insert(identity)
      } catch (error) {
        await vault.remove(entry)
        throw error
      }
      return { identity: detail(identity), unverified: unverified?.toReport() ?? null }
    },

    async addProfile(input) {
      const { name, profile, region } = parseInput(newProfileIdentitySchema, input)
      refuseTakenName(store, name)
      const identity: ProfileIdentity = { ...blank(name, region, now()), kind: 'aws-profile', profile }
      const caller = await sts.getCallerIdentity(await origins.profile(identity, name), {
        region: identity.region,
        name,
      })
      const checked = confirmed(identity, caller)
      store.identities.insert(checked)
      return detail(checked)
    },

    async addCenter(input) {
      const { name, startUrl, ssoRegion, region } = parseInput(newCenterIdentitySchema, input)
      refuseTakenName(store, name)
      const own = { startUrl, ssoRegion, cliSession: null }
      const identity: CenterIdentity = { ...blank(name, region, now()), kind: 'identity-center', ...own }
      store.identities.insert(identity)
      return detail(identity)
    },

    list: () => store.identities.list().map(detail),
    show: (name) => detail(findIdentity(store, name)),

    async edit(name, edit) {
      const { name: newName, mfaSerial, mfaCommand, region } = parseInput(identityEditSchema, edit)
      const current = findIdentity(store, name)
      const isOtherDevice = mfaSerial !== undefined && mfaSerial !== current.mfaSerial
      if (isOtherDevice || mfaCommand) refuseWithSeed(store, current)
      if (mfaCommand) checkMfaCommand(mfaCommand)
      const identity: Identity = {
        ...current,
        name: newName ?? current.name,
        mfaSerial: mfaSerial === undefined ? current.mfaSerial : mfaSerial,
        region: region === undefined ? current.region : region,
      }
      await updateOrRevert(store.identities, current, identity, () => settle(targetKey('identity', identity.id)))
      if (mfaCommand !== undefined) setMfaCommand(store, identity.id, mfaCommand)
      return detail(identity)
    },

    async test(name) {
      const identity = findIdentity(store, name)
      if (identity.kind === 'identity-center') {
        await origins.signedIn(identity)
        return noteTested(identity, ({ ...current }) => ({ ...current, verified: true, verifiedAt: now() }))
      }
      const credentials = await credentialsOf(identity)
      const caller = await sts.getCallerIdentity(credentials, { region: identity.region, name: identity.name })
      return noteTested(identity, (current) => confirmed(current, caller))
    },

    async remove(name) {
      const identity = findIdentity(store, name)
      const dependants = store.roles.bySource(identity.id)
      if (dependants.length > 0) {
        const names = dependants.map((role) => role.name)
        throw new HallpassError('record.in-use', `${identity.name} is the source of ${summariseNames(names)}.`, {
          hint: `Remove those roles first, or with it: hallpass identity remove ${identity.name} --with-roles`,
        })
      }
      if (identity.kind === 'identity-center') await origins.signOut(identity)
      // The secret goes first: a locked vault then changes nothing. The other way round, a secret could stay behind that
      // nothing shows; a record without its secret shows, and can be removed again.
      await vault.remove(secretEntry(identity.id))
      await vault.remove(totpSeedEntry(identity.id))
      for (const entry of Object.values(rotationEntries(identity.id))) await vault.remove(entry)
      await release(targetKey('identity', identity.id))
      store.identities.remove(identity.id)
      store.rotations.remove(targetKey('identity', identity.id))
      setMfaCommand(store, identity.id, null)
    },
  }
}

function unverifiedIdentity(fields: Omit<NewIdentity, 'secretAccessKey'>, createdAt: string): AccessKeyIdentity {
  return {
    ...blank(fields.name, fields.region, createdAt),
    kind: 'access-key',
    accessKeyId: fields.accessKeyId,
    accountId: accountIdFromKeyId(fields.accessKeyId) ?? null,
    mfaSerial: fields.mfaSerial ?? null,
  }
}

/** Of which nothing is known yet. */
function blank(name: string, region: string | undefined, createdAt: string) {
  return {
    id: randomUUID(),
    name,
    accountId: null,
    userArn: null,
    mfaSerial: null,
    region: region ?? null,
    verified: false,
    verifiedAt: null,
    createdAt,
  }
}

function refuseTakenName(store: Store, name: string): void {
  if (!store.identities.byName(name) && !store.roles.byName(name)) return
  throw new HallpassError('name.taken', `The name ${name} is taken.`, { hint: 'Choose another name.' })
}

/** Refuses before AWS or the vault is asked; the store's own constraint still guards against a race. */
function refuseTaken(store: Store, { name, accessKeyId }: Pick<NewIdentity, 'name' | 'accessKeyId'>): void {
  refuseTakenName(store, name)
  const twin = store.identities
    .list()
    .filter(hasKey)
    .find((identity) => identity.accessKeyId === accessKeyId)
  if (twin) {
    throw new HallpassError('identity.key-known', `This access key is already stored as ${twin.name}.`, {
      hint: `Use ${twin.name}, or remove it first.`,
    })
  }
}

/** The seed is of the device that is set, and the one source of its codes. */
function refuseWithSeed(store: Store, { id, name }: Identity): void {
  if (mfaSourceOf(store, id) !== 'seed') return
  throw new HallpassError('mfa.seed-known', `The TOTP seed of the present MFA device is stored for ${name}.`, {
    hint: 'Remove the seed first.',
  })
}

function summariseNames(names: string[]): string {
  const [first, second, ...rest] = names
  if (!second) return first ?? ''
  if (rest.length === 0) return `${first} and ${second}`
  return `${first}, ${second} and ${rest.length} more ${rest.length === 1 ? 'role' : 'roles'}`
}
