/** The `hallpass profile` commands. */
import type { CommandDescriptor } from '../descriptor.ts'

export const PROFILE_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['profile', 'write'],
    summary: 'write an AWS profile for a role or an identity',
    description:
      'In process mode the profile holds no secret: AWS tools run hallpass credential-process. In static mode it holds ' +
      'short-term keys, for tools that cannot run a process. Nothing else in the AWS files is touched.',
    arguments: [{ name: 'name', summary: 'role or identity', completes: 'targets' }],
    options: [
      {
        flags: '--profile <profile>',
        summary: 'name of the profile; the role’s own setting or name when left out',
        completes: 'aws-profiles',
      },
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
    summary: 'remove a profile Hallpass wrote or adopted',
    description:
      'Takes Hallpass’s lines out of the AWS files. Keys you added to the section stay, and an adopted profile gets back ' +
      'what adopting it had replaced, byte for byte.',
    arguments: [{ name: 'profile', summary: 'name of the profile', completes: 'profiles' }],
    json: true,
    examples: [{ run: 'hallpass profile remove prod', does: 'Take the section out of the AWS files' }],
    load: async () => (await import('../handlers/profile-remove.ts')).profileRemove,
  },
  {
    path: ['profile', 'adopt'],
    summary: 'make a profile of your own into one of Hallpass’s',
    description:
      'Replaces what says where its credentials come from: keys, role, process or sign-in. All else in the section stays. ' +
      'What is replaced goes into the keychain, and back to its place with hallpass profile remove.\n\n' +
      'The role or identity is found by its profile name, its role ARN or its access key ID.',
    arguments: [{ name: 'profile', summary: 'name of the profile', completes: 'aws-profiles' }],
    options: [
      { flags: '--for <name>', summary: 'role or identity it shall be for', completes: 'targets' },
      { flags: '--mode <mode>', summary: 'how tools get the credentials', choices: ['process', 'static'] },
      { flags: '--dry-run', summary: 'show what would change, and change nothing' },
    ],
    json: true,
    examples: [
      { run: 'hallpass profile adopt prod --dry-run', does: 'Look first' },
      { run: 'hallpass profile adopt prod --for prod-admin', does: 'Say which role it is for' },
    ],
    load: async () => (await import('../handlers/profile-adopt.ts')).profileAdopt,
  },
  {
    path: ['profile', 'undo'],
    summary: 'take back Hallpass’s last edit of the AWS files',
    description:
      'Run again, it takes back the edit before, up to the last 20. Taking back is no edit itself: to have the change ' +
      'again, make it again. Lines that somebody has changed since are never overwritten; the edit is then refused. ' +
      'Static keys are taken away but never brought back: a session that starts or is renewed writes new ones.',
    options: [
      { flags: '--list', summary: 'list the edits that can be taken back, newest first' },
      { flags: '--dry-run', summary: 'show what would change, and change nothing' },
      { flags: '--skip', summary: 'take the last edit off the list, and leave the files as they are' },
    ],
    json: true,
    examples: [
      { run: 'hallpass profile undo --dry-run', does: 'See which edit it is, and what would change' },
      { run: 'hallpass profile undo', does: 'Take it back' },
    ],
    load: async () => (await import('../handlers/profile-undo.ts')).profileUndo,
  },
]
