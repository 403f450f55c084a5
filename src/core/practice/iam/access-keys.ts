/** Access keys: two at most for each user, inactive ones included (facts F.1). */
import type { AccessKey } from '../directory.ts'
import { ACCESS_KEY_ID, FieldChecks } from '../limits.ts'
import type { ResultFields } from '../query.ts'
import { validationError } from '../refusal.ts'
import { type IamAction, type IamCall, limitExceeded, noSuchEntity, pageOf, timeText, userOrSelf } from './call.ts'

const KEYS_PER_USER = 2

const shown = ({ id, user, active, createdAt }: AccessKey): ResultFields => ({
  UserName: user.name,
  AccessKeyId: id,
  Status: active ? 'Active' : 'Inactive',
  CreateDate: timeText(createdAt),
})

function createAccessKey(call: IamCall): ResultFields {
  const user = userOrSelf(call)
  const { directory, nowMs, delayMs } = call
  if (directory.keysOf(user).length >= KEYS_PER_USER) throw limitExceeded('AccessKeysPerUser', KEYS_PER_USER)
  const key = directory.addKey(user, nowMs, delayMs)
  return { AccessKey: { ...shown(key), SecretAccessKey: key.secret } }
}

function findKey(call: IamCall): AccessKey {
  const user = userOrSelf(call)
  const checks = new FieldChecks()
  const id = checks.required('accessKeyId', call.parameters.get('AccessKeyId'), ACCESS_KEY_ID)
  checks.finish()
  const key = call.directory.keysOf(user).find((each) => each.id === id)
  if (key) return key
  throw noSuchEntity(`The Access Key with id ${id} cannot be found.`)
}

function updateAccessKey(call: IamCall): ResultFields {
  const key = findKey(call)
  const status = call.parameters.get('Status') ?? ''
  if (status !== 'Active' && status !== 'Inactive')
    throw validationError(
      `1 validation error detected: Value '${status}' at 'status' failed to satisfy constraint: Member must satisfy enum value set: [Active, Inactive]`,
    )
  const { nowMs, delayMs } = call
  if (delayMs > 0) key.changed = { worked: key.active, until: nowMs + delayMs }
  key.active = status === 'Active'
  return {}
}

function lastUsed(call: IamCall): ResultFields {
  const id = call.parameters.get('AccessKeyId') ?? ''
  const key = call.directory.key(id)
  if (!key || key.user.account.id !== call.accountId)
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`)
  const used = key.lastUsed
  return {
    UserName: key.user.name,
    AccessKeyLastUsed: used
      ? { LastUsedDate: timeText(used.at), ServiceName: used.service, Region: used.region }
      : { ServiceName: 'N/A', Region: 'N/A' },
  }
}

export const ACCESS_KEY_ACTIONS: Readonly<Record<string, IamAction>> = {
  CreateAccessKey: { self: true, run: createAccessKey },
  ListAccessKeys: {
    self: true,
    run: (call) => pageOf(call, 'AccessKeyMetadata', call.directory.keysOf(userOrSelf(call)).map(shown)),
  },
  UpdateAccessKey: { self: true, run: updateAccessKey },
  DeleteAccessKey: {
    self: true,
    run: (call) => {
      call.directory.removeKey(findKey(call).id)
      return {}
    },
  },
  GetAccessKeyLastUsed: { self: true, run: lastUsed },
}
