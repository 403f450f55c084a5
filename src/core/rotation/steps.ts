/**
 * The steps of a rotation and of the way back. What is about to be done is in the store before AWS is asked; a secret is
 * in the vault before anything else is done with its key.
 */
import { type ErrorCode, HallpassError, isHallpassError } from '#shared/errors.ts'
import { partitionById } from '#shared/partitions.ts'
import type { Rotation, UserKey } from '#shared/rotation.ts'
import { patiently } from '../aws/patience.ts'
import { type KeyHolder, noteKey } from './holders.ts'
import type { RotationParts } from './parts.ts'
import type { RotateOptions } from './service.ts'
import { slotsTaken, type UserKeys } from './user-keys.ts'

const DAY_MS = 86_400_000
/** Clocks of AWS and this computer may differ by so much before AWS refuses calls at all. */
const SKEW_MS = 15 * 60_000

export function createSteps(parts: RotationParts, { signerOf, send, keysOf, keysWith, dropOther }: UserKeys) {
  const { store, vault, sts, clock, wait } = parts
  const iso = (ms: number) => new Date(ms).toISOString()
  const save = (rotation: Rotation): Rotation => {
    store.rotations.put(rotation)
    return rotation
  }

  async function begin(holder: KeyHolder, options: RotateOptions): Promise<Rotation> {
    const { with: by } = options
    const caller = await signerOf(holder, by, holder.entry, holder.accessKeyId)
    const all = await keysWith(holder, caller, holder.accessKeyId, by)
    const keys = await dropOther(holder, caller, all, options)
    const other = keys.find(({ isOurs }) => !isOurs)
    if (other) throw slotsTaken(holder, other)
    return save({
      holder: holder.key,
      phase: 'creating',
      oldKeyId: holder.accessKeyId,
      newKeyId: null,
      knownKeyIds: keys.map(({ accessKeyId }) => accessKeyId),
      oldSince: holder.since,
      startedAt: iso(clock()),
      by: by ?? null,
      deleteAfter: null,
    })
  }

  async function create(holder: KeyHolder, begun: Rotation, options: RotateOptions): Promise<Rotation> {
    const { with: by } = options
    const caller = await signerOf(holder, by, holder.entry, begun.oldKeyId)
    const all = await keysWith(holder, caller, begun.oldKeyId, by)
    // Begun just now, it is gone already.
    const isThere = all.some(({ accessKeyId }) => accessKeyId === options.deleteUnused)
    for (const key of isThere ? await dropOther(holder, caller, all, options) : all) {
      if (begun.knownKeyIds.includes(key.accessKeyId)) continue
      if (!isLost(begun, key)) throw slotsTaken(holder, key)
      await send(holder, caller, 'DeleteAccessKey', { AccessKeyId: key.accessKeyId }, by)
    }
    const rotation = save({ ...begun, startedAt: iso(clock()) })
    const { AccessKey } = await send(holder, caller, 'CreateAccessKey', {}, by)
    const { AccessKeyId, SecretAccessKey } = AccessKey ?? {}
    if (!AccessKeyId || !SecretAccessKey)
      throw new HallpassError('aws.unavailable', 'IAM made a key without saying which.', { hint: 'Go on in a minute.' })
    await vault.put(holder.nextEntry, SecretAccessKey)
    const next = save({ ...rotation, phase: 'created', newKeyId: AccessKeyId })
    await parts.record(holder, 'created', AccessKeyId)
    return next
  }

  /** @throws `rotation.not-yet` */
  async function prove(holder: KeyHolder, keyId: string, entry: string): Promise<void> {
    const credentials = { accessKeyId: keyId, secretAccessKey: await vault.get(entry) }
    const region = partitionById(holder.partition)?.defaultRegion ?? null
    const ask = () => sts.getCallerIdentity(credentials, { region, name: holder.name })
    await patiently(ask, ['sts.key-unknown'], { wait }).catch((cause: unknown) => {
      if (!isHallpassError(cause, 'sts.key-unknown')) throw cause
      throw new HallpassError('rotation.not-yet', `AWS does not accept the new key of ${holder.name} yet.`, {
        hint: 'That is normal for a few seconds, rarely for minutes. Go on later: nothing is lost, and the old key works.',
        cause,
      })
    })
  }

  /** Local alone: a start of Hallpass that finds it half done does the rest. */
  async function putInPlace(holder: KeyHolder, rotation: Rotation): Promise<Rotation> {
    const newKeyId = rotation.newKeyId ?? ''
    if (rotation.phase === 'created') {
      await vault.put(holder.previousEntry, await vault.get(holder.entry))
      save({ ...rotation, phase: 'switching' })
    }
    await vault.put(holder.entry, await vault.get(holder.nextEntry))
    noteKey(store, holder, newKeyId, iso(clock()))
    const switched = save({ ...rotation, phase: 'switched' })
    await vault.remove(holder.nextEntry)
    await parts.record(holder, 'switched', newKeyId)
    if (holder.kind === 'identity') await parts.settle(holder.key)
    return switched
  }

  async function turnOff(holder: KeyHolder, rotation: Rotation, by?: string): Promise<Rotation> {
    const caller = await signerOf(holder, by, holder.entry, rotation.newKeyId ?? '')
    const { oldKeyId } = rotation
    // STS may know a new key some seconds before IAM does.
    await patiently(
      () =>
        ignoring('iam.not-found', () =>
          send(holder, caller, 'UpdateAccessKey', { AccessKeyId: oldKeyId, Status: 'Inactive' }, by),
        ),
      ['sts.key-unknown'],
      { wait },
    )
    await patiently(
      async () => {
        const keys = await keysWith(holder, caller, rotation.newKeyId ?? '', by)
        if (keys.find(({ accessKeyId }) => accessKeyId === oldKeyId)?.active)
          throw new HallpassError('rotation.not-yet', 'IAM still has the old key as active.', {
            hint: 'Go on in a minute.',
          })
      },
      ['rotation.not-yet'],
      { wait },
    )
    const deleteAfter = iso(clock() + parts.deleteAfterDays() * DAY_MS)
    const done = save({ ...rotation, phase: 'deactivated', deleteAfter })
    await parts.record(holder, 'deactivated', oldKeyId)
    return done
  }

  async function remove(holder: KeyHolder, rotation: Rotation, by?: string): Promise<void> {
    const caller = await signerOf(holder, by, holder.entry, rotation.newKeyId ?? '')
    await ignoring('iam.not-found', () =>
      send(holder, caller, 'DeleteAccessKey', { AccessKeyId: rotation.oldKeyId }, by),
    )
    await vault.remove(holder.previousEntry)
    await vault.remove(holder.nextEntry)
    store.rotations.remove(holder.key)
    await parts.record(holder, 'deleted', rotation.oldKeyId)
  }

  /** Local alone, like `putInPlace`: a start of Hallpass that finds it half done does the rest. */
  async function putBack(holder: KeyHolder, rotation: Rotation): Promise<void> {
    await vault.put(holder.entry, await vault.get(holder.previousEntry))
    noteKey(store, holder, rotation.oldKeyId, rotation.oldSince)
    if (holder.kind === 'identity') await parts.settle(holder.key)
  }

  async function rollBack(holder: KeyHolder, rotation: Rotation, by?: string): Promise<void> {
    const { oldKeyId, newKeyId, phase } = rotation
    if (phase === 'switching' || phase === 'switched' || phase === 'deactivated') {
      const caller = await signerOf(holder, by, holder.entry, newKeyId ?? '')
      await send(holder, caller, 'UpdateAccessKey', { AccessKeyId: oldKeyId, Status: 'Active' }, by)
      await prove(holder, oldKeyId, holder.previousEntry)
      save({ ...rotation, phase: 'rolling-back', deleteAfter: null })
    }
    if (phase !== 'creating' && phase !== 'created') await putBack(holder, rotation)
    const caller = await signerOf(holder, by, holder.entry, oldKeyId)
    const going =
      newKeyId === null
        ? (await keysOf(holder, caller, by))
            .filter((key) => isLost(rotation, key))
            .map(({ accessKeyId }) => accessKeyId)
        : [newKeyId]
    for (const AccessKeyId of going)
      await ignoring('iam.not-found', () => send(holder, caller, 'DeleteAccessKey', { AccessKeyId }, by))
    await vault.remove(holder.nextEntry)
    await vault.remove(holder.previousEntry)
    store.rotations.remove(holder.key)
    await parts.record(holder, 'rolled-back', oldKeyId)
  }

  return { begin, create, prove, putInPlace, turnOff, remove, putBack, rollBack }
}

/** Whether it is what an answer that never came would have brought: made just then, known to nobody, never used. */
function isLost({ knownKeyIds, startedAt }: Rotation, key: UserKey): boolean {
  const made = Date.parse(key.createdAt ?? '')
  const isOfThen = Math.abs(made - Date.parse(startedAt)) <= SKEW_MS
  return !knownKeyIds.includes(key.accessKeyId) && isOfThen && key.useKnown && key.lastUsedAt === null
}

async function ignoring(code: ErrorCode, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isHallpassError(error, code)) throw error
  }
}
