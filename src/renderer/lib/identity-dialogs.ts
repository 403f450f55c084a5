/** Which dialog about identities is opened, from wherever. */
import type { SignInWay } from '#shared/identity-center-view.ts'

/** What an identity can be, as it is added. */
export type NewIdentityKind = 'key' | 'center' | 'profile'

/** Where the dialog of Identity Center begins. `sign-in` begins at once: it is what was clicked. */
export type CenterStart =
  | { readonly kind: 'add' }
  | { readonly kind: 'sign-in'; readonly name: string; readonly way: SignInWay }
  | { readonly kind: 'discover' | 'share'; readonly name: string }
