/** Console links and the practice account. */
import { CONSOLE_SERVICES } from '#shared/console-services.ts'
import { PARTITIONS } from '#shared/partitions.ts'
import { regionsOf } from '#shared/regions.ts'
import type { CommandDescriptor, OptionDescriptor } from '../descriptor.ts'
import { BROWSER_OPTION, CONTAINER_OPTION, PRIVATE_OPTION } from './browser.ts'
import { PICKED_NAME } from './session.ts'

/** Where the link leads. */
const PLACE: readonly OptionDescriptor[] = [
  {
    flags: '--destination <place>',
    summary: 'service such as s3, or console URL to go to',
    suggests: CONSOLE_SERVICES.map(({ id }) => id),
  },
  {
    flags: '--region <region>',
    summary: 'region to open it in; the role’s own when left out',
    suggests: PARTITIONS.flatMap(({ id }) => regionsOf(id).map((region) => region.id)),
  },
]

export const TOOL_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['switch-link'],
    heading: 'Every day',
    summary: 'print the link to the console’s Switch Role page',
    arguments: [{ name: 'name', summary: 'role', completes: 'roles' }],
    options: PLACE,
    json: true,
    examples: [{ run: 'hallpass switch-link prod', does: 'The link, which holds no secret' }],
    load: async () => (await import('../handlers/switch-link.ts')).switchLink,
  },
  {
    path: ['console'],
    heading: 'Every day',
    summary: 'open the AWS console',
    description:
      'Takes the door that suits the role, and says why where it is not the switch-role link. That link opens the ' +
      'console’s form, filled in; it uses the sign-in the browser already has and holds no secret. The sign-in link ' +
      'signs in whoever opens it, for 15 minutes, so it is on no command line: the browser gets an address that leads to ' +
      'it once, within half a minute. Print it only to use it right away. An identity has a sign-in link too: it signs ' +
      'in the IAM user itself, for an hour and without MFA.',
    arguments: [PICKED_NAME],
    options: [
      {
        flags: '--via <door>',
        summary: 'kind of link; the one that suits the role when left out',
        choices: ['switch-role', 'sign-in', 'identity-center'],
      },
      { flags: '--doors', summary: 'list the kinds with what speaks for and against them, and open none' },
      ...PLACE,
      {
        flags: '--session-duration <time>',
        summary:
          'how long the console session of a sign-in link may last, such as 8h; where AWS takes none, as long as the credentials',
      },
      BROWSER_OPTION,
      { flags: '--browser-profile <name>', summary: 'profile of the browser' },
      CONTAINER_OPTION,
      PRIVATE_OPTION,
      { flags: '--print', summary: 'print the link instead of opening it' },
      { flags: '--mfa-code <code>', summary: 'MFA code, instead of being asked for it' },
    ],
    json: true,
    examples: [
      { run: 'hallpass console prod', does: 'By the door that suits prod, in the remembered browser' },
      { run: 'hallpass console prod --via sign-in', does: 'Sign in as prod' },
      { run: 'hallpass console prod --destination s3 --region eu-west-1', does: 'Straight to a service' },
      { run: 'hallpass console prod --browser firefox --container acme-prod', does: 'In a container of Firefox' },
      { run: 'hallpass console work', does: 'Sign in as the IAM user work' },
    ],
    load: async () => (await import('../handlers/console.ts')).openConsole,
  },
  {
    path: ['practice'],
    heading: 'Around it',
    summary: 'serve a practice AWS account on this machine until interrupted',
    description: 'Prints its endpoint and the keys and names in it: for people on a terminal, as JSON otherwise.',
    options: [{ flags: '--port <port>', summary: 'port to listen on; any free one when left out' }],
    json: true,
    examples: [{ run: 'hallpass practice --port 4599', does: 'Try everything without an AWS account' }],
    load: async () => (await import('../handlers/practice.ts')).practice,
  },
]
