/** `hallpass account list`. */
import type { Handler } from '../descriptor.ts'
import { environmentCell } from '../output/describe.ts'

export const accountList: Handler = async (context) => {
  const accounts = (await context.hallpass()).accounts.list()
  if (context.json) context.jsonData(accounts)
  else if (accounts.length === 0) context.note('There are no accounts yet: they come with identities and roles.')
  else {
    context.table(
      [{ title: 'account' }, { title: 'name', shrinks: true }, { title: 'environment' }, { title: 'roles' }],
      accounts.map((account) => [
        { text: account.accountId, format: 'bold' },
        account.name ?? '–',
        environmentCell(account),
        String(account.roles),
      ]),
    )
  }
  return 0
}
