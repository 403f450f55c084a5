/**
 * The sign-in link: a role's session, or a federated user's, turned into a console sign-in by AWS's federation endpoint.
 *
 * - The link is a bearer secret, good for 15 minutes, and so is the request that makes it: neither is ever logged,
 *   and no error carries a credential.
 * - Credentials go to the partition's own host, or to the endpoint override, and to no redirect.
 * Source: IAM User Guide, "Enabling custom identity broker access to the AWS console".
 */
import { HallpassError } from '#shared/errors.ts'
import { type PartitionId, partitionById } from '#shared/partitions.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import { redact } from '../redact.ts'
import { consoleUrl, publicPartition } from './console-destination.ts'
import { type EndpointOverride, type Env, endpointOverride, isReadableOnTheWay } from './endpoints.ts'
import { type CallTarget, networkError } from './explain-network.ts'

const TIMEOUT = 15_000
/** Characters; a sign-in token has a few thousand. */
const ANSWER_LIMIT = 64 * 1024
/** Shown nowhere, but asked for; a URL here is where an expired console session would lead. */
const ISSUER = 'hallpass'

export interface SignInLinkOptions {
  readonly env: Env
  /** Of an assumed role, a permission set or GetFederationToken: the console takes no session of GetSessionToken. */
  readonly credentials: SessionCredentials
  readonly partition: PartitionId
  /** A service such as `s3`, or a console URL of the same partition; the console's home when absent. */
  readonly destination?: string | undefined
  /** For a destination given as a service; the one of the credentials when absent. */
  readonly region?: string | undefined
  /**
   * Seconds the console session may last, 900–43200. Give it only when the role was assumed directly with a long-term
   * key: AWS refuses it for chained sessions. Without it the console session ends with the credentials.
   */
  readonly sessionDurationSeconds?: number | undefined
  /** Told when AWS did not take the duration: the link is then one without. */
  readonly onDurationRefused?: (() => void) | undefined
}

/**
 * Asks the federation endpoint for a sign-in link.
 * @throws `console.not-supported` for a partition without public console; `console.refused`, `aws.unavailable`,
 *   `network.*`, `input.invalid`, `usage.invalid`
 */
export async function requestSignInLink(options: SignInLinkOptions): Promise<string> {
  const destination = consoleUrl(publicPartition(options.partition).id, {
    destination: options.destination,
    region: options.region ?? options.credentials.region,
  })
  const endpoint = federationEndpoint(options.env, options.partition)
  return signInUrl(endpoint.url, destination, await requestToken(endpoint, options))
}

/** The link itself, of what the federation endpoint answered. */
export function signInUrl(endpoint: string, destination: string, token: string): string {
  const login = new URL(endpoint)
  login.search = encodeQuery({ Action: 'login', Issuer: ISSUER, Destination: destination, SigninToken: token })
  return login.href
}

interface FederationEndpoint extends CallTarget {
  readonly url: string
}

/**
 * Where sessions of a partition are turned into sign-in tokens.
 * @throws `usage.invalid` for an override that would take a session where it does not belong
 */
export function federationEndpoint(env: Env, partition: PartitionId): FederationEndpoint {
  const override = endpointOverride(env, 'signin')
  const sts = endpointOverride(env, 'sts')
  const fromAws = !sts || isAwsHost(new URL(sts.url).hostname, partition)
  // The variable for every service may be meant for all but STS: sessions of AWS's go elsewhere only on explicit word.
  if (override && !(fromAws && override.variable === 'AWS_ENDPOINT_URL')) {
    if (fromAws) refuseReadable(override)
    return { ...override, url: `${override.url}/federation` }
  }
  if (!fromAws) {
    // Sessions of a look-alike mean nothing to AWS, and a session of somebody's own service is not AWS's to see.
    throw new HallpassError(
      'usage.invalid',
      `${sts.variable} points away from AWS, and nothing says where its sign-in page is.`,
      {
        hint: 'Set AWS_ENDPOINT_URL_SIGNIN as well.',
      },
    )
  }
  const host = publicPartition(partition).federationHost
  return { url: `https://${host}/federation`, host }
}

/** A session that AWS takes crosses no network in the clear. */
function refuseReadable(override: EndpointOverride): void {
  if (!isReadableOnTheWay(override)) return
  const { variable } = override
  throw new HallpassError('usage.invalid', `${variable} would send a session of AWS over the network unencrypted.`, {
    hint: `Use an https URL in ${variable}, or unset it.`,
  })
}

function isAwsHost(hostname: string, partition: PartitionId): boolean {
  const suffix = partitionById(partition)?.dnsSuffix
  return suffix !== undefined && hostname.endsWith(`.${suffix}`)
}

async function requestToken(endpoint: FederationEndpoint, options: SignInLinkOptions): Promise<string> {
  const { accessKeyId, secretAccessKey, sessionToken } = options.credentials
  const session = JSON.stringify({ sessionId: accessKeyId, sessionKey: secretAccessKey, sessionToken })
  const ask = (duration: number | undefined) =>
    get(
      endpoint,
      encodeQuery({
        Action: 'getSigninToken',
        ...(duration === undefined ? {} : { SessionDuration: String(duration) }),
        Session: session,
      }),
    )
  let answer = await ask(options.sessionDurationSeconds)
  // AWS answers 400 when it takes the session for a chained one; the plain request is then still good.
  const isRefused = answer.status === 400 && options.sessionDurationSeconds !== undefined
  if (isRefused) answer = await ask(undefined)
  if (answer.status === 200) {
    const token = readToken(answer.text)
    if (token !== undefined) {
      if (isRefused) options.onDurationRefused?.()
      return token
    }
  }
  throw explainAnswer(answer, endpoint, [accessKeyId, secretAccessKey, sessionToken])
}

interface Answer {
  readonly status: number
  readonly text: string
}

async function get(endpoint: FederationEndpoint, query: string): Promise<Answer> {
  try {
    const response = await fetch(`${endpoint.url}?${query}`, {
      redirect: 'manual',
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(TIMEOUT),
    })
    return { status: response.status, text: await readLimited(response) }
  } catch (error) {
    throw networkError(error, endpoint)
  }
}

async function readLimited(response: Response): Promise<string> {
  let text = ''
  if (!response.body) return text
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    if (text.length > ANSWER_LIMIT) break
  }
  return text.slice(0, ANSWER_LIMIT)
}

function readToken(text: string): string | undefined {
  try {
    const body: unknown = JSON.parse(text)
    if (typeof body !== 'object' || body === null || !('SigninToken' in body)) return undefined
    return typeof body.SigninToken === 'string' && body.SigninToken !== '' ? body.SigninToken : undefined
  } catch {
    return undefined
  }
}

function explainAnswer(answer: Answer, endpoint: FederationEndpoint, secrets: readonly string[]): HallpassError {
  const words = redact(answer.text, secrets).slice(0, 2_000)
  const details = `HTTP ${answer.status}${words ? `: ${words}` : ''}`
  if (answer.status >= 400 && answer.status < 500) {
    return new HallpassError(
      'console.refused',
      `AWS did not make a sign-in link from this session (HTTP ${answer.status}).`,
      {
        hint: 'Renew the session, then try again. The switch-role link works without one.',
        details,
      },
    )
  }
  return new HallpassError(
    'aws.unavailable',
    `${endpoint.host} did not answer with a sign-in token (HTTP ${answer.status}).`,
    {
      hint: 'Try again in a minute. Check whether a proxy or a sign-in page of this network stands in between.',
      details: answer.status === 200 ? `HTTP 200, ${answer.text.length} characters` : details,
    },
  )
}

function encodeQuery(values: Record<string, string>): string {
  return Object.entries(values)
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&')
}
