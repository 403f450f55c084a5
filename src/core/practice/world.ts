/**
 * The practice account as a place to try Hallpass in: started beside its own state folder, with a user's key, roles and
 * codes already there, so that a session is one step away.
 */
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { NewRole } from '#shared/roles.ts'
import type { Clock, Log } from '../capabilities.ts'
import type { Hallpass } from '../hallpass.ts'
import { openStore } from '../store/open-store.ts'
import { practiceHome, readPracticeMark, writePracticeMark } from './home.ts'
import { type PracticeAccount, type PracticeRole, startPracticeAccount } from './practice-account.ts'

/** The user whose key is set up, and who has an MFA device. */
const USER = 'dana.whitfield'
const IDENTITY = 'dana'
const REGION = 'eu-west-1'
/** Of every profile: none of these names is likely to be somebody's own. */
const PROFILE_PREFIX = 'practice-'

/** Roles to set up by account and name, each with what it is called. A chained one comes after its source. */
const ROLES: readonly { account: string; role: string; name: string; from?: string; mfa?: true }[] = [
  { account: 'acme-sandbox', role: 'PlatformAdmin', name: 'sandbox-admin' },
  { account: 'acme-staging', role: 'Deploy', name: 'staging-deploy' },
  { account: 'acme-prod', role: 'ReadOnly', name: 'prod-read-only' },
  { account: 'acme-prod', role: 'PlatformAdmin', name: 'prod-admin', mfa: true },
  { account: 'acme-data', role: 'DataEngineer', name: 'data-engineer' },
  { account: 'acme-identity', role: 'OrgAccess', name: 'org-access', mfa: true },
  { account: 'acme-staging', role: 'PlatformAdmin', name: 'staging-admin', from: 'org-access' },
]

/**
 * Starts the practice account of a state folder and marks the folder, before Hallpass is opened on it. Keys are those
 * of earlier starts. A port that somebody else has taken meanwhile is given up for another one.
 * @param home the practice folder itself, absolute
 * @throws `file.*`
 */
export async function startPracticeWorld(home: string): Promise<PracticeAccount> {
  const known = readPracticeMark(home)
  const seed = known?.seed ?? randomBytes(24).toString('base64url')
  const passphrase = known?.passphrase ?? randomBytes(24).toString('base64url')
  const account = await startPracticeAccount({ seed, port: known?.port ?? 0 }).catch((error: unknown) => {
    if (!isHallpassError(error, 'practice.port-in-use')) throw error
    return startPracticeAccount({ seed })
  })
  writePracticeMark(home, { port: Number(new URL(account.endpoint).port), seed, passphrase })
  return account
}

/** Names the accounts, as a person would have. To be called while Hallpass is not open on the folder. */
export function nameAccounts(home: string, account: PracticeAccount, clock: Clock, log: Log): void {
  const store = openStore({ file: join(home, 'hallpass.db'), clock, log })
  try {
    for (const { accountId, accountName, environment } of account.roles) {
      if (!store.accounts.get(accountId)) store.accounts.put({ accountId, name: accountName, environment })
    }
  } finally {
    store.close()
  }
}

/**
 * Fills an empty practice folder, and brings one from before in step with an account that has just started: its
 * sessions are unknown to it, and its address may be another.
 * @throws `vault.*`, `file.*`
 */
export async function setUpPractice(hallpass: Hallpass, account: PracticeAccount): Promise<void> {
  await hallpass.sessions.endAll()
  for (const { name } of hallpass.profiles.list()) await hallpass.profiles.write(name)
  // The account has begun anew: what was made in it, or changed, is not there any more.
  for (const { name } of hallpass.breakglass.list()) await hallpass.breakglass.remove(name)
  const user = account.user(USER)
  const known = hallpass.identities.list().find((identity) => identity.kind === 'access-key')
  if (known && known.accessKeyId !== user.accessKeyId) await hallpass.rotation.replace(known.name, user)
  if (known) return
  await hallpass.identities.add({
    name: IDENTITY,
    accessKeyId: user.accessKeyId,
    secretAccessKey: user.secretAccessKey,
    region: REGION,
    ...(user.mfaSerial === null ? {} : { mfaSerial: user.mfaSerial }),
  })
  // Nobody has the device: codes come from the stored seed.
  if (user.totpSeed !== null) await hallpass.mfa.addSeed(IDENTITY, user.totpSeed)
  for (const { name } of ROLES) if (!isKnown(hallpass, name)) hallpass.roles.add(newRole(account, name))
}

/** Takes the profiles of the practice account out of the AWS files; `removePractice` does the rest. @throws `file.*` */
export async function removePracticeProfiles(hallpass: Hallpass): Promise<void> {
  await hallpass.sessions.endAll()
  for (const { profile } of hallpass.profiles.list()) await hallpass.profiles.remove(profile)
}

/**
 * Removes the practice folder with everything in it, while nobody uses it.
 * @param home the person's own state folder, absolute
 */
export function removePractice(home: string): void {
  const folder = practiceHome(home)
  // A folder without the mark is none of ours to remove.
  if (readPracticeMark(folder)) rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
}

function isKnown(hallpass: Hallpass, name: string): boolean {
  return hallpass.roles.list().some((role) => role.name === name)
}

function newRole(account: PracticeAccount, name: string): NewRole {
  const wanted = ROLES.find((role) => role.name === name)
  const found = account.roles.find((role) => role.accountName === wanted?.account && role.name === wanted.role)
  if (!wanted || !found) throw new HallpassError('internal', `The practice account has no role for ${name}.`)
  return {
    name,
    arn: found.arn,
    from: wanted.from ?? IDENTITY,
    region: REGION,
    profile: PROFILE_PREFIX + name,
    mfa: wanted.mfa ?? false,
    ...durationOf(found, wanted.from !== undefined),
    ...(found.externalId === undefined ? {} : { externalId: found.externalId }),
  }
}

/** AWS's default of an hour, unless the role allows four; chained roles never do. */
function durationOf({ maxDurationSeconds }: PracticeRole, isChained: boolean): Pick<NewRole, 'durationSeconds'> {
  return isChained || maxDurationSeconds < 14_400 ? {} : { durationSeconds: 14_400 }
}
