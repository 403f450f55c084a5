/** Device authorization: a device shows a user code, a person allows it in a browser, the device polls (aws-facts E.3). */
import type { Client } from './clients.ts'
import type { TokenMaker } from './make-token.ts'
import { oidcRefusal } from './oidc-refusal.ts'
import type { IdentityCenterSettings } from './settings.ts'

/** Timers are a little early against the clock at times: such a poll is not too fast. */
const EARLY_MS = 20

export type Decision = 'allow' | 'deny'

export interface DeviceRequest {
  readonly deviceCode: string
  readonly userCode: string
  readonly client: Client
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  /** Seconds between polls. */
  readonly interval: number
}

interface Pending extends DeviceRequest {
  decision?: Decision
  polledAt?: number
}

export class DeviceRequests {
  readonly #maker: TokenMaker
  readonly #byDevice = new Map<string, Pending>()
  readonly #byUserCode = new Map<string, Pending>()

  constructor(maker: TokenMaker) {
    this.#maker = maker
  }

  begin(client: Client, settings: IdentityCenterSettings, nowMs: number): DeviceRequest {
    const request: Pending = {
      deviceCode: this.#maker.secret('', 96),
      userCode: this.#maker.userCode(),
      client,
      expiresAt: nowMs + settings.deviceCodeSeconds * 1000,
      interval: settings.deviceIntervalSeconds,
      ...(settings.answer === 'ask' ? {} : { decision: settings.answer }),
    }
    this.#byDevice.set(request.deviceCode, request)
    this.#byUserCode.set(request.userCode, request)
    return request
  }

  /** Not yet decided and not expired; case, blanks and hyphens of what a person types do not matter. */
  open(userCode: string, nowMs: number): DeviceRequest | undefined {
    const letters = userCode.toUpperCase().replaceAll(/[^A-Z]/g, '')
    const found = this.#byUserCode.get(`${letters.slice(0, 4)}-${letters.slice(4)}`)
    return found && found.expiresAt > nowMs && found.decision === undefined ? found : undefined
  }

  /** @returns whether there was one to decide */
  decide(userCode: string, decision: Decision, nowMs: number): boolean {
    const found = this.#byUserCode.get(this.open(userCode, nowMs)?.userCode ?? '')
    if (found) found.decision = decision
    return found !== undefined
  }

  /** One poll; returns when it is allowed, and then the code is spent. @throws Refusal as AWS gives while it is not */
  poll(client: Client, deviceCode: string, nowMs: number): void {
    const found = this.#byDevice.get(deviceCode)
    if (!found || found.client.id !== client.id) throw oidcRefusal('InvalidGrant', 'Invalid device code provided')
    if (found.expiresAt <= nowMs) throw oidcRefusal('ExpiredToken', 'The device code has expired')
    const isTooFast = found.polledAt !== undefined && nowMs - found.polledAt < found.interval * 1000 - EARLY_MS
    found.polledAt = nowMs
    if (isTooFast) throw oidcRefusal('SlowDown', 'The device polls faster than it was told to')
    if (found.decision === undefined) throw oidcRefusal('AuthorizationPending', 'The request has not been answered yet')
    if (found.decision === 'deny') throw oidcRefusal('AccessDenied', 'The request was denied')
    this.#byDevice.delete(deviceCode)
    this.#byUserCode.delete(found.userCode)
  }
}
