/** The `hallpass import` commands. */
import type { CommandDescriptor } from '../descriptor.ts'
import { KEY_FILE, KEY_FILE_OPTIONS } from './key-file.ts'

export const IMPORT_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['import', 'aws-files'],
    summary: 'take over what is in the AWS files: access keys and assumed roles',
    description:
      'Access keys become identities, and profiles that assume a role become roles with their chain. All else is listed ' +
      'with the reason why it stays what it is. The files themselves stay as they are, keys included, unless --move-keys ' +
      'is given: then profiles of Hallpass’s take the place of plaintext keys, and go on working. Run again, it adds ' +
      'what is new.',
    arguments: [
      {
        name: 'file',
        summary: 'a config or credentials file to read instead of those in use',
        optional: true,
        completes: 'files',
      },
    ],
    options: [
      {
        flags: '--profile <profile>',
        summary: 'only this profile, with what it needs; may be given many times',
        repeat: true,
        completes: 'aws-profiles',
      },
      { flags: '--move-keys', summary: 'take plaintext keys out of the files; hallpass profile remove puts one back' },
      { flags: '--no-verify', summary: 'store keys without asking AWS' },
      { flags: '--dry-run', summary: 'show what would happen, and change nothing' },
    ],
    json: true,
    examples: [
      { run: 'hallpass import aws-files --dry-run', does: 'Every profile, and what becomes of it' },
      { run: 'hallpass import aws-files', does: 'Import them' },
      { run: 'hallpass import aws-files --move-keys', does: 'And take the plaintext keys out of the files' },
      { run: 'hallpass import aws-files ~/old-laptop/credentials', does: 'From another file' },
    ],
    load: async () => (await import('../handlers/import-aws-files.ts')).importAwsFiles,
  },
  {
    path: ['import', 'csv'],
    summary: 'store an access key from the file the AWS console lets you download',
    description: 'The same as hallpass identity import-csv.',
    arguments: [KEY_FILE],
    options: [...KEY_FILE_OPTIONS, { flags: '--dry-run', summary: 'say whose key it is, and store nothing' }],
    json: true,
    examples: [{ run: 'hallpass import csv ~/Downloads/alice_accessKeys.csv', does: 'Store the key of alice' }],
    load: async () => (await import('../handlers/identity-import-csv.ts')).identityImportCsv,
  },
]
