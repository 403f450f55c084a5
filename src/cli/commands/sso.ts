/** The `hallpass sso` commands. */
import type { ArgumentDescriptor, CommandDescriptor } from '../descriptor.ts'

const NAME: ArgumentDescriptor = { name: 'name', summary: 'name of the sign-in', completes: 'identities' }

export const SSO_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['sso', 'add'],
    summary: 'add a sign-in to IAM Identity Center',
    description: 'Nothing is asked of AWS yet. The sign-in is an identity like any other, and where its roles start.',
    arguments: [{ name: 'name', summary: 'name of the sign-in' }],
    options: [
      { flags: '--start-url <url>', summary: 'address of the AWS access portal, https://d-….awsapps.com/start' },
      { flags: '--sso-region <region>', summary: 'home region of Identity Center; --region when left out' },
      { flags: '--region <region>', summary: 'region of its roles, where none of their own is given' },
    ],
    json: true,
    examples: [
      {
        run: 'hallpass sso add corp --start-url https://d-1234567890.awsapps.com/start --region eu-west-1',
        does: 'Then: hallpass sso login corp',
      },
    ],
    load: async () => (await import('../handlers/sso-add.ts')).ssoAdd,
  },
  {
    path: ['sso', 'login'],
    summary: 'sign in, in the browser',
    description:
      'Opens the browser of this computer and waits until somebody has signed in there, for 10 minutes at most. With ' +
      '--device, any browser anywhere: it shows a code to compare. The token stays sealed, and renews itself while AWS lets it.',
    arguments: [NAME],
    options: [
      { flags: '--device', summary: 'with a code, in a browser on any computer' },
      { flags: '--no-browser', summary: 'print the address, and open nothing' },
    ],
    json: true,
    examples: [
      { run: 'hallpass sso login corp', does: 'Sign in with this computer’s browser' },
      { run: 'hallpass sso login corp --device', does: 'On a server, with a browser elsewhere' },
    ],
    load: async () => (await import('../handlers/sso-login.ts')).ssoLogin,
  },
  {
    path: ['sso', 'list'],
    summary: 'list the sign-ins, and until when somebody is signed in',
    arguments: [],
    options: [],
    json: true,
    examples: [{ run: 'hallpass sso list', does: 'Asks nobody' }],
    load: async () => (await import('../handlers/sso-list.ts')).ssoList,
  },
  {
    path: ['sso', 'discover'],
    summary: 'read all accounts and roles, and take in what is new',
    description:
      'Roles that are there already keep their names and settings. What is chosen here is kept for the next time. Broken ' +
      'off, it goes on where it was. Roles that are gone stay until --prune.',
    arguments: [NAME],
    options: [
      {
        flags: '--template <text>',
        summary: 'of names: {account}, {accountId}, {role}, {email}; {account}-{role} at first',
      },
      {
        flags: '--environment <rule>',
        summary: 'PATTERN=prod|staging|dev|other, of account names; the first that fits counts',
        repeat: true,
      },
      { flags: '--profiles', summary: 'write an AWS profile for every role, in one edit' },
      { flags: '--prune', summary: 'remove roles that are no longer there, and their profiles' },
      { flags: '--start-over', summary: 'from the beginning, though an earlier one was broken off' },
      { flags: '--dry-run', summary: 'show what would change, and change nothing' },
    ],
    json: true,
    examples: [
      { run: 'hallpass sso discover corp --dry-run', does: 'What is new, and what is gone' },
      { run: 'hallpass sso discover corp --profiles', does: 'Every role, each with its profile' },
      { run: "hallpass sso discover corp --environment 'prod-*=prod'", does: 'With a rule for what is production' },
    ],
    load: async () => (await import('../handlers/sso-discover.ts')).ssoDiscover,
  },
  {
    path: ['sso', 'logout'],
    summary: 'sign out, here and at AWS',
    description:
      'Sessions of roles that are under way live on until their own end. hallpass session end --all ends them here.',
    arguments: [NAME],
    options: [],
    json: true,
    examples: [{ run: 'hallpass sso logout corp', does: 'The next start asks to sign in' }],
    load: async () => (await import('../handlers/sso-logout.ts')).ssoLogout,
  },
]
