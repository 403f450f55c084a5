/** Sealed credentials as records and vault entries: adding and removing them. */
import { randomUUID } from 'node:crypto'
import { parseRoleArn } from '#shared/arn.ts'
import {
  accountOfSignInUrl,
  newSealedSchema,
  type RoleLink,
  type SealedCredential,
  type SealedPart,
  type SealedRecord,
} from '#shared/breakglass.ts'
import { guessEnvironment } from '#shared/environment.ts'
import { HallpassError } from '#shared/errors.ts'
import { accountOf } from '../accounts.ts'
import { switchRoleUrl } from '../aws/index.ts'
import type { Clock } from '../capabilities.ts'
import { parseInput } from '../input.ts'
import { formatTotpSeed, parseTotpSeed } from '../mfa/totp-seed.ts'
import { suggestName } from '../names.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import type { BreakGlassService } from './service.ts'

export interface SealedParts {
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
}

/** What a rotation has in the vault for a while beside the parts themselves. */
const PARTS_OF_ROTATION = ['next-secret-access-key', 'previous-secret-access-key', 'next-password'] as const

/** The vault entry of one secret. */
export function sealedEntry(id: string, part: SealedPart | (typeof PARTS_OF_ROTATION)[number]): string {
  return `breakglass/${id}/${part}`
}

/** What somebody is told whose opening is over. */
export function sealedAgain(): HallpassError {
  return new HallpassError('breakglass.sealed', 'This credential is sealed again.', {
    hint: 'Open it once more, with a reason.',
  })
}

/** By its name or its ARN. @throws `breakglass.not-found`, its hint naming those there are */
export function findSealedRole<R extends RoleLink>(
  { name: sealedName, roles }: { readonly name: string; readonly roles: readonly R[] },
  role: string,
): R {
  const found = roles.find(({ name, arn }) => name === role || arn === role)
  if (found) return found
  throw new HallpassError('breakglass.not-found', `${sealedName} has no role called ${role}.`, {
    hint: roles.length === 0 ? 'It leads to no role.' : `It leads to ${roles.map(({ name }) => name).join(', ')}.`,
  })
}

/** @throws `breakglass.not-found` */
export function findSealed(store: Store, name: string): SealedRecord {
  const record = store.sealed.byName(name)
  if (record) return record
  const nearest = suggestName(
    name,
    store.sealed.list().map((each) => each.name),
  )
  throw new HallpassError('breakglass.not-found', `There is no sealed credential called ${name}.`, {
    hint: nearest === undefined ? 'See hallpass breakglass list.' : `Did you mean ${nearest}?`,
  })
}

/** The record as it is shown. One that was left open counts as sealed once its time is over. */
export function sealedDetail(store: Store, record: SealedRecord, now: number): SealedCredential {
  const account = record.accountId === null ? null : accountOf(record.accountId, store.accounts)
  const until = store.openings.untilOf(record.id)
  return {
    ...record,
    environment: record.environment ?? account?.environment ?? guessEnvironment(record.name),
    accountName: account?.name ?? null,
    openUntil: until !== null && Date.parse(until) > now ? until : null,
    roles: record.roles.map((role) => ({ ...role, link: linkOf(role) })),
  }
}

/**
 * In production, nothing is opened or handed on before its name was typed.
 * @throws `breakglass.confirm`
 */
export function expectTyped(
  { name, environment }: Pick<SealedCredential, 'name' | 'environment'>,
  typed: readonly (string | undefined)[],
): void {
  if (environment !== 'prod' || typed.includes(name)) return
  throw new HallpassError('breakglass.confirm', `${name} is of production: its name has to be typed.`, {
    hint: `Type ${name} to confirm.`,
  })
}

function linkOf({ arn, name }: RoleLink): string | null {
  try {
    return switchRoleUrl({ arn, displayName: name })
  } catch {
    return null
  }
}

type Records = Pick<BreakGlassService, 'list' | 'show' | 'add' | 'remove'>

export function createSealedRecords({ store, vault, clock }: SealedParts): Records {
  const now = () => new Date(clock()).toISOString()
  const detail = (record: SealedRecord) => sealedDetail(store, record, clock())

  return {
    list: () => store.sealed.list().map(detail),
    show: (name) => detail(findSealed(store, name)),

    async add(input) {
      const { password, totpSeed, secretAccessKey, ...given } = parseInput(newSealedSchema, input)
      if ((given.accessKeyId === undefined) !== (secretAccessKey === undefined))
        throw new HallpassError('input.invalid', 'An access key is its id and its secret together.', {
          hint: 'Give both, or neither.',
        })
      const secrets = secretsOf({ password, totpSeed, secretAccessKey })
      if (secrets.length === 0)
        throw new HallpassError('input.invalid', 'There is nothing to seal: no password, seed or key.', {
          hint: 'Give at least one secret.',
        })
      if (store.sealed.byName(given.name))
        throw new HallpassError('name.taken', `A sealed credential is called ${given.name} already.`, {
          hint: 'Choose another name.',
        })
      const record: SealedRecord = {
        id: randomUUID(),
        name: given.name,
        ...accountFacts(given.accountId, given.signInUrl, given.roles),
        environment: given.environment ?? null,
        userName: given.userName,
        userArn: null,
        signInUrl: given.signInUrl ?? null,
        accessKeyId: given.accessKeyId ?? null,
        mfaSerial: given.mfaSerial ?? null,
        holds: secrets.map(([part]) => part),
        roles: (given.roles ?? []).map(roleLinkOf),
        createdAt: now(),
        lastOpenedAt: null,
        passwordRotatedAt: null,
        keyRotatedAt: null,
        lastDrillAt: null,
        tasks: [],
      }
      const stored: SealedPart[] = []
      try {
        for (const [part, secret] of secrets) {
          stored.push(part)
          await vault.put(sealedEntry(record.id, part), secret)
        }
        store.sealed.insert(record)
      } catch (error) {
        // Nothing half-made stays; should the vault refuse that as well, an entry without a record opens nothing.
        for (const part of stored) await vault.remove(sealedEntry(record.id, part)).catch(() => {})
        throw error
      }
      return detail(record)
    },

    async remove(name) {
      await removeSealed({ store, vault }, findSealed(store, name))
    },
  }
}

/** The secrets first: a locked vault then changes nothing, and no secret stays that nothing shows. */
export async function removeSealed(
  { store, vault }: Pick<SealedParts, 'store' | 'vault'>,
  { id, holds }: Pick<SealedRecord, 'id' | 'holds'>,
): Promise<void> {
  for (const part of [...holds, ...PARTS_OF_ROTATION]) await vault.remove(sealedEntry(id, part))
  store.transaction(() => {
    store.setups.remove(id)
    store.rotations.remove(`sealed:${id}`)
    store.sealed.remove(id)
  })
}

/** @throws `input.invalid` for a malformed seed */
function secretsOf(given: {
  readonly password?: string | undefined
  readonly totpSeed?: string | undefined
  readonly secretAccessKey?: string | undefined
}): [SealedPart, string][] {
  const secrets: [SealedPart, string][] = []
  if (given.password !== undefined) secrets.push(['password', given.password])
  if (given.totpSeed !== undefined) secrets.push(['totp-seed', formatTotpSeed(parseTotpSeed(given.totpSeed))])
  if (given.secretAccessKey !== undefined) secrets.push(['secret-access-key', given.secretAccessKey])
  return secrets
}

/** A sign-in address tells the account's id or its alias; a role's ARN tells the id. */
function accountFacts(
  accountId: string | undefined,
  signInUrl: string | undefined,
  roles: readonly string[] = [],
): Pick<SealedRecord, 'accountId' | 'accountAlias'> {
  const told = signInUrl === undefined ? undefined : accountOfSignInUrl(signInUrl)
  const isId = told !== undefined && /^\d{12}$/.test(told)
  const ofRole = roles[0] === undefined ? undefined : parseRoleArn(roles[0])?.accountId
  return {
    accountId: accountId ?? (isId ? told : (ofRole ?? null)),
    accountAlias: told === undefined || isId ? null : told,
  }
}

function roleLinkOf(arn: string): RoleLink {
  return { name: parseRoleArn(arn)?.roleName ?? arn, arn }
}
