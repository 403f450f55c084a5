/**
 * Windows keeps at most 2,560 bytes in one credential (CRED_MAX_CREDENTIAL_BLOB_SIZE). A longer value goes into
 * several: parts `<entry>#<generation>.<n>` and, under the entry's own name, a head that says which parts make it up.
 * The head is written last and names a fresh generation, so a crash at any moment leaves the old value whole.
 */
import { randomBytes } from 'node:crypto'
import type { KeychainBackend } from './keychain-backend.ts'

const MAXIMUM_BYTES = 2560
const HEAD = /^hallpass-parts:([0-9a-f]{8}):(\d{1,3})$/

interface Head {
  readonly generation: string
  readonly count: number
}

/** `backend` with values of any length. */
export function splitLongValues(backend: KeychainBackend): KeychainBackend {
  const readHead = async (account: string) => parseHead(await backend.get(account))
  const removeParts = async (account: string, head: Head | undefined) => {
    for (let part = 0; head && part < head.count; part += 1) await backend.delete(partName(account, head, part))
  }
  return {
    async get(account) {
      const value = await backend.get(account)
      const head = parseHead(value)
      if (!head) return value
      const parts: string[] = []
      for (let part = 0; part < head.count; part += 1) {
        const text = await backend.get(partName(account, head, part))
        if (text === null) return null
        parts.push(text)
      }
      return parts.join('')
    },

    async set(account, value) {
      const old = await readHead(account)
      // A value that looks like a head is split as well, so that it is never taken for one.
      if (Buffer.byteLength(value) <= MAXIMUM_BYTES && !HEAD.test(value)) {
        await backend.set(account, value)
      } else {
        const parts = cutByBytes(value)
        const head = { generation: randomBytes(4).toString('hex'), count: parts.length }
        for (const [part, text] of parts.entries()) await backend.set(partName(account, head, part), text)
        await backend.set(account, `hallpass-parts:${head.generation}:${head.count}`)
      }
      await removeParts(account, old)
    },

    async delete(account) {
      const old = await readHead(account)
      const existed = await backend.delete(account)
      await removeParts(account, old)
      return existed
    },
  }
}

function parseHead(value: string | null): Head | undefined {
  const match = HEAD.exec(value ?? '')
  return match ? { generation: match[1] ?? '', count: Number(match[2]) } : undefined
}

function partName(account: string, head: Head, part: number): string {
  return `${account}#${head.generation}.${part}`
}

/** Cuts between characters, each piece at most the maximum in UTF-8. */
function cutByBytes(value: string): string[] {
  const pieces: string[] = []
  let piece = ''
  let bytes = 0
  for (const character of value) {
    const size = Buffer.byteLength(character)
    if (bytes + size > MAXIMUM_BYTES) {
      pieces.push(piece)
      piece = ''
      bytes = 0
    }
    piece += character
    bytes += size
  }
  return [...pieces, piece]
}
