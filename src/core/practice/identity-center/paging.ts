/** Pages of the portal's lists: 1 to 100 items, and a token for the next page that nobody can make up. */
import { createHmac, randomBytes } from 'node:crypto'
import type { QueryParameters } from '../query.ts'
import { Refusal } from '../refusal.ts'
import { equalSecrets } from '../secrets.ts'

const DEFAULT_SIZE = 20
const MAX_SIZE = 100

export const invalidRequest = (message: string) => new Refusal(400, 'InvalidRequestException', message)

export interface Page<T> {
  readonly items: readonly T[]
  readonly nextToken: string | null
}

export class Paging {
  readonly #key = randomBytes(32)

  /**
   * @param list which list it is: a token of one is refused by another
   * @throws Refusal InvalidRequestException for a size that is none (AWS refuses a larger one, aws-facts E.4) or a wrong token
   */
  page<T>(list: string, items: readonly T[], parameters: QueryParameters): Page<T> {
    const size = readSize(parameters.get('max_result'))
    const start = this.#readToken(list, parameters.get('next_token'))
    const end = start + size
    return { items: items.slice(start, end), nextToken: end < items.length ? this.#token(list, end) : null }
  }

  #readToken(list: string, token: string | undefined): number {
    if (token === undefined || token === '') return 0
    const start = Number(Buffer.from(token, 'base64url').toString('latin1').split('.')[0])
    if (!Number.isSafeInteger(start) || !equalSecrets(token, this.#token(list, start)))
      throw invalidRequest('Invalid next token')
    return start
  }

  #token(list: string, start: number): string {
    const mark = createHmac('sha256', this.#key).update(`${list}\n${start}`).digest('hex')
    return Buffer.from(`${start}.${mark}`).toString('base64url')
  }
}

function readSize(text: string | undefined): number {
  if (text === undefined) return DEFAULT_SIZE
  const size = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (size < 1 || size > MAX_SIZE) throw invalidRequest(`max_result has to be from 1 to ${MAX_SIZE}`)
  return size
}
