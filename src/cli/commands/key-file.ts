/** What is said of an access-key file by the commands that read one. */
import type { ArgumentDescriptor, OptionDescriptor } from '../descriptor.ts'

export const KEY_FILE: ArgumentDescriptor = { name: 'file', summary: 'the access-key CSV', completes: 'files' }

export const DELETE_FILE: OptionDescriptor = {
  flags: '--delete-file',
  summary: 'delete the file once its secret is in the vault; asked in a terminal when left out',
}

export const KEY_FILE_OPTIONS: readonly OptionDescriptor[] = [
  { flags: '--name <name>', summary: 'name of the new identity; the user name in the file when left out' },
  { flags: '--user <user>', summary: 'which user of a file that has several' },
  { flags: '--mfa-serial <arn>', summary: 'MFA device of the IAM user' },
  { flags: '--region <region>', summary: 'region for calls with this key' },
  DELETE_FILE,
  { flags: '--no-verify', summary: 'store the key without asking AWS' },
]
