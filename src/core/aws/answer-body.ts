/**
 * Reads the body of an answer, within bounds that the SDK has none of: it would wait for a body that comes drop by drop, and
 * keep one that does not end, for as long as there is memory.
 */
import { Readable } from 'node:stream'

/** Milliseconds from the headers on. */
const LONGEST = 15_000
/** Bytes; no answer that Hallpass asks for has a tenth of it. */
const LARGEST = 10 * 1024 * 1024

/**
 * @param body as the SDK's handler gives it
 * @returns all of it, in a form that the SDK takes as well; anything else than a stream as it is
 * @throws an error with `ETIMEDOUT` when it does not come to its end, one without code when it is too large
 */
export async function readAnswerBody(body: unknown): Promise<unknown> {
  if (!(body instanceof Readable)) return body
  const timer = setTimeout(() => body.destroy(notInTime()), LONGEST)
  const pieces: Buffer[] = []
  let size = 0
  try {
    // Leaving the loop drops the rest, and the connection with it.
    for await (const piece of body) {
      size += (piece as Buffer).byteLength
      if (size > LARGEST) throw new Error('The answer has more than 10 MB.')
      pieces.push(piece as Buffer)
    }
  } finally {
    clearTimeout(timer)
  }
  return Buffer.concat(pieces)
}

function notInTime(): Error {
  return Object.assign(new Error(`The answer did not end within ${LONGEST / 1000} s.`), { code: 'ETIMEDOUT' })
}
