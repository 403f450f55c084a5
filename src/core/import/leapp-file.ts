/**
 * Leapp's workspace, `~/.Leapp/Leapp-lock.json`: JSON, encrypted as CryptoJS and OpenSSL do with a passphrase (Base64 of
 * `Salted__`, eight bytes of salt and AES-256-CBC; key and IV from EVP_BytesToKey with MD5). No error quotes it.
 */
import { createDecipheriv, createHash } from 'node:crypto'
import { z } from 'zod'
import { HallpassError } from '#shared/errors.ts'

/** As class-transformer writes it: members of the workspace have an underscore before them. */
const sessionSchema = z.looseObject({
  sessionId: z.string(),
  sessionName: z.string().catch(''),
  type: z.string(),
  region: z.string().optional().catch(undefined),
  profileId: z.string().optional().catch(undefined),
  mfaDevice: z.string().optional().catch(undefined),
  roleArn: z.string().optional().catch(undefined),
  parentSessionId: z.string().optional().catch(undefined),
  roleSessionName: z.string().optional().catch(undefined),
  awsSsoConfigurationId: z.string().optional().catch(undefined),
})
export type LeappSession = z.infer<typeof sessionSchema>

const workspaceSchema = z.looseObject({
  _sessions: z.array(sessionSchema),
  _profiles: z.array(z.looseObject({ id: z.string(), name: z.string() })).catch([]),
  _awsSsoIntegrations: z
    .array(z.looseObject({ id: z.string(), alias: z.string().catch(''), portalUrl: z.string(), region: z.string() }))
    .catch([]),
})
export type LeappWorkspace = z.infer<typeof workspaceSchema>

const PREFIX = Buffer.from('Salted__')
const SALT_BYTES = 8

/**
 * @param machineId as node-machine-id hashes it
 * @throws `import.other-machine` when that is not what it was encrypted under; `import.invalid` when it is no such file
 */
export function readLeappWorkspace(bytes: Uint8Array, machineId: string | undefined): LeappWorkspace {
  const raw = Buffer.from(Buffer.from(bytes).toString('latin1').trim(), 'base64')
  const body = raw.subarray(PREFIX.length + SALT_BYTES)
  if (!raw.subarray(0, PREFIX.length).equals(PREFIX) || body.length === 0 || body.length % 16 !== 0) throw notLeapp()
  if (machineId === undefined) throw otherMachine()
  const text = decrypt(body, raw.subarray(PREFIX.length, PREFIX.length + SALT_BYTES), machineId)
  let json: unknown
  try {
    json = JSON.parse(text ?? '')
  } catch {
    // Another key leaves a wrong padding, or noise.
    throw otherMachine()
  }
  const parsed = workspaceSchema.safeParse(json)
  if (!parsed.success) throw notLeapp()
  return parsed.data
}

function decrypt(body: Uint8Array, salt: Uint8Array, passphrase: string): string | undefined {
  const { key, iv } = keyAndIv(passphrase, salt)
  try {
    const decipher = createDecipheriv('aes-256-cbc', key, iv)
    const plain = Buffer.concat([decipher.update(body), decipher.final()])
    return new TextDecoder('utf-8', { fatal: true }).decode(plain)
  } catch {
    return undefined
  }
}

/** OpenSSL's EVP_BytesToKey with MD5 and one round. */
function keyAndIv(passphrase: string, salt: Uint8Array) {
  let block = Buffer.alloc(0)
  let bytes = Buffer.alloc(0)
  while (bytes.length < 48) {
    block = createHash('md5').update(block).update(passphrase, 'utf8').update(salt).digest()
    bytes = Buffer.concat([bytes, block])
  }
  return { key: bytes.subarray(0, 32), iv: bytes.subarray(32, 48) }
}

function notLeapp(): HallpassError {
  return new HallpassError('import.invalid', 'This is not a workspace of Leapp’s.', {
    hint: 'Choose the file Leapp-lock.json in the folder .Leapp of your home.',
  })
}

function otherMachine(): HallpassError {
  return new HallpassError('import.other-machine', 'This workspace was encrypted on another computer, or is damaged.', {
    hint: 'Leapp binds it to the computer it is on, and keeps its keys in the keychain there: import it on that one. Nothing was changed.',
  })
}
