/**
 * What a set-up consists of. Each step can tell whether it is done, do it, and take it back; what was there before is
 * left as it is. Secrets are in the vault before, or right after, the call that brings them into being.
 */
import type { PlannedCall, SetupChoices, SetupStepId } from '#shared/breakglass-setup.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { codeWindow, totpCode } from '../../mfa/totp-code.ts'
import { parseTotpSeed } from '../../mfa/totp-seed.ts'
import type { Account } from './account.ts'
import {
  decodeDocument,
  deviceSerialOf,
  managedPolicies,
  policyArnOf,
  sameDocument,
  trustPolicy,
  userArnOf,
} from './documents.ts'
import { makePassword } from './password.ts'

/** Where a step finds and leaves what it needs. */
export interface StepContext {
  readonly account: Account
  readonly choices: SetupChoices
  /** AWS's clock, for codes. */
  readonly awsClock: () => number
  readonly secrets: SealedSecrets
  /** What this step noted for itself when it was begun; null when it was not. */
  readonly noted: string | null
  /** Notes that, before AWS is asked. */
  note(detail: string): void
}

/** The secrets of the credential that is being made. */
export interface SealedSecrets {
  has(part: 'password' | 'totp-seed' | 'secret-access-key'): boolean
  /** Ids of the keys it has, and has while they are rotated. */
  keyIds(): string[]
  get(part: 'password' | 'totp-seed'): Promise<string>
  put(part: 'password' | 'totp-seed', secret: string): Promise<void>
  putKey(accessKeyId: string, secret: string): Promise<void>
  putDevice(serial: string, seed: string): Promise<void>
}

/** `ours`: is it there and to be taken for what an earlier, interrupted try made? */
export type Found = 'absent' | 'exists' | { readonly differs: string }

export interface SetupStep {
  readonly id: SetupStepId
  isWanted(choices: SetupChoices): boolean
  subject(choices: SetupChoices): string
  calls(choices: SetupChoices, accountId: string, partition: string): PlannedCall[]
  look(context: StepContext): Promise<Found>
  /** @returns what taking it back needs */
  make(context: StepContext): Promise<string | null>
  /** Finishes what an interrupted try has made, as far as AWS has it. Nothing to do when left out. */
  mend?(context: StepContext): Promise<string | null>
  unmake(context: StepContext): Promise<void>
}

/** What stands in a plan where a secret goes. */
export const SECRET = '<made by Hallpass, kept in the vault>'

const user: SetupStep = {
  id: 'user',
  isWanted: () => true,
  subject: ({ user: name }) => name,
  calls: ({ user: UserName }) => [{ operation: 'CreateUser', input: { UserName } }],
  look: async ({ account, choices }) =>
    (await account.look('GetUser', { UserName: choices.user })) ? 'exists' : 'absent',
  async make({ account, choices }) {
    await account.send('CreateUser', { UserName: choices.user })
    return null
  },
  async unmake({ account, choices }) {
    await account.look('DeleteUser', { UserName: choices.user })
  },
}

const group: SetupStep = {
  id: 'group',
  isWanted: () => true,
  subject: ({ group: name }) => name,
  calls: ({ group: GroupName }) => [{ operation: 'CreateGroup', input: { GroupName } }],
  async look({ account, choices }) {
    const found = await account.look('GetGroup', { GroupName: choices.group })
    if (!found) return 'absent'
    const others = (found.Users ?? []).filter(({ UserName }) => UserName !== choices.user)
    return others.length === 0 ? 'exists' : { differs: 'Others are in it, who would get the same rights.' }
  },
  async make({ account, choices }) {
    await account.send('CreateGroup', { GroupName: choices.group })
    return null
  },
  async unmake({ account, choices }) {
    await account.look('DeleteGroup', { GroupName: choices.group })
  },
}

const groupPolicy: SetupStep = {
  id: 'group-policy',
  isWanted: () => true,
  subject: () => 'AdministratorAccess',
  calls: ({ group: GroupName }, _account, partition) => [
    { operation: 'AttachGroupPolicy', input: { GroupName, PolicyArn: managedPolicies(partition).administrator } },
  ],
  async look(context) {
    const { account, choices } = context
    const of = await group.look(context)
    if (typeof of === 'object') return of
    const answer = await account.look('ListAttachedGroupPolicies', { GroupName: choices.group })
    const { administrator } = managedPolicies(account.partition)
    return answer?.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === administrator) ? 'exists' : 'absent'
  },
  async make({ account, choices }) {
    const PolicyArn = managedPolicies(account.partition).administrator
    const attach = () => account.send('AttachGroupPolicy', { GroupName: choices.group, PolicyArn })
    await account.patiently('iam.not-found', attach)
    return null
  },
  async unmake({ account, choices }) {
    const PolicyArn = managedPolicies(account.partition).administrator
    await account.look('DetachGroupPolicy', { GroupName: choices.group, PolicyArn })
  },
}

const membership: SetupStep = {
  id: 'membership',
  isWanted: () => true,
  subject: ({ user: name, group: of }) => `${name} in ${of}`,
  calls: ({ user: UserName, group: GroupName }) => [{ operation: 'AddUserToGroup', input: { GroupName, UserName } }],
  async look(context) {
    const { account, choices } = context
    const of = await group.look(context)
    if (typeof of === 'object') return of
    const answer = await account.look('ListGroupsForUser', { UserName: choices.user })
    return answer?.Groups?.some(({ GroupName }) => GroupName === choices.group) ? 'exists' : 'absent'
  },
  async make({ account, choices }) {
    const add = () => account.send('AddUserToGroup', { GroupName: choices.group, UserName: choices.user })
    await account.patiently('iam.not-found', add)
    return null
  },
  async unmake({ account, choices }) {
    await account.look('RemoveUserFromGroup', { GroupName: choices.group, UserName: choices.user })
  },
}

const password: SetupStep = {
  id: 'password',
  isWanted: () => true,
  subject: ({ user: name }) => name,
  calls: ({ user: UserName }) => [
    { operation: 'CreateLoginProfile', input: { UserName, Password: SECRET, PasswordResetRequired: false } },
  ],
  async look({ account, choices, secrets }) {
    if (!(await account.look('GetLoginProfile', { UserName: choices.user }))) return 'absent'
    return secrets.has('password') ? 'exists' : { differs: 'It has a password that Hallpass does not know.' }
  },
  async make({ account, choices, secrets }) {
    const Password = await knownPassword(account, secrets)
    const input = { UserName: choices.user, Password, PasswordResetRequired: false }
    await account.patiently('iam.not-found', () => account.send('CreateLoginProfile', input))
    return null
  },
  // Which password it was made with is not to be seen: the one in the vault is set once more.
  async mend({ account, choices, secrets }) {
    const Password = await knownPassword(account, secrets)
    await account.send('UpdateLoginProfile', { UserName: choices.user, Password, PasswordResetRequired: false })
    return null
  },
  async unmake({ account, choices }) {
    await account.look('DeleteLoginProfile', { UserName: choices.user })
  },
}

/** In the vault before AWS hears of it. */
async function knownPassword(account: Account, secrets: SealedSecrets): Promise<string> {
  if (secrets.has('password')) return secrets.get('password')
  const policy = await account.look('GetAccountPasswordPolicy', {})
  const made = makePassword(policy?.PasswordPolicy)
  await secrets.put('password', made)
  return made
}

const role: SetupStep = {
  id: 'role',
  isWanted: ({ role: name }) => name !== null,
  subject: ({ role: name }) => name ?? '',
  calls: (choices, accountId, partition) => [
    {
      operation: 'CreateRole',
      input: {
        RoleName: choices.role ?? '',
        AssumeRolePolicyDocument: trustPolicy(userArnOf(partition, accountId, choices.user), choices),
      },
    },
  ],
  async look({ account, choices }) {
    const answer = await account.look('GetRole', { RoleName: choices.role ?? '' })
    if (!answer?.Role) return 'absent'
    const is = decodeDocument(answer.Role.AssumeRolePolicyDocument)
    const wanted = trustPolicy(userArnOf(account.partition, account.accountId, choices.user), choices)
    return sameDocument(is, wanted) ? 'exists' : { differs: 'It trusts somebody else, or on other conditions.' }
  },
  async make({ account, choices }) {
    const AssumeRolePolicyDocument = trustPolicy(userArnOf(account.partition, account.accountId, choices.user), choices)
    const create = () =>
      account.send('CreateRole', {
        RoleName: choices.role ?? '',
        AssumeRolePolicyDocument,
        Description: 'Assumed in an emergency, from the emergency user.',
      })
    await account.patiently('iam.principal-unknown', create)
    return null
  },
  async unmake({ account, choices }) {
    await account.look('DeleteRole', { RoleName: choices.role ?? '' })
  },
}

const rolePolicy: SetupStep = {
  id: 'role-policy',
  isWanted: role.isWanted,
  subject: () => 'SupportUser',
  calls: ({ role: RoleName }, _account, partition) => [
    {
      operation: 'AttachRolePolicy',
      input: { RoleName: RoleName ?? '', PolicyArn: managedPolicies(partition).support },
    },
  ],
  async look(context) {
    const { account, choices } = context
    const of = await role.look(context)
    if (typeof of === 'object') return of
    const answer = await account.look('ListAttachedRolePolicies', { RoleName: choices.role ?? '' })
    const { support } = managedPolicies(account.partition)
    return answer?.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === support) ? 'exists' : 'absent'
  },
  async make({ account, choices }) {
    const PolicyArn = managedPolicies(account.partition).support
    const attach = () => account.send('AttachRolePolicy', { RoleName: choices.role ?? '', PolicyArn })
    await account.patiently('iam.not-found', attach)
    return null
  },
  async unmake({ account, choices }) {
    const PolicyArn = managedPolicies(account.partition).support
    await account.look('DetachRolePolicy', { RoleName: choices.role ?? '', PolicyArn })
  },
}

const policy: SetupStep = {
  id: 'policy',
  isWanted: ({ policy: name }) => name !== null,
  subject: ({ policy: name }) => name ?? '',
  calls: ({ policy: PolicyName }, _account, partition) => {
    const { powerUser } = managedPolicies(partition)
    return [
      { operation: 'GetPolicy', input: { PolicyArn: powerUser } },
      { operation: 'GetPolicyVersion', input: { PolicyArn: powerUser, VersionId: '<its default>' } },
      { operation: 'CreatePolicy', input: { PolicyName: PolicyName ?? '', PolicyDocument: '<the same document>' } },
    ]
  },
  async look({ account, choices }) {
    const own = await defaultDocument(account, policyArnOf(account.partition, account.accountId, choices.policy ?? ''))
    if (own === undefined) return 'absent'
    const wanted = await powerUserDocument(account)
    return sameDocument(own, wanted) ? 'exists' : { differs: 'It says something else than PowerUserAccess does today.' }
  },
  async make({ account, choices }) {
    const PolicyDocument = await powerUserDocument(account)
    await account.send('CreatePolicy', { PolicyName: choices.policy ?? '', PolicyDocument })
    return null
  },
  async unmake({ account, choices }) {
    const PolicyArn = policyArnOf(account.partition, account.accountId, choices.policy ?? '')
    await account.look('DeletePolicy', { PolicyArn })
  },
}

async function defaultDocument(account: Account, PolicyArn: string): Promise<string | undefined> {
  const found = await account.look('GetPolicy', { PolicyArn })
  const VersionId = found?.Policy?.DefaultVersionId
  if (!VersionId) return undefined
  const version = await account.send('GetPolicyVersion', { PolicyArn, VersionId })
  return decodeDocument(version.PolicyVersion?.Document)
}

/** As it is today: AWS changes it over time (facts F.2). */
async function powerUserDocument(account: Account): Promise<string> {
  const text = await defaultDocument(account, managedPolicies(account.partition).powerUser)
  if (text !== undefined) return JSON.stringify(JSON.parse(text))
  throw new HallpassError('iam.not-found', 'This account has no AWS-managed policy PowerUserAccess to copy.', {
    hint: 'Leave the power-user policy out.',
  })
}

const mfaDevice: SetupStep = {
  id: 'mfa-device',
  isWanted: ({ withMfa }) => withMfa,
  subject: ({ user: name }) => name,
  calls: ({ user: UserName }, accountId, partition) => [
    { operation: 'CreateVirtualMFADevice', input: { VirtualMFADeviceName: UserName } },
    {
      operation: 'EnableMFADevice',
      input: {
        UserName,
        SerialNumber: deviceSerialOf(partition, accountId, UserName),
        AuthenticationCode1: SECRET,
        AuthenticationCode2: SECRET,
      },
    },
  ],
  async look({ account, choices, secrets }) {
    const serial = deviceSerialOf(account.partition, account.accountId, choices.user)
    const answer = await account.look('ListMFADevices', { UserName: choices.user })
    if (answer?.MFADevices?.some(({ SerialNumber }) => SerialNumber === serial))
      return secrets.has('totp-seed') ? 'exists' : { differs: 'It has a device whose seed Hallpass does not know.' }
    const { VirtualMFADevices = [] } = await account.send('ListVirtualMFADevices', { AssignmentStatus: 'Unassigned' })
    return VirtualMFADevices.some(({ SerialNumber }) => SerialNumber === serial)
      ? { differs: 'A device of that name is there, and nobody uses it.' }
      : 'absent'
  },
  async make(context) {
    const { account, choices, secrets } = context
    const made = await account.send('CreateVirtualMFADevice', { VirtualMFADeviceName: choices.user })
    const { SerialNumber = '', Base32StringSeed } = made.VirtualMFADevice ?? {}
    // The SDK gives bytes, which are Base32 text (facts F.4).
    await secrets.putDevice(SerialNumber, Buffer.from(Base32StringSeed ?? []).toString('ascii'))
    await enable(context, SerialNumber)
    return SerialNumber
  },
  async mend(context) {
    const { account, choices, secrets } = context
    const serial = deviceSerialOf(account.partition, account.accountId, choices.user)
    const { MFADevices = [] } = await account.send('ListMFADevices', { UserName: choices.user })
    const isEnabled = MFADevices.some(({ SerialNumber }) => SerialNumber === serial)
    if (isEnabled && secrets.has('totp-seed')) return serial
    // With the answer, its seed was lost: nobody can use that device. One whose seed is known has to be enabled only.
    if (!secrets.has('totp-seed')) {
      await account.look('DeleteVirtualMFADevice', { SerialNumber: serial })
      return mfaDevice.make(context)
    }
    await enable(context, serial)
    return serial
  },
  async unmake({ account, choices }) {
    const SerialNumber = deviceSerialOf(account.partition, account.accountId, choices.user)
    await account.look('DeactivateMFADevice', { UserName: choices.user, SerialNumber })
    await account.look('DeleteVirtualMFADevice', { SerialNumber })
  },
}

/**
 * Two codes that follow each other (facts F.4): the one before and the present one, as a person would have typed them.
 * Should the window end on the way, the next two are tried, once.
 */
async function enable({ account, choices, secrets, awsClock }: StepContext, SerialNumber: string): Promise<void> {
  const seed = parseTotpSeed(await secrets.get('totp-seed'))
  const send = () => {
    const { start } = codeWindow(seed.period, awsClock())
    const input = {
      UserName: choices.user,
      SerialNumber,
      AuthenticationCode1: totpCode(seed, start - seed.period * 1000),
      AuthenticationCode2: totpCode(seed, start),
    }
    return account.send('EnableMFADevice', input)
  }
  const enabling = () => account.patiently('iam.not-found', send)
  await enabling().catch((error: unknown) => {
    if (isHallpassError(error, 'iam.wrong-codes')) return enabling()
    throw error
  })
}

const accessKey: SetupStep = {
  id: 'access-key',
  isWanted: ({ withAccessKey }) => withAccessKey,
  subject: ({ user: name }) => name,
  calls: ({ user: UserName }) => [{ operation: 'CreateAccessKey', input: { UserName } }],
  async look({ account, choices, secrets }) {
    const answer = await account.look('ListAccessKeys', { UserName: choices.user })
    if (!answer?.AccessKeyMetadata?.length) return 'absent'
    return secrets.has('secret-access-key') ? 'exists' : 'absent'
  },
  async make(context) {
    const { account, choices, secrets } = context
    const before = await keyIds(account, choices.user)
    context.note(JSON.stringify(before))
    const input = { UserName: choices.user }
    const { AccessKey } = await account.patiently('iam.not-found', () => account.send('CreateAccessKey', input))
    await secrets.putKey(AccessKey?.AccessKeyId ?? '', AccessKey?.SecretAccessKey ?? '')
    return AccessKey?.AccessKeyId ?? null
  },
  // A key whose secret was lost with the answer: it goes, and another one is made.
  async mend(context) {
    const { account, choices, noted } = context
    // Interrupted before the keys there were had been noted, which comes before AWS is asked for one.
    if (noted === null) return accessKey.make(context)
    const before = readList(noted)
    for (const AccessKeyId of await keyIds(account, choices.user)) {
      if (!before.includes(AccessKeyId)) await account.look('DeleteAccessKey', { UserName: choices.user, AccessKeyId })
    }
    return accessKey.make(context)
  },
  // By now it may be another one: keys are rotated.
  async unmake({ account, choices, noted, secrets }) {
    // While it was being made, the note has the keys there were before.
    const before = noted?.startsWith('[') ? readList(noted) : undefined
    const going = before
      ? (await keyIds(account, choices.user)).filter((id) => !before.includes(id))
      : [noted ?? '', ...secrets.keyIds()].filter((id) => id !== '')
    for (const AccessKeyId of new Set(going))
      await account.look('DeleteAccessKey', { UserName: choices.user, AccessKeyId })
  },
}

async function keyIds(account: Account, UserName: string): Promise<string[]> {
  const answer = await account.look('ListAccessKeys', { UserName })
  return (answer?.AccessKeyMetadata ?? []).flatMap(({ AccessKeyId }) => AccessKeyId ?? [])
}

function readList(text: string | null): string[] {
  const value: unknown = JSON.parse(text ?? '[]')
  return Array.isArray(value) ? value.map(String) : []
}

export const STEPS: readonly SetupStep[] = [
  user,
  group,
  groupPolicy,
  membership,
  password,
  role,
  rolePolicy,
  policy,
  mfaDevice,
  accessKey,
]

/** Whether a failure is one that going on later may well get past. */
export function isWorthWaiting(error: unknown): boolean {
  return isHallpassError(error, 'iam.conflict') || isHallpassError(error, 'iam.throttled')
}
