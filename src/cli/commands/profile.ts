/** The `hallpass profile` commands. */
import type { CommandDescriptor } from '../descriptor.ts'

export const PROFILE_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['profile', 'write'],
    summary: 'write an AWS profile for a role or an identity',
    description:
      'In process mode the profile holds no secret: AWS tools run hallpass credential-process. In static mode it holds ' +
      'short-term keys, for tools that cannot run a process. Nothing else in the AWS files is touched.',
    arguments: [{ name: 'name', summary: 'role or identity' }],
    options: [
      { flags: '--profile <profile>', summary: 'name of the profile; the role’s own setting or name when left out' },
      { flags: '--mode <mode>', summary: 'how tools get the credentials', choices: ['process', 'static'] },
      { flags: '--default', summary: 'write the default profile as well' },
      { flags: '--dry-run', summary: 'show what would change, and change nothing' },
    ],
    json: true,
    examples: [
      {
        run: 'hallpass profile write prod && aws sts get-caller-identity --profile prod',
        does: 'Use a role in the AWS CLI',
      },
      { run: 'hallpass profile write prod --dry-run', does: 'Look first' },
    ],
    load: async () => (await import('../handlers/profile-write.ts')).profileWrite,
  },
  {
    path: ['profile', 'list'],
    summary: 'list the profiles Hallpass wrote',
    json: true,
    examples: [{ run: 'hallpass profile list', does: 'All of them' }],
    load: async () => (await import('../handlers/profile-list.ts')).profileList,
  },
  {
    path: ['profile', 'remove'],
    summary: 'remove a profile Hallpass wrote',
    arguments: [{ name: 'profile', summary: 'name of the profile' }],
    json: true,
    examples: [{ run: 'hallpass profile remove prod', does: 'Take the section out of the AWS files' }],
    load: async () => (await import('../handlers/profile-remove.ts')).profileRemove,
  },
]
