/** `hallpass assume`: for people it says what is active now; for programs it prints the credentials. */
import { type CredentialFormat, formatCredentials } from '#core/aws/credential-formats.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { HallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { shellWord } from '../input/mfa-prompt.ts'
import { pickRole } from '../input/pick-role.ts'
import { tellIfKept } from '../output/kept.ts'
import { clockText, remainingText } from '../output/time.ts'
import { readCredentialsOptions } from './credentials-options.ts'

export const assume: Handler = async (context, invocation) => {
  const options = readCredentialsOptions(invocation)
  if (context.json && !['json', undefined].includes(invocation.text('format'))) {
    throw new HallpassError('usage.invalid', '--json and another --format are not both possible.', {
      hint: 'Leave one of them out.',
    })
  }
  // A pipe wants data; of the forms, JSON is the one that can't be run by accident.
  const piped = context.json || !context.host.stdout.isTTY
  // The parser has checked the choice.
  const format = (invocation.text('format') ?? (piped ? 'json' : undefined)) as CredentialFormat | undefined
  const name = invocation.argument('name') || (await pickRole(context))
  const hallpass = await context.hallpass()
  const use = format === undefined ? { how: 'start' } : { how: 'assume', form: format }
  const credentials = await context.progress.during(
    `Starting ${name}`,
    hallpass.sessions.credentials(name, { ...options, use }),
  )
  tellIfKept(context, name, credentials)
  const profile = writtenProfile(hallpass, name)
  if (format !== undefined) {
    const label = hallpass.roles.promptLabel(name)
    context.host.stdout.write(formatCredentials(credentials, format, { profile, label }))
  } else summarise(context, name, credentials, profile, options.readOnly === true)
  return 0
}

function writtenProfile(hallpass: Hallpass, name: string): string | undefined {
  const owned = hallpass.profiles.list().filter((profile) => profile.name.toLowerCase() === name.toLowerCase())
  return (owned.find(({ profile }) => profile !== 'default') ?? owned[0])?.profile
}

function summarise(
  context: CliContext,
  name: string,
  credentials: SessionCredentials,
  profile: string | undefined,
  readOnly: boolean,
): void {
  const now = Date.now()
  const { expiration, assumedRoleArn, accountId } = credentials
  const word = shellWord(name)
  context.fields([
    ['Active', { text: name, format: ['bold', 'green'] }],
    ['Until', `${clockText(expiration, now)} (${remainingText(expiration, now)})`],
    ['As', assumedRoleArn ?? (accountId === null ? null : `the identity itself, in account ${accountId}`)],
    ['Profile', profile ?? null],
  ])
  if (readOnly) {
    context.note(`A read-only session is not kept. Use it with: hallpass exec ${word} --read-only -- COMMAND`)
    return
  }
  context.note(profile ? `Next: aws … --profile ${profile}` : `Next: hallpass exec ${word} -- COMMAND`)
  if (!profile) context.note(`  or: hallpass profile write ${word}`)
}
