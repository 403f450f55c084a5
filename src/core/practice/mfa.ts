/** Virtual MFA devices: RFC 6238 codes, one step of grace on each side, and each code good once (aws-facts C.1, F.4). */
import { TOTP } from 'otpauth'
import { accessDenied } from './refusal.ts'

const STEP_MS = 30_000
const GRACE_STEPS = 1

export class MfaDevice {
  readonly serial: string
  /** Base32. */
  readonly seed: string
  readonly #totp: TOTP
  #usedSteps = new Set<number>()

  constructor(serial: string, seed: string) {
    this.serial = serial
    this.seed = seed
    this.#totp = new TOTP({ secret: seed, algorithm: 'SHA1', digits: 6, period: STEP_MS / 1000 })
  }

  /** The code the device shows at `atMs`, milliseconds since the epoch. */
  codeAt(atMs: number): string {
    return this.#totp.generate({ timestamp: atMs })
  }

  /** Whether the code is right at `nowMs` and unused; it is used up by that. */
  accept(code: string, nowMs: number): boolean {
    const delta = this.#totp.validate({ token: code, timestamp: nowMs, window: GRACE_STEPS })
    if (delta === null) return false
    const step = Math.floor(nowMs / STEP_MS) + delta
    if (this.#usedSteps.has(step)) return false
    this.#usedSteps.add(step)
    return true
  }

  /** The step of 30 s a code is of, at most one away from now; `undefined` when it is of none. */
  stepOf(code: string, nowMs: number): number | undefined {
    const delta = this.#totp.validate({ token: code, timestamp: nowMs, window: GRACE_STEPS })
    return delta === null ? undefined : Math.floor(nowMs / STEP_MS) + delta
  }

  /** Lets used codes pass again, so that a test need not wait for the next one. */
  forgetUsedCodes(): void {
    this.#usedSteps = new Set()
  }
}

/**
 * Checks the MFA part of a call.
 * @param devices the caller's own; none for a role session
 * @returns whether a code was given; a code that is wrong, used, or of another device is refused
 */
export function verifyMfa(
  devices: readonly MfaDevice[] | undefined,
  serial: string | undefined,
  code: string | undefined,
  nowMs: number,
): boolean {
  if (serial === undefined && code === undefined) return false
  if (serial === undefined || code === undefined)
    throw accessDenied('MultiFactorAuthentication failed, must provide both MFA serial number and one time pass code.')
  const device = devices?.find((each) => each.serial === serial)
  if (!device)
    throw accessDenied(
      'MultiFactorAuthentication failed, unable to validate MFA code.  ' +
        'Please verify your MFA serial number is valid and associated with this user.',
    )
  if (!device.accept(code, nowMs))
    throw accessDenied('MultiFactorAuthentication failed with invalid MFA one time pass code. ')
  return true
}
