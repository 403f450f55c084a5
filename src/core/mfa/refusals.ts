/**
 * What a refused code was. AWS has one answer for wrong, old and used codes alike (facts C.2); the seed, where it is
 * stored, and what this process has sent before tell them apart. Nothing is concluded from a code that fits neither: the
 * stored seed may be another device's.
 */
import { HallpassError } from '#shared/errors.ts'
import { findCode } from './totp-code.ts'
import type { TotpSeed } from './totp-seed.ts'

/** How far off a device's clock, or a person, is looked for: ten minutes with the usual period. */
const REACH = 20
/** AWS takes codes of the windows next to the present one. */
const GRACE = 1

export interface RefusedCode {
  readonly code: string
  /** The code of the device that AWS accepted last, as far as this process knows. */
  readonly lastAccepted: string | undefined
  readonly seed: TotpSeed | undefined
  /** AWS's time, milliseconds since the epoch. */
  readonly now: number
}

/** @param error an `sts.mfa-invalid`, which is returned as it is when nothing more is known */
export function explainRefusedCode(error: HallpassError, refused: RefusedCode): HallpassError {
  const { code, lastAccepted, seed, now } = refused
  if (code === lastAccepted) return usedAlready(error)
  const delta = seed && findCode(seed, code, now, REACH)
  if (seed === undefined || delta === undefined) return error
  if (Math.abs(delta) <= GRACE) return usedAlready(error)
  const off = `${Math.abs(delta) * seed.period} s`
  return delta < 0
    ? retell(error, `This MFA code is ${off} old, and AWS takes it no more.`, 'Give the code that is shown now.')
    : retell(
        error,
        `This MFA code is of ${off} from now: the device’s clock is ahead, or this computer’s is behind.`,
        'Set the clocks right, then give the code that is shown now.',
      )
}

/** When two codes in a row, computed for AWS's time, were refused. */
export function seedRefused(error: HallpassError, identity: string): HallpassError {
  return retell(
    error,
    `AWS did not accept two codes in a row of the TOTP seed stored for ${identity}. ` +
      'It is another device’s seed, or this computer’s clock is wrong.',
    'Check the clock. If the device was replaced in AWS, remove the seed and add the new one.',
  )
}

/** When two codes in a row of a command were refused. */
export function commandRefused(error: HallpassError, identity: string): HallpassError {
  return retell(
    error,
    `AWS did not accept two codes in a row of the MFA command of ${identity}. ` +
      'They are another device’s, or were used elsewhere.',
    'Check which account the command reads, and the MFA device set on the identity.',
  )
}

function usedAlready(error: HallpassError): HallpassError {
  return retell(error, 'This MFA code has been used already, and AWS takes each one once.', 'Wait for the next code.')
}

function retell(error: HallpassError, message: string, hint: string): HallpassError {
  return new HallpassError('sts.mfa-invalid', message, { hint, details: error.details, cause: error })
}
