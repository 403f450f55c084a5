/** Helpers of Identity Center's tests: SDK clients on the practice account, ways to sign in, and what a refusal looks like. */
import { createHash, randomBytes } from 'node:crypto'
import { SSOClient, SSOServiceException } from '@aws-sdk/client-sso'
import {
  CreateTokenCommand,
  type CreateTokenCommandInput,
  RegisterClientCommand,
  type RegisterClientCommandInput,
  SSOOIDCClient,
  SSOOIDCServiceException,
  StartDeviceAuthorizationCommand,
} from '@aws-sdk/client-sso-oidc'
import type { PracticeAccount } from '#core/practice/practice-account.ts'

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
export const REDIRECT = 'http://127.0.0.1/oauth/callback'
export const REDIRECT_WITH_PORT = 'http://127.0.0.1:49152/oauth/callback'

/** One attempt only, so that refusals are seen as they are. */
export const oidcClient = (practice: PracticeAccount, maxAttempts = 1) =>
  new SSOOIDCClient({ endpoint: practice.endpoint, region: 'eu-west-1', maxAttempts })

export const portalClient = (practice: PracticeAccount, maxAttempts = 1) =>
  new SSOClient({ endpoint: practice.endpoint, region: 'eu-west-1', maxAttempts })

export interface ClientKey {
  readonly clientId: string
  readonly clientSecret: string
}

export async function register(
  practice: PracticeAccount,
  input: Partial<RegisterClientCommandInput> = {},
): Promise<ClientKey> {
  const { clientId = '', clientSecret = '' } = await oidcClient(practice).send(
    new RegisterClientCommand({
      clientName: 'test',
      clientType: 'public',
      scopes: ['sso:account:access'],
      ...input,
    }),
  )
  return { clientId, clientSecret }
}

/** A registration for the authorization code flow. */
export const registerForCode = (practice: PracticeAccount) =>
  register(practice, {
    grantTypes: ['authorization_code', 'refresh_token'],
    redirectUris: [REDIRECT],
    issuerUrl: practice.identityCenter.startUrl,
  })

export const startDevice = (practice: PracticeAccount, client: ClientKey) =>
  oidcClient(practice).send(
    new StartDeviceAuthorizationCommand({ ...client, startUrl: practice.identityCenter.startUrl }),
  )

export const token = (practice: PracticeAccount, input: CreateTokenCommandInput) =>
  oidcClient(practice).send(new CreateTokenCommand(input))

export interface Tokens extends ClientKey {
  readonly accessToken: string
  readonly refreshToken: string
}

/** Signs in as a device whose request is allowed. */
export async function signIn(
  practice: PracticeAccount,
  input: Partial<RegisterClientCommandInput> = {},
): Promise<Tokens> {
  const client = await register(practice, input)
  const { deviceCode = '', userCode = '' } = await startDevice(practice, client)
  practice.control.apply({ identityCenter: { allowDevice: userCode } })
  const { accessToken = '', refreshToken = '' } = await token(practice, {
    ...client,
    grantType: DEVICE_GRANT,
    deviceCode,
  })
  return { ...client, accessToken, refreshToken }
}

export interface Pkce {
  readonly verifier: string
  readonly challenge: string
}

export function pkce(): Pkce {
  const verifier = randomBytes(48).toString('base64url')
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') }
}

/** GET `/authorize`, with changes to what a good client asks; `undefined` leaves a parameter out. Redirects are not followed. */
export function authorize(
  practice: PracticeAccount,
  clientId: string,
  challenge: string,
  changes: Record<string, string | undefined> = {},
): Promise<Response> {
  const parameters = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: REDIRECT_WITH_PORT,
    state: 'a state & more',
    code_challenge_method: 'S256',
    scopes: 'sso:account:access',
    code_challenge: challenge,
    ...changes,
  }
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return fetch(`${practice.endpoint}/authorize?${new URLSearchParams(given)}`, { redirect: 'manual' })
}

/** Where a redirect goes, with its parameters. */
export function redirection(reply: Response): { to: string; parameters: Record<string, string> } {
  const url = new URL(reply.headers.get('location') ?? '')
  return { to: url.origin + url.pathname, parameters: Object.fromEntries(url.searchParams) }
}

/** Sends the form of a page that has the button, as a browser does. */
export async function press(practice: PracticeAccount, page: string, button: string): Promise<Response> {
  const form = [...page.matchAll(/<form .*?<\/form>/g)]
    .map(([text]) => text)
    .find((text) => text.includes(`<button>${button}</button>`))
  if (form === undefined) throw new Error(`The page has no button ${button}.`)
  const fields = Object.fromEntries(
    [...form.matchAll(/name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value]),
  )
  const action = /action="([^"]*)"/.exec(form)?.[1] ?? ''
  const method = /method="([^"]*)"/.exec(form)?.[1] ?? ''
  return fetch(practice.endpoint + action, { method, body: new URLSearchParams(fields), redirect: 'manual' })
}

export interface SeenRefusal {
  readonly name: string
  readonly status: number | undefined
  /** OAuth's word, of the OIDC service alone. */
  readonly error: string | undefined
  readonly message: string
}

/** The refusal a call ends in, as the SDK shows it; fails when it succeeds. */
export async function refusalOf(call: Promise<unknown>): Promise<SeenRefusal> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof SSOServiceException) && !(error instanceof SSOOIDCServiceException)) throw error
    const { error: word } = error as { error?: string }
    return { name: error.name, status: error.$metadata.httpStatusCode, error: word, message: error.message }
  }
  throw new Error('The call succeeded.')
}
