/** What is said of an access-key file by both commands that read one. */
import type { ArgumentDescriptor, OptionDescriptor } from '../descriptor.ts'

export const KEY_FILE: ArgumentDescriptor = { name: 'file', summary: 'the access-key CSV', completes: 'files' }

export const KEY_FILE_OPTIONS: readonly OptionDescriptor[] = [
  { flags: '--name <name>', summary: 'name of the new identity; the user name in the file when left out' },
  { flags: '--user <user>', summary: 'which user of a file that has several' },
  { flags: '--mfa-serial <arn>', summary: 'MFA device of the IAM user' },
  { flags: '--region <region>', summary: 'region for calls with this key' },
  { flags: '--no-verify', summary: 'store the key without asking AWS' },
]
