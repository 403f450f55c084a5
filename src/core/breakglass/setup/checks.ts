/** Looks at what a set-up made, from outside: the key by STS, the role by assuming it, the rest by reading it back. */
import type { SealedRecord } from '#shared/breakglass.ts'
import { accountOfSignInUrl } from '#shared/breakglass.ts'
import type { SetupCheck, SetupChoices } from '#shared/breakglass-setup.ts'
import { isHallpassError } from '#shared/errors.ts'
import { partitionById } from '#shared/partitions.ts'
import { codeWindow, totpCode } from '../../mfa/totp-code.ts'
import { parseTotpSeed } from '../../mfa/totp-seed.ts'
import { sealedEntry } from '../records.ts'
import type { Account, AccountParts } from './account.ts'

export interface CheckParts extends Pick<AccountParts, 'vault' | 'sts'> {
  readonly wait: (ms: number) => Promise<unknown>
  readonly account: Account
  readonly choices: SetupChoices
  readonly sealed: SealedRecord
  readonly awsClock: () => number
}

/** @throws `network.*`, `vault.*`; what AWS refuses is a check that failed */
export async function checkSetup(parts: CheckParts): Promise<SetupCheck[]> {
  const { account, choices, sealed } = parts
  const checks: SetupCheck[] = []
  const groups = await account.look('ListGroupsForUser', { UserName: choices.user })
  const isMember = groups?.Groups?.some(({ GroupName }) => GroupName === choices.group) ?? false
  checks.push({ what: 'group', ok: isMember, note: isMember ? null : `${choices.user} is not in ${choices.group}.` })
  const login = await account.look('GetLoginProfile', { UserName: choices.user })
  const knows = sealed.holds.includes('password')
  checks.push({
    what: 'password',
    ok: login !== undefined && knows,
    note: knows ? null : 'The user had a password before, which Hallpass does not know.',
  })
  const url = sealed.signInUrl ?? ''
  checks.push({ what: 'sign-in-url', ok: accountOfSignInUrl(url) !== undefined, note: url })
  if (choices.withMfa) {
    const { MFADevices = [] } = (await account.look('ListMFADevices', { UserName: choices.user })) ?? {}
    checks.push({
      what: 'mfa-device',
      ok: MFADevices.some(({ SerialNumber }) => SerialNumber === sealed.mfaSerial),
      note: sealed.mfaSerial,
    })
  }
  if (sealed.accessKeyId !== null) checks.push(await checkKey(parts, sealed.accessKeyId))
  const [role] = sealed.roles
  if (role) checks.push(sealed.accessKeyId === null ? await readRole(parts, role.name) : await assume(parts, role.arn))
  return checks
}

async function keyOf({ vault, sealed }: CheckParts) {
  return {
    accessKeyId: sealed.accessKeyId ?? '',
    secretAccessKey: await vault.get(sealedEntry(sealed.id, 'secret-access-key')),
  }
}

async function checkKey(parts: CheckParts, accessKeyId: string): Promise<SetupCheck> {
  const { account, sts, sealed } = parts
  const key = await keyOf(parts)
  try {
    await account.patiently('sts.key-unknown', () => sts.getCallerIdentity(key, { region: null, name: sealed.name }))
    return { what: 'access-key', ok: true, note: accessKeyId }
  } catch (error) {
    return failed('access-key', error)
  }
}

/** Without a key nobody can assume it for a try: its trust is read back instead. */
async function readRole({ account }: CheckParts, RoleName: string): Promise<SetupCheck> {
  const role = await account.look('GetRole', { RoleName })
  return {
    what: 'role-trust',
    ok: role !== undefined,
    note: 'Not assumed for a try: the user has no access key. Its trust policy was read back.',
  }
}

async function assume(parts: CheckParts, roleArn: string): Promise<SetupCheck> {
  const { account, sts, sealed, choices } = parts
  const call = {
    credentials: await keyOf(parts),
    region: partitionById(account.partition)?.defaultRegion ?? 'us-east-1',
    target: roleArn,
    caller: choices.user,
  }
  try {
    await account.patiently('sts.access-denied', async () =>
      sts.assumeRole(call, { roleArn, sessionName: 'hallpass-check', ...(await mfaOf(parts)) }),
    )
    return { what: 'role', ok: true, note: sealed.roles[0]?.name ?? null }
  } catch (error) {
    return failed('role', error)
  }
}

/** AWS takes a code once, and the two of the device's making are used: the one after them is waited for. */
async function mfaOf({ vault, sealed, choices, awsClock, wait }: CheckParts) {
  if (!choices.roleNeedsMfa || sealed.mfaSerial === null) return {}
  const seed = parseTotpSeed(await vault.get(sealedEntry(sealed.id, 'totp-seed')))
  const { end } = codeWindow(seed.period, awsClock())
  await wait(Math.max(0, end - awsClock()) + seed.period * 1000)
  return { mfa: { serial: sealed.mfaSerial, code: totpCode(seed, awsClock()) } }
}

function failed(what: SetupCheck['what'], error: unknown): SetupCheck {
  if (isHallpassError(error) && !error.code.startsWith('network.') && !error.code.startsWith('vault.'))
    return { what, ok: false, note: error.message }
  throw error
}
