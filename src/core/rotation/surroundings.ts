/** What a rotation needs of the rest of core: a session with MFA where policies ask for one, and the activity log. */
import type { ActivityLog } from '../activity/index.ts'
import type { SigningCredentials } from '../aws/index.ts'
import type { SessionService } from '../sessions/service.ts'
import type { Store } from '../store/types.ts'
import type { KeyHolder } from './holders.ts'

/**
 * A session of the identity itself, obtained with a code of its device; undefined where it has none.
 * @throws `mfa.*`, `sts.*`, `network.*`, `vault.*`
 */
export async function mfaSessionOf(
  store: Store,
  sessions: Pick<SessionService, 'credentials'>,
  name: string,
): Promise<SigningCredentials | undefined> {
  if (!store.identities.byName(name)?.mfaSerial) return undefined
  const { accessKeyId, secretAccessKey, sessionToken } = await sessions.credentials(name, { use: { how: 'rotation' } })
  return { accessKeyId, secretAccessKey, sessionToken }
}

/** One entry for each step that changes something in AWS or in the vault. */
export function recordRotation(store: Store, activity: Pick<ActivityLog, 'note'>) {
  return async ({ kind, key, name }: KeyHolder, step: string, accessKeyId: string): Promise<void> => {
    const id = key.slice(key.indexOf(':') + 1)
    const accountId = (kind === 'identity' ? store.identities : store.sealed).byId(id)?.accountId ?? null
    const entry = kind === 'identity' ? ('identity.rotated' as const) : ('breakglass.rotated' as const)
    await activity.note({ kind: entry, target: key, name, accountId, accessKeyId, detail: { step } })
  }
}
