/**
 * The vault file, four lines of text:
 *
 * 1. the header: whose file it is, how the passphrase makes a key, and the data key wrapped with that;
 * 2. the body: its revision, and every entry sealed under its name;
 * 3. a SHA-256 of these two lines, by which anybody can tell damage from a wrong passphrase;
 * 4. an HMAC of the same with a key made from the data key: no entry can be changed, swapped, left out or put back.
 */
import { z } from 'zod'
import { isBearable, isProof, type KdfParameters, proofOf, sumOf } from './crypto.ts'
import { damaged, fromTheFuture } from './errors.ts'

const VERSION = 1

export interface VaultContent {
  /** A UUID, of the file for as long as it lives. */
  readonly id: string
  readonly kdf: KdfParameters
  /** The data key, wrapped: base64. */
  readonly key: string
  /** One more with every change. */
  readonly revision: number
  /** Sealed secrets, base64, by entry name. */
  readonly entries: ReadonlyMap<string, string>
}

/** A file as it was read: whole, but not proven yet. */
export interface ReadVault extends VaultContent {
  readonly proof: string
  /** Whether it is what somebody with this data key has written. */
  isProven(dataKey: Buffer): boolean
}

const base64 = z.base64().max(64 * 1024 * 1024)
const headerSchema = z.strictObject({
  hallpass: z.literal('vault'),
  version: z.literal(VERSION),
  id: z.uuid(),
  kdf: z
    .strictObject({ name: z.literal('scrypt'), N: z.number(), r: z.number(), p: z.number(), salt: base64 })
    .refine(isBearable),
  key: base64,
})
const bodySchema = z.strictObject({ revision: z.int().positive(), entries: z.record(z.string(), base64) })
const versionSchema = z.object({ hallpass: z.literal('vault'), version: z.int() })

export function writeVault({ id, kdf, key, revision, entries }: VaultContent, dataKey: Buffer): Buffer {
  const header = JSON.stringify({ hallpass: 'vault', version: VERSION, id, kdf, key })
  const body = JSON.stringify({ revision, entries: Object.fromEntries(entries) })
  const signed = Buffer.from(`${header}\n${body}\n`)
  return Buffer.concat([signed, Buffer.from(`${sumOf(signed)}\n${proofOf(dataKey, signed)}\n`)])
}

/** @throws `vault.damaged`, `vault.unsupported` for a file of a later version */
export function readVault(bytes: Buffer, path: string): ReadVault {
  const text = bytes.toString('utf8')
  const [header = '', body = '', sum = '', proof = '', ...rest] = text.split('\n')
  const signed = Buffer.from(`${header}\n${body}\n`)
  const isWhole = rest.length === 1 && rest[0] === '' && /^[0-9a-f]{64}$/.test(proof) && sum === sumOf(signed)
  // What is no valid UTF-8 has become something else on the way.
  if (!isWhole || !Buffer.from(text).equals(bytes)) throw damaged(path)
  const parsedHeader = parseJson(header)
  if ((versionSchema.safeParse(parsedHeader).data?.version ?? VERSION) > VERSION) throw fromTheFuture(path)
  const head = headerSchema.safeParse(parsedHeader).data
  const content = bodySchema.safeParse(parseJson(body)).data
  if (!head || !content) throw damaged(path)
  return {
    id: head.id,
    kdf: head.kdf,
    key: head.key,
    revision: content.revision,
    entries: new Map(Object.entries(content.entries)),
    proof,
    isProven: (dataKey) => isProof(dataKey, signed, proof),
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
