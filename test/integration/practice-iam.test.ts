/**
 * The practice account's IAM as botocore sees it: the way from an empty account to an emergency user and back, and what
 * AWS refuses on it. One Python process does all of it, and says what each call gave.
 */
import { execFile } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MfaDevice } from '#core/practice/mfa.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { hasBotocore } from '../support/botocore.ts'

const SCRIPT = `
import json, sys
import botocore.session
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

session = botocore.session.Session()
config = Config(retries={"max_attempts": 0}, parameter_validation=False)

def client(service, keys, endpoint):
    return session.create_client(service, region_name="us-east-1", endpoint_url=endpoint, config=config,
        aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys.get("SessionToken"))

for line in sys.stdin:
    case = json.loads(line)
    try:
        answer = getattr(client(case["service"], case["keys"], case["endpoint"]), case["call"])(**case["input"])
        answer.pop("ResponseMetadata", None)
        print(json.dumps({"answer": answer}, default=lambda value: value.decode('latin-1') if isinstance(value, bytes) else str(value)), flush=True)
    except ClientError as error:
        print(json.dumps({"code": error.response["Error"]["Code"], "message": error.response["Error"]["Message"],
            "status": error.response["ResponseMetadata"]["HTTPStatusCode"]}), flush=True)
    except BotoCoreError as error:
        print(json.dumps({"code": type(error).__name__, "message": str(error), "status": 0}), flush=True)
`

interface Keys {
  readonly AccessKeyId: string
  readonly SecretAccessKey: string
  readonly SessionToken?: string
}
// biome-ignore lint/suspicious/noExplicitAny: each of forty calls answers in a shape of its own, which the test states
type Answer = any

if (!hasBotocore) process.stderr.write('skipped: the practice account’s IAM, because botocore is not installed\n')

describe.skipIf(!hasBotocore)('IAM of the practice account', () => {
  const USER = 'EmergencyAccess'
  const ADMIN = 'arn:aws:iam::aws:policy/AdministratorAccess'
  let practice: PracticeAccount
  let python: ReturnType<typeof execFile>
  let answers: AsyncIterator<string>
  let now = Date.UTC(2026, 10, 26, 9)
  const keysOf = (name: string): Keys => {
    const { accessKeyId, secretAccessKey } = practice.user(name)
    return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey }
  }

  beforeAll(async () => {
    now = Date.now()
    practice = await startPracticeAccount({ clock: () => now })
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, AWS_CONFIG_FILE: '/dev/null' }
    python = execFile('python3', ['-c', SCRIPT], { env })
    python.stderr?.pipe(process.stderr)
    answers = lines(python.stdout as NodeJS.ReadableStream)
  })
  afterAll(async () => {
    python?.stdin?.end()
    await practice?.close()
  })

  async function ask(service: string, call: string, input: object, keys: Keys) {
    python.stdin?.write(`${JSON.stringify({ service, call, input, keys, endpoint: practice.endpoint })}\n`)
    return JSON.parse((await answers.next()).value) as {
      answer?: Answer
      code?: string
      message?: string
      status?: number
    }
  }
  const iam = (call: string, input: object = {}, keys = keysOf('dana.whitfield')) => ask('iam', call, input, keys)
  async function done(call: string, input: object = {}, keys?: Keys): Promise<Answer> {
    const { answer, code, message } = await iam(call, input, keys)
    expect(code, message).toBeUndefined()
    return answer
  }
  const refused = async (code: string, status: number, call: string, input: object = {}, keys?: Keys) =>
    expect(await iam(call, input, keys)).toMatchObject({ code, status })

  it('leads from nothing to an emergency user, who can do what was set up', async () => {
    const { User } = await done('create_user', { UserName: USER })
    expect(User).toMatchObject({ Arn: `arn:aws:iam::987654321098:user/${USER}`, Path: '/' })
    await refused('EntityAlreadyExists', 409, 'create_user', { UserName: USER.toLowerCase() })
    await refused('ValidationError', 400, 'create_user', { UserName: 'a b' })

    await refused('NoSuchEntity', 404, 'get_account_password_policy')
    await refused('PasswordPolicyViolation', 400, 'create_login_profile', { UserName: USER, Password: 'short' })
    await done('create_login_profile', { UserName: USER, Password: 'Correct-horse-9', PasswordResetRequired: false })
    expect(await done('get_login_profile', { UserName: USER })).toMatchObject({
      LoginProfile: { PasswordResetRequired: false },
    })
    await refused('EntityAlreadyExists', 409, 'create_login_profile', { UserName: USER, Password: 'Correct-horse-9' })

    await done('create_group', { GroupName: 'EmergencyAccessGroup' })
    await done('attach_group_policy', { GroupName: 'EmergencyAccessGroup', PolicyArn: ADMIN })
    await done('add_user_to_group', { GroupName: 'EmergencyAccessGroup', UserName: USER })
    expect(await done('get_group', { GroupName: 'EmergencyAccessGroup' })).toMatchObject({
      Users: [{ UserName: USER }],
    })
    expect(await done('list_groups_for_user', { UserName: USER })).toMatchObject({ IsTruncated: false })

    const trust = (arn: string) => ({
      RoleName: 'Rescue',
      AssumeRolePolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { AWS: arn },
            Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
            Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
          },
        ],
      }),
    })
    expect(await iam('create_role', trust(`${User.Arn}x`))).toMatchObject({
      code: 'MalformedPolicyDocument',
      message: expect.stringContaining('Invalid principal in policy'),
    })
    const { Role } = await done('create_role', trust(User.Arn))
    expect(Role.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ AWS: User.Arn })
    const support = 'arn:aws:iam::aws:policy/job-function/SupportUser'
    await done('attach_role_policy', { RoleName: 'Rescue', PolicyArn: support })
    await refused('NoSuchEntity', 404, 'attach_role_policy', {
      RoleName: 'Rescue',
      PolicyArn: 'arn:aws:iam::aws:policy/SupportUser',
    })

    const power = { PolicyArn: 'arn:aws:iam::aws:policy/PowerUserAccess' }
    const { Policy } = await done('get_policy', power)
    const { PolicyVersion } = await done('get_policy_version', { ...power, VersionId: Policy.DefaultVersionId })
    const copy = { PolicyName: 'PowerUserExamplePolicy', PolicyDocument: JSON.stringify(PolicyVersion.Document) }
    expect((await done('create_policy', copy)).Policy.Arn).toBe(
      'arn:aws:iam::987654321098:policy/PowerUserExamplePolicy',
    )
    expect((await done('list_policies', { Scope: 'Local' })).Policies).toHaveLength(1)

    const { AccessKey } = await done('create_access_key', { UserName: USER })
    await done('create_access_key', { UserName: USER })
    expect(await iam('create_access_key', { UserName: USER })).toMatchObject({
      code: 'LimitExceeded',
      message: 'Cannot exceed quota for AccessKeysPerUser: 2',
    })
    const { VirtualMFADevice } = await done('create_virtual_mfa_device', { VirtualMFADeviceName: USER })
    const device = new MfaDevice(VirtualMFADevice.SerialNumber, VirtualMFADevice.Base32StringSeed)
    const codes = { first: device.codeAt(now), second: device.codeAt(now + 30_000) }
    const enable = { UserName: USER, SerialNumber: device.serial, AuthenticationCode1: codes.first }
    await refused('InvalidAuthenticationCode', 403, 'enable_mfa_device', {
      ...enable,
      AuthenticationCode2: codes.first,
    })
    await done('enable_mfa_device', { ...enable, AuthenticationCode2: codes.second })
    expect((await done('list_mfa_devices', { UserName: USER })).MFADevices).toMatchObject([
      { SerialNumber: device.serial },
    ])

    const arn = 'arn:aws:iam::987654321098:role/Rescue'
    const assume = { RoleArn: arn, RoleSessionName: 'someone', SourceIdentity: 'INC-4711' }
    expect(await ask('sts', 'assume_role', assume, AccessKey)).toMatchObject({ code: 'AccessDenied' })
    now += 60_000
    const mfa = { SerialNumber: device.serial, TokenCode: device.codeAt(now) }
    expect(await ask('sts', 'assume_role', { ...assume, ...mfa }, AccessKey)).toMatchObject({
      answer: { SourceIdentity: 'INC-4711' },
    })
    expect(await done('get_account_summary')).toMatchObject({ SummaryMap: { AccountMFAEnabled: 1, Users: 3 } })
    expect((await done('list_account_aliases')).AccountAliases).toEqual(['acme-identity'])
    expect(
      (await done('get_access_key_last_used', { AccessKeyId: AccessKey.AccessKeyId })).AccessKeyLastUsed.ServiceName,
    ).toBe('sts')
  })

  it('lets users see to their own keys and password, and nobody else to anybody’s', async () => {
    const bot = keysOf('deploy-bot')
    expect((await done('get_user', {}, bot)).User.UserName).toBe('deploy-bot')
    expect((await done('list_access_keys', {}, bot)).AccessKeyMetadata).toHaveLength(1)
    expect(await iam('list_access_keys', { UserName: USER }, bot)).toMatchObject({
      code: 'AccessDenied',
      message: expect.stringMatching(/^User: .*user\/deploy-bot is not authorized to perform: iam:ListAccessKeys/),
    })
    await refused('AccessDenied', 403, 'create_user', { UserName: 'x' }, bot)
    const { answer } = await ask('sts', 'get_session_token', {}, keysOf('dana.whitfield'))
    await refused('InvalidClientTokenId', 403, 'list_users', {}, answer.Credentials)
  })

  it('takes its time: a new key, a deactivation and a new user are seen later', async () => {
    practice.control.apply({ iamDelayMs: 10_000 })
    const bot = keysOf('deploy-bot')
    const { AccessKey } = await done('create_access_key', {}, bot)
    const who = async (keys: Keys) => (await ask('sts', 'get_caller_identity', {}, keys)).code ?? 'known'
    expect(await who(AccessKey)).toBe('InvalidClientTokenId')
    now += 10_000
    expect(await who(AccessKey)).toBe('known')
    await done('update_access_key', { AccessKeyId: bot.AccessKeyId, Status: 'Inactive' }, AccessKey)
    expect(await who(bot)).toBe('known')
    now += 10_000
    expect(await who(bot)).toBe('InvalidClientTokenId')
    await done('delete_access_key', { AccessKeyId: bot.AccessKeyId }, AccessKey)
    const { User } = await done('create_user', { UserName: 'late' })
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { AWS: User.Arn }, Action: 'sts:AssumeRole' }],
    }
    const role = { RoleName: 'ForLate', AssumeRolePolicyDocument: JSON.stringify(trust) }
    await refused('MalformedPolicyDocument', 400, 'create_role', role)
    now += 10_000
    await done('create_role', role)
    practice.control.apply({ iamDelayMs: 0 })
  })

  it('cuts connections on request, before or after a call is carried out', async () => {
    const names = async () => (await done('list_users')).Users.map(({ UserName }: { UserName: string }) => UserName)
    practice.control.apply({ dropNext: 1 })
    expect((await iam('create_user', { UserName: 'dropped' })).status).toBe(0)
    practice.control.apply({ loseNext: 1 })
    expect((await iam('create_user', { UserName: 'lost' })).status).toBe(0)
    expect(await names()).not.toContain('dropped')
    expect(await names()).toContain('lost')
  })

  it('takes everything away again, in the order AWS insists on', async () => {
    await refused('DeleteConflict', 409, 'delete_user', { UserName: USER })
    await refused('DeleteConflict', 409, 'delete_group', { GroupName: 'EmergencyAccessGroup' })
    for (const { AccessKeyId } of (await done('list_access_keys', { UserName: USER })).AccessKeyMetadata)
      await done('delete_access_key', { UserName: USER, AccessKeyId })
    const SerialNumber = `arn:aws:iam::987654321098:mfa/${USER}`
    await refused('DeleteConflict', 409, 'delete_virtual_mfa_device', { SerialNumber })
    await done('deactivate_mfa_device', { UserName: USER, SerialNumber })
    await done('delete_virtual_mfa_device', { SerialNumber })
    await done('delete_login_profile', { UserName: USER })
    await done('remove_user_from_group', { GroupName: 'EmergencyAccessGroup', UserName: USER })
    await done('detach_group_policy', { GroupName: 'EmergencyAccessGroup', PolicyArn: ADMIN })
    await done('delete_group', { GroupName: 'EmergencyAccessGroup' })
    await done('delete_user', { UserName: USER })
    // Whoever gets that name next is not trusted: the role names the user that is gone by its unique id.
    const { User } = await done('create_user', { UserName: USER })
    const { AccessKey } = await done('create_access_key', { UserName: USER })
    const assume = { RoleArn: 'arn:aws:iam::987654321098:role/Rescue', RoleSessionName: 'someone' }
    expect(await ask('sts', 'assume_role', assume, AccessKey)).toMatchObject({ code: 'AccessDenied' })
    expect(User.UserId).toMatch(/^AIDA/)
  })
})

async function* lines(stream: NodeJS.ReadableStream): AsyncGenerator<string, string> {
  let text = ''
  for await (const chunk of stream) {
    text += String(chunk)
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n')) {
      yield text.slice(0, end)
      text = text.slice(end + 1)
    }
  }
  return text
}
