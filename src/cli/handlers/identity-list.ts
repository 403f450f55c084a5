/** `hallpass identity list`. */
import type { Handler } from '../descriptor.ts'

const MFA_CODES = { prompt: 'asked for', seed: 'stored seed', command: 'command' } as const

export const identityList: Handler = async (context) => {
  const identities = (await context.hallpass()).identities.list()
  if (context.json) context.jsonData(identities)
  else if (identities.length === 0) {
    context.note('There are no identities yet. Store a key with: hallpass identity add NAME --access-key-id ID')
  } else {
    context.table(
      [
        { title: 'name' },
        { title: 'account' },
        { title: 'access key' },
        { title: 'user', shrinks: true },
        { title: 'MFA codes' },
        { title: 'checked' },
      ],
      identities.map((identity) => [
        { text: identity.name, format: 'bold' },
        identity.accountId ?? '–',
        identity.accessKeyId,
        identity.userArn?.split(':').at(-1) ?? '–',
        identity.mfaSerial === null ? '–' : MFA_CODES[identity.mfaSource],
        identity.verified ? { text: 'yes', format: 'green' } : { text: 'no', format: 'yellow' },
      ]),
    )
  }
  return 0
}
