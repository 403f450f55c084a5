/** The `hallpass account` commands. */
import type { ArgumentDescriptor, CommandDescriptor } from '../descriptor.ts'

const ID: ArgumentDescriptor = { name: 'id', summary: 'account id, 12 digits' }

export const ACCOUNT_COMMANDS: readonly CommandDescriptor[] = [
  {
    path: ['account', 'list'],
    summary: 'list the accounts that roles and identities are in',
    json: true,
    examples: [{ run: 'hallpass account list', does: 'Their names, and what they are for' }],
    load: async () => (await import('../handlers/account-list.ts')).accountList,
  },
  {
    path: ['account', 'name'],
    summary: 'say what you call an account',
    description:
      'Its environment follows from the name, unless you have said otherwise: prod, prd and live are production, stag and ' +
      'stg staging, dev, sandbox and test dev.',
    arguments: [ID, { name: 'name', summary: 'the name; left out, the account has none', optional: true }],
    json: true,
    examples: [{ run: 'hallpass account name 123456789012 acme-prod', does: 'Name it' }],
    load: async () => (await import('../handlers/account-change.ts')).accountName,
  },
  {
    path: ['account', 'environment'],
    summary: 'say what an account is for',
    description:
      'It holds for its roles that name no environment themselves. Left out, the name of the account decides again.',
    arguments: [ID, { name: 'environment', summary: 'prod, staging, dev, other or none', optional: true }],
    json: true,
    examples: [
      { run: 'hallpass account environment 123456789012 prod', does: 'Have its roles ask before they start' },
      { run: 'hallpass account environment 123456789012 none', does: 'It is none of these' },
    ],
    load: async () => (await import('../handlers/account-change.ts')).accountEnvironment,
  },
]
