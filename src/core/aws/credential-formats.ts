/**
 * Session credentials in the forms shells, SDKs and child processes read them.
 *
 * - Every value is quoted for its shell, whatever it holds.
 * - Expiry is RFC 3339 in UTC with whole seconds and `Z`: botocore and the JS SDK both misread other forms.
 * - What would shadow the credentials (`AWS_PROFILE`, `AWS_DEFAULT_PROFILE`, `AWS_SECURITY_TOKEN`) is unset.
 */
import type { SessionCredentials } from '#shared/sessions.ts'
import { type PromptLabel, sessionMark } from '../session-mark.ts'
import { quoteForFish, quoteForPowershell, quoteForShell } from '../shell-quote.ts'

export const CREDENTIAL_FORMATS = ['json', 'env', 'fish', 'powershell', 'dotenv', 'process'] as const
export type CredentialFormat = (typeof CREDENTIAL_FORMATS)[number]

/** Variables that AWS tools would read before, or instead of, the ones set. botocore reads the old token name first. */
const SHADOWING = ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE', 'AWS_SECURITY_TOKEN'] as const

/** What the tools of a child process would read before they ask a credentials endpoint, or ask in its place. */
const BEFORE_ENDPOINT = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_CREDENTIAL_EXPIRATION',
  // Older names that the SDKs for Go and Java still take.
  'AWS_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
] as const

/** Hallpass's own secret, in no case a child's. */
const OWN_SECRET = 'HALLPASS_PASSPHRASE'

/**
 * Formats credentials; the text ends with a line feed.
 * `process` is the credential_process document, `json` the same with RoleArn, AssumedRoleArn and Profile (absent ones
 * left out), the others are lines for a POSIX shell, fish, PowerShell, or a dotenv file.
 * @param options.profile for `json`; `label`: whose they are, for the prompt of the shell that gets them
 */
export function formatCredentials(
  credentials: SessionCredentials,
  format: CredentialFormat,
  options: { readonly profile?: string | undefined; readonly label?: PromptLabel | undefined } = {},
): string {
  const variables = Object.entries(credentialVariables(credentials))
  // Not in a dotenv file, which is for programs: a prompt is a shell's.
  const mark = options.label && sessionMark(options.label, credentials.accessKeyId, credentials.expiration)
  const shellVariables = [...variables, ...Object.entries<string>(mark ?? {})]
  switch (format) {
    case 'process':
      return `${JSON.stringify(processDocument(credentials))}\n`
    case 'json': {
      const { roleArn, assumedRoleArn } = credentials
      const document = {
        ...processDocument(credentials),
        ...(roleArn === null ? {} : { RoleArn: roleArn }),
        ...(assumedRoleArn === null ? {} : { AssumedRoleArn: assumedRoleArn }),
        ...(options.profile === undefined ? {} : { Profile: options.profile }),
      }
      return `${JSON.stringify(document, null, 2)}\n`
    }
    case 'env':
      return joinLines([
        `unset ${SHADOWING.join(' ')}`,
        ...shellVariables.map(([name, value]) => `export ${name}=${quoteForShell(value)}`),
      ])
    case 'fish':
      return joinLines([
        ...SHADOWING.map((name) => `set -e ${name}`),
        ...shellVariables.map(([name, value]) => `set -gx ${name} ${quoteForFish(value)}`),
      ])
    case 'powershell':
      return joinLines([
        ...SHADOWING.map((name) => `Remove-Item Env:${name} -ErrorAction SilentlyContinue`),
        ...shellVariables.map(([name, value]) => `$Env:${name} = ${quoteForPowershell(value)}`),
      ])
    case 'dotenv':
      return joinLines(variables.map(([name, value]) => `${name}=${quoteDotenv(value)}`))
  }
}

/**
 * The environment for a child that is to use these credentials and no others. `env` itself is left alone.
 * @param platform where names of variables ignore case: `win32`
 */
export function childEnvironment(
  credentials: SessionCredentials,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const variables = credentialVariables(credentials)
  return { ...without(env, [...SHADOWING, ...Object.keys(variables)], platform), ...variables }
}

/** Where a child asks for credentials, again and again, instead of being given some. */
export interface CredentialsEndpointAddress {
  /** `http://127.0.0.1:PORT/PATH`: the SDKs take plain http from loopback addresses only. */
  readonly uri: string
  /** Sent as the Authorization header, word for word. */
  readonly token: string
}

/**
 * The environment for a child that is to ask the endpoint. No keys are in it: every SDK would take those first. `env`
 * itself is left alone.
 * @param region null leaves the regions as they are
 */
export function endpointEnvironment(
  { uri, token }: CredentialsEndpointAddress,
  region: string | null,
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): Record<string, string> {
  const variables = {
    AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
    AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
    ...regionVariables(region),
  }
  return { ...without(env, [...SHADOWING, ...BEFORE_ENDPOINT, ...Object.keys(variables)], platform), ...variables }
}

/** The answer of a container credentials endpoint: the token has another name than in a credential_process document. */
export function endpointDocument(credentials: SessionCredentials): Record<string, string> {
  return {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    Token: credentials.sessionToken,
    Expiration: formatExpiration(credentials.expiration),
    ...(credentials.accountId === null ? {} : { AccountId: credentials.accountId }),
    ...(credentials.roleArn === null ? {} : { RoleArn: credentials.roleArn }),
  }
}

function without(
  env: Readonly<Record<string, string | undefined>>,
  names: readonly string[],
  platform: NodeJS.Platform,
): Record<string, string> {
  const fold = (name: string) => (platform === 'win32' ? name.toUpperCase() : name)
  const dropped = new Set([...names, OWN_SECRET])
  const kept: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !dropped.has(fold(name))) kept[name] = value
  }
  return kept
}

/** Both region names are set, because botocore reads the one and the other SDKs the other. */
function regionVariables(region: string | null): Record<string, string> {
  return region === null ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region }
}

function credentialVariables(credentials: SessionCredentials): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_CREDENTIAL_EXPIRATION: formatExpiration(credentials.expiration),
    ...regionVariables(credentials.region),
  }
}

function processDocument(credentials: SessionCredentials): Record<string, string | number> {
  return {
    Version: 1,
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: formatExpiration(credentials.expiration),
    ...(credentials.accountId === null ? {} : { AccountId: credentials.accountId }),
  }
}

/** Cut to whole seconds, never rounded up past the true expiry. */
function formatExpiration(expiration: Date): string {
  return expiration.toISOString().replace(/\.\d+Z$/, 'Z')
}

/** Bare where possible: `docker --env-file` takes quotes for part of the value. */
function quoteDotenv(value: string): string {
  return /^[A-Za-z0-9/+=_.:@-]*$/.test(value) ? value : `'${value}'`
}

function joinLines(lines: readonly string[]): string {
  return `${lines.join('\n')}\n`
}
