/** The keys of the IAM user whose key is rotated, as IAM knows them: who asks, what is there, and what may go. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { UserKey } from '#shared/rotation.ts'
import type { IamCaller, IamOperation, IamOperations } from '../aws/iam.ts'
import { findHolder, type KeyHolder } from './holders.ts'
import type { RotationParts } from './parts.ts'
import type { RotateOptions } from './service.ts'

export type UserKeys = ReturnType<typeof createUserKeys>

export function createUserKeys(parts: RotationParts) {
  const { store, vault, iam } = parts

  /** Signs with the key itself, with another identity, or, where policies ask for MFA, with a session that has it. */
  async function signerOf(
    holder: KeyHolder,
    by: string | undefined,
    secretIn: string,
    keyId: string,
  ): Promise<IamCaller> {
    if (by === undefined) {
      const secretAccessKey = await vault.get(secretIn)
      return { credentials: { accessKeyId: keyId, secretAccessKey }, partition: holder.partition, name: holder.name }
    }
    const other = findHolder(store, 'identity', by)
    const secretAccessKey = await vault.get(other.entry)
    return {
      credentials: { accessKeyId: other.accessKeyId, secretAccessKey },
      partition: other.partition,
      name: other.name,
    }
  }

  /** One call; once more with MFA where the plain key may not. Sessions have to name the user. */
  async function send<N extends IamOperation>(
    holder: KeyHolder,
    caller: IamCaller,
    operation: N,
    input: IamOperations[N][0],
    by?: string,
  ): Promise<IamOperations[N][1]> {
    const named = { ...(by === undefined ? {} : userOf(holder)), ...input }
    try {
      return await iam.send(caller, operation, named)
    } catch (error) {
      if (!isHallpassError(error, 'iam.denied')) throw error
      const name = by ?? (holder.kind === 'identity' ? holder.name : undefined)
      const session = name === undefined ? undefined : await parts.mfaSession(name)
      if (!session) throw error
      return iam.send({ ...caller, credentials: session }, operation, { ...userOf(holder), ...input })
    }
  }

  function userOf({ userName, name }: KeyHolder): { UserName: string } {
    if (userName !== null) return { UserName: userName }
    throw new HallpassError('input.invalid', `Hallpass does not know which IAM user ${name} is.`, {
      hint: `Run hallpass identity test ${name} first.`,
    })
  }

  async function keysOf(holder: KeyHolder, caller: IamCaller, by?: string): Promise<UserKey[]> {
    const { AccessKeyMetadata = [] } = await send(holder, caller, 'ListAccessKeys', {}, by)
    const keys: UserKey[] = []
    for (const { AccessKeyId = '', Status, CreateDate } of AccessKeyMetadata) {
      keys.push({
        accessKeyId: AccessKeyId,
        active: Status === 'Active',
        createdAt: CreateDate?.toISOString() ?? null,
        ...(await lastUse(holder, caller, AccessKeyId)),
        isOurs: AccessKeyId === holder.accessKeyId,
      })
    }
    return keys
  }

  /** A user who may not ask has keys all the same; nothing is concluded from that. */
  async function lastUse(
    holder: KeyHolder,
    caller: IamCaller,
    AccessKeyId: string,
  ): Promise<Pick<UserKey, 'lastUsedAt' | 'useKnown'>> {
    try {
      const { AccessKeyLastUsed } = await send(holder, caller, 'GetAccessKeyLastUsed', { AccessKeyId })
      return { lastUsedAt: AccessKeyLastUsed?.LastUsedDate?.toISOString() ?? null, useKnown: true }
    } catch (error) {
      if (isHallpassError(error, 'iam.denied')) return { lastUsedAt: null, useKnown: false }
      throw error
    }
  }

  /** The keys of the user that has `keyId`: an identity of another account may know a user of the same name. */
  async function keysWith(holder: KeyHolder, caller: IamCaller, keyId: string, by?: string): Promise<UserKey[]> {
    const keys = await keysOf(holder, caller, by)
    if (keys.some(({ accessKeyId }) => accessKeyId === keyId)) return keys
    throw new HallpassError('input.invalid', `${caller.name} sees no key ${keyId} of this user.`, {
      hint: 'Use an identity of the account that the key is in.',
    })
  }

  /** Deletes the other key, where the person said that it may go. @returns the keys that are left */
  async function dropOther(
    holder: KeyHolder,
    caller: IamCaller,
    keys: readonly UserKey[],
    { with: by, deleteUnused }: RotateOptions,
  ): Promise<readonly UserKey[]> {
    if (deleteUnused === undefined) return keys
    const going = keys.find(({ accessKeyId }) => accessKeyId === deleteUnused)
    if (!going || going.isOurs)
      throw new HallpassError('input.invalid', `${deleteUnused} is not another key of this user.`, {
        hint: `It has ${keys.map(({ accessKeyId }) => accessKeyId).join(' and ')}; Hallpass uses ${holder.accessKeyId}.`,
      })
    await send(holder, caller, 'DeleteAccessKey', { AccessKeyId: deleteUnused }, by)
    await parts.record(holder, 'other-deleted', deleteUnused)
    return keys.filter((key) => key !== going)
  }

  return { signerOf, send, keysOf, keysWith, dropOther }
}

/** Why there is no room for a new key. */
export function slotsTaken({ name }: KeyHolder, other: UserKey): HallpassError {
  const used = other.lastUsedAt === null ? 'never used' : `last used ${other.lastUsedAt.slice(0, 10)}`
  const use = other.useKnown ? used : 'its last use is not known'
  return new HallpassError(
    'rotation.slots-taken',
    `The user of ${name} has two keys, the most AWS allows: ${other.accessKeyId} is the other (${other.active ? 'active' : 'turned off'}, ${use}).`,
    { hint: `Delete it to rotate, if nothing needs it: --delete-unused ${other.accessKeyId}` },
  )
}
