/** The practice account as botocore sees it: it parses every answer and every refusal. One Python process does all cases. */
import { execFile, execFileSync } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type PracticeAccount, type PracticeUser, startPracticeAccount } from '#core/practice/practice-account.ts'

/** Reads cases as JSON on stdin, answers with one JSON line per case. */
const SCRIPT = `
import json, sys
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

plan = json.load(sys.stdin)
session = botocore.session.Session()
config = Config(retries={"max_attempts": 0}, parameter_validation=False)
kept = {}

def call(case):
    keys = kept[case["as"]] if case["as"] in kept else plan["keys"][case["as"]]
    client = session.create_client("sts", region_name="eu-west-1", endpoint_url=plan["endpoint"], config=config,
        aws_access_key_id=keys["AccessKeyId"], aws_secret_access_key=keys["SecretAccessKey"],
        aws_session_token=keys.get("SessionToken"))
    try:
        answer = getattr(client, case["call"])(**case["input"])
    except ClientError as error:
        shown = error.response["Error"]
        return {"code": shown["Code"], "message": shown["Message"], "type": shown.get("Type"),
                "status": error.response["ResponseMetadata"]["HTTPStatusCode"],
                "requestId": error.response["ResponseMetadata"].get("RequestId")}
    if "keep" in case:
        kept[case["keep"]] = answer["Credentials"]
    arn = answer.get("Arn") or answer.get("AssumedRoleUser", {}).get("Arn")
    expiry = answer.get("Credentials", {}).get("Expiration")
    return {"arn": arn, "expiry": expiry and expiry.isoformat(), "requestId": answer["ResponseMetadata"].get("RequestId")}

print(json.dumps([call(case) for case in plan["cases"]]))
`

const PROD = 'arn:aws:iam::123456789012:role'

let practice: PracticeAccount
let dana: PracticeUser

beforeAll(async () => {
  practice = await startPracticeAccount()
  dana = practice.user('dana.whitfield')
})
afterAll(() => practice.close())

function botocoreVersion(): string | undefined {
  try {
    const words = ['-c', 'import botocore; print(botocore.__version__)']
    return execFileSync('python3', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}

function runPlan(plan: unknown): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, AWS_CONFIG_FILE: '/dev/null' }
    const python = execFile('python3', ['-c', SCRIPT], { env }, (error, stdout, stderr) =>
      error ? reject(new Error(stderr)) : resolve(JSON.parse(stdout)),
    )
    python.stdin?.end(JSON.stringify(plan))
  })
}

test('botocore parses every answer and refusal', async (context) => {
  if (botocoreVersion() === undefined) context.skip('python3 with botocore is not installed here')
  const role = (input: object) => ({ RoleArn: `${PROD}/ReadOnly`, RoleSessionName: 'dana', ...input })
  const mfa = { SerialNumber: dana.mfaSerial, TokenCode: practice.totpCode(dana.name) }
  const denied = (text: string) => ({
    code: 'AccessDenied',
    status: 403,
    type: 'Sender',
    message: expect.stringContaining(text),
  })
  const invalid = (text: string) => ({
    code: 'ValidationError',
    status: 400,
    type: 'Sender',
    message: expect.stringContaining(text),
  })
  const keys = { AccessKeyId: dana.accessKeyId, SecretAccessKey: dana.secretAccessKey }
  const table: [as: string, call: string, input: object, expected: object, keep?: string][] = [
    ['dana', 'get_caller_identity', {}, { arn: dana.arn }],
    [
      'dana',
      'assume_role',
      role({}),
      {
        arn: 'arn:aws:sts::123456789012:assumed-role/ReadOnly/dana',
        expiry: expect.stringMatching(/^\d{4}-.*\+00:00$/),
      },
      'role',
    ],
    ['role', 'get_caller_identity', {}, { arn: 'arn:aws:sts::123456789012:assumed-role/ReadOnly/dana' }],
    [
      'dana',
      'assume_role',
      role({ RoleArn: `${PROD}/PlatformAdmin`, ...mfa }),
      { arn: expect.stringContaining('PlatformAdmin') },
    ],
    [
      'dana',
      'assume_role',
      role({ RoleArn: `${PROD}/PlatformAdmin`, ...mfa }),
      denied('invalid MFA one time pass code'),
    ],
    [
      'dana',
      'assume_role',
      role({ RoleArn: `${PROD}/PlatformAdmin` }),
      denied('is not authorized to perform: sts:AssumeRole on resource:'),
    ],
    ['dana', 'assume_role', role({ ...mfa, SerialNumber: dana.arn }), denied('verify your MFA serial number')],
    ['dana', 'assume_role', role({ TokenCode: '123456' }), denied('must provide both')],
    ['dana', 'assume_role', { RoleArn: `${PROD}/ReadOnly` }, invalid("Value null at 'roleSessionName'")],
    ['dana', 'assume_role', role({ RoleSessionName: '<&"\'>' }), invalid("Value '<&\"'>' at")],
    ['dana', 'assume_role', role({ DurationSeconds: 60 }), invalid("at 'durationSeconds'")],
    ['role', 'assume_role', role({ DurationSeconds: 7200 }), denied('is not authorized')],
    ['dana', 'assume_role', role({ Policy: 'no' }), { code: 'MalformedPolicyDocument', status: 400 }],
    [
      'dana',
      'assume_role',
      role({ Policy: `{"Id":"${'x'.repeat(2048)}"}` }),
      { code: 'PackedPolicyTooLarge', status: 400 },
    ],
    ['dana', 'get_session_token', {}, { expiry: expect.any(String) }, 'session'],
    ['session', 'get_caller_identity', {}, { arn: dana.arn }],
    ['session', 'get_session_token', {}, denied('Cannot call GetSessionToken with session credentials')],
    ['session', 'assume_role', role({ DurationSeconds: 7200 }), invalid('1 hour session limit')],
    [
      'dana',
      'decode_authorization_message',
      { EncodedMessage: 'x' },
      {
        code: 'InvalidAction',
        status: 400,
        message: 'Could not find operation DecodeAuthorizationMessage for version 2011-06-15',
      },
    ],
    ['unknown', 'get_caller_identity', {}, { code: 'InvalidClientTokenId', status: 403 }],
    ['wrong', 'get_caller_identity', {}, { code: 'SignatureDoesNotMatch', status: 403 }],
  ]
  const answers = await runPlan({
    endpoint: practice.endpoint,
    keys: {
      dana: keys,
      unknown: { ...keys, AccessKeyId: 'AKIAIOSFODNN7PRACTIC' },
      wrong: { ...keys, SecretAccessKey: 'x'.repeat(40) },
    },
    cases: table.map(([as, call, input, , keep]) => ({ as, call, input, ...(keep ? { keep } : {}) })),
  })
  const requestId = expect.stringMatching(/^[0-9a-f-]{36}$/)
  expect(answers).toMatchObject(table.map(([, , , expected]) => ({ ...expected, requestId })))
})
