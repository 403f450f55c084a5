/** The `hallpass identity` commands. */
import type { ArgumentDescriptor, CommandDescriptor } from '../descriptor.ts'
import { KEY_FILE, KEY_FILE_OPTIONS } from './key-file.ts'
import { ROTATE_OPTIONS } from './rotate-options.ts'

const NAME: ArgumentDescriptor = { name: 'name', summary: 'name of the identity', completes: 'identities' }
const NEW_NAME: ArgumentDescriptor = { name: 'name', summary: 'name of the identity' }

export const IDENTITY_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['identity', 'rotate'],
    summary: 'replace an access key: make a new one, prove it, turn the old one off',
    description:
      'Interrupted, it goes on where it was when it is run again; there is a working key at every moment. The old key is ' +
      'deleted a week later, when Hallpass next runs after that, or with --finish.',
    arguments: [NAME],
    options: ROTATE_OPTIONS,
    json: true,
    examples: [
      { run: 'hallpass identity rotate work', does: 'New key in use, old one turned off' },
      { run: 'hallpass identity rotate work --rollback', does: 'Back to the old key, if something still needs it' },
      { run: 'hallpass identity rotate work --status', does: 'The keys of its user, and how far it is' },
    ],
    load: async () => (await import('../handlers/rotate-key.ts')).identityRotate,
  },
  {
    path: ['identity', 'add'],
    summary: 'store an access key in the keychain',
    description:
      'The secret access key is read from standard input, or asked for in a terminal. It is checked with AWS first: a ' +
      'key AWS refuses is not stored. Without --access-key-id, the first line is the access key id.',
    arguments: [NEW_NAME],
    options: [
      { flags: '--access-key-id <id>', summary: 'the access key id, AKIA…' },
      { flags: '--mfa-serial <arn>', summary: 'MFA device of the IAM user' },
      { flags: '--region <region>', summary: 'region for calls with this key' },
      { flags: '--no-verify', summary: 'store the key without asking AWS' },
    ],
    json: true,
    examples: [
      { run: 'hallpass identity add work --access-key-id AKIA…', does: 'Type the secret when asked' },
      {
        run: 'pass show aws/work | hallpass identity add work --access-key-id AKIA…',
        does: 'Take the secret from a password manager',
      },
    ],
    load: async () => (await import('../handlers/identity-add.ts')).identityAdd,
  },
  {
    path: ['identity', 'add-profile'],
    summary: 'start from a profile of the AWS files, whatever gives it its credentials',
    description:
      'A credential_process, a web identity, aws login, an IAM Roles Anywhere helper, a role on any of them: the profile is ' +
      'asked for credentials each time, and nothing of it is stored. It is tried first, with AWS. A profile that Hallpass ' +
      'wrote is refused.',
    arguments: [NEW_NAME],
    options: [
      { flags: '--profile <profile>', summary: 'the profile; the name when left out', completes: 'aws-profiles' },
      { flags: '--region <region>', summary: 'region for calls with its credentials' },
    ],
    json: true,
    examples: [
      { run: 'hallpass identity add-profile ci --profile ci-runner', does: 'Then roles can start from ci' },
      { run: 'hallpass identity add-profile build', does: 'From the profile build' },
    ],
    load: async () => (await import('../handlers/identity-add-profile.ts')).identityAddProfile,
  },
  {
    path: ['identity', 'import-csv'],
    summary: 'store an access key from the file the AWS console lets you download',
    arguments: [KEY_FILE],
    options: KEY_FILE_OPTIONS,
    json: true,
    examples: [
      { run: 'hallpass identity import-csv ~/Downloads/alice_accessKeys.csv', does: 'Store the key of alice' },
      { run: 'hallpass identity import-csv alice_accessKeys.csv --delete-file', does: 'And delete the file' },
    ],
    load: async () => (await import('../handlers/identity-import-csv.ts')).identityImportCsv,
  },
  {
    path: ['identity', 'list'],
    summary: 'list identities',
    json: true,
    examples: [{ run: 'hallpass identity list', does: 'All identities' }],
    load: async () => (await import('../handlers/identity-list.ts')).identityList,
  },
  {
    path: ['identity', 'show'],
    summary: 'show an identity, without its secret',
    arguments: [NAME],
    json: true,
    examples: [{ run: 'hallpass identity show work', does: 'Its key id, account, user and MFA device' }],
    load: async () => (await import('../handlers/identity-show.ts')).identityShow,
  },
  {
    path: ['identity', 'edit'],
    summary: 'change an identity',
    arguments: [NAME],
    options: [
      { flags: '--name <name>', summary: 'rename it' },
      { flags: '--mfa-serial <arn>', summary: 'MFA device of the IAM user' },
      { flags: '--no-mfa-serial', summary: 'forget the MFA device' },
      { flags: '--mfa-command <command>', summary: 'a command that prints the device’s codes; run without a shell' },
      { flags: '--no-mfa-command', summary: 'ask for codes again' },
      { flags: '--region <region>', summary: 'region for calls with this key' },
      { flags: '--no-region', summary: 'forget the region' },
    ],
    json: true,
    examples: [
      {
        run: 'hallpass identity edit work --mfa-serial arn:aws:iam::123456789012:mfa/alice',
        does: 'Set the MFA device',
      },
      {
        run: 'hallpass identity edit work --mfa-command "ykman oath accounts code -s aws"',
        does: 'Take MFA codes from a hardware key',
      },
    ],
    load: async () => (await import('../handlers/identity-edit.ts')).identityEdit,
  },
  {
    path: ['identity', 'add-totp'],
    summary: 'store the TOTP seed of the MFA device, so that nobody is asked for codes',
    description:
      'The seed is the secret key that AWS shows for a new virtual MFA device, or the otpauth:// address in its QR code. ' +
      'It is read from standard input or asked for in a terminal, and kept in the keychain. Think twice: access key ' +
      'and seed side by side are one factor where there were two. Whoever can use your unlocked keychain then has both.',
    arguments: [NAME],
    options: [
      { flags: '--qr <file>', summary: 'read the seed from a PNG image of the QR code', completes: 'files' },
      { flags: '--verify', summary: 'store it only if AWS accepts a code of it' },
    ],
    json: true,
    examples: [
      { run: 'hallpass identity add-totp work', does: 'Type or paste the seed when asked' },
      { run: 'hallpass identity add-totp work --qr ~/Desktop/mfa.png --verify', does: 'From a screenshot, checked' },
    ],
    load: async () => (await import('../handlers/identity-add-totp.ts')).identityAddTotp,
  },
  {
    path: ['identity', 'totp'],
    summary: 'print the present MFA code, of the stored seed or the MFA command',
    arguments: [NAME],
    json: true,
    examples: [{ run: 'hallpass identity totp work', does: 'For signing in to the console' }],
    load: async () => (await import('../handlers/identity-totp.ts')).identityTotp,
  },
  {
    path: ['identity', 'remove-totp'],
    summary: 'remove the TOTP seed from the keychain',
    arguments: [NAME],
    json: true,
    examples: [{ run: 'hallpass identity remove-totp work', does: 'Be asked for codes again' }],
    load: async () => (await import('../handlers/identity-remove-totp.ts')).identityRemoveTotp,
  },
  {
    path: ['identity', 'test'],
    summary: 'ask AWS whose key it is, and whether it works',
    arguments: [NAME],
    json: true,
    examples: [{ run: 'hallpass identity test work', does: 'Check the key now' }],
    load: async () => (await import('../handlers/identity-test.ts')).identityTest,
  },
  {
    path: ['identity', 'remove'],
    summary: 'remove an identity, its secret and its TOTP seed from the keychain',
    arguments: [NAME],
    options: [
      { flags: '--with-roles', summary: 'and every role that starts from it, with their profiles' },
      { flags: '--yes', summary: 'do not ask, with --with-roles' },
    ],
    json: true,
    examples: [
      { run: 'hallpass identity remove work', does: 'Forget the key; it stays valid in AWS' },
      { run: 'hallpass identity remove corp --with-roles', does: 'A sign-in, and all that came with it' },
    ],
    load: async () => (await import('../handlers/identity-remove.ts')).identityRemove,
  },
]
