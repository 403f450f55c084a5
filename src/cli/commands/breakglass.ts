/** The `hallpass breakglass` commands. */
import type { ArgumentDescriptor, CommandDescriptor } from '../descriptor.ts'

const NAME: ArgumentDescriptor = { name: 'name', summary: 'name of the sealed credential' }

export const BREAKGLASS_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['breakglass', 'list'],
    summary: 'list sealed credentials; never what is inside',
    json: true,
    examples: [{ run: 'hallpass breakglass list', does: 'Which there are, when opened last, what is left to do' }],
    load: async () => (await import('../handlers/breakglass-list.ts')).breakglassList,
  },
  {
    path: ['breakglass', 'add'],
    summary: 'seal an emergency user',
    description:
      'From the file the AWS console offered, or by hand: then the secrets are asked for in a terminal, or read from ' +
      'standard input, a line each in the order password, TOTP seed, secret access key.',
    arguments: [NAME],
    options: [
      { flags: '--file <file>', summary: 'credentials file of the AWS console', completes: 'files' },
      { flags: '--delete-file', summary: 'delete that file once everything is in the vault' },
      { flags: '--user <user>', summary: 'the IAM user, or which one of a file that has several' },
      { flags: '--url <url>', summary: 'the account’s sign-in address' },
      { flags: '--account <id>', summary: 'the account, where the sign-in address does not tell' },
      {
        flags: '--environment <environment>',
        summary: 'what the account is for',
        choices: ['prod', 'staging', 'dev', 'other'],
      },
      { flags: '--no-password', summary: 'there is no password' },
      { flags: '--with-totp', summary: 'there is a TOTP seed too' },
      { flags: '--mfa-serial <arn>', summary: 'MFA device of the user' },
      { flags: '--access-key-id <id>', summary: 'there is an access key too' },
      { flags: '--role <arn>', summary: 'a role to assume in an emergency', repeat: true },
    ],
    json: true,
    examples: [
      {
        run: 'hallpass breakglass add acme-prod --file ~/Downloads/EmergencyAccess_credentials.csv --delete-file',
        does: 'Take the console’s file in, and delete it',
      },
      {
        run: 'hallpass breakglass add acme-prod --user EmergencyAccess --url https://123456789012.signin.aws.amazon.com/console',
        does: 'Type the password when asked',
      },
    ],
    load: async () => (await import('../handlers/breakglass-add.ts')).breakglassAdd,
  },
  {
    path: ['breakglass', 'show'],
    summary: 'show a sealed credential, without what is inside',
    arguments: [NAME],
    json: true,
    examples: [{ run: 'hallpass breakglass show acme-prod', does: 'Its account, user, links, and what is left to do' }],
    load: async () => (await import('../handlers/breakglass-list.ts')).breakglassShow,
  },
  {
    path: ['breakglass', 'open'],
    summary: 'break a seal, with a reason that is recorded',
    description:
      'The reason is in the activity log before anything is shown, and so is each secret that is. In a terminal it asks ' +
      'what to show; --show prints one secret and nothing else. The seal closes with the command.',
    arguments: [NAME],
    options: [
      { flags: '--reason <text>', summary: 'why; asked for in a terminal when left out' },
      { flags: '--confirm <name>', summary: 'the name again, in production; asked for in a terminal when left out' },
      { flags: '--show <part>', summary: 'print that', choices: ['password', 'code', 'secret-access-key'] },
    ],
    json: true,
    examples: [
      {
        run: 'hallpass breakglass open acme-prod --reason "INC-4711, console is down"',
        does: 'Then choose what to see',
      },
      {
        run: 'hallpass breakglass open acme-prod --reason "INC-4711" --confirm acme-prod --show password',
        does: 'Print the password alone',
      },
    ],
    load: async () => (await import('../handlers/breakglass-open.ts')).breakglassOpen,
  },
  {
    path: ['breakglass', 'close'],
    summary: 'say what was done after a use, and mark it as sealed',
    arguments: [NAME],
    options: [
      {
        flags: '--done <task>',
        summary: 'done: rotate-password, rotate-key',
        choices: ['rotate-password', 'rotate-key'],
        repeat: true,
      },
      { flags: '--note <text>', summary: 'what it was used for, for the log' },
    ],
    json: true,
    examples: [
      {
        run: 'hallpass breakglass close acme-prod --done rotate-password --note "Restored the role, password changed"',
        does: 'Nothing is left to do then',
      },
    ],
    load: async () => (await import('../handlers/breakglass-close.ts')).breakglassClose,
  },
  {
    path: ['breakglass', 'remove'],
    summary: 'remove a sealed credential and what is inside',
    arguments: [NAME],
    json: true,
    examples: [{ run: 'hallpass breakglass remove acme-old', does: 'It is still valid in AWS' }],
    load: async () => (await import('../handlers/breakglass-close.ts')).breakglassRemove,
  },
]
