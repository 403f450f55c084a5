/** The options of both commands that rotate a key. */
import type { OptionDescriptor } from '../descriptor.ts'

export const ROTATE_OPTIONS: readonly OptionDescriptor[] = [
  {
    flags: '--with <identity>',
    summary: 'identity that signs the calls instead of the key itself',
    completes: 'identities',
  },
  { flags: '--delete-unused <id>', summary: 'the user’s other key, which goes first: AWS allows two' },
  { flags: '--finish', summary: 'delete the old key now' },
  { flags: '--rollback', summary: 'go back to the old key, and delete the new one' },
  { flags: '--status', summary: 'show the keys and how far it is, and change nothing' },
]
