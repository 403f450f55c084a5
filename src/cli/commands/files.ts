/** The `hallpass files` commands. */
import type { CommandDescriptor } from '../descriptor.ts'

export const FILES_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['files', 'show'],
    summary: 'show the AWS files as an SDK reads them',
    description:
      'Both files merged: the profiles a tool would find, and what keeps it from finding more. Secrets are masked; with ' +
      '--json every value is printed as it stands in the files.',
    options: [
      {
        flags: '--reader <reader>',
        summary:
          'whose rules: aws, shared by most SDKs, when left out; botocore, for boto3 and the AWS CLI; js-sdk, for JavaScript',
        choices: ['aws', 'botocore', 'js-sdk'],
      },
    ],
    json: true,
    examples: [
      { run: 'hallpass files show', does: 'All profiles' },
      { run: 'hallpass files show --reader botocore --json', does: 'What the AWS CLI sees, for programs' },
    ],
    load: async () => (await import('../handlers/files-show.ts')).filesShow,
  },
  {
    path: ['files', 'check'],
    summary: 'find what is wrong with the AWS files, and for whom',
    description:
      'Exits 0 when nothing is wrong and 8 when something is. --fix makes the repairs that change no value any SDK reads ' +
      'rightly today; it shows them first, and on a terminal asks. Edits can be taken back with hallpass profile undo.',
    options: [
      { flags: '--fix', summary: 'make the safe repairs' },
      { flags: '--dry-run', summary: 'with --fix: show the repairs, and change nothing' },
      { flags: '--yes', summary: 'with --fix: do not ask' },
    ],
    json: true,
    examples: [
      { run: 'hallpass files check', does: 'Every problem, with its place and what to do' },
      { run: 'hallpass files check --fix --dry-run', does: 'Look at the repairs' },
      { run: 'hallpass files check --fix', does: 'Make them' },
    ],
    load: async () => (await import('../handlers/files-check.ts')).filesCheck,
  },
  {
    path: ['files', 'chain'],
    summary: 'show where a profile’s credentials come from',
    description:
      'Follows source_profile from role to role to where credentials start: an access key, IAM Identity Center, a ' +
      'process, a token file. The first line is the start, each line below is a role assumed with the one above it. ' +
      'Works on every profile of the AWS files, not only on those Hallpass wrote, and asks nobody for credentials.',
    arguments: [{ name: 'profile', summary: 'name of the profile', completes: 'aws-profiles' }],
    json: true,
    examples: [
      { run: 'hallpass files chain prod', does: 'One line for each step' },
      { run: 'hallpass files chain prod --json', does: 'The same for programs, from the source outward' },
    ],
    load: async () => (await import('../handlers/files-chain.ts')).filesChain,
  },
]
