/**
 * Kits: chosen sealed credentials in one file that only chosen people, or a passphrase, can open, in the age format
 * (age-encryption.org/v1). That one is made, or opened, is recorded before it is.
 */
import { z } from 'zod'
import { accountIdField } from '#shared/accounts.ts'
import {
  type NewSealed,
  newSealedSchema,
  openSealSchema,
  SEALED_PARTS,
  type SealedPart,
  type SealedRecord,
  userNameField,
} from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import { nameField } from '#shared/fields.ts'
import { parseInput } from '../../input.ts'
import { readSmallFile } from '../../small-file.ts'
import { expectTyped, findSealed, type SealedParts, sealedDetail, sealedEntry } from '../records.ts'
import { writeKitFile } from './kit-file.ts'

/** Who can open a kit: people by their public keys, or whoever knows the passphrase. age has no file for both. */
export type KitLock = { readonly recipients: readonly string[] } | { readonly passphrase: string }
export type KitKey = { readonly identity: string } | { readonly passphrase: string }

/** What is in a kit, without its secrets. */
export interface KitEntry {
  readonly name: string
  readonly userName: string
  readonly accountId: string | null
  readonly holds: readonly SealedPart[]
  /** A sealed credential here has that name already. */
  readonly isKnown: boolean
}

export interface OpenedKit {
  /** ISO 8601. */
  readonly madeAt: string
  readonly entries: readonly KitEntry[]
  /** @throws `breakglass.not-found` for a name that is not in it */
  take(name: string): NewSealed
}

/** Why a kit is made, and, of those of production that go into it, the names as a person typed them. */
export interface KitRequest {
  readonly reason: string
  readonly confirmed?: readonly string[] | undefined
}

export interface KitService {
  /**
   * Writes a new file that only this user can read, once the log has the reason for each credential that goes into it.
   * @throws `breakglass.not-found`, `input.invalid`, also without a reason, `breakglass.confirm` without the name of one of production, `vault.*`, `file.changed` when there is such a file, `file.*`, and what
   *   writing the log throws: then nothing is written
   */
  export(names: readonly string[], file: string, lock: KitLock, request: KitRequest): Promise<void>
  /** @throws `kit.invalid`, `kit.wrong-key`, `file.*`, and what writing the log throws: then nothing is read out */
  open(file: string, key: KitKey): Promise<OpenedKit>
}

export interface KitParts extends SealedParts {
  /** @param sealed the credential that it is about; left out where it is none of this computer's */
  readonly record: (
    what: 'kit-exported' | 'kit-opened',
    detail: Readonly<Record<string, string>>,
    sealed?: SealedRecord,
  ) => Promise<void>
  /** Makes trying passphrases slower; age's own when left out. */
  readonly workFactor?: number
}

const LARGEST_KIT = 4 * 1024 * 1024
const SHORTEST_PASSPHRASE = 12

const kitSchema = z.object({
  format: z.literal('hallpass-kit'),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  credentials: z
    .array(newSealedSchema.extend({ name: nameField, userName: userNameField, accountId: accountIdField.optional() }))
    .max(1000),
})

export function createKits(parts: KitParts): KitService {
  const { store, vault, clock, record } = parts

  async function contentOf(sealed: SealedRecord): Promise<NewSealed> {
    const secrets: Partial<Record<SealedPart, string>> = {}
    for (const part of sealed.holds) secrets[part] = await vault.get(sealedEntry(sealed.id, part))
    const { password, 'totp-seed': totpSeed, 'secret-access-key': secretAccessKey } = secrets
    const { accountId, environment, signInUrl, mfaSerial, accessKeyId } = sealed
    const given = { accountId, environment, signInUrl, mfaSerial, accessKeyId, password, totpSeed, secretAccessKey }
    return {
      name: sealed.name,
      userName: sealed.userName,
      roles: sealed.roles.map(({ arn }) => arn),
      ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)),
    }
  }

  return {
    async export(names, file, lock, request) {
      const { reason } = parseInput(openSealSchema, { reason: request.reason })
      if (names.length === 0)
        throw new HallpassError('input.invalid', 'It is not said which credentials go into the kit.')
      const chosen = [...new Set(names)].map((name) => findSealed(store, name))
      for (const sealed of chosen) expectTyped(sealedDetail(store, sealed, clock()), request.confirmed ?? [])
      const encrypter = await encrypterFor(lock, parts.workFactor)
      const to = 'recipients' in lock ? `${lock.recipients.length} recipients` : 'a passphrase'
      for (const sealed of chosen) await record('kit-exported', { reason, to }, sealed)
      const credentials: NewSealed[] = []
      for (const sealed of chosen) credentials.push(await contentOf(sealed))
      const kit = { format: 'hallpass-kit', version: 1, madeAt: new Date(clock()).toISOString(), credentials }
      await writeKitFile(file, await encrypter.encrypt(JSON.stringify(kit)))
    },

    async open(file, key) {
      const bytes = await readSmallFile(file, LARGEST_KIT)
      const text = await decrypt(bytes, key)
      const kit = readKit(text)
      await record('kit-opened', { names: kit.credentials.map(({ name }) => name).join(', ') })
      return {
        madeAt: kit.madeAt,
        entries: kit.credentials.map((one) => ({
          name: one.name,
          userName: one.userName,
          accountId: one.accountId ?? null,
          holds: SEALED_PARTS.filter((part) => one[FIELD_OF[part]] !== undefined),
          isKnown: store.sealed.byName(one.name) !== undefined,
        })),
        take(name) {
          const found = kit.credentials.find((one) => one.name === name)
          if (found) return found
          throw new HallpassError('breakglass.not-found', `The kit has no credential called ${name}.`)
        },
      }
    },
  }
}

const FIELD_OF = { password: 'password', 'totp-seed': 'totpSeed', 'secret-access-key': 'secretAccessKey' } as const

async function encrypterFor(lock: KitLock, workFactor: number | undefined) {
  const { Encrypter } = await import('age-encryption')
  const encrypter = new Encrypter()
  if ('passphrase' in lock) {
    if (lock.passphrase.length < SHORTEST_PASSPHRASE)
      throw new HallpassError('input.invalid', `A passphrase has at least ${SHORTEST_PASSPHRASE} characters.`, {
        hint: 'Whoever gets the file can try as many as they like: take five random words.',
      })
    encrypter.setPassphrase(lock.passphrase)
    if (workFactor !== undefined) encrypter.setScryptWorkFactor(workFactor)
    return encrypter
  }
  if (lock.recipients.length === 0)
    throw new HallpassError('input.invalid', 'It is not said who can open the kit.', {
      hint: 'Give age public keys (age1…), or a passphrase.',
    })
  for (const recipient of lock.recipients) {
    try {
      encrypter.addRecipient(recipient)
    } catch (cause) {
      throw new HallpassError('input.invalid', `${recipient.slice(0, 80)} is no age public key.`, {
        hint: 'One begins with age1, and is printed by age-keygen.',
        cause,
      })
    }
  }
  return encrypter
}

async function decrypt(bytes: Uint8Array, key: KitKey): Promise<string> {
  const { Decrypter, armor } = await import('age-encryption')
  const decrypter = new Decrypter()
  try {
    if ('passphrase' in key) decrypter.addPassphrase(key.passphrase)
    else decrypter.addIdentity(key.identity)
  } catch {
    throw new HallpassError('input.invalid', 'This is no age secret key.', {
      hint: 'One begins with AGE-SECRET-KEY-, and is the line that age-keygen wrote into its file.',
    })
  }
  try {
    const isArmored = Buffer.from(bytes.subarray(0, 40)).toString('latin1').trimStart().startsWith('-----BEGIN AGE')
    const file = isArmored ? armor.decode(Buffer.from(bytes).toString('utf8')) : bytes
    return await decrypter.decrypt(file, 'text')
  } catch (error) {
    const isWrongKey = error instanceof Error && /no identity matched/i.test(error.message)
    if (isWrongKey)
      throw new HallpassError('kit.wrong-key', 'The kit does not open with that.', {
        hint: 'Check the passphrase, or that the kit was made for this key.',
      })
    throw new HallpassError('kit.invalid', 'This file is no kit, or it is damaged.', {
      hint: 'Get another copy of it.',
    })
  }
}

function readKit(text: string) {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    content = undefined
  }
  const isOurs =
    typeof content === 'object' && content !== null && 'format' in content && content.format === 'hallpass-kit'
  if (!isOurs)
    throw new HallpassError('kit.invalid', 'This is an age file, and no kit of Hallpass.', {
      hint: 'Open it with age.',
    })
  return parseInput(kitSchema, content)
}
