/** `hallpass practice`: serves the practice account until interrupted. */
import { type PracticeDescription, startPracticeAccount } from '#core/practice/practice-account.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'

export const practice: Handler = async (context, invocation) => {
  const port = readPort(invocation.text('port'))
  const account = await startPracticeAccount({ port })
  try {
    const isRead = context.json || !context.host.stdout.isTTY
    if (isRead) context.jsonData(account.describe())
    else show(context, account.describe())
    context.note('Serving the practice account. Stop it with Ctrl-C.')
    await interrupted()
  } finally {
    await account.close()
  }
  return 0
}

/** For a person: what there is, and what to type in another terminal. */
function show(context: CliContext, { endpoint, users, roles, identityCenter }: PracticeDescription): void {
  context.table(
    [{ title: 'User' }, { title: 'Access key' }, { title: 'Secret access key' }, { title: 'MFA device' }],
    users.map(({ name, accessKeyId, secretAccessKey, mfaSerial }) => [
      { text: name, format: 'bold' },
      accessKeyId,
      secretAccessKey,
      mfaSerial ?? '–',
    ]),
  )
  context.data('')
  context.table(
    [{ title: 'Role', shrinks: true }, { title: 'Account' }, { title: 'Wants' }],
    roles.map(({ arn, accountName, requiresMfa, externalId }) => [
      arn,
      accountName,
      [...(requiresMfa ? ['MFA'] : []), ...(externalId ? [`external id ${externalId}`] : [])].join(', ') || '–',
    ]),
  )
  const [user] = users
  const { startUrl, region } = identityCenter
  context.note(
    [
      '\nIn another terminal:',
      `  export AWS_ENDPOINT_URL=${endpoint}`,
      ...(user ? [`  hallpass identity add practice --access-key-id ${user.accessKeyId}`] : []),
      `  hallpass sso add practice-sso --start-url ${startUrl} --region ${region}`,
      'HALLPASS_HOME=/tmp/practice, set there too, keeps it apart from what is yours.\n',
    ].join('\n'),
  )
}

function readPort(text: string | undefined): number {
  if (text === undefined) return 0
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN
  if (port <= 65_535) return port
  throw new HallpassError('usage.invalid', `${text} is not a port.`, { hint: 'Give a number from 1 to 65535.' })
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
