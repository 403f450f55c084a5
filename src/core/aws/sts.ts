/**
 * The STS calls Hallpass makes, through the AWS SDK.
 *
 * - Region, credentials, endpoint, retries and timeouts are all explicit, so neither the AWS files nor any `AWS_*`
 *   variable other than the endpoint overrides can change where a call goes or who signs it.
 * - Every failure leaves as a HallpassError that explains it.
 * - The SDK is loaded at the first call, not at start.
 */
import type { Credentials, STSClient } from '@aws-sdk/client-sts'
import { HallpassError } from '#shared/errors.ts'
import {
  areCredentialTexts,
  clientConfig,
  type OnAnswer,
  type SigningCredentials,
  watchAnswers,
} from './client-settings.ts'
import { type Env, stsEndpoint } from './endpoints.ts'
import { explainAwsError } from './explain.ts'
import type { CallContext } from './explain-context.ts'

/** What every call needs: who signs it, where it goes, and the names an explanation of its failure uses. */
export interface StsCall {
  readonly credentials: SigningCredentials
  readonly region: string
  /** Name of the role or identity being started or tested. */
  readonly target: string
  /** Who signs: the IAM user's name, or the name of the role before this one. */
  readonly caller: string
  /** The session credentials it is signed with were obtained with MFA, so AWS sees MFA without a code in the call. */
  readonly mfaPresent?: boolean
}

export interface MfaAnswer {
  readonly serial: string
  /** Six digits. */
  readonly code: string
}

export interface AssumeRoleRequest {
  readonly roleArn: string
  readonly sessionName: string
  /** Seconds; AWS's default of 3600 when absent. */
  readonly durationSeconds?: number | undefined
  readonly externalId?: string | undefined
  readonly mfa?: MfaAnswer | undefined
  readonly sourceIdentity?: string | undefined
  readonly tags?: readonly { readonly key: string; readonly value: string }[] | undefined
  readonly transitiveTagKeys?: readonly string[] | undefined
  readonly policy?: string | undefined
  readonly policyArns?: readonly string[] | undefined
}

export interface SessionTokenRequest {
  /** Seconds; AWS's default of 43200 when absent. */
  readonly durationSeconds?: number | undefined
  readonly mfa?: MfaAnswer | undefined
}

export interface FederationTokenRequest {
  /** Of the federated user, 2–32 characters; CloudTrail shows it. */
  readonly name: string
  /** Seconds; AWS's default of 43200 when absent. */
  readonly durationSeconds?: number | undefined
  /** The session may do what these and the user's own policies both allow; without any it may do nothing. */
  readonly policyArns: readonly string[]
}

export interface IssuedCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** As AWS gave it. */
  readonly expiration: Date
}

export interface CallerIdentity {
  readonly accountId: string
  readonly arn: string
  readonly userId: string
}

/** All methods throw `sts.*`, `aws.*` and `network.*` errors, and `usage.invalid` for a bad endpoint override. */
export interface StsCalls {
  /** Needs no permission: it works for every key that is valid at all. */
  getCallerIdentity(credentials: SigningCredentials, about: CallerIdentityCall): Promise<CallerIdentity>
  assumeRole(call: StsCall, request: AssumeRoleRequest): Promise<AssumedRole>
  getSessionToken(call: StsCall, request: SessionTokenRequest): Promise<IssuedCredentials>
}

/** What signs a user in to the console; throws what the other calls throw. */
export interface FederationCalls {
  /** A user's session that the console takes. AWS has no parameter for an MFA code here. */
  getFederationToken(call: StsCall, request: FederationTokenRequest): Promise<IssuedCredentials>
}

export interface CallerIdentityCall {
  /** The commercial partition's default when null. */
  readonly region: string | null
  /** Name of the identity, for messages. */
  readonly name: string
}

export interface AssumedRole extends IssuedCredentials {
  readonly assumedRoleArn: string
}

const DEFAULT_REGION = 'us-east-1'

/** STS for one environment; only the endpoint overrides are read from it. */
export function createSts(env: Env, onAnswer?: OnAnswer): StsCalls & FederationCalls {
  const send: Send = (call, context, work) => sendCall(call, context, work, onAnswer)
  return {
    async getCallerIdentity(credentials, { region, name }) {
      const call: StsCall = { credentials, region: region ?? DEFAULT_REGION, target: name, caller: name }
      const context = contextOf(env, call, 'GetCallerIdentity', {})
      const { Account, Arn, UserId } = await send(call, context, async (sdk, client) =>
        client.send(new sdk.GetCallerIdentityCommand({})),
      )
      if (!Account || !Arn || !UserId) throw incompleteAnswer(context)
      return { accountId: Account, arn: Arn, userId: UserId }
    },

    async assumeRole(call, request) {
      const context = contextOf(env, call, 'AssumeRole', request)
      const { tags, transitiveTagKeys, policyArns } = request
      const reply = await send(call, context, async (sdk, client) =>
        client.send(
          new sdk.AssumeRoleCommand({
            RoleArn: request.roleArn,
            RoleSessionName: request.sessionName,
            DurationSeconds: request.durationSeconds,
            ExternalId: request.externalId,
            SerialNumber: request.mfa?.serial,
            TokenCode: request.mfa?.code,
            SourceIdentity: request.sourceIdentity,
            Tags: tags?.length ? tags.map(({ key, value }) => ({ Key: key, Value: value })) : undefined,
            TransitiveTagKeys: transitiveTagKeys?.length ? [...transitiveTagKeys] : undefined,
            Policy: request.policy,
            PolicyArns: policyArns?.length ? policyArns.map((arn) => ({ arn })) : undefined,
          }),
        ),
      )
      const assumedRoleArn = reply.AssumedRoleUser?.Arn
      if (!assumedRoleArn) throw incompleteAnswer(context)
      return { ...readCredentials(reply.Credentials, context), assumedRoleArn }
    },

    async getSessionToken(call, request) {
      const context = contextOf(env, call, 'GetSessionToken', request)
      const reply = await send(call, context, async (sdk, client) =>
        client.send(
          new sdk.GetSessionTokenCommand({
            DurationSeconds: request.durationSeconds,
            SerialNumber: request.mfa?.serial,
            TokenCode: request.mfa?.code,
          }),
        ),
      )
      return readCredentials(reply.Credentials, context)
    },

    async getFederationToken(call, { name, durationSeconds, policyArns }) {
      const context = contextOf(env, call, 'GetFederationToken', { durationSeconds })
      const reply = await send(call, context, async (sdk, client) =>
        client.send(
          new sdk.GetFederationTokenCommand({
            Name: name,
            DurationSeconds: durationSeconds,
            PolicyArns: policyArns.map((arn) => ({ arn })),
          }),
        ),
      )
      return readCredentials(reply.Credentials, context)
    },
  }
}

type Sdk = typeof import('@aws-sdk/client-sts')
type Context = CallContext & { readonly endpoint: string }

function contextOf(
  env: Env,
  call: StsCall,
  operation: CallContext['operation'],
  request: Partial<AssumeRoleRequest>,
): Context {
  const endpoint = stsEndpoint(env, call.region)
  return {
    operation,
    endpoint: endpoint.url,
    host: endpoint.host,
    ...('variable' in endpoint ? { variable: endpoint.variable } : {}),
    target: call.target,
    caller: call.caller,
    region: call.region,
    chained: call.credentials.sessionToken !== undefined,
    mfaSerial: request.mfa?.serial,
    mfaSent: request.mfa !== undefined || call.mfaPresent === true,
    durationSeconds: request.durationSeconds,
    externalIdSent: request.externalId !== undefined,
    tagsSent: (request.tags?.length ?? 0) > 0,
    sourceIdentitySent: request.sourceIdentity !== undefined,
  }
}

type Work<T> = (sdk: Sdk, client: STSClient) => Promise<T>
type Send = <T>(call: StsCall, context: Context, work: Work<T>) => Promise<T>

async function sendCall<T>(call: StsCall, context: Context, work: Work<T>, onAnswer: OnAnswer | undefined): Promise<T> {
  const sdk = await import('@aws-sdk/client-sts')
  const client = new sdk.STSClient(clientConfig(call.credentials, call.region, context.endpoint))
  watchAnswers(client, onAnswer)
  try {
    return await work(sdk, client)
  } catch (error) {
    const { secretAccessKey, sessionToken } = call.credentials
    throw explainAwsError(
      error,
      context,
      sessionToken === undefined ? [secretAccessKey] : [secretAccessKey, sessionToken],
    )
  } finally {
    client.destroy()
  }
}

function readCredentials(credentials: Credentials | undefined, context: Context): IssuedCredentials {
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {}
  if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration || Number.isNaN(Expiration.getTime())) {
    throw incompleteAnswer(context)
  }
  if (!areCredentialTexts(AccessKeyId, SecretAccessKey, SessionToken)) {
    throw incompleteAnswer(context)
  }
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: Expiration,
  }
}

function incompleteAnswer(context: Context): HallpassError {
  return new HallpassError(
    'aws.unavailable',
    `${context.host} answered ${context.operation} without what it promises.`,
    {
      hint: 'Try again. If an endpoint override is set, check what it points at.',
    },
  )
}
