/** Passwords that meet an account's policy, whatever it asks for (facts F.2). */
import { randomInt } from 'node:crypto'
import type { PasswordPolicy } from '@aws-sdk/client-iam'

const UPPER = 'ABCDEFGHJKLMNPQRSTUVWXYZ'
const LOWER = 'abcdefghijkmnopqrstuvwxyz'
const DIGITS = '23456789'
/** Of IAM's symbols, those that survive shells, URLs and being read out. */
const SYMBOLS = '!@#%^*()_+-=[]{}'
const ALL = UPPER + LOWER + DIGITS + SYMBOLS

/** Long enough that nobody guesses it, short enough to type once at three in the morning. */
const LENGTH = 32
const LONGEST = 128

/**
 * Every class of characters is in it, so it meets the default policy and every custom one.
 * @param policy the account's own; AWS's default when undefined
 */
export function makePassword(policy: PasswordPolicy | undefined): string {
  const length = Math.min(LONGEST, Math.max(LENGTH, policy?.MinimumPasswordLength ?? 0))
  const one = (characters: string) => characters.charAt(randomInt(characters.length))
  const characters = [one(UPPER), one(LOWER), one(DIGITS), one(SYMBOLS)]
  while (characters.length < length) characters.push(one(ALL))
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1)
    const kept = characters[last] ?? ''
    characters[last] = characters[other] ?? ''
    characters[other] = kept
  }
  return characters.join('')
}
