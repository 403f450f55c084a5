/** `hallpass account name` and `hallpass account environment`. */
import { type AccountChange, accountEnvironmentField } from '#shared/accounts.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import type { Invocation } from '../invocation.ts'
import { describeAccount } from '../output/describe.ts'

export const accountName: Handler = (context, invocation) =>
  change(context, invocation, { name: invocation.argument('name') || null })

export const accountEnvironment: Handler = (context, invocation) => {
  const word = invocation.argument('environment')
  const environment = accountEnvironmentField.nullable().safeParse(word || null)
  if (!environment.success) {
    throw new HallpassError('usage.invalid', `${word} is not an environment.`, {
      hint: 'Use prod, staging, dev, other or none.',
    })
  }
  return change(context, invocation, { environment: environment.data })
}

async function change(context: CliContext, invocation: Invocation, edit: AccountChange): Promise<number> {
  const account = (await context.hallpass()).accounts.change(invocation.argument('id'), edit)
  if (context.json) context.jsonData(account)
  else {
    context.note(`Changed account ${account.accountId}.`)
    context.fields(describeAccount(account))
  }
  return 0
}
