/** The `hallpass role` commands. */
import type { ArgumentDescriptor, CommandDescriptor, OptionDescriptor } from '../descriptor.ts'

const NAME: ArgumentDescriptor = { name: 'name', summary: 'name of the role in Hallpass', completes: 'roles' }
const NEW_NAME: ArgumentDescriptor = { name: 'name', summary: 'name of the role in Hallpass' }

/** The settings of a role; `role edit` also takes each with `--no-` in front. */
const SETTINGS: readonly OptionDescriptor[] = [
  { flags: '--profile <profile>', summary: 'name of the AWS profile to write', completes: 'aws-profiles' },
  { flags: '--region <region>', summary: 'region of the session and the profile' },
  { flags: '--duration <time>', summary: 'how long a session lasts, such as 1h or 90m' },
  { flags: '--session-name <name>', summary: 'session name that CloudTrail shows' },
  { flags: '--external-id <id>', summary: 'external id the role’s owner gave you' },
  { flags: '--mfa', summary: 'send an MFA code of the identity at the start of the chain' },
  { flags: '--source-identity <name>', summary: 'source identity, which stays with chained sessions' },
  { flags: '--tag <key=value>', summary: 'session tag; may be repeated', repeat: true },
  { flags: '--transitive <key>', summary: 'key of a tag that chained sessions inherit; may be repeated', repeat: true },
  { flags: '--policy-arn <arn>', summary: 'managed policy that limits the session; may be repeated', repeat: true },
  { flags: '--policy <file>', summary: 'file with a JSON policy that limits the session', completes: 'files' },
  { flags: '--environment <name>', summary: 'kind of environment', choices: ['prod', 'staging', 'dev', 'other'] },
  { flags: '--color <hex>', summary: 'colour of the switched role in the console' },
]

/** Renewing is what a role does unless it is told not to. */
const RENEWAL: readonly OptionDescriptor[] = [
  { flags: '--no-renew', summary: 'let its session lapse: no program starts or renews it, only you do' },
  { flags: '--renew', summary: 'renew its session for programs, as is usual' },
]

const CLEARING: readonly OptionDescriptor[] = SETTINGS.map(({ flags }) => {
  const [long = ''] = flags.split(' ')
  return {
    flags: long.replace('--', '--no-'),
    summary: long === '--mfa' ? 'send no MFA code' : `clear ${long}`,
    hidden: true,
  }
})

export const ROLE_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['role', 'add'],
    summary: 'add a role to assume',
    arguments: [NEW_NAME],
    options: [
      { flags: '--arn <arn>', summary: 'ARN of the IAM role' },
      { flags: '--from <name>', summary: 'identity, or role to chain from', completes: 'targets' },
      ...SETTINGS,
      ...RENEWAL,
    ],
    json: true,
    examples: [
      {
        run: 'hallpass role add prod --arn arn:aws:iam::123456789012:role/Admin --from work --mfa --region eu-west-1',
        does: 'A role that wants an MFA code',
      },
    ],
    load: async () => (await import('../handlers/role-add.ts')).roleAdd,
  },
  {
    path: ['role', 'list'],
    summary: 'list roles and their sessions',
    arguments: [
      {
        name: 'words',
        summary: 'only roles in which each of these stands: in name, account, environment, role or source',
        optional: true,
        variadic: true,
      },
    ],
    json: true,
    examples: [
      { run: 'hallpass role list', does: 'All roles' },
      { run: 'hallpass role list prod admin', does: 'Those of production for admins' },
      { run: "hallpass role list --json | jq -r '.[].arn'", does: 'Only the ARNs' },
    ],
    load: async () => (await import('../handlers/role-list.ts')).roleList,
  },
  {
    path: ['role', 'show'],
    summary: 'show a role: settings, way to it, session',
    arguments: [NAME],
    json: true,
    examples: [{ run: 'hallpass role show prod', does: 'Everything about it' }],
    load: async () => (await import('../handlers/role-show.ts')).roleShow,
  },
  {
    path: ['role', 'edit'],
    summary: 'change a role',
    description: 'Put no- in front of an option to clear it, as in --no-region, or give it an empty value.',
    arguments: [NAME],
    options: [
      { flags: '--name <name>', summary: 'rename it' },
      { flags: '--arn <arn>', summary: 'ARN of the IAM role' },
      { flags: '--from <name>', summary: 'identity, or role to chain from', completes: 'targets' },
      ...SETTINGS,
      ...RENEWAL,
      ...CLEARING,
    ],
    json: true,
    examples: [
      { run: 'hallpass role edit prod --duration 2h --no-external-id', does: 'Longer sessions, and no external id' },
    ],
    load: async () => (await import('../handlers/role-edit.ts')).roleEdit,
  },
  {
    path: ['role', 'remove'],
    summary: 'remove a role, its session and its profile',
    arguments: [NAME],
    json: true,
    examples: [{ run: 'hallpass role remove prod', does: 'Forget the role; AWS keeps it' }],
    load: async () => (await import('../handlers/role-remove.ts')).roleRemove,
  },
]
