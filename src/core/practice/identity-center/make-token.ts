/** Tokens, codes and ids of Identity Center: random even in a seeded practice account, and remembered so that a run can be searched for them. */
import { randomEntropy } from '../secrets.ts'

const USER_CODE_LETTERS = 'BCDFGHJKLMNPQRSTVWXZ'

export class TokenMaker {
  readonly #made: string[] = []

  /** @param prefix tells what it is, as AWS's do: `aoa` an access token, `aor` a refresh token */
  secret(prefix: string, bytes: number): string {
    const token = prefix + randomEntropy(bytes).toString('base64url')
    this.#made.push(token)
    return token
  }

  /** Not secret. */
  clientId(): string {
    return randomEntropy(24).toString('base64url')
  }

  /** `BDFG-HJKL`: for a person to compare, and without vowels, so that it says nothing. */
  userCode(): string {
    const letters = [...randomEntropy(8)].map((byte) => USER_CODE_LETTERS[byte % USER_CODE_LETTERS.length]).join('')
    return `${letters.slice(0, 4)}-${letters.slice(4)}`
  }

  /** Every secret ever made. */
  secrets(): string[] {
    return [...this.#made]
  }
}
