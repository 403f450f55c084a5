/** The sentences of moving in: from the AWS files, from other tools, and from a catalogue of the team's. */
import type { CatalogueItem } from '#shared/catalogue.ts'
import { countOf } from '../lib/format.ts'

export type ImportPlace = 'aws-files' | 'csv' | 'leapp' | 'aws-vault' | 'switch-roles' | 'catalogue'

/** What is counted of each place. */
const THINGS: Readonly<Record<ImportPlace, string>> = {
  'aws-files': 'profile',
  csv: 'key',
  leapp: 'session',
  'aws-vault': 'profile',
  'switch-roles': 'role',
  catalogue: 'role',
}

/** What an account is for, in a sentence. */
const ENVIRONMENTS: Readonly<Record<string, string>> = {
  prod: 'production',
  staging: 'staging',
  dev: 'development',
  other: 'something else',
}

export const movingInStrings = {
  from: 'Import from',
  places: {
    'aws-files': 'AWS files',
    csv: 'Key file',
    leapp: 'Leapp',
    'aws-vault': 'aws-vault',
    'switch-roles': 'Switch roles',
    catalogue: 'Catalogue',
  } satisfies Record<ImportPlace, string>,
  titles: {
    'aws-files': 'Import from AWS files',
    csv: 'Import a key file',
    leapp: 'Import from Leapp',
    'aws-vault': 'Import from aws-vault',
    'switch-roles': 'Import from a switch-roles extension',
    catalogue: 'Take in a catalogue',
  } satisfies Record<ImportPlace, string>,
  leads: {
    'aws-files': (vault: string) => `Keys go to the ${vault}. The files stay as they are, unless you move a key below.`,
    csv: () => '',
    leapp: (vault: string) => `Keys go to the ${vault}, as entries of Hallpass’s. Leapp stays as it is.`,
    'aws-vault': (vault: string) => `Keys go to the ${vault}. aws-vault and the AWS files stay as they are.`,
    'switch-roles': () => 'Roles of the browser extension AWS Extend Switch Roles. It has no keys.',
    catalogue: () => 'Roles that your team shares, without any secret. You see what changes first.',
  } satisfies Record<ImportPlace, (vault: string) => string>,
  readings: {
    'aws-files': 'Reading the AWS files',
    csv: '',
    leapp: 'Reading Leapp’s workspace and its keys',
    'aws-vault': 'Reading the keys of aws-vault',
    'switch-roles': 'Reading the configuration',
    catalogue: 'Reading the catalogue',
  } satisfies Record<ImportPlace, string>,
  empties: {
    'aws-files': 'The AWS files of this computer have no profiles.',
    csv: '',
    leapp: 'There are no sessions in Leapp.',
    'aws-vault': 'There are no profiles of aws-vault’s.',
    'switch-roles': 'There are no roles in this text.',
    catalogue: 'There are no roles in this catalogue.',
  } satisfies Record<ImportPlace, string>,
  preview: 'Preview',
  choose: (item: string) => `Import ${item}`,
  groups: { new: 'To import', known: 'In Hallpass already', skipped: 'Left as they are' },
  identity: 'Access key',
  role: 'Role',
  assumedFrom: (name: string) => `from ${name}`,
  withMfa: 'with an MFA code',
  newSignIn: (name: string) => `${name} is added as a sign-in to Identity Center.`,
  signInAfter: 'Sign in with it under Identities afterwards:',
  plaintext: 'in plain text',
  emptyTitle: 'Nothing to import',
  move: (keys: number, vault: string) =>
    `Take ${countOf(keys, 'key')} out of the AWS files, into the ${vault}. ${keys === 1 ? 'Its profile goes' : 'Their profiles go'} on working.`,
  action: (count: number) => (count === 0 ? 'Import' : `Import ${count}`),
  saving: 'Importing',
  doneTitle: (count: number, place: ImportPlace) =>
    count === 0 ? 'Nothing was imported' : `${countOf(count, THINGS[place])} imported`,
  doneMoved: (keys: number) =>
    `${countOf(keys, 'key')} no longer in the AWS files. Removing the profile in Hallpass puts ${keys === 1 ? 'it' : 'one'} back.`,
  doneLeft: (keys: number) =>
    `${countOf(keys, 'key')} ${keys === 1 ? 'is' : 'are'} still in the AWS files in plain text. Any program you run can read ${keys === 1 ? 'it' : 'them'}.`,
  doneFailed: (count: number, place: ImportPlace) => `${countOf(count, THINGS[place])} could not be imported:`,
  doneKnown: 'Everything else was here already, or stays where it is.',
  unverified: 'AWS could not be asked, so keys are not checked yet. Test them under Identities.',

  awsVault: {
    withProgram: 'Have the aws-vault program give the keys. It may ask for its own password.',
  },

  switchRoles: {
    text: 'Configuration',
    placeholder: '[sandbox]\naws_account_id = 123456789012\nrole_name = Admin\ncolor = ffaaee',
    hint: 'Copy it from the settings of the extension, or ',
    file: 'choose a file',
    from: 'Roles start from',
    fromHint: 'For roles whose base account is none of your identities’.',
    anyIdentity: 'The identity of their base account',
  },

  catalogue: {
    place: 'Where it is',
    placeholder: 'https://… or git@github.com:acme/access.git',
    hint: 'An https address, a Git repository, S3, or ',
    file: 'a file',
    path: 'File in the repository',
    pathPlaceholder: 'hallpass.yaml',
    with: 'Read it from S3 as',
    from: 'Roles start from',
    fromNone: 'Your only identity',
    fromPick: 'Choose an identity',
    known: 'Taken in before',
    roles: (count: number) => countOf(count, 'role'),
    pull: 'Pull',
    pullOf: (name: string) => `Pull ${name}`,
    forget: 'Forget',
    forgetOf: (name: string) => `Forget ${name}`,
    forgotten: (name: string) => `${name} is forgotten. Its roles are yours from now on.`,
    export: 'Write your own roles as a catalogue…',
    exported: (fileName: string) => `${fileName} written. There is no secret in it.`,
    outcomes: {
      new: 'New',
      changed: 'Changed',
      same: 'As before',
      known: 'In Hallpass already',
      gone: 'No longer in it',
      kept: 'Kept as you have it',
      skipped: 'Left out',
    } satisfies Record<CatalogueItem['outcome'], string>,
    accounts: 'Accounts',
    account: (name: string | null, environment: string | null) =>
      [
        name === null ? undefined : `Called ${name}`,
        environment === null ? undefined : `for ${ENVIRONMENTS[environment] ?? environment}`,
      ]
        .filter(Boolean)
        .join(', '),
    nothing: 'nothing',
    stays: 'stays; the catalogue says',
    overwrite: 'Also replace what you have changed by hand',
    upToDate: 'Nothing has changed since you took it in last.',
    action: (count: number, isAllNew: boolean) =>
      count === 0 ? 'Take in' : `${isAllNew ? 'Add' : 'Change'} ${countOf(count, 'role')}`,
    saving: 'Taking in',
    doneTitle: (name: string) => `${name} is taken in`,
    added: (count: number) => `${countOf(count, 'role')} added.`,
    changed: (count: number) => `${countOf(count, 'role')} changed.`,
    removed: (count: number) => `${countOf(count, 'role')} removed.`,
    failed: (count: number) => `${countOf(count, 'role')} could not be taken in:`,
  },
} as const
