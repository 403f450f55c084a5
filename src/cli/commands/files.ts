/** The `hallpass files` commands. */
import type { CommandDescriptor } from '../descriptor.ts'

export const FILES_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['files', 'chain'],
    summary: 'show where a profile’s credentials come from',
    description:
      'Follows source_profile from role to role to where credentials start: an access key, IAM Identity Center, a ' +
      'process, a token file. The first line is the start, each line below is a role assumed with the one above it. ' +
      'Works on every profile of the AWS files, not only on those Hallpass wrote, and asks nobody for credentials.',
    arguments: [{ name: 'profile', summary: 'name of the profile' }],
    json: true,
    examples: [
      { run: 'hallpass files chain prod', does: 'One line for each step' },
      { run: 'hallpass files chain prod --json', does: 'The same for programs, from the source outward' },
    ],
    load: async () => (await import('../handlers/files-chain.ts')).filesChain,
  },
]
