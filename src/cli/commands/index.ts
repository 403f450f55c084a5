/** Every command of this version, in the order of the help page. */
import type { CommandDescriptor, GroupDescriptor } from '../descriptor.ts'
import { ACCOUNT_COMMANDS } from './account.ts'
import { ACTIVITY_COMMANDS } from './activity.ts'
import { AGENT_COMMANDS } from './agent.ts'
import { BREAKGLASS_COMMANDS } from './breakglass.ts'
import { BROWSER_COMMANDS } from './browser.ts'
import { CATALOGUE_COMMANDS } from './catalogue.ts'
import { DOCTOR_COMMANDS } from './doctor.ts'
import { FILES_COMMANDS } from './files.ts'
import { IDENTITY_COMMANDS } from './identity.ts'
import { IMPORT_COMMANDS } from './import.ts'
import { PROFILE_COMMANDS } from './profile.ts'
import { ROLE_COMMANDS } from './role.ts'
import { SESSION_COMMANDS } from './session.ts'
import { SHELL_COMMANDS } from './shell.ts'
import { SSO_COMMANDS } from './sso.ts'
import { SSO_SHARE_COMMANDS } from './sso-share.ts'
import { TOOL_COMMANDS } from './tools.ts'
import { VAULT_COMMANDS } from './vault.ts'

export const GROUPS: readonly GroupDescriptor[] = [
  {
    name: 'identity',
    heading: 'Where credentials come from',
    summary: 'where credentials start: access keys, sign-ins, AWS profiles',
  },
  {
    name: 'sso',
    heading: 'Where credentials come from',
    summary: 'sign-ins to IAM Identity Center, and the roles that come with them',
  },
  { name: 'role', heading: 'Every day', summary: 'IAM roles to assume' },
  {
    name: 'account',
    heading: 'Where credentials come from',
    summary: 'what you call AWS accounts, and what they are for',
  },
  { name: 'profile', heading: 'Every day', summary: 'profiles that Hallpass writes into the AWS files' },
  { name: 'files', heading: 'Looking and mending', summary: 'the AWS config and credentials files as tools read them' },
  { name: 'import', heading: 'Where credentials come from', summary: 'move in from what is on this computer' },
  { name: 'catalogue', heading: 'Where credentials come from', summary: 'lists of roles that a team shares' },
  { name: 'session', heading: 'Every day', summary: 'short-term credentials that are in use' },
  { name: 'browser', heading: 'Around it', summary: 'which browser consoles open in' },
  { name: 'breakglass', heading: 'Emergencies', summary: 'sealed credentials for emergencies' },
  { name: 'activity', heading: 'Looking and mending', summary: 'what was done with which credential, and who asked' },
  {
    name: 'vault',
    heading: 'Where credentials come from',
    summary: 'where long-term keys are: the keychain, or an encrypted file',
  },
]

export const COMMANDS: readonly CommandDescriptor[] = [
  ...IDENTITY_COMMANDS,
  ...SSO_COMMANDS,
  ...ROLE_COMMANDS,
  ...ACCOUNT_COMMANDS,
  ...PROFILE_COMMANDS,
  ...FILES_COMMANDS,
  ...IMPORT_COMMANDS,
  ...CATALOGUE_COMMANDS,
  ...SESSION_COMMANDS,
  ...SSO_SHARE_COMMANDS,
  ...BREAKGLASS_COMMANDS,
  ...ACTIVITY_COMMANDS,
  ...AGENT_COMMANDS,
  ...VAULT_COMMANDS,
  ...DOCTOR_COMMANDS,
  ...TOOL_COMMANDS,
  ...BROWSER_COMMANDS,
  ...SHELL_COMMANDS,
]
