/** Helpers of the practice account's tests: an STS client on it, and what a refusal looks like from there. */
import { STSClient, type STSClientConfig, STSServiceException } from '@aws-sdk/client-sts'
import type { PracticeAccount, PracticeUser } from '#core/practice/practice-account.ts'

export interface StsCredentials {
  readonly AccessKeyId?: string | undefined
  readonly SecretAccessKey?: string | undefined
  readonly SessionToken?: string | undefined
}

/** One attempt only, so that refusals are seen as they are. */
export function stsClient(
  practice: PracticeAccount,
  who: PracticeUser | StsCredentials | undefined,
  config: STSClientConfig = {},
): STSClient {
  return new STSClient({
    endpoint: practice.endpoint,
    region: 'eu-west-1',
    maxAttempts: 1,
    credentials: toCredentials(who),
    ...config,
  })
}

function toCredentials(who: PracticeUser | StsCredentials | undefined) {
  if (who && 'accessKeyId' in who) return { accessKeyId: who.accessKeyId, secretAccessKey: who.secretAccessKey }
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = who ?? {}
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken === undefined ? {} : { sessionToken: SessionToken }),
  }
}

export interface SeenRefusal {
  readonly code: string
  readonly name: string
  readonly status: number | undefined
  readonly message: string
}

/** The refusal a call ends in, as the SDK shows it; fails when it succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<SeenRefusal> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof STSServiceException)) throw error
    // The wire's code outlives the SDK's renaming of modelled errors.
    const code = (error as { Code?: string }).Code ?? error.name
    return { code, name: error.name, status: error.$metadata.httpStatusCode, message: error.message }
  }
  throw new Error('The call succeeded.')
}
