/**
 * Replaces an access key without ever being without one that works (facts F.3).
 *
 * - What is about to be done is in the store before AWS is asked; a secret is in the vault before anything else is done
 *   with its key. So whatever interrupts it, going on leads to the same end.
 * - A key whose secret was lost with AWS's answer is found by comparing with the keys there were before, and deleted.
 * - The old key is turned off by the new one, which proves that it may do so, and deleted only a while later.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type ErrorCode, HallpassError, isHallpassError } from '#shared/errors.ts'
import { partitionById } from '#shared/partitions.ts'
import type { Rotation, RotationStatus, UserKey } from '#shared/rotation.ts'
import type { IamCaller, IamCalls, IamOperation, IamOperations } from '../aws/iam.ts'
import type { SigningCredentials, StsCalls } from '../aws/index.ts'
import type { Clock, Log } from '../capabilities.ts'
import type { TryLock } from '../process-lock.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { findHolder, holderByKey, type KeyHolder, noteKey } from './holders.ts'
import type { KeyRotationService, RotateOptions } from './service.ts'

export type RecordedStep = 'created' | 'switched' | 'deactivated' | 'deleted' | 'rolled-back' | 'other-deleted'

export interface RotationParts {
  readonly store: Store
  readonly vault: Vault
  readonly iam: IamCalls
  readonly sts: Pick<StsCalls, 'getCallerIdentity'>
  /** Credentials of an identity's session that was obtained with MFA; undefined where there is no device. */
  readonly mfaSession: (identityName: string) => Promise<SigningCredentials | undefined>
  /** Brings sessions and profiles in step with an identity whose key changed. */
  readonly settle: (holderKey: string) => Promise<void>
  readonly record: (holder: KeyHolder, step: RecordedStep, keyId: string) => Promise<void>
  readonly clock: Clock
  /** One process at a time changes the key of a holder. */
  readonly tryLock?: TryLock
  /** Days that the old key stays, turned off. */
  readonly deleteAfterDays: () => number
  readonly log: Log
  /** Waits, in milliseconds. */
  readonly wait?: (ms: number) => Promise<unknown>
}

/** A new key takes seconds to be known everywhere; more than a minute is unusual (facts F.3). */
const WAITS_MS = [500, 1000, 1500, 2000, 3000, 4000, 5000, 5000, 8000, 10_000, 10_000, 15_000]
const DAY_MS = 86_400_000
/** Clocks of AWS and this computer may differ by so much before AWS refuses calls at all. */
const SKEW_MS = 15 * 60_000

export function createRotation(parts: RotationParts): KeyRotationService {
  const { store, vault, iam, sts, clock, log } = parts
  const wait = parts.wait ?? pause
  const iso = (ms: number) => new Date(ms).toISOString()
  const save = (rotation: Rotation): Rotation => {
    store.rotations.put(rotation)
    return rotation
  }

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

  /** Whether it is what an answer that never came would have brought: made just then, known to nobody, never used. */
  function isLost({ knownKeyIds, startedAt }: Rotation, key: UserKey): boolean {
    const made = Date.parse(key.createdAt ?? '')
    const isOfThen = Math.abs(made - Date.parse(startedAt)) <= SKEW_MS
    return !knownKeyIds.includes(key.accessKeyId) && isOfThen && key.useKnown && key.lastUsedAt === null
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
    for (const [attempt, ms] of [...WAITS_MS, undefined].entries()) {
      try {
        await sts.getCallerIdentity(credentials, { region: regionOf(holder), name: holder.name })
        return
      } catch (error) {
        if (!isHallpassError(error, 'sts.key-unknown')) throw error
        if (ms === undefined) break
        log.debug('a new key is not known everywhere yet', { attempt })
        await wait(ms)
      }
    }
    throw new HallpassError('rotation.not-yet', `AWS does not accept the new key of ${holder.name} yet.`, {
      hint: 'That is normal for a few seconds, rarely for minutes. Go on later: nothing is lost, and the old key works.',
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
    await patiently('sts.key-unknown', () =>
      ignoring('iam.not-found', () =>
        send(holder, caller, 'UpdateAccessKey', { AccessKeyId: oldKeyId, Status: 'Inactive' }, by),
      ),
    )
    await patiently('rotation.not-yet', async () => {
      const keys = await keysWith(holder, caller, rotation.newKeyId ?? '', by)
      if (keys.find(({ accessKeyId }) => accessKeyId === oldKeyId)?.active)
        throw new HallpassError('rotation.not-yet', 'IAM still has the old key as active.', {
          hint: 'Go on in a minute.',
        })
    })
    const deleteAfter = iso(clock() + parts.deleteAfterDays() * DAY_MS)
    const done = save({ ...rotation, phase: 'deactivated', deleteAfter })
    await parts.record(holder, 'deactivated', oldKeyId)
    return done
  }

  async function patiently<T>(code: ErrorCode, work: () => Promise<T>): Promise<T> {
    for (const ms of WAITS_MS) {
      try {
        return await work()
      } catch (error) {
        if (!isHallpassError(error, code)) throw error
        await wait(ms)
      }
    }
    return work()
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

  async function goOn(holder: KeyHolder, start: Rotation, options: RotateOptions): Promise<Rotation> {
    const { with: by, onStep } = options
    let rotation = start
    if (rotation.phase === 'creating') {
      onStep?.('create')
      rotation = await create(holder, rotation, options)
    }
    if (rotation.phase === 'created') {
      onStep?.('check')
      await prove(holder, rotation.newKeyId ?? '', holder.nextEntry)
    }
    if (rotation.phase === 'created' || rotation.phase === 'switching') {
      onStep?.('switch')
      rotation = await putInPlace(holder, rotation)
    }
    if (rotation.phase === 'switched') {
      onStep?.('turn-off')
      rotation = await turnOff(holder, rotation, by)
    }
    return rotation
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

  /** @throws `record.in-use` while another process changes it */
  async function alone<T>(holder: KeyHolder, work: () => Promise<T>): Promise<T> {
    const lock = parts.tryLock?.(`rotation-${holder.key.replace(':', '-')}`)
    if (parts.tryLock && !lock)
      throw new HallpassError('record.in-use', `Another Hallpass is changing the key of ${holder.name}.`, {
        hint: 'Wait until it is done.',
      })
    try {
      return await work()
    } finally {
      lock?.release()
    }
  }

  const statusOf = ({ holder: key, knownKeyIds: _, oldSince: __, by: ___, ...rotation }: Rotation): RotationStatus => ({
    name: holderByKey(store, key)?.name ?? key,
    ...rotation,
  })
  const underWay = (holder: KeyHolder): Rotation => {
    const rotation = store.rotations.get(holder.key)
    if (rotation) return rotation
    throw new HallpassError('rotation.nothing', `No rotation of ${holder.name} is under way.`)
  }

  return {
    status(kind, name) {
      const rotation = store.rotations.get(findHolder(store, kind, name).key)
      return rotation ? statusOf(rotation) : null
    },
    list: () => store.rotations.list().map(statusOf),
    async keys(kind, name, { with: by } = {}) {
      const holder = findHolder(store, kind, name)
      return keysOf(holder, await signerOf(holder, by, holder.entry, holder.accessKeyId), by)
    },
    rotate: (kind, name, options = {}) =>
      alone(findHolder(store, kind, name), async () => {
        const known = store.rotations.get(findHolder(store, kind, name).key)
        if (known?.phase === 'rolling-back') throw beingTakenBack(name)
        const given = signedBy(options, known)
        // Asked for once more after it was done: another new key is wanted, and there is room for two only.
        if (known?.phase === 'deactivated') await remove(findHolder(store, kind, name), known, given.with)
        const holder = findHolder(store, kind, name)
        const rotation = store.rotations.get(holder.key) ?? (await begin(holder, given))
        return statusOf(await goOn(holder, rotation, given))
      }),
    finish: (kind, name, options = {}) =>
      alone(findHolder(store, kind, name), async () => {
        const holder = findHolder(store, kind, name)
        const known = underWay(holder)
        if (known.phase === 'rolling-back') throw beingTakenBack(name)
        const given = signedBy(options, known)
        const rotation = await goOn(holder, known, given)
        await remove(findHolder(store, kind, name), rotation, given.with)
      }),
    rollBack: (kind, name, options = {}) =>
      alone(findHolder(store, kind, name), async () => {
        const holder = findHolder(store, kind, name)
        const known = underWay(holder)
        await rollBack(holder, known, signedBy(options, known).with)
      }),
    async replace(name, key) {
      const holder = findHolder(store, 'identity', name)
      await sts.getCallerIdentity(key, { region: null, name })
      await vault.put(holder.entry, key.secretAccessKey)
      noteKey(store, holder, key.accessKeyId, iso(clock()))
      store.rotations.remove(holder.key)
      await vault.remove(holder.nextEntry)
      await vault.remove(holder.previousEntry)
      await parts.settle(holder.key)
    },
    async recover() {
      for (const rotation of store.rotations.list()) {
        const half = { switching: putInPlace, 'rolling-back': putBack }[rotation.phase as string]
        const holder = half && holderByKey(store, rotation.holder)
        if (!holder) continue
        await alone(holder, async () => half(holder, store.rotations.get(rotation.holder) ?? rotation)).catch(
          (error: unknown) => log.warn('A key could not be put in place yet.', { name: holder.name, error }),
        )
      }
    },
    async finishDue() {
      let count = 0
      for (const rotation of store.rotations.list()) {
        const holder = holderByKey(store, rotation.holder)
        const isDue = rotation.deleteAfter !== null && Date.parse(rotation.deleteAfter) <= clock()
        if (!holder || !isDue) continue
        try {
          await alone(holder, () => remove(holder, rotation, rotation.by ?? undefined))
          count += 1
        } catch (error) {
          log.warn('An old key stays for now.', { name: holder.name, error })
        }
      }
      return count
    },
  }
}

async function ignoring(code: ErrorCode, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!isHallpassError(error, code)) throw error
  }
}

function signedBy(options: RotateOptions, known: Rotation | undefined): RotateOptions {
  return options.with === undefined && known?.by ? { ...options, with: known.by } : options
}

function beingTakenBack(name: string): HallpassError {
  return new HallpassError('record.in-use', `The rotation of ${name} is being taken back.`, {
    hint: 'Finish that first: go back to the old key once more.',
  })
}

const regionOf = ({ partition }: KeyHolder) => partitionById(partition)?.defaultRegion ?? null

function slotsTaken({ name }: KeyHolder, other: UserKey): HallpassError {
  const used = other.lastUsedAt === null ? 'never used' : `last used ${other.lastUsedAt.slice(0, 10)}`
  const use = other.useKnown ? used : 'its last use is not known'
  return new HallpassError(
    'rotation.slots-taken',
    `The user of ${name} has two keys, the most AWS allows: ${other.accessKeyId} is the other (${other.active ? 'active' : 'turned off'}, ${use}).`,
    { hint: `Delete it to rotate, if nothing needs it: --delete-unused ${other.accessKeyId}` },
  )
}
