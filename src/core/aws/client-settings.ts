/**
 * How the AWS SDK is set up for a call of Hallpass's own, whatever the service. Region, credentials, endpoint, retries
 * and timeouts are all explicit, so neither the AWS files nor any `AWS_*` variable other than the endpoint overrides can
 * change where a call goes or who signs it.
 */

import { readAnswerBody } from './answer-body.ts'

export interface SigningCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Set for session credentials. */
  readonly sessionToken?: string
}

/**
 * Told of every answer, refusals too: its Date header (milliseconds since the epoch, NaN when unreadable), and when, by
 * this computer's clock, the call went out and the answer came.
 */
export type OnAnswer = (serverDate: number, sentAt: number, receivedAt: number) => void

/** AWS's credentials are base64; look-alikes use a few characters more. */
const CREDENTIAL_TEXT = /^[\w+/=.:%@~-]+$/

/** They go on into shells, files and environments: what no AWS credential has is not passed on. */
export function areCredentialTexts(...texts: readonly string[]): boolean {
  return texts.every((text) => CREDENTIAL_TEXT.test(text))
}

/** Milliseconds to connect, and for an answer to begin; how long it may take then: answer-body.ts. */
const CONNECT_TIMEOUT = 5_000
const REQUEST_TIMEOUT = 15_000
/** Throttling, 5xx and broken connections are tried again with growing, jittered pauses. */
const ATTEMPTS = 3

type Handler = (args: never) => Promise<{ response: unknown }>
interface Watchable {
  readonly middlewareStack: {
    add(middleware: (next: Handler) => Handler, options: { step: 'deserialize'; priority: 'low'; name: string }): void
  }
}

/**
 * Reads each answer for the SDK, which knows no bounds, and tells of it before, so that a refusal tells the time as well.
 * For every client.
 */
export function watchAnswers(client: object, onAnswer?: OnAnswer): void {
  const { middlewareStack } = client as Watchable
  middlewareStack.add(
    (next) => async (args) => {
      const sentAt = Date.now()
      const output = await next(args)
      const response = output.response as { headers?: Record<string, string>; body?: unknown }
      onAnswer?.(Date.parse(response.headers?.date ?? ''), sentAt, Date.now())
      response.body = await readAnswerBody(response.body)
      return output
    },
    { step: 'deserialize', priority: 'low', name: 'hallpassAnswerWatch' },
  )
}

/**
 * Every setting the SDK would otherwise look up in the environment or the AWS files.
 * @param attempts 1 for what must not be done twice
 */
export function clientConfig(
  { accessKeyId, secretAccessKey, sessionToken }: SigningCredentials,
  region: string,
  endpoint: string,
  attempts: number = ATTEMPTS,
) {
  return {
    ...commonConfig(region, endpoint, attempts),
    // Nothing else that a caller's object has: an end of theirs that is null, the SDK takes for a time.
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) },
    useGlobalEndpoint: false,
    authSchemePreference: ['aws.auth#sigv4'],
    sigv4aSigningRegionSet: [region],
  }
}

/**
 * The same for a service whose calls nobody signs: Identity Center's, which carry a token or a client secret.
 * @param attempts 1 for what the caller tries again by itself
 */
export function unsignedClientConfig(region: string, endpoint: string, attempts: number = ATTEMPTS) {
  return { ...commonConfig(region, endpoint, attempts), authSchemePreference: ['smithy.api#noAuth'] }
}

function commonConfig(region: string, endpoint: string, attempts: number) {
  return {
    region,
    endpoint,
    // A clock that is off would also mislead every expiry Hallpass shows, and breaks the AWS CLI: say so instead.
    disableClockSkewCorrection: true,
    defaultsMode: 'standard' as const,
    retryMode: 'standard',
    maxAttempts: attempts,
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    userAgentAppId: 'hallpass',
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      throwOnRequestTimeout: true,
    },
  }
}
