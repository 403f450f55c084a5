/** The `hallpass breakglass` commands. */
import type { ArgumentDescriptor, CommandDescriptor, OptionDescriptor } from '../descriptor.ts'
import { DELETE_FILE } from './key-file.ts'
import { ROTATE_OPTIONS } from './rotate-options.ts'

const NAME: ArgumentDescriptor = { name: 'name', summary: 'name of the sealed credential' }

const SETUP_OPTIONS: readonly OptionDescriptor[] = [
  { flags: '--from <identity>', summary: 'identity with IAM rights that makes everything', completes: 'identities' },
  { flags: '--name <name>', summary: 'what the sealed credential is called; the user’s name when left out' },
  {
    flags: '--environment <environment>',
    summary: 'what the account is for',
    choices: ['prod', 'staging', 'dev', 'other'],
  },
  { flags: '--user <name>', summary: 'the IAM user; EmergencyAccess when left out' },
  { flags: '--group <name>', summary: 'its group; EmergencyAccessGroup when left out' },
  { flags: '--group-policy <policy>', summary: 'what the group may do, a name of AWS or an ARN; AdministratorAccess' },
  { flags: '--role <name>', summary: 'a role that it may assume; SupportUserRole when left out' },
  { flags: '--role-policy <policy>', summary: 'what the role may do, a name of AWS or an ARN; SupportUser' },
  { flags: '--no-role', summary: 'no role' },
  { flags: '--policy <name>', summary: 'a copy of PowerUserAccess; PowerUserExamplePolicy when left out' },
  { flags: '--no-policy', summary: 'no copy' },
  { flags: '--with-mfa', summary: 'make a virtual MFA device too, its seed in the vault' },
  { flags: '--role-needs-mfa', summary: 'the role can be assumed with MFA only' },
  { flags: '--with-access-key', summary: 'make a long-term access key too, which AWS advises against' },
]

export const BREAKGLASS_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['breakglass', 'setup'],
    summary: 'make an emergency user in an account, and seal it',
    description:
      'Reads the account, shows every call it will make, asks once, and makes what is not there yet: a user with a ' +
      'password, a group, a role, a policy. Interrupted, it goes on when it is run again; run once more, it changes nothing.',
    options: [...SETUP_OPTIONS, { flags: '--yes', summary: 'do not ask' }],
    json: true,
    examples: [
      { run: 'hallpass breakglass setup --from work --with-mfa', does: 'Show the plan, ask, make it, check it' },
      { run: 'hallpass breakglass setup --from work --no-policy --yes --json', does: 'For a script' },
    ],
    load: async () => (await import('../handlers/breakglass-setup.ts')).breakglassSetup,
  },
  {
    path: ['breakglass', 'plan'],
    summary: 'show what setup would do, and change nothing',
    options: [
      ...SETUP_OPTIONS,
      { flags: '--as <form>', summary: 'as something that others can apply', choices: ['cli', 'cloudformation'] },
    ],
    json: true,
    examples: [
      { run: 'hallpass breakglass plan --from work', does: 'What is there, and what is to do' },
      { run: 'hallpass breakglass plan --from work --as cli', does: 'A shell script of AWS CLI commands' },
    ],
    load: async () => (await import('../handlers/breakglass-setup.ts')).breakglassPlan,
  },
  {
    path: ['breakglass', 'undo'],
    summary: 'take back what setup made in the account, and nothing else',
    arguments: [NAME],
    options: [{ flags: '--yes', summary: 'do not ask' }],
    json: true,
    examples: [{ run: 'hallpass breakglass undo EmergencyAccess', does: 'The account is as it was before' }],
    load: async () => (await import('../handlers/breakglass-setup.ts')).breakglassUndo,
  },
  {
    path: ['breakglass', 'rotate'],
    summary: 'change the password and the access key of a sealed credential',
    description: 'Both, or what is named. The options of keys are those of: hallpass identity rotate',
    arguments: [NAME],
    options: [
      { flags: '--password', summary: 'the password only' },
      { flags: '--key', summary: 'the access key only' },
      ...ROTATE_OPTIONS,
    ],
    json: true,
    examples: [
      {
        run: 'hallpass breakglass rotate EmergencyAccess --with work',
        does: 'After a use, signed by another identity',
      },
    ],
    load: async () => (await import('../handlers/breakglass-setup.ts')).breakglassRotate,
  },
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
      DELETE_FILE,
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
      {
        flags: '--assume <role>',
        summary: 'print a session of that role; the reason goes to CloudTrail if its trust policy lets it',
      },
      {
        flags: '--format <format>',
        summary: 'how to print it; env when left out',
        choices: ['json', 'env', 'fish', 'powershell', 'dotenv'],
      },
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
    path: ['breakglass', 'kit'],
    summary: 'take sealed credentials to another computer, in a file only chosen people can open',
    description:
      'export writes an age file (age-encryption.org) with the credentials that are named, or all of them: for age public ' +
      'keys, or else with a passphrase that is asked for, or read from standard input. The reason is in the activity log for ' +
      'each of them before there is a file. import takes them in again.',
    arguments: [
      { name: 'what', summary: 'export or import', choices: ['export', 'import'] },
      { name: 'file', summary: 'the kit', completes: 'files' },
      { name: 'names', summary: 'sealed credentials; all when left out', optional: true, variadic: true },
    ],
    options: [
      { flags: '--reason <text>', summary: 'why it is exported; asked for in a terminal when left out' },
      {
        flags: '--confirm <name>',
        summary: 'a name again, in production; asked for in a terminal when left out',
        repeat: true,
      },
      { flags: '--recipient <key>', summary: 'age public key of somebody who can open it', repeat: true },
      { flags: '--sheet <file>', summary: 'write a sheet to print too, without secrets (HTML)', completes: 'files' },
      { flags: '--identity', summary: 'open it with an age secret key, from standard input' },
      { flags: '--dry-run', summary: 'show what is in it, and take nothing in' },
    ],
    json: true,
    examples: [
      {
        run: 'hallpass breakglass kit export team.age acme-prod --confirm acme-prod --reason "For Eve, on call" --recipient age1… --sheet team.html',
        does: 'For a colleague, and a sheet for the safe',
      },
      { run: 'hallpass breakglass kit import team.age --identity', does: 'With the key piped to it' },
    ],
    load: async () => (await import('../handlers/breakglass-kit.ts')).breakglassKit,
  },
  {
    path: ['breakglass', 'drill'],
    summary: 'rehearse the whole emergency path on the practice account',
    description:
      'Set up, open, show, assume, close, change, verify, take back: in a temporary folder of its own, with nothing of ' +
      'yours and nothing in AWS. In a terminal each step waits for Enter and says what to do in the real case. The report ' +
      'has the seconds of each step, and what was missed or failed; that there was a drill is in the activity log.',
    arguments: [{ name: 'name', summary: 'sealed credential it is a rehearsal for', optional: true }],
    options: [{ flags: '--yes', summary: 'do not ask; go through it' }],
    json: true,
    examples: [
      { run: 'hallpass breakglass drill acme-prod', does: 'Step by step, as it would be for that one' },
      { run: 'hallpass breakglass drill --yes --json', does: 'By itself, with a report for programs' },
    ],
    load: async () => (await import('../handlers/breakglass-drill.ts')).breakglassDrill,
  },
  {
    path: ['breakglass', 'remove'],
    summary: 'remove a sealed credential and what is inside',
    description: 'Asks for the name in a terminal. The IAM user stays as it is in AWS.',
    arguments: [NAME],
    options: [{ flags: '--yes', summary: 'do not ask' }],
    json: true,
    examples: [{ run: 'hallpass breakglass remove acme-old', does: 'It is still valid in AWS' }],
    load: async () => (await import('../handlers/breakglass-close.ts')).breakglassRemove,
  },
]
