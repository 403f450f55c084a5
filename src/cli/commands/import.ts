/** The `hallpass import` commands. */
import type { CommandDescriptor, OptionDescriptor } from '../descriptor.ts'
import { KEY_FILE, KEY_FILE_OPTIONS } from './key-file.ts'

const NO_VERIFY: OptionDescriptor = { flags: '--no-verify', summary: 'store keys without asking AWS' }
const DRY_RUN: OptionDescriptor = { flags: '--dry-run', summary: 'show what would happen, and change nothing' }
const only = (what: string): OptionDescriptor => ({
  flags: '--profile <profile>',
  summary: `only this ${what}, with what it needs; may be given many times`,
  repeat: true,
})

export const IMPORT_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['import', 'aws-files'],
    summary: 'take over what is in the AWS files: access keys, Identity Center, and assumed roles',
    description:
      'Access keys and sign-ins become identities, profiles that lead to a role become roles with their chain. All else is listed ' +
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
      { ...only('profile'), completes: 'aws-profiles' },
      { flags: '--move-keys', summary: 'take plaintext keys out of the files; hallpass profile remove puts one back' },
      NO_VERIFY,
      DRY_RUN,
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
  {
    path: ['import', 'leapp'],
    summary:
      'take over the sessions of Leapp: keys of IAM users, roles of Identity Center, and what is chained from them',
    description:
      'Leapp’s workspace is encrypted for the computer it is on, and its keys are in the keychain there: run this on that ' +
      'computer. What signs in with SAML is listed, and stays. Leapp itself stays as it is. Run again, it ' +
      'adds what is new.',
    arguments: [
      {
        name: 'file',
        summary: 'a workspace to read instead of ~/.Leapp/Leapp-lock.json',
        optional: true,
        completes: 'files',
      },
    ],
    options: [only('session'), NO_VERIFY, DRY_RUN],
    json: true,
    examples: [
      { run: 'hallpass import leapp --dry-run', does: 'Every session, and what becomes of it' },
      { run: 'hallpass import leapp', does: 'Import them' },
    ],
    load: async () => (await import('../handlers/import-leapp.ts')).importLeapp,
  },
  {
    path: ['import', 'aws-vault'],
    summary: 'take over the keys of aws-vault, and the roles of the AWS files that start from them',
    description:
      'On Linux the keys are read from the keyring (secret-tool is needed for it), on macOS from the keychain. Wherever ' +
      'else aws-vault keeps them, --with-program has aws-vault give them, and it may ask for its passphrase. aws-vault ' +
      'and the AWS files stay as they are.',
    options: [
      { flags: '--with-program', summary: 'have the aws-vault program give the keys' },
      { ...only('profile'), completes: 'aws-profiles' },
      NO_VERIFY,
      DRY_RUN,
    ],
    json: true,
    examples: [
      { run: 'hallpass import aws-vault --dry-run', does: 'Every profile, and what becomes of it' },
      { run: 'hallpass import aws-vault --with-program', does: 'Import them, keys given by aws-vault' },
    ],
    load: async () => (await import('../handlers/import-aws-vault.ts')).importAwsVault,
  },
  {
    path: ['import', 'switch-roles'],
    summary: 'take over the roles of a switch-roles browser extension',
    description:
      'Reads the configuration of AWS Extend Switch Roles, as it stands in the settings of the extension: from a file, or ' +
      'from standard input. A role starts from the identity in the account it is switched from, or else from --from.',
    arguments: [
      {
        name: 'file',
        summary: 'the configuration; - or nothing for standard input',
        optional: true,
        completes: 'files',
      },
    ],
    options: [
      {
        flags: '--from <name>',
        summary: 'identity or role that roles start from whose start is not known',
        completes: 'targets',
      },
      only('role'),
      DRY_RUN,
    ],
    json: true,
    examples: [
      {
        run: 'hallpass import switch-roles roles.txt --from work --dry-run',
        does: 'Every role, and what becomes of it',
      },
      { run: 'pbpaste | hallpass import switch-roles --from work', does: 'Import what was copied from the extension' },
    ],
    load: async () => (await import('../handlers/import-switch-roles.ts')).importSwitchRoles,
  },
]
