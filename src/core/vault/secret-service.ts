/**
 * Questions to the Linux Secret Service that keytar can't ask. None of them prompts, and none carries a secret. Without
 * `gdbus` the answer is `unknown`.
 */
import { askBus, GdbusMissing } from '../session-bus.ts'

/** `no-collection`: the service runs, but no default collection has been made yet. */
export type CollectionState =
  | { readonly state: 'unlocked' | 'locked' | 'no-collection' | 'unknown' }
  | { readonly state: 'failed'; readonly reason: string }

/** Where an entry is, as far as can be told without reading it. */
export type EntryState = 'present' | 'locked' | 'absent' | 'unknown'

const SERVICE = 'org.freedesktop.secrets'
const ROOT = '/org/freedesktop/secrets'

/**
 * Whether the default collection, where new entries go, is locked. Asked by its own path: gnome-keyring (42 at least)
 * resolves paths below `aliases/` on another thread than the one that sets the alias anew for each program that connects,
 * and then reads freed memory.
 */
export async function readCollectionState(): Promise<CollectionState> {
  try {
    const alias = await askBus(SERVICE, ROOT, 'org.freedesktop.Secret.Service.ReadAlias', 'default')
    // (objectpath '/org/…',); a lone '/' stands for none.
    const path = /'(\/[^']+)'/.exec(alias)?.[1]
    if (path === undefined) return { state: 'no-collection' }
    const get = 'org.freedesktop.DBus.Properties.Get'
    const answer = await askBus(SERVICE, path, get, 'org.freedesktop.Secret.Collection', 'Locked')
    return { state: answer.includes('true') ? 'locked' : 'unlocked' }
  } catch (error) {
    if (error instanceof GdbusMissing) return { state: 'unknown' }
    const reason = error instanceof Error ? error.message : String(error)
    if (
      /UnknownObject|UnknownMethod|UnknownInterface|NoSuchObject|No such interface|does not exist at path/.test(reason)
    )
      return { state: 'no-collection' }
    return { state: 'failed', reason }
  }
}

/**
 * Where the entry of that service and account is. An entry that no collection shows while the default one is locked
 * counts as locked, because some services hide what a locked collection holds.
 */
export async function findEntry(service: string, account: string): Promise<EntryState> {
  try {
    const attributes = `{'service': ${quote(service)}, 'account': ${quote(account)}}`
    const answer = await askBus(SERVICE, ROOT, 'org.freedesktop.Secret.Service.SearchItems', attributes)
    // ([unlocked paths], [locked paths]); an empty list may carry its type: `@ao []`.
    const [unlocked = '', locked = ''] = answer.split(/\],/)
    if (unlocked.includes('/org/')) return 'present'
    if (locked.includes('/org/')) return 'locked'
    const { state } = await readCollectionState()
    if (state === 'locked') return 'locked'
    return state === 'unlocked' || state === 'no-collection' ? 'absent' : 'unknown'
  } catch {
    return 'unknown'
  }
}

/**
 * Whether the prompter that gnome-keyring asks passwords through is on the bus. It starts for a prompt and stays for
 * some seconds after it; a desktop shell that prompts by itself is always there.
 */
export async function isPrompterPresent(): Promise<boolean> {
  try {
    const name = 'org.gnome.keyring.SystemPrompter'
    const answer = await askBus(
      'org.freedesktop.DBus',
      '/org/freedesktop/DBus',
      'org.freedesktop.DBus.NameHasOwner',
      name,
    )
    return answer.includes('true')
  } catch {
    return false
  }
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
