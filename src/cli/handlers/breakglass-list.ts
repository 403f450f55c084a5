/** `hallpass breakglass list | show`. */
import type { SealedCredential } from '#shared/breakglass.ts'
import type { Handler } from '../descriptor.ts'
import { describeSealed, insideText, tasksText } from '../output/describe-sealed.ts'

export const breakglassList: Handler = async (context) => {
  const sealed = (await context.hallpass()).breakglass.list()
  if (context.json) context.jsonData(sealed)
  else if (sealed.length === 0) {
    context.note(
      'Nothing is sealed yet. Set up emergency access with: hallpass breakglass setup --from IDENTITY\n' +
        'or take in what you have with: hallpass breakglass add NAME --file CREDENTIALS.csv',
    )
  } else {
    context.table(
      [
        { title: 'name' },
        { title: 'account' },
        { title: 'user', shrinks: true },
        { title: 'inside' },
        { title: 'opened' },
        { title: 'to do' },
      ],
      sealed.map((one) => [
        { text: one.name, format: 'bold' },
        accountText(one),
        one.userName,
        insideText(one),
        one.openUntil === null ? (one.lastOpenedAt?.slice(0, 10) ?? 'never') : { text: 'open now', format: 'yellow' },
        one.tasks.length === 0 ? '–' : { text: tasksText(one.tasks), format: 'yellow' },
      ]),
    )
  }
  return 0
}

export const breakglassShow: Handler = async (context, invocation) => {
  const sealed = (await context.hallpass()).breakglass.show(invocation.argument('name'))
  if (context.json) context.jsonData(sealed)
  else context.fields(describeSealed(sealed))
  return 0
}

function accountText({ accountName, accountAlias, accountId }: SealedCredential): string {
  return accountName ?? accountAlias ?? accountId ?? '–'
}
