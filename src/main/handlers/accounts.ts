/** AWS accounts. */
import type { HandlerParts, Handlers } from './parts.ts'

export function accountHandlers({ hallpass, changed }: HandlerParts): Handlers<'accounts'> {
  return {
    'accounts.list': () => hallpass.accounts.list(),
    'accounts.change': ({ accountId, change }) => {
      const account = hallpass.accounts.change(accountId, change)
      changed()
      return account
    },
  }
}
