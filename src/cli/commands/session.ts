/** The commands that start, use and end sessions. */
import type { ArgumentDescriptor, CommandDescriptor, OptionDescriptor } from '../descriptor.ts'

const NAME: ArgumentDescriptor = { name: 'name', summary: 'role or identity', completes: 'targets' }

/** Of a command that a person types to get into a role at once. */
export const PICKED_NAME: ArgumentDescriptor = {
  ...NAME,
  summary: 'role or identity; left out on a terminal, chosen from a list',
  picked: true,
}

const CREDENTIALS: readonly OptionDescriptor[] = [
  { flags: '--duration <time>', summary: 'how long the session lasts, such as 1h or 90m' },
  { flags: '--mfa-code <code>', summary: 'MFA code, instead of being asked for it' },
  { flags: '--read-only', summary: 'limit the session to the ReadOnlyAccess policy' },
]

export const SESSION_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['assume'],
    heading: 'Every day',
    summary: 'start a session, or print its credentials',
    description:
      'On a terminal it says what was started; through a pipe, or with --format, it prints the credentials. A session ' +
      'that is still good is used again.',
    arguments: [PICKED_NAME],
    options: [
      {
        flags: '--format <format>',
        summary: 'print the credentials in this form',
        choices: ['json', 'env', 'fish', 'powershell', 'dotenv'],
      },
      ...CREDENTIALS,
      { flags: '--renew', summary: 'ask AWS even when the session is still good' },
    ],
    json: true,
    examples: [
      { run: 'hallpass assume prod', does: 'Start a session' },
      { run: 'eval "$(hallpass assume prod --format env)"', does: 'Put it into this shell' },
    ],
    load: async () => (await import('../handlers/assume.ts')).assume,
  },
  {
    path: ['exec'],
    heading: 'Every day',
    summary: 'run a command with credentials in its environment',
    description:
      'The credentials last as long as the session. For a command that runs longer, --serve gives it an address of its ' +
      'own on this machine instead (AWS_CONTAINER_CREDENTIALS_FULL_URI), where AWS tools and SDKs ask for renewed ' +
      'credentials by themselves. It ends with the command.',
    arguments: [
      NAME,
      { name: 'command', summary: 'the command and its arguments, after --', variadic: true, completes: 'command' },
    ],
    options: [
      ...CREDENTIALS,
      { flags: '--serve', summary: 'serve credentials to the command and keep them fresh, instead of setting keys' },
    ],
    examples: [
      { run: 'hallpass exec prod -- aws s3 ls', does: 'One command as prod' },
      { run: 'hallpass exec prod --serve -- npm run dev', does: 'A command that runs for days' },
    ],
    load: async () => (await import('../handlers/exec.ts')).exec,
  },
  {
    path: ['credential-process'],
    heading: 'Around it',
    summary: 'print credentials for AWS tools (the credential_process protocol)',
    arguments: [NAME],
    examples: [{ run: 'hallpass credential-process prod', does: 'What a profile in process mode runs' }],
    load: async () => (await import('../handlers/credential-process.ts')).credentialProcess,
  },
  {
    path: ['session', 'list'],
    summary: 'list sessions and the time they have left',
    json: true,
    examples: [{ run: 'hallpass session list', does: 'What is active now' }],
    load: async () => (await import('../handlers/session-list.ts')).sessionList,
  },
  {
    path: ['session', 'end'],
    summary: 'forget a session and the static keys it left',
    description: 'AWS has no way to take issued credentials back: copies made elsewhere work until they expire.',
    arguments: [{ ...NAME, optional: true, completes: 'sessions' }],
    options: [{ flags: '--all', summary: 'end every session' }],
    json: true,
    examples: [
      { run: 'hallpass session end prod', does: 'End one' },
      { run: 'hallpass session end --all', does: 'End all' },
    ],
    load: async () => (await import('../handlers/session-end.ts')).sessionEnd,
  },
]
