/** `hallpass identity list`. */
import type { Identity } from '#shared/identities.ts'
import type { Handler } from '../descriptor.ts'
import { howToBegin } from '../output/how-to-begin.ts'

const MFA_CODES = { prompt: 'asked for', seed: 'stored seed', command: 'command' } as const

/** A key's id, where people sign in, or the profile. */
function originText(identity: Identity): string {
  switch (identity.kind) {
    case 'access-key':
      return identity.accessKeyId
    case 'identity-center':
      return identity.startUrl.replace(/^https?:\/\//, '')
    case 'aws-profile':
      return `profile ${identity.profile}`
  }
}

export const identityList: Handler = async (context) => {
  const identities = (await context.hallpass()).identities.list()
  if (context.json) context.jsonData(identities)
  else if (identities.length === 0) {
    context.note(howToBegin('There are no identities yet.'))
  } else {
    context.table(
      [
        { title: 'name' },
        { title: 'account' },
        { title: 'starts from', shrinks: true },
        { title: 'user', shrinks: true },
        { title: 'MFA codes' },
        { title: 'checked' },
      ],
      identities.map((identity) => [
        { text: identity.name, format: 'bold' },
        identity.accountId ?? '–',
        originText(identity),
        identity.userArn?.split(':').at(-1) ?? '–',
        identity.mfaSerial === null ? '–' : MFA_CODES[identity.mfaSource],
        // Of a sign-in there is no key to check: hallpass sso list says whether somebody is signed in.
        identity.kind === 'identity-center'
          ? '–'
          : identity.verified
            ? { text: 'yes', format: 'green' }
            : { text: 'no', format: 'yellow' },
      ]),
    )
  }
  return 0
}
