/** What the palette lists, as data: what is shown, which letters matched, and what choosing it does. */
import type { RoleRow } from '#shared/role-list.ts'
import type { Settings } from '#shared/settings.ts'
import type { CenterStart, NewIdentityKind } from '../lib/identity-dialogs.ts'
import type { Command } from '../lib/keys.ts'
import type { Hit } from './role-index.ts'

/** What choosing an item does. */
export type Deed =
  | { readonly kind: 'role'; readonly command: RoleDeed; readonly role: RoleRow }
  | { readonly kind: 'frame'; readonly command: Command }
  | { readonly kind: 'theme'; readonly theme: Settings['theme'] }
  | { readonly kind: 'add-identity'; readonly what: NewIdentityKind }
  | { readonly kind: 'center'; readonly start: CenterStart }
  | { readonly kind: 'import' | 'end-all' | 'identities' }
  /** These stay in the palette. */
  | { readonly kind: 'scope'; readonly scope: Scope }
  | { readonly kind: 'more' }

/** What can be done with a role from the palette; `show` goes to it in the list. */
export type RoleDeed =
  | 'start'
  | 'console'
  | 'console-sign-in'
  | 'console-choose'
  | 'copy-link'
  | 'copy-env'
  | 'profile'
  | 'end'
  | 'pin'
  | 'role-activity'
  | 'show'

/** What the palette has been narrowed to. */
export type Scope =
  | { readonly kind: 'role'; readonly role: RoleRow }
  | { readonly kind: 'account'; readonly accountId: string; readonly label: string }

export interface Marked {
  readonly text: string
  /** Places of the matched letters, ascending. */
  readonly places: readonly number[]
}

/** The icons of actions and places. */
export type ItemIcon =
  | 'shield'
  | 'lock'
  | 'activity'
  | 'arrow'
  | 'copy'
  | 'glass'
  | 'import'
  | 'info'
  | 'key'
  | 'link'
  | 'open'
  | 'pin'
  | 'play'
  | 'plus'
  | 'renew'
  | 'roles'
  | 'sessions'
  | 'settings'
  | 'stop'
  | 'term'
  | 'theme'
  | 'user'

interface ItemBase {
  /** Unique in the palette, and the same as long as it stands for the same thing. */
  readonly id: string
  readonly deed: Deed
}

export type Item =
  | (ItemBase & { readonly kind: 'role'; readonly role: RoleRow; readonly places: Hit['places'] })
  | (ItemBase & {
      readonly kind: 'action'
      readonly icon: ItemIcon
      readonly label: Marked
      readonly note?: string | undefined
      /** Whose key is shown. */
      readonly command?: Command | undefined
      /** The role it acts on. */
      readonly role?: RoleRow | undefined
    })
  | (ItemBase & {
      readonly kind: 'account'
      readonly account: AccountLine
      readonly name: Marked
      readonly number: Marked
    })
  | (ItemBase & { readonly kind: 'more'; readonly count: number })

export interface AccountLine {
  readonly accountId: string
  readonly name: string | null
  readonly environment: RoleRow['environment']
  readonly roles: number
}

export interface Section {
  readonly id: string
  readonly heading: string
  readonly items: readonly Item[]
}
