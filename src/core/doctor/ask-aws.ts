/** What only AWS knows of keys, users and sealed credentials. Asked for on request: it takes calls, and rights. */
import { setTimeout as pause } from 'node:timers/promises'
import type { SealedCredential } from '#shared/breakglass.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { AccessKeyIdentity, Identity } from '#shared/identities.ts'
import { type Account, type AccountParts, openAccount } from '../breakglass/setup/account.ts'
import { hasKey } from '../names.ts'
import { type ReportedUser, readCredentialReport } from './credential-report.ts'

/** `undefined`: it was not to be found out, `failure` says why. */
export interface KeyFacts {
  readonly name: string
  /** Milliseconds since the epoch; null when it was never used. */
  readonly usedAt?: number | null | undefined
  readonly hasDevice?: boolean | undefined
  readonly failure?: string | undefined
}

export type SealedProblem = 'no-user' | 'no-password' | 'password-changed' | 'no-key' | 'key-off'

export interface SealedFacts {
  readonly name: string
  readonly problems: readonly SealedProblem[]
  /** Why something could not be found out. */
  readonly failure?: string | undefined
}

export interface AwsFacts {
  readonly keys: readonly KeyFacts[]
  readonly sealed: readonly SealedFacts[]
}

/** Between this computer's clock and AWS's, and between setting a password and noting it. */
const TOLERANCE_MS = 5 * 60_000

/** Never fails: what could not be asked is among the facts. */
export async function askAws(
  parts: AccountParts,
  all: readonly Identity[],
  sealed: readonly SealedCredential[],
): Promise<AwsFacts> {
  const identities = all.filter(hasKey)
  const accounts = new Map(identities.map(({ name }) => [name, openAccount(parts, { from: name })]))
  // Each is awaited by whoever needs it, some by nobody.
  for (const opening of accounts.values()) opening.catch(() => {})
  const reports = new Map<string, Promise<ReadonlyMap<string, ReportedUser> | undefined>>()
  const reportOf = (account: Account) => {
    const known = reports.get(account.accountId) ?? readCredentialReport(account, parts.wait ?? pause)
    known.catch(() => {})
    reports.set(account.accountId, known)
    return known
  }
  return {
    keys: await Promise.all(identities.map((identity) => keyFacts(identity, accounts.get(identity.name)))),
    sealed: await Promise.all(
      sealed.map((one) => {
        const signer = identities.find(({ accountId }) => accountId !== null && accountId === one.accountId)
        return sealedFacts(one, signer && accounts.get(signer.name), reportOf)
      }),
    ),
  }
}

async function keyFacts(identity: AccessKeyIdentity, opening: Promise<Account> | undefined): Promise<KeyFacts> {
  const { name, accessKeyId } = identity
  try {
    const account = await opening
    const [used, devices] = await Promise.all([
      account?.send('GetAccessKeyLastUsed', { AccessKeyId: accessKeyId }),
      account?.send('ListMFADevices', {}),
    ])
    return {
      name,
      usedAt: used?.AccessKeyLastUsed?.LastUsedDate?.getTime() ?? null,
      hasDevice: (devices?.MFADevices ?? []).length > 0,
    }
  } catch (error) {
    return { name, failure: reasonOf(error) }
  }
}

async function sealedFacts(
  sealed: SealedCredential,
  opening: Promise<Account> | undefined,
  reportOf: (account: Account) => Promise<ReadonlyMap<string, ReportedUser> | undefined>,
): Promise<SealedFacts> {
  const { name, userName } = sealed
  if (!opening) return { name, problems: [], failure: 'No identity of its account is here to ask with.' }
  try {
    const account = await opening
    if (!(await account.look('GetUser', { UserName: userName }))) return { name, problems: ['no-user'] }
    const [password, key] = await Promise.all([passwordProblem(sealed, account, reportOf), keyProblem(sealed, account)])
    return { name, problems: [password, key].filter((problem) => problem !== undefined) }
  } catch (error) {
    return { name, problems: [], failure: reasonOf(error) }
  }
}

/**
 * AWS has no way to ask whether a password is right. It knows whether there is one, and since when: one that is younger
 * than what is sealed was set by somebody else.
 */
async function passwordProblem(
  { holds, userName, passwordRotatedAt, createdAt }: SealedCredential,
  account: Account,
  reportOf: (account: Account) => Promise<ReadonlyMap<string, ReportedUser> | undefined>,
): Promise<SealedProblem | undefined> {
  if (!holds.includes('password')) return undefined
  if (!(await account.look('GetLoginProfile', { UserName: userName }))) return 'no-password'
  const report = await reportOf(account)
  if (!report) throw new HallpassError('aws.unavailable', 'AWS is still making its credential report.')
  const changedAt = report.get(userName)?.passwordChangedAt ?? null
  const sealedAt = Date.parse(passwordRotatedAt ?? createdAt)
  return changedAt !== null && changedAt > sealedAt + TOLERANCE_MS ? 'password-changed' : undefined
}

async function keyProblem(
  { accessKeyId, holds, userName }: SealedCredential,
  account: Account,
): Promise<SealedProblem | undefined> {
  if (accessKeyId === null || !holds.includes('secret-access-key')) return undefined
  const { AccessKeyMetadata: keys = [] } = await account.send('ListAccessKeys', { UserName: userName })
  const key = keys.find(({ AccessKeyId }) => AccessKeyId === accessKeyId)
  if (!key) return 'no-key'
  return key.Status === 'Active' ? undefined : 'key-off'
}

/** The messages of coded errors are made for people. */
function reasonOf(error: unknown): string {
  return isHallpassError(error) ? error.message : 'Something unexpected went wrong.'
}
