/**
 * Replaces an access key without ever being without one that works (facts F.3).
 *
 * - What is about to be done is in the store before AWS is asked; a secret is in the vault before anything else is done
 *   with its key. So whatever interrupts it, going on leads to the same end.
 * - A key whose secret was lost with AWS's answer is found by comparing with the keys there were before, and deleted.
 * - The old key is turned off by the new one, which proves that it may do so, and deleted only a while later.
 */
import { HallpassError } from '#shared/errors.ts'
import type { Rotation, RotationStatus } from '#shared/rotation.ts'
import { findHolder, holderByKey, type KeyHolder, noteKey } from './holders.ts'
import type { RotationParts } from './parts.ts'
import type { KeyRotationService, RotateOptions } from './service.ts'
import { createSteps } from './steps.ts'
import { createUserKeys } from './user-keys.ts'

export function createRotation(parts: RotationParts): KeyRotationService {
  const { store, vault, sts, clock, log } = parts
  const userKeys = createUserKeys(parts)
  const { signerOf, keysOf } = userKeys
  const { begin, create, prove, putInPlace, turnOff, remove, putBack, rollBack } = createSteps(parts, userKeys)

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
      noteKey(store, holder, key.accessKeyId, new Date(clock()).toISOString())
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

function signedBy(options: RotateOptions, known: Rotation | undefined): RotateOptions {
  return options.with === undefined && known?.by ? { ...options, with: known.by } : options
}

function beingTakenBack(name: string): HallpassError {
  return new HallpassError('record.in-use', `The rotation of ${name} is being taken back.`, {
    hint: 'Finish that first: go back to the old key once more.',
  })
}
