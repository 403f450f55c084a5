/**
 * The field limits of the STS service model (aws-facts C.1) and the ValidationError texts AWS gives for breaking them.
 * Every broken limit of a request is reported at once, as AWS does.
 */
import { Refusal, validationError } from './refusal.ts'

export interface TextLimit {
  readonly min: number
  readonly max: number
  /** Regular expression as the model writes it, matching the whole value. */
  readonly pattern?: string
}

export const ROLE_ARN: TextLimit = { min: 20, max: 2048 }
export const ROLE_SESSION_NAME: TextLimit = { min: 2, max: 64, pattern: '[\\w+=,.@-]*' }
export const EXTERNAL_ID: TextLimit = { min: 2, max: 1224, pattern: '[\\w+=,.@:\\/-]*' }
export const SERIAL_NUMBER: TextLimit = { min: 9, max: 256, pattern: '[\\w+=/:,.@-]*' }
export const TOKEN_CODE: TextLimit = { min: 6, max: 6, pattern: '[\\d]*' }
// The reserved prefix `aws:` fails the pattern: it has no colon.
export const WEB_IDENTITY_TOKEN: TextLimit = { min: 4, max: 20_000 }
export const SOURCE_IDENTITY: TextLimit = { min: 2, max: 64, pattern: '[\\w+=,.@-]*' }
export const SESSION_POLICY: TextLimit = {
  min: 1,
  max: Number.POSITIVE_INFINITY,
  pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
}
export const TAG_KEY: TextLimit = { min: 1, max: 128, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+' }
export const TAG_VALUE: TextLimit = { min: 0, max: 256, pattern: '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*' }
export const ACCESS_KEY_ID: TextLimit = { min: 16, max: 128, pattern: '[\\w]*' }
export const FEDERATED_NAME: TextLimit = { min: 2, max: 32, pattern: '[\\w+=,.@-]*' }
export const MAX_TAGS = 50
export const MAX_POLICY_ARNS = 10

/** Collects what is wrong with the fields of one request. */
export class FieldChecks {
  readonly #problems: string[] = []

  /** @returns the value, or `''` for a missing one: only to be used after `finish` */
  required(field: string, value: string | undefined, limit: TextLimit): string {
    if (value === undefined)
      this.#problems.push(`Value null at '${field}' failed to satisfy constraint: Member must not be null`)
    return this.optional(field, value, limit) ?? ''
  }

  optional(field: string, value: string | undefined, limit: TextLimit): string | undefined {
    if (value === undefined) return undefined
    if (limit.pattern !== undefined && !matches(value, limit.pattern))
      this.#break(field, value, `Member must satisfy regular expression pattern: ${limit.pattern}`)
    if (value.length < limit.min)
      this.#break(field, value, `Member must have length greater than or equal to ${limit.min}`)
    if (value.length > limit.max)
      this.#break(field, value, `Member must have length less than or equal to ${limit.max}`)
    return value
  }

  /** @throws Refusal MalformedInput at once for what is no 32-bit number */
  integer(field: string, value: string | undefined, min: number, max: number): number | undefined {
    if (value === undefined) return undefined
    const number = /^[+-]?\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    if (!(Math.abs(number) <= 2 ** 31 - 1)) throw new Refusal(400, 'MalformedInput', 'Invalid Argument')
    if (number < min) this.#break(field, value, `Member must have value greater than or equal to ${min}`)
    if (number > max) this.#break(field, value, `Member must have value less than or equal to ${max}`)
    return number
  }

  atMost(field: string, values: readonly unknown[], max: number): void {
    if (values.length > max)
      this.#break(field, JSON.stringify(values), `Member must have length less than or equal to ${max}`)
  }

  /** @throws Refusal ValidationError naming every broken limit */
  finish(): void {
    const count = this.#problems.length
    if (count === 0) return
    throw validationError(`${count} validation error${count > 1 ? 's' : ''} detected: ${this.#problems.join('; ')}`)
  }

  #break(field: string, value: string, constraint: string): void {
    this.#problems.push(`Value '${value}' at '${field}' failed to satisfy constraint: ${constraint}`)
  }
}

function matches(value: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`, 'u').test(value)
}
