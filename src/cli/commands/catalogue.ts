/** The `hallpass catalogue` commands, and how a catalogue is taken in. */
import type { CommandDescriptor, OptionDescriptor } from '../descriptor.ts'

const TAKE_OPTIONS: readonly OptionDescriptor[] = [
  { flags: '--overwrite', summary: 'also what was changed by hand since' },
  { flags: '--no-prune', summary: 'keep roles that are no longer in the catalogue' },
  { flags: '--dry-run', summary: 'show what would change, and change nothing' },
  { flags: '--yes', summary: 'do not ask' },
]

export const CATALOGUE_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['import', 'catalogue'],
    summary: 'take in a catalogue of roles, JSON or YAML, that a team shares',
    description:
      'A catalogue has roles and names of accounts, and no secrets: one with anything like a secret in it is refused. It ' +
      'is in a file, at an https address, in a Git repository (git+https://…, ssh://…, git@host:path) or in S3 ' +
      '(s3://bucket/key). Hallpass remembers where, for hallpass catalogue pull. What changes is shown first.',
    arguments: [{ name: 'source', summary: 'where the catalogue is', completes: 'files' }],
    options: [
      {
        flags: '--from <name>',
        summary: 'identity or role that its roles start from; your only identity when left out',
        completes: 'targets',
      },
      { flags: '--path <path>', summary: 'the file in a Git repository; hallpass.yaml when left out' },
      { flags: '--ref <ref>', summary: 'a branch or tag of a Git repository' },
      { flags: '--with <name>', summary: 'the role or identity that may read it from S3', completes: 'targets' },
      ...TAKE_OPTIONS,
    ],
    json: true,
    examples: [
      { run: 'hallpass import catalogue roles.yaml --from work --dry-run', does: 'See what a file would add' },
      { run: 'hallpass import catalogue git@github.com:acme/access.git --from work', does: 'From a Git repository' },
      { run: 'hallpass import catalogue s3://acme-access/roles.yaml --with reader --from work', does: 'From S3' },
    ],
    load: async () => (await import('../handlers/catalogue-take.ts')).importCatalogue,
  },
  {
    path: ['catalogue', 'pull'],
    summary: 'bring roles up to date with the catalogue they came from',
    description:
      'Shows what is new, changed and gone, and asks once. Roles you have changed by hand keep your changes, and only roles ' +
      'that came from the catalogue go with it.',
    arguments: [{ name: 'name', summary: 'the catalogue; the only one when left out', optional: true }],
    options: TAKE_OPTIONS,
    json: true,
    examples: [
      { run: 'hallpass catalogue pull --dry-run', does: 'What has changed' },
      { run: 'hallpass catalogue pull acme --yes', does: 'Take it in without a question' },
    ],
    load: async () => (await import('../handlers/catalogue-take.ts')).cataloguePull,
  },
  {
    path: ['catalogue', 'list'],
    summary: 'the catalogues that were taken in',
    json: true,
    examples: [{ run: 'hallpass catalogue list', does: 'Name, roles, and where each is from' }],
    load: async () => (await import('../handlers/catalogue-list.ts')).catalogueList,
  },
  {
    path: ['catalogue', 'forget'],
    summary: 'let go of a catalogue; its roles stay',
    arguments: [{ name: 'name', summary: 'the catalogue' }],
    json: true,
    examples: [{ run: 'hallpass catalogue forget acme', does: 'Its roles are yours from now on' }],
    load: async () => (await import('../handlers/catalogue-list.ts')).catalogueForget,
  },
  {
    path: ['catalogue', 'export'],
    summary: 'write the roles that are here as a catalogue, for others to take in',
    description:
      'Has roles with their settings, and names of their accounts; no identity, no session name, no source identity, no ' +
      'secret. Roles that start from an identity name no start: whoever takes the catalogue in says what that is.',
    arguments: [
      { name: 'file', summary: 'a new file; standard output when left out', optional: true, completes: 'files' },
    ],
    options: [
      { flags: '--name <name>', summary: 'what the catalogue is called' },
      { flags: '--format <format>', summary: 'the form; yaml when left out', choices: ['yaml', 'json'] },
    ],
    json: true,
    examples: [
      { run: 'hallpass catalogue export', does: 'Look at it' },
      { run: 'hallpass catalogue export hallpass.yaml --name acme', does: 'Write it for a repository' },
    ],
    load: async () => (await import('../handlers/catalogue-export.ts')).catalogueExport,
  },
]
