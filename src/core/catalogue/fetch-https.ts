/** A catalogue over https: no other scheme on the way, no credentials, no more than 5 MB, and not for ever. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { networkError } from '../aws/explain-network.ts'
import { LARGEST_CATALOGUE, tooLarge } from './parse.ts'

const TIMEOUT_MS = 30_000
const MOST_REDIRECTS = 5

/** @throws `network.*`, `catalogue.not-found`, `file.too-large`, `input.invalid` for a redirect away from https */
export async function fetchHttps(address: string): Promise<Uint8Array> {
  let url = new URL(address)
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  try {
    for (let count = 0; count <= MOST_REDIRECTS; count++) {
      const response = await fetch(url, {
        signal,
        redirect: 'manual',
        credentials: 'omit',
        headers: { accept: 'application/yaml, application/json, text/plain, */*;q=0.1', 'user-agent': 'Hallpass' },
      })
      const location = response.status >= 300 && response.status < 400 ? response.headers.get('location') : null
      if (location === null) return await readBody(response, url.host)
      await response.body?.cancel()
      url = redirected(url, location)
    }
  } catch (error) {
    if (isHallpassError(error)) throw error
    throw networkError(error, { host: url.host })
  }
  throw new HallpassError('catalogue.not-found', `${url.host} sends from one address to the next.`, {
    hint: 'Open the address in a browser, and use the one it ends at.',
  })
}

/** @throws `input.invalid` */
function redirected(from: URL, location: string): URL {
  const next = URL.parse(location, from.href)
  if (next?.protocol === 'https:' && next.username === '' && next.password === '') return next
  throw new HallpassError('input.invalid', `${from.host} sends to an address that is not https.`, {
    hint: 'Nothing was read from there. Use an address that stays on https.',
  })
}

/** The body of an answer, as far as it is not too large. @throws `catalogue.not-found`, `file.too-large` */
export async function readBody(response: Response, host: string): Promise<Uint8Array> {
  if (!response.ok || !response.body) {
    await response.body?.cancel()
    const reason =
      response.status === 401 || response.status === 403
        ? 'it does not let Hallpass read it'
        : `it answers ${response.status}`
    throw new HallpassError('catalogue.not-found', `There is no catalogue for Hallpass at ${host}: ${reason}.`, {
      hint: 'Check the address. One that needs signing in can’t be read: use a Git repository or S3 for it.',
    })
  }
  const announced = Number(response.headers.get('content-length') ?? 0)
  if (announced > LARGEST_CATALOGUE) {
    await response.body.cancel()
    throw tooLarge(announced)
  }
  const pieces: Uint8Array[] = []
  let size = 0
  // Leaving the loop cancels the rest.
  for await (const piece of response.body) {
    size += piece.byteLength
    if (size > LARGEST_CATALOGUE) throw tooLarge(null)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
