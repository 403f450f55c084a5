/**
 * A stand-in for AWS Sign-In as `aws login` and SDKs use it: the page that gives a code, and the token endpoint with PKCE and
 * DPoP (AWS CLI 2.38; RFC 7636, RFC 9449). Its person allows everything at once.
 */
import { createHash, createPublicKey, type JsonWebKey, randomUUID, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'

export interface SignInCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
}

export interface AwsSignIn {
  readonly endpoint: string
  /** Grants given so far, in order. */
  readonly grants: readonly ('authorization_code' | 'refresh_token')[]
  /** How long what it gives lasts from now on, in seconds, or AWS’s word for refusing it. */
  setAnswer(answer: number | 'TOKEN_EXPIRED' | 'USER_CREDENTIALS_CHANGED' | 'INSUFFICIENT_PERMISSIONS'): void
  close(): Promise<void>
}

/** What a code or a refresh token was given for. */
interface Grant {
  readonly clientId: string
  /** Of the authorization request. */
  readonly challenge: string
  readonly redirectUri: string
  /** Thumbprint of the key that proved the first call; the same has to prove the next. */
  readonly key: string | null
}

/**
 * @param subject ARN of the person who signs in: `login_session`
 * @param give new credentials of that person
 */
export async function startAwsSignIn(subject: string, give: () => Promise<SignInCredentials>): Promise<AwsSignIn> {
  const codes = new Map<string, Grant>()
  const refreshTokens = new Map<string, Grant>()
  const grants: ('authorization_code' | 'refresh_token')[] = []
  let answer: Parameters<AwsSignIn['setAnswer']>[0] = 900
  let endpoint = ''

  function authorize(query: URLSearchParams): string {
    const expected = { response_type: 'code', code_challenge_method: 'SHA-256', scope: 'openid' }
    for (const [name, value] of Object.entries(expected))
      if (query.get(name) !== value) throw new Error(`${name} is ${query.get(name)}`)
    const code = randomUUID()
    const redirectUri = query.get('redirect_uri') ?? ''
    codes.set(code, {
      ...{ clientId: query.get('client_id') ?? '', challenge: query.get('code_challenge') ?? '' },
      ...{ redirectUri, key: null },
    })
    return `${redirectUri}?${new URLSearchParams({ code, state: query.get('state') ?? '' })}`
  }

  async function token(body: Record<string, string>, proof: string): Promise<{ status: number; body: object }> {
    const key = checkProof(proof, `${endpoint}/v1/token`)
    const isFirst = body.grantType === 'authorization_code'
    const known = isFirst ? codes.get(body.code ?? '') : refreshTokens.get(body.refreshToken ?? '')
    codes.delete(body.code ?? '')
    const challenge = createHash('sha256')
      .update(body.codeVerifier ?? '')
      .digest('base64url')
    const isFor = (grant: Grant) =>
      isFirst ? grant.challenge === challenge && grant.redirectUri === body.redirectUri : grant.key === key
    if (known?.clientId !== body.clientId || !known || !isFor(known))
      return { status: 400, body: { error: 'INVALID_REQUEST', message: 'The grant is not good.' } }
    if (typeof answer === 'string') return { status: 403, body: { error: answer, message: 'It is refused.' } }
    grants.push(isFirst ? 'authorization_code' : 'refresh_token')
    const refreshToken = randomUUID()
    refreshTokens.set(refreshToken, { ...known, key })
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const idToken = `${part({ alg: 'none' })}.${part({ sub: subject })}.${part({})}`
    const tokenType = 'urn:aws:params:oauth:token-type:access_token_sigv4'
    const given = { accessToken: await give(), tokenType, expiresIn: answer, refreshToken }
    return { status: 200, body: isFirst ? { ...given, idToken } : given }
  }

  async function handle(request: IncomingMessage): Promise<{ status: number; location?: string; body?: object }> {
    const url = new URL(request.url ?? '', endpoint)
    if (request.method === 'GET' && url.pathname === '/v1/authorize')
      return { status: 302, location: authorize(url.searchParams) }
    if (request.method === 'POST' && url.pathname === '/v1/token')
      return token((await json(request)) as Record<string, string>, `${request.headers.dpop}`)
    return { status: 404, body: {} }
  }

  const server = createServer((request, response) => {
    handle(request)
      .catch((error: unknown) => ({ status: 400, body: { error: 'INVALID_REQUEST', message: String(error) } }))
      .then(({ status, location, body }: { status: number; location?: string; body?: object }) => {
        const errorType = status === 403 ? { 'x-amzn-errortype': 'AccessDeniedException' } : {}
        response.writeHead(status, {
          ...{ 'content-type': 'application/json', ...errorType },
          ...(location === undefined ? {} : { location }),
        })
        response.end(body && JSON.stringify(body))
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    endpoint,
    grants,
    setAnswer(next) {
      answer = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** @returns thumbprint of the key that signed it. @throws when the proof is none for that call */
function checkProof(proof: string, url: string): string {
  const [header = '', payload = '', signature = ''] = proof.split('.')
  const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>
  const { typ, alg, jwk } = read(header)
  const { htm, htu, iat } = read(payload)
  const isMeant = typ === 'dpop+jwt' && alg === 'ES256' && htm === 'POST' && htu === url
  if (!isMeant || Math.abs(Number(iat) - Date.now() / 1000) > 60) throw new Error('The proof is of another call.')
  const key = createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })
  const signed = { key, dsaEncoding: 'ieee-p1363' as const }
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), signed, Buffer.from(signature, 'base64url')))
    throw new Error('The proof’s signature is wrong.')
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}
