/** What things are called, for people; and which names a report leaves out. */
import type { Store } from '../store/types.ts'
import type { ReportFacts } from './report.ts'

/** A vault entry in words: whose secret it is. */
export function describeEntry(store: Store, entry: string): string {
  const [kind, id = '', what = ''] = entry.split('/')
  if (kind === 'identity') {
    const secret = what.includes('totp') ? 'TOTP seed' : 'key'
    return `the ${secret} of ${store.identities.byId(id)?.name ?? 'an identity that is gone'}`
  }
  if (kind === 'breakglass') return `what is sealed as ${store.sealed.byId(id)?.name ?? 'a credential that is gone'}`
  if (kind === 'adopted') return 'what an adopted profile was before'
  return kind === 'activity' ? 'the key of the activity log' : 'the key of sessions'
}

/** Every name that a report must not have in it. @param home the state folder */
export function knownNames(
  store: Store,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): ReportFacts['known'] {
  const accounts = store.accounts.list()
  return {
    identity: [...store.identities.list(), ...store.sealed.list()].map(({ name }) => name),
    role: store.roles.list().flatMap(({ name, roleName }) => [name, roleName]),
    profile: store.profiles.list().map(({ profile }) => profile),
    account: accounts.flatMap(({ name }) => name ?? []),
    folder: [home, env.HOME ?? env.USERPROFILE ?? ''],
    person: [env.USER ?? env.USERNAME ?? env.LOGNAME ?? ''],
  }
}
