/** Console links and the practice account. */
import type { CommandDescriptor } from '../descriptor.ts'

export const TOOL_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['switch-link'],
    summary: 'print the link to the console’s Switch Role page',
    arguments: [{ name: 'name', summary: 'role', completes: 'roles' }],
    options: [{ flags: '--destination <place>', summary: 'service or console URL to go to' }],
    json: true,
    examples: [{ run: 'hallpass switch-link prod', does: 'The link, which holds no secret' }],
    load: async () => (await import('../handlers/switch-link.ts')).switchLink,
  },
  {
    path: ['console'],
    summary: 'open the AWS console',
    description:
      'The switch-role link opens the console’s form, filled in; it uses the sign-in the browser already has and holds ' +
      'no secret. The sign-in link signs in whoever opens it, for 15 minutes: the browser gets it at once, on a command ' +
      'line that this user’s other programs can see for a moment. Print it only to use it right away. An identity has ' +
      'a sign-in link too: it signs in the IAM user itself, for an hour and without MFA.',
    arguments: [{ name: 'name', summary: 'role, or identity with a sign-in link', completes: 'targets' }],
    options: [
      { flags: '--via <way>', summary: 'kind of link; switch-role when left out', choices: ['switch-role', 'sign-in'] },
      { flags: '--destination <place>', summary: 'service or console URL to go to' },
      { flags: '--print', summary: 'print the link instead of opening it' },
      { flags: '--mfa-code <code>', summary: 'MFA code, instead of being asked for it' },
    ],
    json: true,
    examples: [
      { run: 'hallpass console prod', does: 'Switch to prod from the session in the browser' },
      { run: 'hallpass console prod --via sign-in', does: 'Sign in as prod' },
      { run: 'hallpass console prod --via sign-in --destination s3', does: 'Straight to a service' },
      { run: 'hallpass console work --via sign-in', does: 'Sign in as the IAM user work' },
    ],
    load: async () => (await import('../handlers/console.ts')).openConsole,
  },
  {
    path: ['practice'],
    summary: 'serve a practice AWS account on this machine until interrupted',
    description: 'Prints its endpoint and the names in it as JSON.',
    options: [{ flags: '--port <port>', summary: 'port to listen on; any free one when left out' }],
    json: true,
    examples: [{ run: 'hallpass practice --port 4599', does: 'Try everything without an AWS account' }],
    load: async () => (await import('../handlers/practice.ts')).practice,
  },
]
