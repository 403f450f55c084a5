/** The OIDC service: clients, device requests and tokens, as REST-JSON without signatures (aws-facts E.3). */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../refusal.ts'
import { type Reply, replyJson } from '../reply.ts'
import type { SignedRequest } from '../sigv4.ts'
import { DEVICE_GRANT } from './clients.ts'
import { createToken, grantWord, type TokenIssuer } from './create-token.ts'
import { parseBody, readInput } from './oidc-input.ts'
import { oidcRefusal, replyOidcRefusal } from './oidc-refusal.ts'
import { sameStartUrl } from './start-url.ts'
import { DONE, recordCall, type Surroundings, takeNext } from './surroundings.ts'

const deviceInput = z.object({ clientId: z.string(), clientSecret: z.string(), startUrl: z.string() })

/** @returns the answer's body. @throws Refusal */
type OidcAction = (body: unknown, origin: string) => object

export class Oidc {
  readonly #around: Surroundings
  readonly #issuer: TokenIssuer
  readonly #actions: ReadonlyMap<string, readonly [name: string, action: OidcAction]> = new Map([
    ['/client/register', ['RegisterClient', (body) => this.#register(body)]],
    ['/device_authorization', ['StartDeviceAuthorization', (body, origin) => this.#startDevice(body, origin)]],
    ['/token', ['CreateToken', (body) => this.#createToken(body)]],
  ] as const)

  constructor(around: Surroundings, issuer: TokenIssuer) {
    this.#around = around
    this.#issuer = issuer
  }

  /** @param origin of the pages. @returns `undefined` when the path and method are none of the service's */
  answer(path: string, request: SignedRequest, origin: string): Reply | undefined {
    const [name, action] = (request.method === 'POST' && this.#actions.get(path)) || []
    if (!name || !action) return undefined
    const body = parseBody(request.body)
    let refusal: Refusal | undefined
    let answer: object = {}
    try {
      if (takeNext(this.#around, 'failNext')) throw internalServer()
      answer = action(body, origin)
    } catch (error) {
      // Anything but a refusal is a defect here; clients see what they would see of one at AWS.
      refusal = error instanceof Refusal ? error : internalServer()
    }
    const called = name === 'CreateToken' ? `${name}:${grantWord(body)}` : name
    recordCall(this.#around, `sso-oidc:${called}`, refusal ?? DONE)
    const requestId = randomUUID()
    if (refusal) return replyOidcRefusal(refusal, requestId)
    const reply = replyJson(200, answer)
    return { ...reply, headers: { ...reply.headers, 'x-amzn-requestid': requestId, 'cache-control': 'no-store' } }
  }

  #register(body: unknown): object {
    const { startUrl } = this.#around.assignments.place
    return this.#issuer.clients.register(
      body,
      startUrl,
      this.#around.settings().registrationSeconds,
      this.#around.now(),
    )
  }

  #startDevice(body: unknown, origin: string): object {
    const nowMs = this.#around.now()
    const { clientId, clientSecret, startUrl } = readInput(deviceInput, body)
    const client = this.#issuer.clients.authenticate(clientId, clientSecret, nowMs)
    if (!client.allowsGrant(DEVICE_GRANT)) throw oidcRefusal('UnauthorizedClient', 'Not registered for this grant type')
    if (!sameStartUrl(startUrl, this.#around.assignments.place.startUrl))
      throw oidcRefusal('InvalidRequest', 'Invalid start URL')
    const settings = this.#around.settings()
    const { deviceCode, userCode, interval } = this.#issuer.devices.begin(client, settings, nowMs)
    return {
      deviceCode,
      userCode,
      verificationUri: `${origin}/device`,
      verificationUriComplete: `${origin}/device?user_code=${userCode}`,
      expiresIn: settings.deviceCodeSeconds,
      interval,
    }
  }

  #createToken(body: unknown): object {
    return createToken(this.#issuer, body, this.#around.settings(), this.#around.now())
  }
}

const internalServer = () => oidcRefusal('InternalServer', 'An internal error has occurred')
