import { describe, expect, it } from 'vitest'
import { explainAwsError, isTransientError } from '#core/aws/explain.ts'
import type { CallContext } from '#core/aws/explain-context.ts'

const context: CallContext = {
  operation: 'AssumeRole',
  target: 'PlatformAdmin in acme-prod',
  caller: 'dana.whitfield',
  host: 'sts.eu-west-1.amazonaws.com',
  region: 'eu-west-1',
  chained: false,
  mfaSent: false,
  externalIdSent: false,
  tagsSent: false,
  sourceIdentitySent: false,
}

/** An error as the SDK throws it: modelled ones change their name and keep `Code`. */
function answer(code: string, message: string, status = 403, name = code): Error {
  return Object.assign(new Error(message), {
    name,
    Code: code,
    $metadata: { httpStatusCode: status, requestId: 'r-1' },
  })
}

const NOT_AUTHORIZED =
  'User: arn:aws:iam::1:user/dana.whitfield is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::2:role/PlatformAdmin'

describe('explainAwsError', () => {
  it.each([
    [
      'AccessDenied',
      'MultiFactorAuthentication failed with invalid MFA one time pass code.',
      403,
      'sts.mfa-invalid',
      'used already',
    ],
    [
      'AccessDenied',
      'MultiFactorAuthentication failed, unable to validate MFA code.  Please verify your MFA serial number is valid.',
      403,
      'sts.mfa-serial',
      'does not know the MFA device',
    ],
    [
      'AccessDenied',
      'MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.',
      403,
      'sts.mfa-incomplete',
      'only one of',
    ],
    [
      'AccessDenied',
      'Cannot call GetSessionToken with session credentials',
      403,
      'sts.session-credentials',
      'long-term key',
    ],
    ['AccessDenied', 'Roles may not be assumed by root accounts.', 403, 'sts.root-caller', 'root user'],
    [
      'AccessDenied',
      `${NOT_AUTHORIZED} with an explicit deny in a service control policy`,
      403,
      'sts.access-denied',
      'a service control policy explicitly denies it',
    ],
    [
      'AccessDenied',
      `${NOT_AUTHORIZED} with an explicit deny in an identity-based policy`,
      403,
      'sts.access-denied',
      'an identity-based policy explicitly denies it',
    ],
    [
      'AccessDenied',
      `${NOT_AUTHORIZED} because no identity-based policy allows the sts:AssumeRole action`,
      403,
      'sts.access-denied',
      'no policy of dana.whitfield allows sts:AssumeRole',
    ],
    [
      'AccessDenied',
      NOT_AUTHORIZED.replace('sts:AssumeRole', 'sts:TagSession'),
      403,
      'sts.access-denied',
      'session tags',
    ],
    [
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
      400,
      'sts.duration-role-maximum',
      'maximum session duration',
    ],
    [
      'ValidationError',
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
      400,
      'sts.duration-chaining',
      'after 1 h',
    ],
    [
      'ValidationError',
      "1 validation error detected: Value 'x' at 'roleSessionName' failed to satisfy constraint: Member must have length greater than or equal to 2",
      400,
      'sts.parameter-invalid',
      'roleSessionName',
    ],
    [
      'ExpiredToken',
      'The security token included in the request is expired',
      403,
      'sts.session-expired',
      'has expired',
    ],
    [
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      403,
      'sts.key-unknown',
      'does not know the access key of dana.whitfield',
    ],
    [
      'SignatureDoesNotMatch',
      'The request signature we calculated does not match the signature you provided.',
      403,
      'sts.secret-wrong',
      'secret access key of dana.whitfield',
    ],
    [
      'RegionDisabledException',
      'STS is not activated in this region for account:123456789012.',
      403,
      'sts.region-disabled',
      'eu-west-1',
    ],
    ['Throttling', 'Rate exceeded', 400, 'sts.throttled', 'too many'],
    ['InternalFailure', 'The request processing has failed', 500, 'aws.unavailable', 'HTTP 500'],
    ['SomethingNew', 'No', 418, 'aws.refused', 'SomethingNew'],
  ] as const)('%s: %s', (code, message, status, expected, words) => {
    const error = explainAwsError(answer(code, message, status), context)
    expect(error.code).toBe(expected)
    expect(error.message).toContain(words)
    expect(error.hint).toBeTruthy()
    expect(error.details).toBe(`${code}: ${message} (request r-1)`)
  })

  it('keeps what the call carried out of the details, also where AWS quotes the request', () => {
    const quoted = 'The canonical string was\nx-amz-security-token:IQoJplanted\n&TokenCode=123456 with wJalrPlanted+/'
    const error = explainAwsError(answer('SignatureDoesNotMatch', quoted, 403), context, ['wJalrPlanted+/'])
    expect(error.details).toContain('The canonical string was')
    for (const secret of ['IQoJplanted', '123456', 'wJalrPlanted']) expect(error.details).not.toContain(secret)
  })

  it('goes by the code on the wire where the SDK renames the error', () => {
    const malformed = answer('MalformedPolicyDocument', 'bad', 400, 'MalformedPolicyDocumentException')
    const large = answer('PackedPolicyTooLarge', '120%', 400, 'PackedPolicyTooLargeException')
    expect(explainAwsError(malformed, context).code).toBe('sts.policy-malformed')
    expect(explainAwsError(large, context).code).toBe('sts.policy-too-large')
  })

  it('names every likely cause of a bare refusal, and drops those that what was sent rules out', () => {
    const bare = explainAwsError(answer('AccessDenied', NOT_AUTHORIZED), context)
    expect(bare.message).toBe(
      'AWS refused PlatformAdmin in acme-prod. AWS does not say which: either its trust policy does not name ' +
        'dana.whitfield, it wants MFA and none was sent, it wants an external id, or there is no such role.',
    )
    const sent = explainAwsError(answer('AccessDenied', NOT_AUTHORIZED), {
      ...context,
      mfaSent: true,
      externalIdSent: true,
    })
    expect(sent.message).not.toContain('MFA')
    expect(sent.message).toContain('the external id is not the one it wants')
  })

  it.each([
    [
      'Signature expired: 20261124T030000Z is now earlier than 20261124T030600Z (20261124T032100Z - 15 min.)',
      'sts.clock-slow',
      'This computer is 21 minutes behind AWS.',
    ],
    [
      'Signature not yet current: 20261124T040000Z is still later than 20261124T035200Z (20261124T033700Z + 15 min.)',
      'sts.clock-fast',
      'This computer is 23 minutes ahead of AWS.',
    ],
    ['Signature expired', 'sts.clock-slow', 'This computer is behind AWS.'],
  ])('tells how far the clock is off: %s', (message, code, words) => {
    const error = explainAwsError(answer('SignatureDoesNotMatch', message), context)
    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
  })

  it.each([
    ['ENOTFOUND', 'network.unreachable', 'its name is not known'],
    ['ECONNREFUSED', 'network.unreachable', 'refused the connection'],
    ['ECONNRESET', 'network.unreachable', 'closed the connection'],
    ['ENETUNREACH', 'network.unreachable', 'no network'],
    ['ETIMEDOUT', 'network.timeout', 'did not answer in time'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'network.tls', 'certificate'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network.tls', 'certificate'],
    ['CERT_HAS_EXPIRED', 'network.tls', 'certificate'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network.tls', 'certificate'],
  ])('%s', (code, expected, words) => {
    const plain = Object.assign(new Error('connect failed'), { code, $metadata: { attempts: 3 } })
    const wrapped = new TypeError('fetch failed', { cause: new AggregateError([plain]) })
    for (const thrown of [plain, wrapped]) {
      const error = explainAwsError(thrown, context)
      expect(error.code).toBe(expected)
      expect(error.message).toContain(words)
      expect(error.message).toContain(context.host)
    }
  })

  it('blames the variable when it chose the host', () => {
    const refused = Object.assign(new Error('x'), { code: 'ECONNREFUSED' })
    expect(explainAwsError(refused, { ...context, variable: 'AWS_ENDPOINT_URL' }).hint).toContain('AWS_ENDPOINT_URL')
  })

  it('tells trouble that may pass from a refusal', () => {
    expect(isTransientError(explainAwsError(answer('Throttling', 'Rate exceeded', 400), context))).toBe(true)
    expect(isTransientError(explainAwsError(answer('InternalFailure', 'x', 503), context))).toBe(true)
    expect(isTransientError(explainAwsError(answer('AccessDenied', NOT_AUTHORIZED), context))).toBe(false)
    expect(isTransientError(new Error('x'))).toBe(false)
  })
})
