/** Who has a key that can be rotated, and where its secret and its id are kept. */

import { HallpassError } from '#shared/errors.ts'
import type { AccessKeyIdentity } from '#shared/identities.ts'
import { type PartitionId, partitionById } from '#shared/partitions.ts'
import { findSealed, sealedEntry } from '../breakglass/records.ts'
import { rotationEntries, secretEntry } from '../identities.ts'
import { findKeyIdentity, hasKey } from '../names.ts'
import type { Store } from '../store/types.ts'
import type { HolderKind } from './service.ts'

export interface KeyHolder {
  /** `identity:<id>` or `sealed:<id>`. */
  readonly key: string
  readonly kind: HolderKind
  readonly name: string
  readonly partition: PartitionId
  readonly accessKeyId: string
  /** Since when Hallpass has it: ISO 8601. */
  readonly since: string
  /** The IAM user's name; null when AWS never told. */
  readonly userName: string | null
  /** Vault entry of the secret in use. */
  readonly entry: string
  /** Of the secret that is to take its place, and of the one it took the place of. */
  readonly nextEntry: string
  readonly previousEntry: string
}

/** @throws `identity.not-found`, `identity.no-key`, `breakglass.not-found`, `breakglass.nothing-inside` when it has no access key */
export function findHolder(store: Store, kind: HolderKind, name: string): KeyHolder {
  if (kind === 'identity') return identityHolder(findKeyIdentity(store, name))
  return sealedHolder(findSealed(store, name))
}

/** The holder of a stored rotation; `undefined` when it is gone. */
export function holderByKey(store: Store, key: string): KeyHolder | undefined {
  const id = key.slice(key.indexOf(':') + 1)
  if (key.startsWith('identity:')) {
    const identity = store.identities.byId(id)
    return identity && hasKey(identity) ? identityHolder(identity) : undefined
  }
  const record = store.sealed.byId(id)
  return record?.accessKeyId ? sealedHolder(record) : undefined
}

/** Makes `accessKeyId` the holder's. @param at since when it has been here: ISO 8601 */
export function noteKey(store: Store, { kind, key }: KeyHolder, accessKeyId: string, at: string): void {
  const id = key.slice(key.indexOf(':') + 1)
  store.transaction(() => {
    if (kind === 'identity') {
      const identity = store.identities.byId(id)
      if (identity && hasKey(identity)) store.identities.update({ ...identity, accessKeyId, createdAt: at })
      return
    }
    const record = store.sealed.byId(id)
    if (record) {
      const tasks = record.tasks.filter((task) => task !== 'rotate-key')
      store.sealed.update({ ...record, accessKeyId, keyRotatedAt: at, tasks })
    }
  })
}

type Sealed = ReturnType<typeof findSealed>

function identityHolder({ id, name, accessKeyId, userArn, createdAt }: AccessKeyIdentity): KeyHolder {
  return {
    key: `identity:${id}`,
    kind: 'identity',
    name,
    accessKeyId,
    since: createdAt,
    ...partsOfUserArn(userArn),
    entry: secretEntry(id),
    nextEntry: rotationEntries(id).next,
    previousEntry: rotationEntries(id).previous,
  }
}

function sealedHolder({
  id,
  name,
  accessKeyId,
  userName,
  userArn,
  createdAt,
  keyRotatedAt,
  roles,
  mfaSerial,
}: Sealed): KeyHolder {
  if (accessKeyId === null) throw new HallpassError('breakglass.nothing-inside', `${name} has no access key inside.`)
  return {
    key: `sealed:${id}`,
    kind: 'sealed',
    name,
    accessKeyId,
    since: keyRotatedAt ?? createdAt,
    partition: partitionOf([userArn, roles[0]?.arn, mfaSerial]),
    userName,
    entry: sealedEntry(id, 'secret-access-key'),
    nextEntry: sealedEntry(id, 'next-secret-access-key'),
    previousEntry: sealedEntry(id, 'previous-secret-access-key'),
  }
}

/** Of the first ARN that tells; the commercial one otherwise. */
function partitionOf(arns: readonly (string | null | undefined)[]): PartitionId {
  const known = arns.flatMap((arn) => partitionById(arn?.split(':')[1] ?? '') ?? [])
  return known[0]?.id ?? 'aws'
}

function partsOfUserArn(arn: string | null): Pick<KeyHolder, 'partition' | 'userName'> {
  const user = /^arn:[a-z-]+:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/.exec(arn ?? '')?.[1]
  return { partition: partitionOf([arn]), userName: user ?? null }
}
